// Two people of one household who could be taken for one: twins (one family name, address and birth date, two
// forenames) and father and son or the like (one full name and address, two birth dates). To a model of
// strangers each of these agreements is a coincidence, and all of them together beyond belief; to a household
// they are what it is. Different people are therefore a mixture: u of a pair that agrees on family name and
// address is
//   u(strangers) + P(kin) * r * (u of all fields that kin do not share),
// where P(kin), the share of all pairs that are two people of one household, is measured in the table, on
// pairs that differ in forename and in date; and r is how many of those share the date, or the forename.
// Neither can be measured without labels, since a twin and a wrong forename look alike; they are taken from
// what is known of people:
//   twins: one pair in 150. In England and Wales 1.4 % of maternities are multiple (Office for National
//   Statistics, Birth characteristics 2021), some 2.5 % of the pairs of brothers and sisters, who are about a
//   quarter of the pairs of a household.
//   one forename: one pair in 50, an assumption.
#ifndef SCRUTINEER_LINKAGE_KIN_H_
#define SCRUTINEER_LINKAGE_KIN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/comparison.h"

namespace scrutineer::linkage {

class Kin {
 public:
  Kin() = default;  // no such class

  // Empty where the table has not a forename, a family name, a date and a place (a code or a number; where
  // there is neither, a text), or hardly any two people share a family name and place.
  static Kin measure(const Comparison& comparison, std::uint64_t seed);

  [[nodiscard]] bool empty() const { return log2_share_ == 0; }

  // By how much log2 u of a pair of this pattern rises above `log2_u` (of each compared field, between
  // strangers): log2(1 + u(kin) / u(strangers)), never negative.
  [[nodiscard]] Weight rise(Pattern pattern, std::span<const Weight> log2_u) const;

 private:
  [[nodiscard]] Weight log2_rate(Pattern pattern) const;  // of r; 0: cannot be taken for one person

  Weight log2_share_ = 0;  // of P(kin); negative
  std::size_t given_ = 0;
  std::size_t family_ = 0;
  std::size_t date_ = 0;
  std::vector<std::size_t> places_;  // that make a household
  std::vector<std::size_t> shared_;  // texts, which kin are taken to share where they agree
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_KIN_H_
