#include "signals/registration_timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "signals/reporting.h"
#include "stats/evalues.h"
#include "stats/permutation.h"

namespace scrutineer::signals {
namespace {

constexpr std::int32_t near_days = 30;
constexpr std::size_t least_households = 20;

std::uint32_t stratum(const Member& member) {
  const std::uint32_t half_year =
      static_cast<std::uint32_t>(member.joined->year() * 2 + (member.joined->month() > 6));
  return half_year * 4096U + (member.ward == none ? 4095U : member.ward % 4095U);
}

bool is_near(Date registered, Date joined) {
  return std::abs(registered - joined) <= near_days;
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = registration_timing();
  std::vector<std::uint32_t> dated;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i)
    if (evidence.members[i].joined && evidence.members[i].registered_on) dated.push_back(i);
  dated = one_a_household(evidence, dated);
  if (dated.size() < least_households)
    return absent(signal,
                  "dates of register entries (column registered_on) for at least 20 members who joined");
  SignalReport report = report_of(signal,
                                  "Within ward and half-year of joining, which household joined when has "
                                  "nothing to do with when its register "
                                  "entry was made: dates of joining are permuted between households.");
  std::vector<std::uint32_t> classes;
  for (const std::uint32_t i : dated) classes.push_back(stratum(evidence.members[i]));
  const stats::ExchangeClasses exchange(classes);
  const auto table = stats::permute(
      exchange, 1, {evidence.seed, "registration-timing", options.permutations, options.threads},
      [&](std::span<const std::uint32_t> source, std::span<double> out, unsigned) {
        for (std::size_t u = 0; u < dated.size(); ++u)
          if (is_near(*evidence.members[dated[u]].registered_on, *evidence.members[dated[source[u]]].joined))
            out[0] += 1;
      });
  Finding finding = finding_of(report, "roll", "members");
  std::vector<std::uint32_t> near;
  for (const std::uint32_t i : dated)
    if (is_near(*evidence.members[i].registered_on, *evidence.members[i].joined)) near.push_back(i);
  double sum = 0;
  for (const double value : table.values) sum += value;
  finding.observed = table.observed(0);
  finding.expected = sum / static_cast<double>(table.rows());
  finding.p = stats::permutation_p(table.values);
  finding.e = stats::soft_rank_e_exponential(table.values);
  finding.members = ids_of(evidence, near);
  finding.expected_innocent = std::min(*finding.expected, *finding.observed);
  finding.innocent = {"joined and registered at one stall", "a move that prompted both",
                      "a registration drive"};
  add_member_rows(evidence, near, finding.exhibits);
  for (const std::uint32_t i : near)
    finding.exhibits.insert(finding.exhibits.end(), evidence.members[i].register_rows.begin(),
                            evidence.members[i].register_rows.end());
  report.findings.push_back(std::move(finding));
  settle(report, options, 0, [](Finding& f) {
    word_comparison(f, "chance coincidence of the dates of joining and of registering", "households");
  });
  report.notes.push_back(
      fmt::format("{} households with both dates; {} of them can be permuted; near is within {} days.",
                  dated.size(), exchange.movable(), near_days));
  return report;
}

}  // namespace

Signal registration_timing() {
  return {3, "registration-timing", "Registered about the time of joining", Tier::lead, run};
}

}  // namespace scrutineer::signals
