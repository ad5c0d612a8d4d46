// How often two different people agree: the u of Fellegi and Sunter, value by value.
//
// For a value v and a level l, u_l(v) is the share of the other table's rows whose value stands to v at level
// l: the frequency of v's neighbourhood, not of v alone (a rare misspelling of a common name is not rare
// evidence). Sums over rows include the few that are the same person; with one person in N that is harmless
// for N large and conservative for N small. Shrunk towards the mean over values by `shrinkage` rows. For a
// pair the mean of both values' u is taken; where the tables differ much in size only the smaller one's
// values are tabulated, against the larger one's frequencies.
#ifndef SCRUTINEER_LINKAGE_CHANCE_H_
#define SCRUTINEER_LINKAGE_CHANCE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/comparison.h"

namespace scrutineer::linkage {

struct ChanceOptions {
  unsigned threads = 0;
  std::uint64_t seed = 0;
  // Comparisons of values that may be spent on one field. Beyond it the other table's values are thinned: the
  // frequent half of what can be afforded is kept whole, the rest is represented by a systematic sample.
  std::uint64_t comparisons = 150'000'000;
};

class Chance {
 public:
  Chance(const Comparison& comparison, const ChanceOptions& options);

  // log2 of u for this agreement of these rows (left of the left table, right of the right).
  [[nodiscard]] Weight log2_u(std::size_t compared, const Agreement& agreement, std::size_t left_row,
                              std::size_t right_row) const;
  // u over all values, by level; each group of levels sums to 1.
  [[nodiscard]] const std::vector<double>& mean_u(std::size_t compared) const { return mean_[compared]; }

  // Replaces the overall u of one field by `measured` (same shape as mean_u), as where pairs within one
  // address are judged. Agreement beyond what frequency explains is put down to what the two people share (a
  // household), whatever the value: u_l(v) becomes s + (1 - s) u_l(v) with s such that the mean is as
  // measured.
  void set_mean(std::size_t compared, std::span<const double> measured);

 private:
  struct Table {
    std::vector<Weight> left;  // [code * levels + level]; empty where not tabulated
    std::vector<Weight> right;
  };
  void measure_on_random_pairs(const ChanceOptions& options);
  void tabulate(std::size_t compared, const ChanceOptions& options);
  std::vector<std::uint64_t> level_counts(std::size_t compared, std::span<const std::uint32_t> wanted,
                                          std::span<const std::uint32_t> reference_counts,
                                          const ChanceOptions& options) const;
  [[nodiscard]] double word_u(std::uint32_t word) const;
  [[nodiscard]] double text_u(const Agreement& agreement) const;
  [[nodiscard]] Weight adjusted(std::size_t compared, std::uint8_t level, double u) const;

  const Comparison* comparison_;
  bool by_left_ = true;
  bool by_right_ = true;
  std::vector<Table> tables_;
  std::vector<std::vector<double>> mean_;
  std::vector<std::vector<double>> frequency_mean_;  // before set_mean
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_CHANCE_H_
