#include "signals/household_strata.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace scrutineer::signals {
namespace {

constexpr std::uint32_t many_electors =
    6;  // at one address: a house in multiple occupation, or a home of many
constexpr std::int32_t join_period_days = 365;

std::uint32_t address_class(const Evidence& evidence, const Member& member) {
  if (member.address == none) return 3;
  const Address& address = evidence.addresses[member.address];
  if (std::max(address.electors, address.electors_ever_max) >= many_electors) return 2;
  return address.building_units > 1 || address.flat_missing ? 1 : 0;
}

// The end of the year that is a join period of its own.
std::optional<Date> end_of_joining(const Evidence& evidence) {
  if (evidence.freeze_date) return evidence.freeze_date;
  std::optional<Date> last;
  for (const Member& member : evidence.members) {
    if (member.joined && (!last || *member.joined > *last)) last = member.joined;
  }
  return last;
}

// How far a stratum is told apart: everything at first, nothing at last.
constexpr std::size_t coarsest = 4;
HouseholdStratum coarsened(HouseholdStratum stratum, std::size_t steps) {
  const std::array given_up = {&HouseholdStratum::contact_attempts, &HouseholdStratum::join_period,
                               &HouseholdStratum::ward, &HouseholdStratum::address_class};
  for (std::size_t step = 0; step < steps; ++step) stratum.*given_up.at(step) = 0;
  return stratum;
}

// The classes of households of one size, as lists of households.
std::vector<std::vector<std::uint32_t>> classes_of(std::vector<std::uint32_t> households,
                                                   std::span<const HouseholdStratum> strata,
                                                   std::size_t least) {
  std::vector<std::vector<std::uint32_t>> classes;
  for (std::size_t step = 0; step <= coarsest && !households.empty(); ++step) {
    std::map<HouseholdStratum, std::vector<std::uint32_t>> alike;
    for (const std::uint32_t household : households)
      alike[coarsened(strata[household], step)].push_back(household);
    households.clear();
    for (auto& [stratum, members] : alike) {
      if (members.size() >= least) {
        classes.push_back(std::move(members));
      } else {
        households.insert(households.end(), members.begin(), members.end());
      }
    }
  }
  if (households.empty()) return classes;
  if (classes.empty()) return {households};
  auto& smallest = *std::min_element(classes.begin(), classes.end(), [](const auto& left, const auto& right) {
    return left.size() < right.size();
  });
  smallest.insert(smallest.end(), households.begin(), households.end());
  return classes;
}

}  // namespace

std::vector<HouseholdStratum> household_strata(const Evidence& evidence,
                                               std::span<const std::uint32_t> households) {
  const std::optional<Date> end = end_of_joining(evidence);
  struct Seen {
    std::uint32_t ward = none;
    std::uint32_t address = none;
    std::optional<Date> joined;
    bool called_again = false;
  };
  std::vector<Seen> seen(households.empty() ? 0
                                            : *std::max_element(households.begin(), households.end()) + 1);
  for (std::size_t at = 0; at < households.size(); ++at) {
    const Member& member = evidence.members[at];
    Seen& household = seen[households[at]];
    household.ward = std::min(household.ward, member.ward);
    if (household.address == none) household.address = address_class(evidence, member);
    if (member.joined && (!household.joined || *member.joined < *household.joined))
      household.joined = member.joined;
    household.called_again |= member.outcome && member.attempts > 1;
  }
  std::vector<HouseholdStratum> strata;
  strata.reserve(seen.size());
  for (const Seen& household : seen) {
    const bool late = household.joined && end && *end - *household.joined < join_period_days;
    strata.push_back({household.address == none ? 3 : household.address,
                      household.ward == none ? 0 : household.ward + 1, late ? 1U : 0U,
                      household.called_again ? 1U : 0U});
  }
  return strata;
}

std::vector<std::uint32_t> strata_before_visits(const Evidence& evidence,
                                                std::span<const std::uint32_t> households) {
  std::vector<std::uint32_t> numbers;
  for (const HouseholdStratum& stratum : household_strata(evidence, households))
    numbers.push_back((stratum.ward * 4 + stratum.address_class) * 2 + stratum.join_period);
  return numbers;
}

void pool_strata(std::span<LinkedMember> members, std::span<const HouseholdStratum> strata, std::size_t least,
                 std::span<const std::uint32_t> apart) {
  std::map<std::uint32_t, std::uint32_t> size;  // of each household, here
  for (const LinkedMember& member : members) ++size[member.household];
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> exchangeable;
  for (const auto& [household, count] : size)
    exchangeable[{count, apart.empty() ? 0 : apart[household]}].push_back(household);
  std::map<std::uint32_t, std::uint32_t> class_of;
  std::uint32_t next = 0;
  for (auto& [key, households] : exchangeable) {
    for (const std::vector<std::uint32_t>& alike : classes_of(std::move(households), strata, least)) {
      for (const std::uint32_t household : alike) class_of[household] = next;
      ++next;
    }
  }
  for (LinkedMember& member : members) member.stratum = class_of[member.household];
}

}  // namespace scrutineer::signals
