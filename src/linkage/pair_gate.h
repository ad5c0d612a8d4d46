// The first look at a batch of pairs: one byte for each level of each field, added up. What a field falls
// short of the most that it could say is its deficit; where the deficits of a pair come to more than the
// budget, no values of the fields still unknown can bring it to the floor. Lossless: the bound is never below
// that of PairFilter, and with it never below Scorer::weight (a property test holds score_blocks to that).
//
// A deficit is rounded down to whole units of the budget's 250th part, so that sixteen levels of a value fit
// one vector register and sums stay within a byte (those that do not are beyond the budget, whatever more).
#ifndef SCRUTINEER_LINKAGE_PAIR_GATE_H_
#define SCRUTINEER_LINKAGE_PAIR_GATE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "linkage/level_kernels.h"
#include "linkage/pair_filter.h"

namespace scrutineer::linkage {

class PairGate {
 public:
  // For a scorer whose model is set, and its filter, which must outlive this. Pairs below the floor are not
  // wanted.
  PairGate(const Scorer& scorer, const PairFilter& filter, Weight floor);

  // Deficits by level of a field where the asking (left) row has this value. At level_asked: of the best
  // level that value may have to another. At level_unbounded: none.
  [[nodiscard]] LevelDeficits deficits(std::size_t compared, std::uint32_t code) const;
  // A pair with no field at level_unbounded whose deficits, added with saturation, are more cannot reach the
  // floor. 255: no pair is told.
  [[nodiscard]] std::uint8_t budget() const { return budget_; }

 private:
  using LevelWeights = std::array<Weight, most_levels>;
  // The most that a field says at each level, where the asking row has this value.
  [[nodiscard]] LevelWeights most_of_value(std::size_t compared, std::uint32_t code) const;

  const PairFilter* filter_;
  std::vector<std::size_t> levels_;       // [compared]: how many
  std::vector<LevelWeights> dependence_;  // [compared]: the most that it adds at each level
  std::vector<Weight> most_;              // [compared]: over all values and levels
  std::int64_t unit_ = 1;
  std::uint8_t budget_ = 255;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PAIR_GATE_H_
