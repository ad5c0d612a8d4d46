// Which households are alike enough for their outcomes to be exchanged: the strata of the key test and of the
// register excess.
#ifndef SCRUTINEER_SIGNALS_HOUSEHOLD_STRATA_H_
#define SCRUTINEER_SIGNALS_HOUSEHOLD_STRATA_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "signals/evidence.h"
#include "signals/linkage_permutation.h"

namespace scrutineer::signals {

// Whole numbers that mean nothing beyond being equal or not.
struct HouseholdStratum {
  std::uint32_t address_class = 0;  // of the first member's address: single dwelling, building of several,
                                    // many electors, not told
  std::uint32_t ward = 0;           // the members' smallest
  std::uint32_t join_period = 0;    // whether the first to join did so within the year before the freeze date
                                    // (without one: before the last join of the list)
  std::uint32_t contact_attempts = 0;  // reached at the first call (or not recorded), or after more: who is
                                       // rarely at home may also be recorded otherwise
  auto operator<=>(const HouseholdStratum&) const = default;
};

// By household, numbered as in `households` (that of each member: linkage_members.h).
std::vector<HouseholdStratum> household_strata(const Evidence& evidence,
                                               std::span<const std::uint32_t> households);

// Ward, address class and join period as one number, by household: what is known before anybody is visited.
std::vector<std::uint32_t> strata_before_visits(const Evidence& evidence,
                                                std::span<const std::uint32_t> households);

// Sets the stratum of each member so that no household is without others to exchange with where that can be
// helped. Households of the same number of members here (whose outcomes alone can be exchanged) and the same
// stratum form a class if they are at least `least`. Those of smaller classes are put together with their
// like whatever their contact attempts; if still fewer than `least`, whatever the join period too; then the
// ward; then the class of address. Who is left over after that joins the smallest class of that number of
// members. Without this, a flat to which several false members were put has nobody to exchange with, its
// links count in every permutation, and what they say is lost. It looks at no outcome, only at which
// households have one, so the permutation stays exact under exchangeability within the classes it makes.
// Households that differ in `apart` (by household; empty: all alike) never come into one class.
void pool_strata(std::span<LinkedMember> members, std::span<const HouseholdStratum> strata, std::size_t least,
                 std::span<const std::uint32_t> apart = {});

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_HOUSEHOLD_STRATA_H_
