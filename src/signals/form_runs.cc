#include "signals/form_runs.h"

#include <fmt/format.h>

#include <algorithm>

#include "signals/reporting.h"
#include "stats/evalues.h"
#include "stats/permutation.h"
#include "stats/runs.h"

namespace scrutineer::signals {
namespace {

constexpr std::size_t least_households = 30;
constexpr std::int64_t farthest = 10;

bool is_off(const Member& member) {
  return member.status == RegisterStatus::elsewhere || member.status == RegisterStatus::not_found;
}

std::uint32_t quarter(const Member& member) {
  return member.joined
             ? static_cast<std::uint32_t>(member.joined->year() * 4 + (member.joined->month() - 1) / 3)
             : 0U;
}

// One member a household with a form number and a clear status, in the order of the numbers.
std::vector<std::uint32_t> in_order(const Evidence& evidence) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i)
    if (evidence.members[i].form_no && evidence.members[i].status != RegisterStatus::unclear)
      members.push_back(i);
  members = one_a_household(evidence, members);
  std::stable_sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
    return *evidence.members[a].form_no < *evidence.members[b].form_no;
  });
  return members;
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = form_runs();
  const std::vector<std::uint32_t> order = in_order(evidence);
  if (evidence.snapshots.empty() || order.size() < least_households)
    return absent(signal,
                  "form numbers (column form_no) of at least 30 households, and an electoral register");
  SignalReport report = report_of(signal,
                                  "Within a quarter-year of joining, which household is off the register has "
                                  "nothing to do with the number of its "
                                  "form: labels are permuted between households of one quarter.");
  std::vector<bool> off;
  std::vector<bool> neighbours;  // place and the next one are at most ten numbers apart
  std::vector<std::uint32_t> classes;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Member& member = evidence.members[order[k]];
    off.push_back(is_off(member));
    classes.push_back(quarter(member));
    neighbours.push_back(k + 1 < order.size() &&
                         *evidence.members[order[k + 1]].form_no - *member.form_no <= farthest);
  }
  const stats::ExchangeClasses exchange(classes);
  const auto table =
      stats::permute(exchange, 1, {evidence.seed, "form-runs", options.permutations, options.threads},
                     [&](std::span<const std::uint32_t> source, std::span<double> out, unsigned) {
                       for (std::size_t k = 0; k + 1 < source.size(); ++k)
                         if (neighbours[k] && off[source[k]] && off[source[k + 1]]) out[0] += 1;
                     });
  double sum = 0;
  for (const double value : table.values) sum += value;
  std::vector<std::uint32_t> paired;
  for (std::size_t k = 0; k < order.size(); ++k)
    if (off[k] && ((neighbours[k] && off[k + 1]) || (k > 0 && neighbours[k - 1] && off[k - 1])))
      paired.push_back(order[k]);
  Finding finding = finding_of(report, "roll", "members");
  finding.members = ids_of(evidence, paired);
  finding.observed = table.observed(0);
  finding.expected = sum / static_cast<double>(table.rows());
  finding.p = stats::permutation_p(table.values);
  finding.e = stats::soft_rank_e_exponential(table.values);
  finding.expected_innocent = *finding.observed > 0 ? static_cast<double>(paired.size()) *
                                                          std::min(1.0, *finding.expected / *finding.observed)
                                                    : 0.0;
  finding.innocent = {"forms handed out in pads by one helper", "a block of flats canvassed together",
                      "forms renumbered centrally"};
  add_member_rows(evidence, paired, finding.exhibits);
  report.findings.push_back(std::move(finding));
  settle(report, options, 0, [](Finding& f) {
    word_comparison(f, "forms in no particular order within a quarter-year",
                    "pairs of neighbouring forms off the register");
  });
  const stats::RunsTest runs = stats::runs_test(off);
  report.notes.push_back(
      fmt::format("{} forms; without strata {} runs where {:.0f} are expected (exact p {:.2g}); longest run "
                  "off the register {}.",
                  order.size(), runs.runs, runs.expected, runs.p, runs.longest));
  return report;
}

}  // namespace

Signal form_runs() {
  return {11, "form-runs", "Off the register on neighbouring forms", Tier::lead, run};
}

}  // namespace scrutineer::signals
