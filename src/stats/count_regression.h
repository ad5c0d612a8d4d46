// Negative binomial regression of daily counts: log mean = smooth level + day of the week + optional
// indicators (a deadline window), variance = mean + mean^2 / size.
//
// Null: counts of different days are independent, given the mean; the level moves smoothly.
//
// Assumptions that fail (holidays, campaigns) raise the dispersion, which is fitted from the same data, and
// so make the test weaker.
//
// Method: penalised iteratively reweighted least squares (Hilbe, Negative Binomial Regression, 2011, chapter
// 8) with a piecewise-linear level, knots every `knot_days`, second differences penalised; the size by
// truncated maximum likelihood (fit_size).
//
// Robust: counts are cut at the 1 - 1e-3 quantile of a geometric law of the fitted mean before each refit,
// so that a burst does not raise the level by which it is judged.
#ifndef SCRUTINEER_STATS_COUNT_REGRESSION_H_
#define SCRUTINEER_STATS_COUNT_REGRESSION_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scrutineer::stats {

struct DailyCount {
  std::uint64_t count = 0;
  int weekday = 0;         // 0 to 6
  bool indicated = false;  // within the window that has an effect of its own
};

struct CountRegression {
  std::vector<double> mean;  // of each day
  double size = 1;
  double size_lower = 1;               // one-sided 95 % lower bound: use this one to test
  std::vector<double> weekday_effect;  // seven factors of the mean, averaging 1 in the logarithm
  double indicator_effect = 1;         // factor of the mean
};

// Consecutive days. Nothing if there are fewer than 56 days or fewer than 10 counted in all.
std::optional<CountRegression> fit_daily_counts(std::span<const DailyCount> days, int knot_days = 91);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_COUNT_REGRESSION_H_
