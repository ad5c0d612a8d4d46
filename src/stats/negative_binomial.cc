#include "stats/negative_binomial.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <vector>

#include "stats/one_dimension.h"
#include "stats/special.h"

namespace scrutineer::stats {
namespace {

constexpr double profile_drop = 1.3528;  // half the 90 % point of chi-squared with one degree of freedom
constexpr double least_log_size = -3.9;
constexpr double greatest_log_size = 9.2;

// The 1 - 1e-3 quantile of the geometric law (size 1) of this mean: P(X > x) = (mean / (1 + mean))^(x + 1).
std::uint64_t limit(double mean) {
  return static_cast<std::uint64_t>(std::ceil(std::log(1e-3) / std::log(mean / (1.0 + mean))));
}

}  // namespace

double negative_binomial_log_probability(std::uint64_t x, double mean, double size) {
  const auto k = static_cast<double>(x);
  return log_gamma(k + size) - log_gamma(size) - log_gamma(k + 1.0) - size * std::log1p(mean / size) +
         k * std::log(mean / (mean + size));
}

double negative_binomial_upper_tail(std::uint64_t x, double mean, double size) {
  if (x == 0) return 1.0;
  if (mean <= 0) return 0.0;
  return boost::math::ibeta(static_cast<double>(x), size, mean / (mean + size));
}

std::optional<SizeFit> fit_size(std::span<const CountCell> cells) {
  struct Used {
    CountCell cell;
    std::uint64_t above;
  };
  std::vector<Used> used;
  for (const auto& cell : cells)
    if (cell.mean > 0 && cell.x <= limit(cell.mean)) used.push_back({cell, limit(cell.mean)});
  if (used.size() < 2) return std::nullopt;
  const auto likelihood = [&](double log_size) {
    const double size = std::exp(log_size);
    double sum = 0;
    for (const auto& [cell, above] : used) {
      const double kept = 1.0 - negative_binomial_upper_tail(above + 1, cell.mean, size);
      sum += cell.weight *
             (negative_binomial_log_probability(cell.x, cell.mean, size) - std::log(std::max(kept, 1e-300)));
    }
    return sum;
  };
  const double best = place_of_maximum(likelihood, least_log_size, greatest_log_size, 1e-3);
  const double lower = falls_to(likelihood, likelihood(best) - profile_drop, best, least_log_size, 1e-3);
  return SizeFit{std::exp(best), std::exp(lower)};
}

}  // namespace scrutineer::stats
