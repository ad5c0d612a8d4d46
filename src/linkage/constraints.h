// What is known about who is whom beside the evidence of the fields: decisions of reviewers, and that a
// snapshot lists each person at most once.
#ifndef SCRUTINEER_LINKAGE_CONSTRAINTS_H_
#define SCRUTINEER_LINKAGE_CONSTRAINTS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "linkage/candidates.h"

namespace scrutineer::linkage {

class Constraints {
 public:
  Constraints() = default;  // none

  // `same` and `different`: pairs of rows held to be one person, and two. `snapshot`: for each row the list
  // that it comes from, two rows of one list being two people; 0 for none; empty for no rule. Refused, with
  // the rows, where they contradict each other: directly, through others (A is B, B is C, A is not C), or by
  // one snapshot.
  static Result<Constraints> make(std::size_t rows, std::span<const PairKey> same,
                                  std::span<const PairKey> different,
                                  std::span<const std::uint32_t> snapshot);

  [[nodiscard]] bool empty() const { return same_.empty() && different_.empty() && snapshot_.empty(); }
  // True if these groups of rows may not be one person.
  [[nodiscard]] bool forbid(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other) const;
  [[nodiscard]] std::span<const PairKey> same() const { return same_; }  // ascending, left < right
  // True if a decision ties the row to another: it is not to be moved away.
  [[nodiscard]] bool is_tied(std::uint32_t row) const { return !tied_.empty() && tied_[row]; }

 private:
  std::vector<PairKey> same_;
  std::vector<PairKey> different_;  // ascending, left < right
  std::vector<bool> tied_;
  std::vector<bool> parted_;  // rows in different_
  std::vector<std::uint32_t> snapshot_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_CONSTRAINTS_H_
