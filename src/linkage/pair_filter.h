// An upper bound of the weight of a pair from its pattern and a few look-ups: what cannot reach a floor is
// not scored in full. Lossless: the bound is never below Scorer::weight (a property test holds it to that),
// so the pairs found at or above the floor are the same with it as without.
//
// Three steps, each dearer and closer. (1) By pattern: prior, dependence, and for each field that does not
// agree exactly the greatest weight any value has at that level; where it agrees, the weight of the value.
// (2) For those fields the greater of the two values' own weights at the level. (3) The scorer.
#ifndef SCRUTINEER_LINKAGE_PAIR_FILTER_H_
#define SCRUTINEER_LINKAGE_PAIR_FILTER_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "linkage/scorer.h"

namespace scrutineer::linkage {

class PairFilter {
 public:
  // For a scorer whose model is set; it must outlive this and not change.
  explicit PairFilter(const Scorer& scorer);

  // Step 1 for a pattern, without the fields in `same`.
  struct PatternBound {
    Weight rest = 0;          // all but the fields in `same`
    Weight highest = 0;       // all, whatever the values of the fields in `same`
    std::uint16_t same = 0;   // fields that agree exactly, whose weight depends on the value
    std::uint16_t loose = 0;  // fields for which step 2 may be closer
    // By which companions may raise the weights of fields above what the value says, and what is the most
    // they leave: the weight of a field in `same` is at most min(same() + raised, most).
    std::array<Weight, most_fields> raised{};
    std::array<Weight, most_fields> most{};
  };
  [[nodiscard]] PatternBound bound(Pattern pattern) const;
  // Step 1 for a pattern in which some fields stand at `level_asked`: whatever levels these have, other than
  // missing, the same, and such as rest on more than the two values. No field is in `loose`. `highest` is
  // without end where a field of another kind than those compared value by value is asked.
  [[nodiscard]] PatternBound bound_of_asked(Pattern pattern) const;

  // Greatest weight of a field in PatternBound::same where both rows hold this value, without what companions
  // do; 0 for a field that is not compared by value.
  [[nodiscard]] Weight same_alone(std::size_t compared, std::uint32_t code) const {
    return same_[compared].empty() ? 0 : same_[compared][code];
  }
  // The same with it.
  [[nodiscard]] static Weight same(const PatternBound& bound, std::size_t compared, Weight alone) {
    return std::min(alone + bound.raised[compared], bound.most[compared]);
  }

  // What step 2 takes off PatternBound::rest for one loose field.
  [[nodiscard]] Weight closer_by(const PatternBound& bound, std::size_t compared, std::uint8_t level,
                                 std::uint32_t left_code, std::uint32_t right_code) const;

  // The most that a field says at a level where the left row has this value, whatever its companions and the
  // other row's value. Of a field that is not compared by value: whatever the values.
  [[nodiscard]] Weight most_of(std::size_t compared, std::uint32_t code, std::uint8_t level) const;
  [[nodiscard]] bool tells_by_value(std::size_t compared) const { return !same_[compared].empty(); }
  // True of levels that more than the two values decide: most_of says nothing of them.
  [[nodiscard]] bool rests_on_rows(std::size_t compared, std::uint8_t level) const;

 private:
  // raised and most of a field at a level, of which different people are known to agree as companions say.
  void set_conditional(std::size_t compared, Pattern pattern, PatternBound& bound) const;
  // By which a field's weight is higher where different people agree as `conditional` says (empty: not), and
  // at most where names are told together.
  [[nodiscard]] Weight raised_by(std::size_t compared, std::uint8_t level,
                                 std::span<const double> conditional) const;
  [[nodiscard]] Weight raised_by_names(std::size_t compared, std::uint8_t level) const;

  const Scorer* scorer_;
  std::vector<std::vector<Weight>> same_;                     // [compared][code]; empty: not by value
  std::vector<std::array<Weight, most_levels>> greatest_;     // [compared][level], over all values
  std::vector<Weight> greatest_same_;                         // [compared]: of same_
  Weight beyond_names_ = 0;                                   // NamePairs::most_beyond
  std::vector<std::array<Weight, most_levels>> most_raised_;  // [compared][level]: by companions or names
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PAIR_FILTER_H_
