#include "cli/linkage_charts_file.h"

#include <algorithm>
#include <filesystem>

#include "report/linkage_charts.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t examples = 6;
constexpr std::size_t entries_looked_at = 2'000;

// Evenly from the strongest to the weakest.
std::vector<linkage::Link> spread(std::span<const linkage::Link> links) {
  std::vector<linkage::Link> sorted(links.begin(), links.end());
  std::sort(sorted.begin(), sorted.end(), [](const linkage::Link& a, const linkage::Link& b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  });
  if (sorted.size() <= examples) return sorted;
  std::vector<linkage::Link> chosen;
  chosen.reserve(examples);
  for (std::size_t at = 0; at < examples; ++at)
    chosen.push_back(sorted[at * (sorted.size() - 1) / (examples - 1)]);
  return chosen;
}

}  // namespace

Status write_charts(const LinkageSettings& settings, const LinkageRoll& left, const LinkageRoll& right,
                    std::span<const linkage::Field> fields, const linkage::Model& model,
                    const linkage::LinkOptions& options, const linkage::Diagnostics& diagnostics,
                    std::span<const linkage::Link> links, const LabelReport* report) {
  if (settings.charts.empty()) return {};
  const bool itself = &left == &right;
  report::LinkageCharts charts;
  charts.title = left.roll.spec.name;
  if (!itself) charts.title += " and " + right.roll.spec.name;
  charts.program_version = SCRUTINEER_VERSION;
  charts.diagnostics = diagnostics;
  std::vector<linkage::Link> pairs = spread(links);
  const std::size_t chosen = pairs.size();
  const std::size_t rows = left.standard.rows;
  if (itself) {
    const std::size_t looked_at = std::min(rows, entries_looked_at);
    for (std::size_t at = 0; at < looked_at; ++at) {
      const auto row = static_cast<std::uint32_t>(at * rows / looked_at);
      pairs.push_back({row, row, 0, 0});
    }
  }
  if (!pairs.empty() && !model.empty()) {
    SCRUTINEER_TRY(auto explained,
                   linkage::explain_pairs(fields, rows, right.standard.rows, model, options, pairs));
    for (std::size_t at = 0; at < explained.size(); ++at) {
      if (at < chosen) {
        charts.examples.push_back(
            {left.ids.text(pairs[at].left), right.ids.text(pairs[at].right), std::move(explained[at])});
      } else {
        charts.against_themselves.push_back(explained[at].total);
      }
    }
    std::sort(charts.against_themselves.begin(), charts.against_themselves.end());
  }
  if (report != nullptr) {
    charts.reliability = report->before;
    charts.set_right = report->after;
  }
  std::error_code problem;
  std::filesystem::create_directories(settings.charts, problem);
  if (problem)
    return refused("cannot be made: " + problem.message(), {settings.charts}, "a folder to write to");
  return write_result(std::filesystem::path(settings.charts) / "linkage.html",
                      report::linkage_charts_html(charts));
}

}  // namespace scrutineer::cli
