// Many tests at once: which are kept.
#ifndef SCRUTINEER_STATS_MULTIPLICITY_H_
#define SCRUTINEER_STATS_MULTIPLICITY_H_

#include <cstddef>
#include <span>
#include <vector>

namespace scrutineer::stats {

// e-BH: keeps the k largest e-values, k the largest number with e_(k) >= m / (alpha k). The expected share of
// nulls among the kept is at most alpha under ANY dependence, and with e-values compound in the mean (Wang &
// Ramdas, JRSSB 84, 2022, theorem 2). `family` is m where tests that are not listed here belong to the family
// too (their e-values taken as 0, which is valid); it is never taken smaller than e.size(). NaN counts as 0.
std::vector<bool> e_bh(std::span<const double> e, double alpha, std::size_t family = 0);

// Closed e-BH (Xu, Fischer & Ramdas, "Bringing closure to FDR control", 2025): keeps the largest set R of the
// top e-values such that every set A of hypotheses has mean e over A >= |A intersect R| / (alpha |R|).
// Contains what e_bh keeps; same guarantee. Exact for the rule "top k by e", by checking for each number of
// members taken from R the worst A, which takes the smallest of each side: O(m^2) at worst. Meant for
// families up to some thousands.
std::vector<bool> closed_e_bh(std::span<const double> e, double alpha);

// Benjamini-Hochberg (JRSSB 57, 1995): false discovery rate at most alpha for independent or positively
// dependent (PRDS) p-values.
std::vector<bool> benjamini_hochberg(std::span<const double> p, double alpha);

// Holm's adjusted p-values (Scand. J. Statistics 6, 1979): family-wise error under any dependence. Used
// across families. Reject where the adjusted p is at most alpha.
std::vector<double> holm_adjusted(std::span<const double> p);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_MULTIPLICITY_H_
