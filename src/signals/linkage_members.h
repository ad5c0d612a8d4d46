// Who the key test looks at, and by which numbers: households and links of members. Apart from
// linkage_of_irregulars.cc, whose steps work on them.
#ifndef SCRUTINEER_SIGNALS_LINKAGE_MEMBERS_H_
#define SCRUTINEER_SIGNALS_LINKAGE_MEMBERS_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "signals/evidence.h"
#include "signals/linkage_permutation.h"

namespace scrutineer::signals {

inline constexpr std::array<LinkType, link_type_count> all_links = {LinkType::payer, LinkType::recruiter,
                                                                    LinkType::phone, LinkType::day};

// Verified, denied, not known, moved or deceased: refusals and closed doors are no outcome.
bool has_outcome(const Member& member);
// Moved, or not known but on a register at that address.
bool is_moved(const Member& member);
// The member's value of a link, `none` where there is none; the join day as days since 1970.
std::uint32_t link_of(const Member& member, LinkType type);
// What a value stands for, as typed in the source.
std::string link_key(const Evidence& evidence, LinkType type, std::uint32_t value);

// The household of each member; a member without one is a household.
std::vector<std::uint32_t> households_of(const Evidence& evidence);

// Some members of the list with the numbers that the permutation wants.
struct MemberGroup {
  std::vector<std::uint32_t> members;  // indices into Evidence::members
  std::vector<LinkedMember> linked;

  [[nodiscard]] std::vector<std::uint8_t> labels(const std::function<bool(std::uint32_t)>& of) const;
  [[nodiscard]] MemberGroup only(const std::function<bool(std::uint32_t)>& kept) const;
};

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_LINKAGE_MEMBERS_H_
