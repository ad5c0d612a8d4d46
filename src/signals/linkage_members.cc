#include "signals/linkage_members.h"

#include <algorithm>

namespace scrutineer::signals {

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
