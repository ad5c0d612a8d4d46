#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

// Findings of one signal told in full; the next ones get a line of a table; the rest are counted.
constexpr std::size_t most_told = 12;
constexpr std::size_t most_lines = 60;
constexpr std::size_t most_members = 60;
constexpr std::size_t most_exhibits = 60;

std::string expected_in_words(const signals::Finding& finding) {
  if (!finding.expected) return std::string(not_known);
  if (!finding.expected_low || *finding.expected_low == *finding.expected) return quantity(*finding.expected);
  return fmt::format("{} to {}", quantity(*finding.expected_low), quantity(*finding.expected));
}

std::string optional_quantity(const std::optional<double>& value) {
  return value ? quantity(*value) : std::string(not_known);
}

void write_evidence(Html& html, const signals::Finding& finding) {
  const std::string summary = fmt::format("{} and {}", counted(finding.members.size(), "member"),
                                          counted(finding.exhibits.size(), "exhibit"));
  folded(html, summary, [&] {
    if (!finding.members.empty()) {
      html.leaf("h5", "Members, by id");
      html.element("p", {{"class", "ids"}}, [&] {
        for (std::size_t i = 0; i < std::min(most_members, finding.members.size()); ++i) {
          html.leaf("span", shortened(finding.members[i], 60)).text(" ");
        }
      });
      left_out(html, finding.members.size() - std::min(most_members, finding.members.size()),
               "findings.json");
    }
    if (finding.exhibits.empty()) return;
    html.leaf("h5", "Exhibits, by roll and line");
    html.element("p", {{"class", "ids"}}, [&] {
      for (std::size_t i = 0; i < std::min(most_exhibits, finding.exhibits.size()); ++i) {
        const signals::Exhibit& exhibit = finding.exhibits[i];
        html.leaf("span", fmt::format("{}, line {}", shortened(exhibit.roll, 60), count(exhibit.line)))
            .text(" ");
      }
    });
    left_out(html, finding.exhibits.size() - std::min(most_exhibits, finding.exhibits.size()),
             "findings.json");
  });
}

std::string place_in_words(const Facts& facts, const signals::Finding& finding) {
  const std::size_t place = facts.place(finding);
  return place == 0 ? "not in findings.json"
                    : fmt::format("no. {} in findings.json", count(static_cast<std::uint64_t>(place)));
}

void tell(Html& html, const Facts& facts, const signals::Finding& finding) {
  html.element("article", {{"class", "finding"}}, [&] {
    html.element("h5", {{"class", "subject"}}, [&] {
      html.leaf("span", shortened(as_title(facts.label(finding.subject)), 200))
          .text(" ")
          .leaf("span", {{"class", "place"}}, place_in_words(facts, finding));
    });
    html.leaf("p", {{"class", "said"}}, facts.masked(without_explanations(finding), finding.subject));
    Values numbers = {{"Observed", optional_quantity(finding.observed)},
                      {"Expected", expected_in_words(finding)}};
    if (finding.p) numbers.emplace_back("p-value", probability(*finding.p));
    if (finding.e) numbers.emplace_back("e-value", quantity(*finding.e));
    numbers.emplace_back("Expected innocent",
                         fmt::format("{} of {}", quantity(finding.expected_innocent),
                                     count(static_cast<std::uint64_t>(finding.members.size()))));
    values(html, numbers);
    if (finding.e) remark(html, e_value_in_words(*finding.e));
    if (!finding.innocent.empty()) {
      html.leaf("p", {{"class", "lead-in"}}, "Innocent explanations not excluded");
      std::vector<std::string> masked;
      for (const std::string& explanation : finding.innocent) {
        masked.push_back(facts.masked(explanation, finding.subject));
      }
      bullets(html, masked);
    }
    write_evidence(html, finding);
  });
}

using Findings = std::vector<const signals::Finding*>;

void write_lines(Html& html, const Facts& facts, const Findings& findings, std::string caption) {
  Table table(std::move(caption), {{"Subject"},
                                   {"Observed", true},
                                   {"Expected", true},
                                   {"e-value", true},
                                   {"Members", true},
                                   {"Place", true}});
  const std::size_t shown = std::min(most_lines, findings.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const signals::Finding& finding = *findings[i];
    table.row({shortened(as_title(facts.label(finding.subject)), 120), optional_quantity(finding.observed),
               expected_in_words(finding), optional_quantity(finding.e),
               count(static_cast<std::uint64_t>(finding.members.size())), place_in_words(facts, finding)});
  }
  table.write(html);
  left_out(html, findings.size() - shown, "findings.json");
}

void write_signal(Html& html, const Facts& facts, const signals::SignalReport& report) {
  Findings told;
  Findings in_lines;
  Findings not_listed;
  for (const signals::Finding& finding : report.findings) {
    (!finding.listed ? not_listed : told.size() < most_told ? told : in_lines).push_back(&finding);
  }
  const ListTotals totals = totals_of(report);
  html.leaf("h4", {{"id", "signal-" + std::to_string(report.signal)}}, report.title);
  paragraph(html, fmt::format("{} of {} tested {} listed, with {} of members. {}", count(totals.findings),
                              count(report.tested), totals.findings == 1 ? "is" : "are",
                              counted(totals.rows, "row"), innocence_sentence(totals)));
  remark(html, fmt::format("Null model: {}", as_sentence(report.null_model)));
  for (const signals::Finding* finding : told) tell(html, facts, *finding);
  if (!in_lines.empty()) {
    folded(html, fmt::format("{} listed, in brief", counted(in_lines.size(), "further finding")), [&] {
      write_lines(html, facts, in_lines, fmt::format("{}: further listed findings", report.title));
    });
  }
  if (!not_listed.empty()) {
    folded(html, fmt::format("{} not listed, for comparison", counted(not_listed.size(), "subject")),
           [&] { write_lines(html, facts, not_listed, fmt::format("{}: not listed", report.title)); });
  }
  if (!report.notes.empty()) {
    folded(html, "Notes on how this was worked out", [&] { bullets(html, report.notes); });
  }
}

}  // namespace

void write_findings(Html& html, const Facts& facts) {
  if (facts.findings_listed == 0) {
    paragraph(html, "No signal listed anything.");
    return;
  }
  paragraph(html,
            "Every subject of a signal was tested alike, and those listed were chosen by their e-values "
            "alone. Nobody has been heard yet: a right of reply comes before any use of a finding. A "
            "document that confirms or excludes an explanation named below would change it.");
  for (const signals::Tier tier :
       {signals::Tier::exhibit, signals::Tier::lead, signals::Tier::context, signals::Tier::unused}) {
    bool headed = false;
    for (const signals::SignalReport& report : facts.outcome.signals) {
      if (report.tier != tier || totals_of(report).findings == 0) continue;
      if (!headed) {
        html.leaf("h3", words(tier));
        paragraph(html, meaning(tier));
        headed = true;
      }
      write_signal(html, facts, report);
    }
  }
}

}  // namespace scrutineer::report
