// Are the households of a set (those one account pays for, those who joined on one day) more often on no
// register at their address than other households like them?
//
// A large set by itself is normal: treasurers collect, stalls recruit. What a lawful set does not explain is
// that its people are found on the register less than the rest. This is the part of signals 4 and 8 that can
// list something.
//
// Null: within a stratum (ward x class of address x join period, as in the key test) which households have
// somebody never on a register there has nothing to do with which households are in the set. The count over
// strata is then a sum of hypergeometric ones: p is exact given the margins (stats/hypergeometric.h),
// whatever law made the set large, and e = 0.1 p^-0.9.
//
// Household: irregular where an eligible member of it is on no register at that address today nor was on any
// snapshot; without a member whose register status is clear and whose address is usable it is not counted.
// Households, not members, are the units: families are registered or not together.
//
// The null fails for a set whose people register less without any plan: students, tenants, people not
// entitled to be registered. That is an innocent explanation, and is named with every finding.
#ifndef SCRUTINEER_SIGNALS_REGISTER_EXCESS_H_
#define SCRUTINEER_SIGNALS_REGISTER_EXCESS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "signals/evidence.h"
#include "stats/hypergeometric.h"

namespace scrutineer::signals {

struct ExcessTest {
  std::uint64_t households = 0;  // of the set, counted
  std::uint64_t irregular = 0;
  double expected = 0;
  double p = 1;
  double e = 1;
  std::vector<std::uint32_t> members;  // of the irregular households, those never on a register there
};

class RegisterExcess {
 public:
  // `evidence` must outlive this.
  explicit RegisterExcess(const Evidence& evidence);

  // Nothing where there is no register, or no counted household outside the set to compare with.
  [[nodiscard]] std::optional<ExcessTest> test(std::span<const std::uint32_t> members) const;

 private:
  [[nodiscard]] bool never_there(const Member& member) const;

  const Evidence& evidence_;
  std::vector<std::uint32_t> household_;  // of each member
  std::vector<std::uint32_t> stratum_;    // of each household
  std::vector<std::uint8_t> counted_;     // of each household
  std::vector<std::uint8_t> irregular_;
  std::map<std::uint32_t, stats::HypergeometricStratum> strata_;
};

// What a group signal says where it tests both the size of a set and its register excess.
//
// e is the mean of three: that of the size, that of the excess, and their product. The excess is exact given
// who is in the set, so given the size its e-value still averages at most 1, and the product of the two is an
// e-value where both nulls hold (Vovk & Wang 2021, section 4: sequential e-values multiply). A set that is a
// little too large and whose people are a little too rarely on a register is thus found although neither says
// enough alone; where one says nothing, at most two thirds of the other are lost.
struct GroupTest {
  double p = 1;  // the smaller of the two, doubled (Bonferroni); the only one where there is one
  double e = 1;
  bool register_speaks = false;  // the excess has the larger e
};
GroupTest combined(double size_p, const std::optional<ExcessTest>& excess);

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_REGISTER_EXCESS_H_
