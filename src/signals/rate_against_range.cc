#include "signals/rate_against_range.h"

#include <algorithm>
#include <map>

#include "signals/reporting.h"
#include "stats/binomial.h"
#include "stats/evalues.h"
#include "stats/random.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t draws = 64;
constexpr std::size_t least_in_ward = 20;

// For each household its members' properties, households in order of their index.
std::vector<std::vector<bool>> by_household(const Evidence& evidence, std::span<const std::uint32_t> members,
                                            const std::vector<bool>& has) {
  std::map<std::uint32_t, std::vector<bool>> households;
  std::vector<std::vector<bool>> result;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::uint32_t household = evidence.members[members[i]].household;
    if (household == none) {
      result.push_back({has[i]});
    } else {
      households[household].push_back(has[i]);
    }
  }
  for (auto& [household, values] : households) result.push_back(std::move(values));
  return result;
}

void add_finding(const Evidence& evidence, std::span<const std::uint32_t> members,
                 const std::vector<bool>& has, const BaseRate& rate, Finding finding, SignalReport& report) {
  const RateTest test = test_rate(evidence, members, has, rate.high, finding.id);
  std::vector<std::uint32_t> concerned;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (has[i]) concerned.push_back(members[i]);
  const auto counted = static_cast<double>(test.counted);
  finding.observed = static_cast<double>(test.observed);
  finding.expected = counted * rate.high;
  finding.expected_low = counted * rate.low;
  finding.p = test.p;
  finding.e = test.e;
  finding.expected_innocent = std::min(*finding.observed, *finding.expected);
  finding.members = ids_of(evidence, concerned);
  add_member_rows(evidence, concerned, finding.exhibits);
  report.findings.push_back(std::move(finding));
}

}  // namespace

RateTest test_rate(const Evidence& evidence, std::span<const std::uint32_t> members,
                   const std::vector<bool>& has, double upper_rate, const std::string& purpose) {
  RateTest test;
  test.counted = members.size();
  test.observed = static_cast<std::uint64_t>(std::count(has.begin(), has.end(), true));
  const auto households = by_household(evidence, members, has);
  test.households = households.size();
  if (households.empty()) return test;
  double sum_p = 0;
  double sum_e = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    stats::Random random(evidence.seed, purpose, draw);
    std::uint64_t found = 0;
    for (const auto& household : households)
      if (household[household.size() == 1 ? 0 : static_cast<std::size_t>(random.below(household.size()))])
        ++found;
    sum_e += stats::rate_e(found, households.size(), upper_rate);
    sum_p += stats::binomial_upper_tail(static_cast<double>(found), static_cast<double>(households.size()),
                                        upper_rate);
  }
  test.e = sum_e / static_cast<double>(draws);
  test.p = std::min(1.0, 2.0 * sum_p / static_cast<double>(draws));
  return test;
}

void add_rate_findings(const Evidence& evidence, std::span<const std::uint32_t> members,
                       const std::vector<bool>& has, const BaseRate& rate, SignalReport& report) {
  Finding whole = finding_of(report, "roll", "members");
  const std::string roll = whole.id;
  add_finding(evidence, members, has, rate, std::move(whole), report);
  std::vector<std::vector<std::uint32_t>> in_ward(evidence.wards.size());
  std::vector<std::vector<bool>> has_in_ward(evidence.wards.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::uint32_t ward = evidence.members[members[i]].ward;
    if (ward >= evidence.wards.size()) continue;
    in_ward[ward].push_back(members[i]);
    has_in_ward[ward].push_back(has[i]);
  }
  for (std::size_t ward = 0; ward < in_ward.size(); ++ward)
    if (in_ward[ward].size() >= least_in_ward) {
      Finding finding = finding_of(report, "ward", evidence.wards[ward]);
      finding.part_of = roll;
      add_finding(evidence, in_ward[ward], has_in_ward[ward], rate, std::move(finding), report);
    }
}

}  // namespace scrutineer::signals
