// How many pairs of different people agree by coincidence: the exact formulas of METHODS.md 1.2, for names
// or classes of names of unequal frequency. The callers hold only counts and shares, never a name.
//
// Null: records are drawn independently; within a class of names dates of birth are drawn from a law of
// their own.
#ifndef SCRUTINEER_STATS_COINCIDENCES_H_
#define SCRUTINEER_STATS_COINCIDENCES_H_

#include <cstdint>
#include <span>

namespace scrutineer::stats {

// Formula 2, preferred: expected pairs of one list given how often each class occurs in it, n_k, and the
// chance rho_k that two of the class agree in the rest (date of birth): sum of C(n_k, 2) rho_k. `agreement`
// is one value a class, or a single value for all.
double expected_pairs(std::span<const std::uint64_t> counts, std::span<const double> agreement);

// Unbiased estimate of the chance s_2 that two draws agree, from a list's own counts: sum n_k (n_k - 1) / (N
// (N - 1)).
double agreement_chance(std::span<const std::uint64_t> counts);

// Formula 1: mean and variance of the number of agreeing pairs among N draws with the given shares:
// C(N, 2) s_2 and C(N, 2) (s_2 - s_2^2) + N (N - 1) (N - 2) (s_3 - s_2^2).
struct PairCount {
  double mean = 0;
  double variance = 0;
};
PairCount pairs_among(std::uint64_t draws, std::span<const double> shares);

// Formula 3 on names alone: a list of `listed` known persons, whose classes have the given shares, against a
// roll of `roll` people: expected coincidences |R| sum p(class(l)).
double expected_list_matches(std::uint64_t roll, std::span<const double> shares_of_listed);

// Formula 6: chance that two dates of birth agree where a share `piled` of all records has one and the same
// day of the year (1 January, where it was not known): piled^2 + (1 - piled)^2 / 365.
double day_agreement_with_pile(double piled);

// Formula 5: upper tail P(X >= x) of the number of coincidences as Poisson, enlarged by the Chen-Stein bound
// on the total variation, (1 - e^-lambda) / lambda (b1 + b2), so that it stays a p-value (Arratia, Goldstein
// & Gordon, Annals of Probability 17, 1989). At most 1.
double coincidence_upper_tail(std::uint64_t x, std::uint64_t draws, std::span<const double> shares);

// Formula 5, exact: the probability that no two of N draws agree, N! e_N(p), by the recursion of the
// elementary symmetric polynomial over classes. O(N x classes).
double probability_of_no_pair(std::uint64_t draws, std::span<const double> shares);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_COINCIDENCES_H_
