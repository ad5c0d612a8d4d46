#include "signals/linkage_members.h"

#include <algorithm>
#include <optional>

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

}  // namespace

bool has_outcome(const Member& member) {
  return member.outcome && *member.outcome != Outcome::refused && *member.outcome != Outcome::no_contact;
}

bool is_moved(const Member& member) {
  return member.outcome == Outcome::moved || (member.outcome == Outcome::not_known && member.ever_at_address);
}

std::vector<std::uint32_t> households_of(const Evidence& evidence) {
  std::uint32_t next = 0;
  for (const Member& member : evidence.members) {
    if (member.household != none) next = std::max(next, member.household + 1);
  }
  std::vector<std::uint32_t> households;
  for (const Member& member : evidence.members) {
    households.push_back(member.household != none ? member.household : next++);
  }
  return households;
}

std::vector<std::uint32_t> strata_of(const Evidence& evidence, const std::vector<std::uint32_t>& households) {
  std::optional<Date> end = evidence.freeze_date;
  for (const Member& member : evidence.members) {
    if (!evidence.freeze_date && member.joined && (!end || *member.joined > *end)) end = member.joined;
  }
  struct Household {
    std::uint32_t ward = none;
    std::uint32_t address = none;
    std::optional<Date> joined;
  };
  const std::uint32_t count =
      households.empty() ? 0 : *std::max_element(households.begin(), households.end()) + 1;
  std::vector<Household> found(count);
  for (std::size_t at = 0; at < households.size(); ++at) {
    const Member& member = evidence.members[at];
    Household& household = found[households[at]];
    household.ward = std::min(household.ward, member.ward);
    if (household.address == none) household.address = address_class(evidence, member);
    if (member.joined && (!household.joined || *member.joined < *household.joined))
      household.joined = member.joined;
  }
  std::vector<std::uint32_t> strata;
  for (const Household& household : found) {
    const std::uint32_t ward = household.ward == none ? 0 : household.ward + 1;
    const bool late = household.joined && end && *end - *household.joined < join_period_days;
    strata.push_back((ward * 4 + household.address % 4) * 2 + (late ? 1 : 0));
  }
  return strata;
}

std::uint32_t link_of(const Member& member, LinkType type) {
  switch (type) {
    case LinkType::payer:
      return member.payer;
    case LinkType::recruiter:
      return member.recruiter;
    case LinkType::phone:
      return member.phone;
    case LinkType::day:
      return member.joined ? static_cast<std::uint32_t>(member.joined->days()) : none;
  }
  return none;
}

std::string link_key(const Evidence& evidence, LinkType type, std::uint32_t value) {
  switch (type) {
    case LinkType::payer:
      return evidence.payers[value];
    case LinkType::recruiter:
      return evidence.recruiters[value];
    case LinkType::phone:
      return evidence.phones[value];
    case LinkType::day:
      return Date(static_cast<std::int32_t>(value)).iso();
  }
  return {};
}

std::vector<std::uint8_t> MemberGroup::labels(const std::function<bool(std::uint32_t)>& of) const {
  std::vector<std::uint8_t> result;
  result.reserve(members.size());
  for (const std::uint32_t member : members) result.push_back(of(member) ? 1 : 0);
  return result;
}

MemberGroup MemberGroup::only(const std::function<bool(std::uint32_t)>& kept) const {
  MemberGroup result;
  for (std::size_t at = 0; at < members.size(); ++at) {
    if (!kept(members[at])) continue;
    result.members.push_back(members[at]);
    result.linked.push_back(linked[at]);
  }
  return result;
}

}  // namespace scrutineer::signals
