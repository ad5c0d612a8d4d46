#include "signals/lapse_after_ballot.h"

#include <fmt/format.h>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/log_rank.h"
#include "stats/permutation.h"

namespace scrutineer::signals {
namespace {

constexpr std::int32_t late_days = 183;
constexpr std::int32_t least_follow_up = 60;

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = lapse_after_ballot();
  if (!evidence.ballot_date || !evidence.membership_as_of || !evidence.freeze_date ||
      *evidence.membership_as_of - *evidence.ballot_date < least_follow_up)
    return absent(signal,
                  "the date of the ballot, a freeze date and a members roll made at least 60 days later");
  const Date deadline = *evidence.freeze_date + -evidence.min_membership_days.value_or(0);
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (member.joined && *member.joined <= deadline && (!member.left || *member.left > *evidence.ballot_date))
      members.push_back(i);
  }
  members = one_a_household(evidence, members);
  std::vector<stats::Survival> survival;
  std::vector<bool> late;
  std::vector<std::uint32_t> classes;
  double events = 0;
  for (const std::uint32_t i : members) {
    const Member& member = evidence.members[i];
    const bool left = member.left && *member.left <= *evidence.membership_as_of;
    survival.push_back({(left ? *member.left : *evidence.membership_as_of) - *evidence.ballot_date, left});
    late.push_back(deadline - *member.joined < late_days);
    classes.push_back(member.ward);
    events += left ? 1 : 0;
  }
  if (events < 5)
    return absent(signal, "dates of leaving (column left) of at least five households after the ballot");
  SignalReport report = report_of(
      signal,
      "Within a ward, leaving after the ballot has nothing to do with having joined late: labels permuted, "
      "log-rank statistic.");
  const stats::LogRankTest test(survival);
  const auto table =
      stats::permute(stats::ExchangeClasses(classes), 1,
                     {evidence.seed, "lapse-after-ballot", options.permutations, options.threads},
                     [&](std::span<const std::uint32_t> source, std::span<double> out, unsigned) {
                       std::vector<bool> label(late.size());
                       for (std::size_t u = 0; u < label.size(); ++u) label[u] = late[source[u]];
                       out[0] = test.evaluate(label).z();
                     });
  const stats::LogRank result = test.evaluate(late);
  Finding finding = finding_of(report, "roll", "members");
  finding.observed = result.observed;
  finding.expected = result.expected;
  finding.p = stats::permutation_p(table.values);
  finding.innocent = {"single-issue joiners", "first-year members lapse more everywhere",
                      "a card that expired"};
  finding.expected_innocent = result.observed;
  finding.text =
      wording::context_only(fmt::format("{:.0f} households of late joiners left after the ballot where "
                                        "{:.1f} are expected if they were like the others; "
                                        "new members lapse more everywhere",
                                        result.observed, result.expected));
  report.findings.push_back(std::move(finding));
  settle(report, options, 1, [](Finding&) {});
  report.notes.push_back(fmt::format("{} households followed for {} days; hazard ratio about {:.2f}.",
                                     members.size(), *evidence.membership_as_of - *evidence.ballot_date,
                                     result.hazard_ratio()));
  return report;
}

}  // namespace

Signal lapse_after_ballot() {
  return {23, "lapse-after-ballot", "Leaving after the ballot, by date of joining", Tier::context, run};
}

}  // namespace scrutineer::signals
