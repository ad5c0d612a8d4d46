#include "signals/branch_growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/robust_line.h"

namespace scrutineer::signals {
namespace {

struct Growth {
  std::string branch;
  double log_ratio = 0;
  double sampling = 0;  // 1 / n0 + 1 / n1
};

// Branches with members in both years.
std::vector<Growth> growth_of(const Evidence& evidence, int before, int after) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts;
  for (const BranchYear& row : evidence.branch_years) {
    if (row.year == before) counts[row.branch].first += row.members;
    if (row.year == after) counts[row.branch].second += row.members;
  }
  std::vector<Growth> result;
  for (const auto& [branch, pair] : counts) {
    if (pair.first <= 0 || pair.second <= 0) continue;
    const auto n0 = static_cast<double>(pair.first);
    const auto n1 = static_cast<double>(pair.second);
    result.push_back({branch, std::log(n1 / n0), 1.0 / n0 + 1.0 / n1});
  }
  return result;
}

// Between-branch variance by the method of moments, from the others.
double between_variance(const std::vector<Growth>& growth, const std::string& own, double centre) {
  double weights = 0;
  double squared_weights = 0;
  double q = 0;
  double n = 0;
  for (const Growth& g : growth) {
    if (g.branch == own) continue;
    const double weight = 1.0 / g.sampling;
    weights += weight;
    squared_weights += weight * weight;
    q += weight * (g.log_ratio - centre) * (g.log_ratio - centre);
    n += 1;
  }
  const double scale = weights - squared_weights / std::max(weights, 1e-300);
  return scale > 0 ? std::max(0.0, (q - (n - 1)) / scale) : 0.0;
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = branch_growth();
  std::vector<int> years;
  for (const BranchYear& row : evidence.branch_years)
    if (row.branch == evidence.own_branch) years.push_back(row.year);
  std::sort(years.begin(), years.end());
  years.erase(std::unique(years.begin(), years.end()), years.end());
  if (years.size() < 2) return absent(signal, "a branches roll with two years of this branch and the others");
  const int before = years[years.size() - 2];
  const int after = years.back();
  const std::vector<Growth> growth = growth_of(evidence, before, after);
  const auto own = std::find_if(growth.begin(), growth.end(),
                                [&](const Growth& g) { return g.branch == evidence.own_branch; });
  if (own == growth.end() || growth.size() < 6)
    return absent(signal, "members of at least five other branches in both years");
  SignalReport report = report_of(
      signal, "This branch is one more of all branches: rank of its growth, standardised by size (funnel).");
  std::vector<double> others;
  for (const Growth& g : growth)
    if (g.branch != own->branch) others.push_back(g.log_ratio);
  const double centre = stats::median(others);
  const double tau2 = between_variance(growth, own->branch, centre);
  const auto z = [&](const Growth& g) { return (g.log_ratio - centre) / std::sqrt(g.sampling + tau2); };
  const auto as_large = std::count_if(growth.begin(), growth.end(), [&](const Growth& g) {
    return g.branch != own->branch && z(g) >= z(*own);
  });
  Finding finding = finding_of(report, "branch", own->branch);
  finding.observed = std::exp(own->log_ratio);
  finding.expected = std::exp(centre);
  finding.p = (1.0 + static_cast<double>(as_large)) / static_cast<double>(growth.size());
  finding.innocent = {"a local issue", "a by-election or a selection", "a merger of branches"};
  finding.text = wording::context_only(
      fmt::format("members grew {:.2f}-fold from {} to {}, {:.2f}-fold in the median of the other branches; "
                  "{} of {} others grew as "
                  "much for their size",
                  *finding.observed, before, after, *finding.expected, as_large, others.size()));
  report.findings.push_back(std::move(finding));
  settle(report, options, 1, [](Finding&) {});
  report.notes.push_back(
      fmt::format("{} branches; between-branch deviation of log growth {:.2f}; z = {:.2f}. A branch examined "
                  "because it grew is "
                  "expected to rank first.",
                  growth.size(), std::sqrt(tau2), z(*own)));
  return report;
}

}  // namespace

Signal branch_growth() {
  return {20, "branch-growth", "Growth against all other branches", Tier::context, run};
}

}  // namespace scrutineer::signals
