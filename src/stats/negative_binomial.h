// The negative binomial law of counts: mean mu, variance mu + mu^2 / size. Counts of joins on a day, or of
// households behind a payer, are far more variable than Poisson ones: 24 joins on a day of mean 1.5 have
// Poisson probability 6e-21 and negative-binomial probability 1.4e-3 with size 0.3 (METHODS.md 2.1). Never
// use Poisson here.
#ifndef SCRUTINEER_STATS_NEGATIVE_BINOMIAL_H_
#define SCRUTINEER_STATS_NEGATIVE_BINOMIAL_H_

#include <cstdint>
#include <optional>
#include <span>

namespace scrutineer::stats {

// ln P(X = x), mean > 0, size > 0.
double negative_binomial_log_probability(std::uint64_t x, double mean, double size);
// P(X >= x) by the incomplete beta function: an exact p-value if mean and size are right.
double negative_binomial_upper_tail(std::uint64_t x, double mean, double size);

// A count with its expectation, and how often it was seen.
struct CountCell {
  std::uint64_t x = 0;
  double mean = 0;
  double weight = 1;
};

struct SizeFit {
  double size = 0;
  // One-sided 95 % lower bound by profile likelihood; tests use it, so that an error of estimation is
  // conservative.
  double size_lower = 0;
};

// Maximum likelihood of the size where each count's mean is known. Counts above `limit(mean)` of their own
// law, the 1 - 1e-3 quantile of a negative binomial of size 1, are left out and the law truncated there, so
// that a burst cannot inflate the dispersion by which it is judged. Sizes between 0.02 and 1e4. Nothing for
// fewer than two counts.
std::optional<SizeFit> fit_size(std::span<const CountCell> cells);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_NEGATIVE_BINOMIAL_H_
