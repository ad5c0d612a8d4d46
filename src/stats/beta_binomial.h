// The beta-binomial law: n trials whose success probability varies from case to case as Beta with mean p, so
// that two trials of one case have correlation rho. Its dispersion decides most results: eight members of
// eight electors have probability 4e-18 under independence and 1.3e-4 with rho = 0.3 (METHODS.md 2.4).
//
// Parameters: p = a / (a + b), rho = 1 / (a + b + 1); rho = 0 is the binomial (Skellam, JRSSB 10, 1948).
#ifndef SCRUTINEER_STATS_BETA_BINOMIAL_H_
#define SCRUTINEER_STATS_BETA_BINOMIAL_H_

#include <cstdint>
#include <optional>
#include <span>

namespace scrutineer::stats {

// ln P(X = x), 0 <= x <= n, 0 < p < 1, 0 <= rho < 1; minus infinity outside.
double beta_binomial_log_probability(std::uint64_t x, std::uint64_t n, double p, double rho);
// P(X >= x): an exact p-value if p and rho are right. Linear in the number of terms that matter.
double beta_binomial_upper_tail(std::uint64_t x, std::uint64_t n, double p, double rho);

// `weight` equal observations of x successes in n trials. `p` is read only where the header says so.
struct BetaBinomialCell {
  std::uint64_t n = 0;
  std::uint64_t x = 0;
  double weight = 1;
  double p = 0;
};

struct BetaBinomialFit {
  double p = 0;
  double rho = 0;
  // One-sided 95 % upper bound of rho by profile likelihood (ln L falls by 1.353). Tests use it in place of
  // rho, so that an error of estimation makes p too large rather than too small.
  double rho_upper = 0;
};

// Maximum likelihood of p and rho. With `truncate_above` = c only cells with x <= c are used, under the law
// conditional on X <= c: what lies above cannot then inflate the dispersion by which it is judged, and the
// estimate stays consistent under the null. Nothing if fewer than two cells remain with n > 0, or all x are
// 0.
std::optional<BetaBinomialFit> fit_beta_binomial(std::span<const BetaBinomialCell> cells,
                                                 std::optional<std::uint64_t> truncate_above = std::nullopt);

// Maximum likelihood of rho alone, each cell with its own known p, and cells used only if x <= the quantile
// of its binomial law at 1 - 1e-3, truncated there (robust as above). p of the result is 0.
std::optional<BetaBinomialFit> fit_beta_binomial_dispersion(std::span<const BetaBinomialCell> cells);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_BETA_BINOMIAL_H_
