// Checks by theorem that the tests of stats and signals share: is p uniform or conservative, is the mean of e
// at most 1 within its error.
#ifndef SCRUTINEER_TESTS_STATS_NULL_CHECKS_H_
#define SCRUTINEER_TESTS_STATS_NULL_CHECKS_H_

#include <algorithm>
#include <cmath>
#include <vector>

namespace scrutineer::tests {

// sup over a of (share of p <= a) - a: how far p is from conservative. One-sided Kolmogorov-Smirnov: for n
// independent p it exceeds 1.95 / sqrt(n) with probability about 0.0005 if p is uniform, less if
// conservative.
inline double anticonservative_by(std::vector<double> p) {
  std::sort(p.begin(), p.end());
  double worst = 0;
  const auto n = static_cast<double>(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) worst = std::max(worst, static_cast<double>(i + 1) / n - p[i]);
  return worst;
}
inline double allowed(std::size_t n) {
  return 1.95 / std::sqrt(static_cast<double>(n));
}

struct Mean {
  double value = 0;
  double error = 0;  // standard error
};
inline Mean mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  const auto n = static_cast<double>(values.size());
  const double mean = sum / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, std::sqrt(squares / n / (n - 1))};
}

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_STATS_NULL_CHECKS_H_
