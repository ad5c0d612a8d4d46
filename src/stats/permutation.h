// Stratified permutation of labels on a fixed structure: in parallel, and reproducible on any number of
// threads.
//
// Null: within each class the labels are exchangeable between units, i.e. every assignment of the class's
// labels to its units is equally likely given the multiset of labels. Units may be members, or whole
// households whose vectors of labels move together: then the class must hold only households of the same
// observed size (VERDICT.md, section 0). Nothing else is assumed: no independence, no distribution.
//
// Validity: p = (1 + #{T_b >= T_0}) / (B + 1) satisfies P(p <= a) <= a for every a under the null, because
// T_0 and the B drawn values are exchangeable (Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9, 2010;
// Hemerik & Goeman, TEST 27, 2018). METHODS.md 3.3, test 1.
#ifndef SCRUTINEER_STATS_PERMUTATION_H_
#define SCRUTINEER_STATS_PERMUTATION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace scrutineer::stats {

// Units 0 .. n - 1 divided into classes within which their labels may be exchanged.
class ExchangeClasses {
 public:
  // class_of[unit] is any number; units with equal numbers form a class.
  explicit ExchangeClasses(std::span<const std::uint32_t> class_of);

  [[nodiscard]] std::size_t units() const { return units_; }
  [[nodiscard]] std::size_t classes() const { return starts_.size() - 1; }
  // Units in classes of at least two: the others never move, and a test with few of these has no power.
  [[nodiscard]] std::size_t movable() const;

  // Draws permutation number `index` of the stream (seed, purpose): source[u] is the unit whose label unit u
  // carries. Number 0 is the identity, i.e. the data as observed. `source` must hold units() places.
  void draw(std::uint64_t seed, std::string_view purpose, std::uint64_t index,
            std::span<std::uint32_t> source) const;

 private:
  std::size_t units_;
  std::vector<std::uint32_t> members_;  // units by class
  std::vector<std::size_t> starts_;     // of each class in members_, and the end
};

// Values of k statistics under the identity (row 0) and B permutations (rows 1 .. B), row by row.
struct PermutationTable {
  std::size_t statistics = 0;
  std::vector<double> values;

  [[nodiscard]] std::size_t rows() const { return statistics == 0 ? 0 : values.size() / statistics; }
  [[nodiscard]] double observed(std::size_t statistic) const { return values[statistic]; }
  [[nodiscard]] std::vector<double> column(std::size_t statistic) const;
};

struct PermutationOptions {
  std::uint64_t seed = 0;
  std::string purpose;  // names the random stream
  std::uint32_t permutations = 9999;
  unsigned threads = 0;
};

// Computes the statistics for one permutation: reads source (see ExchangeClasses::draw) and writes `out`,
// which holds `statistics` zeros. Called from several threads at once; `worker` (0 .. threads - 1) names the
// caller's own scratch space. It must depend on nothing else.
using PermutedStatistics =
    std::function<void(std::span<const std::uint32_t> source, std::span<double> out, unsigned worker)>;

PermutationTable permute(const ExchangeClasses& classes, std::size_t statistics,
                         const PermutationOptions& options, const PermutedStatistics& compute);

// p of the first of the values against all of them, itself included: #{v_b >= v_0} / size, so (1 + #{b >= 1})
// / (B + 1). Values that differ only by rounding (1e-9 relative) count as equal, which can only raise p. An
// empty span gives 1.
double permutation_p(std::span<const double> values);

// (v - mean) / sd over all values, the observed one included: standardising without it would break the
// validity of what is built on it (VERDICT.md, section 1). All zero where the values do not vary.
std::vector<double> standardised(std::span<const double> values);

// The joint test of several statistics in one permutation (VERDICT.md section 2, "js"): row sums of the
// standardised columns. permutation_p of the result is the exact p of the sum.
std::vector<double> sum_of_standardised(const PermutationTable& table);

// Row maxima of the standardised columns: the max-type test, controlling the family-wise error of all
// columns.
std::vector<double> max_of_standardised(const PermutationTable& table);

// Westfall-Young single-step adjusted p of each statistic: the share of rows whose largest standardised value
// reaches that statistic's observed one. Controls the family-wise error rate under the complete null.
std::vector<double> max_type_p(const PermutationTable& table);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_PERMUTATION_H_
