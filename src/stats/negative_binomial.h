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

// The law of counts of which a zero leaves no trace (days without a change are in no log): negative binomial,
// given at least one.
struct PositiveCountLaw {
  double mean = 0;  // of the law before zeros are left out
  double size = 0;  // the lower bound of its profile likelihood, as SizeFit::size_lower
  // P(X >= x | X >= 1); 1 for x at most 1.
  [[nodiscard]] double upper_tail(std::uint64_t x) const;
  // E[X | X >= 1].
  [[nodiscard]] double mean_of_positive() const;
};

// Maximum likelihood of mean and size together, with the mean that goes best with the lower bound of the
// size, under the law truncated to 1 .. the 1 - 1e-3 quantile of a geometric law of the observed mean (counts
// above their own 99 % point taken as that point): what lies above cannot widen the law by which it is
// judged. Zeros are not used. (Fitting the plain law to positive counts makes the tail too thin: counts of
// mean 3 and size 1.5 look like mean 3.7 and size 2.4.) Nothing for fewer than two counts.
std::optional<PositiveCountLaw> fit_positive_counts(std::span<const std::uint64_t> counts);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_NEGATIVE_BINOMIAL_H_
