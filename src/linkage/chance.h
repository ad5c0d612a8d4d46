// How often two different people agree: the u of Fellegi and Sunter, value by value.
//
// For a value v and a level l, u_l(v) is the share of the other table's rows whose value stands to v at level
// l: the frequency of v's neighbourhood, not of v alone (a rare misspelling of a common name is not rare
// evidence). It is shrunk towards the mean over values by `shrinkage` rows. For a pair the mean of both
// values' u is taken; where the tables differ much in size only the smaller one's values are tabulated,
// against the larger one's frequencies.
//
// Rows that are the same person do not belong in that share. At first all rows are counted; once posteriors
// are known, discount_matches() takes out the rows expected to be the same person, value by value and level
// by level. In a small list with many entries a person this is most of what a rare value's frequency is.
#ifndef SCRUTINEER_LINKAGE_CHANCE_H_
#define SCRUTINEER_LINKAGE_CHANCE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/candidates.h"
#include "linkage/comparison.h"

namespace scrutineer::linkage {

struct ChanceOptions {
  unsigned threads = 0;
  std::uint64_t seed = 0;
  // Comparisons of values that may be spent on one field. Beyond it the other table's values are thinned: the
  // frequent half of what can be afforded is kept whole, the rest is represented by a systematic sample, and
  // what one value met of it is shrunk towards what values meet on average, as far as that is luck.
  std::uint64_t comparisons = 150'000'000;
};

class Chance {
 public:
  Chance(const Comparison& comparison, const ChanceOptions& options);

  // log2 of u for this agreement of these rows (left of the left table, right of the right).
  [[nodiscard]] Weight log2_u(std::size_t compared, const Agreement& agreement, std::size_t left_row,
                              std::size_t right_row) const;
  // The same where different people are known to agree as `conditional` says (its levels as those of mean_u).
  [[nodiscard]] Weight log2_u(std::size_t compared, const Agreement& agreement, std::size_t left_row,
                              std::size_t right_row, std::span<const double> conditional) const;
  // Never more than log2_u of a pair of which `side` holds the value `code`, at a level that the values alone
  // decide; exact where both hold it (level_same).
  [[nodiscard]] Weight least_log2_u(std::size_t compared, Side side, std::uint32_t code,
                                    std::uint8_t level) const;
  // u over all values, by level; each group of levels sums to 1.
  [[nodiscard]] const std::vector<double>& mean_u(std::size_t compared) const { return mean_[compared]; }

  // A candidate pair that may be one person.
  struct Match {
    PairKey pair = 0;
    Pattern pattern = 0;
    double probability = 0;
  };
  // Counts again without the rows expected to be the same person, given the probabilities of the candidate
  // pairs (those left out count as 0). Replaces an earlier call, undoes set_mean.
  void discount_matches(std::span<const Match> matches);

  // Replaces the overall u of one field by `measured` (same shape as mean_u), as where pairs within one
  // address are judged. Agreement beyond what frequency explains is put down to what the two people share (a
  // household), whatever the value: u_l(v) becomes s + (1 - s) u_l(v) with s such that the mean is as
  // measured.
  void set_mean(std::size_t compared, std::span<const double> measured);

  // Fetches what log2_u will look up of two values at a level, so that it is at hand by then.
  void prefetch(std::size_t compared, std::uint8_t level, std::uint32_t left_code,
                std::uint32_t right_code) const {
    const std::size_t levels = mean_[compared].size();
    const Tables& tables = tables_[compared];
    const Table& other = tables.right.empty() ? tables.left : tables.right;
    if (tables.left.empty() || other.empty()) return;
    __builtin_prefetch(&tables.left.log2_u[left_code * levels + level]);
    __builtin_prefetch(&other.log2_u[right_code * levels + level]);
  }

 private:
  // Of the values of one side: how many rows of the other stand to each at each level.
  struct Table {
    std::vector<std::uint32_t> wanted;  // codes, ascending
    std::vector<std::uint64_t> rows;    // [index in wanted * levels + level], in 1/65536 of a row
    std::vector<Weight> log2_u;         // [code * levels + level]
    [[nodiscard]] bool empty() const { return wanted.empty(); }
  };
  // What discount_matches() takes out, [code * levels + level], in 1/65536 of a row; empty: nothing.
  using Discount = std::vector<std::uint64_t>;

  void measure_on_random_pairs(const ChanceOptions& options);
  void count_rows(std::size_t compared, const ChanceOptions& options);
  // `own`: rows of the table's own side that hold each value. `measured`: how many of the wanted values share
  // the comparisons that may be spent.
  void count_levels(std::size_t compared, std::span<const std::uint32_t> own,
                    std::span<const std::uint32_t> reference_counts, std::size_t measured,
                    const ChanceOptions& options, Table& table) const;
  void set_logs(std::size_t compared, const Discount& left, const Discount& right);
  void set_table(std::size_t compared, std::span<const std::uint32_t> own, const Discount& discount,
                 bool itself, Table& table);
  void discount_words(std::span<const Match> matches);
  [[nodiscard]] double word_u(std::uint32_t word) const;
  [[nodiscard]] double text_u(const Agreement& agreement) const;
  [[nodiscard]] Weight adjusted(std::size_t compared, std::uint8_t level, double u) const;

  struct Tables {
    Table left;
    Table right;  // empty where not tabulated, or the tables are one
  };
  const Comparison* comparison_;
  bool by_left_ = true;
  bool by_right_ = true;
  std::vector<Tables> tables_;
  std::vector<double>
      own_rows_;  // by word: rows of the same person that hold it; empty before discount_matches
  std::vector<std::vector<double>> mean_;
  std::vector<std::vector<double>> frequency_mean_;  // before set_mean
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_CHANCE_H_
