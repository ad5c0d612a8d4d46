// The mixture of Fellegi and Sunter (1969) fitted by EM (Winkler 1988; Dempster, Laird and Rubin 1977) on
// counts of comparison patterns, with u given.
//
// Pairs with the same pattern and the same log2 u (to an eighth of a bit) are one cell, so that an iteration
// costs the number of cells, not of pairs. m and the prior are estimated; u is fixed, because among candidate
// pairs only a fraction are matches and a free u would chase whatever cluster the blocking brings (chance.h
// measures it instead). The prior is the share of matches among ALL pairs, blocked or not: sum of posteriors
// / all pairs. No estimate is ever zero: each level has a pseudo-count.
#ifndef SCRUTINEER_LINKAGE_MIXTURE_H_
#define SCRUTINEER_LINKAGE_MIXTURE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/comparison.h"
#include "linkage/model.h"

namespace scrutineer::linkage {

// The evidence of one pair.
struct Evidence {
  Pattern pattern = 0;
  Weight log2_u = 0;  // sum over fields
};

struct Cell {
  std::uint32_t pattern = 0;  // index into PatternCounts::patterns
  Weight log2_u = 0;
  std::uint64_t pairs = 0;
};

struct PatternCounts {
  std::vector<Pattern> patterns;  // ascending, distinct
  std::vector<Cell> cells;
  std::uint64_t pairs = 0;
};

PatternCounts count_patterns(std::span<const Evidence> evidence);

struct MixtureOptions {
  std::uint64_t all_pairs = 0;
  double first_prior = 0;          // to start from
  unsigned most_iterations = 200;  // of one start
  double tolerance = 1e-5;  // greatest change of any m, or relative change of the prior, that is "converged"
};

struct Mixture {
  double prior = 0;
  std::vector<std::vector<double>> m;  // [compared][level]
  // Per pair, base 2, at the parameters before the last step, against all pairs being different people.
  double log_likelihood = 0;
  unsigned iterations = 0;
  bool converged = false;
};

// One run of EM from a given start. `added` is a weight by pattern (dependence), in the order of `patterns`;
// may be empty.
Mixture fit_from(const PatternCounts& counts, std::span<const Compared> compared,
                 std::span<const Weight> added, const MixtureOptions& options, Mixture start);

// From several starts (agreement strong, middling, and weak among matches); the likeliest is kept.
Mixture fit(const PatternCounts& counts, std::span<const Compared> compared, std::span<const Weight> added,
            const MixtureOptions& options);

// Probability that a pair of each cell is one person, in the order of `cells`.
std::vector<double> posteriors(const PatternCounts& counts, const Mixture& mixture,
                               std::span<const Weight> added);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_MIXTURE_H_
