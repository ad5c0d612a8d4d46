// Hypergeometric tails, alone and over strata.
//
// Null: which of the N of a stratum are marked has nothing to do with which are drawn: every choice of n is
// equally likely. Exact p-values given the margins. The sum over strata is the exact form of the
// Mantel-Haenszel test (Mantel & Haenszel, J. Nat. Cancer Inst. 22, 1959; Gart, Biometrika 57, 1970).
#ifndef SCRUTINEER_STATS_HYPERGEOMETRIC_H_
#define SCRUTINEER_STATS_HYPERGEOMETRIC_H_

#include <cstdint>
#include <span>

namespace scrutineer::stats {

struct HypergeometricStratum {
  std::uint64_t all = 0;     // N
  std::uint64_t marked = 0;  // of them, K
  std::uint64_t drawn = 0;   // n
};

// P(X = x) for x marked among n drawn of N, K of which are marked; 0 where impossible.
double hypergeometric_probability(std::uint64_t x, std::uint64_t all, std::uint64_t marked,
                                  std::uint64_t drawn);
// P(X >= x): exact.
double hypergeometric_upper_tail(std::uint64_t x, std::uint64_t all, std::uint64_t marked,
                                 std::uint64_t drawn);
// P(X > x) + P(X = x) / 2: for description, as in binomial.h.
double hypergeometric_mid_p(std::uint64_t x, std::uint64_t all, std::uint64_t marked, std::uint64_t drawn);

// P(sum over strata >= x), strata independent, by convolution; exact. Time: total drawn times the largest
// stratum.
double stratified_upper_tail(std::uint64_t x, std::span<const HypergeometricStratum> strata);
// The mean of the sum: sum of n K / N.
double stratified_mean(std::span<const HypergeometricStratum> strata);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_HYPERGEOMETRIC_H_
