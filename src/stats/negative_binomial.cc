#include "stats/negative_binomial.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <iterator>
#include <map>
#include <vector>

#include "stats/one_dimension.h"
#include "stats/special.h"

namespace scrutineer::stats {
namespace {

constexpr double profile_drop = 1.3528;  // half the 90 % point of chi-squared with one degree of freedom
constexpr double least_log_size = -3.9;
constexpr double greatest_log_size = 9.2;
constexpr double class_width = 0.02;  // of the logarithm of the mean

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
  // Means are rounded to classes of 2 %, so that days of nearly equal mean share their truncation constant.
  std::map<long, std::map<std::uint64_t, double>> classes;
  std::size_t used = 0;
  for (const auto& cell : cells) {
    if (!(cell.mean > 0) || cell.x > limit(cell.mean)) continue;
    classes[std::lround(std::log(cell.mean) / class_width)][cell.x] += cell.weight;
    ++used;
  }
  if (used < 2) return std::nullopt;
  const auto likelihood = [&](double log_size) {
    const double size = std::exp(log_size);
    double sum = 0;
    for (const auto& [mean_class, counts] : classes) {
      const double mean = std::exp(static_cast<double>(mean_class) * class_width);
      const double kept = 1.0 - negative_binomial_upper_tail(limit(mean) + 1, mean, size);
      const double log_kept = std::log(std::max(kept, 1e-300));
      for (const auto& [x, weight] : counts)
        sum += weight * (negative_binomial_log_probability(x, mean, size) - log_kept);
    }
    return sum;
  };
  const double best = place_of_maximum(likelihood, least_log_size, greatest_log_size, 1e-3);
  const double lower = falls_to(likelihood, likelihood(best) - profile_drop, best, least_log_size, 1e-3);
  return SizeFit{std::exp(best), std::exp(lower)};
}

double PositiveCountLaw::upper_tail(std::uint64_t x) const {
  if (x <= 1) return 1.0;
  return std::min(1.0,
                  negative_binomial_upper_tail(x, mean, size) / negative_binomial_upper_tail(1, mean, size));
}

double PositiveCountLaw::mean_of_positive() const {
  return mean / negative_binomial_upper_tail(1, mean, size);
}

std::optional<PositiveCountLaw> fit_positive_counts(std::span<const std::uint64_t> counts) {
  std::vector<std::uint64_t> positive;
  std::copy_if(counts.begin(), counts.end(), std::back_inserter(positive),
               [](std::uint64_t x) { return x > 0; });
  if (positive.size() < 2) return std::nullopt;
  std::sort(positive.begin(), positive.end());
  const std::uint64_t cap =
      positive[static_cast<std::size_t>(0.99 * static_cast<double>(positive.size() - 1))];
  double observed = 0;
  for (const std::uint64_t x : positive) observed += static_cast<double>(std::min(x, cap));
  observed /= static_cast<double>(positive.size());
  const std::uint64_t last = std::max(cap, limit(observed));
  std::map<std::uint64_t, double> body;
  for (const std::uint64_t x : positive) {
    if (x <= last) body[x] += 1;
  }
  const auto likelihood = [&](double log_mean, double log_size) {
    const double mean = std::exp(log_mean);
    const double size = std::exp(log_size);
    const double kept =
        negative_binomial_upper_tail(1, mean, size) - negative_binomial_upper_tail(last + 1, mean, size);
    const double log_kept = std::log(std::max(kept, 1e-300));
    double sum = 0;
    for (const auto& [x, weight] : body)
      sum += weight * (negative_binomial_log_probability(x, mean, size) - log_kept);
    return sum;
  };
  // The mean of all counts, zeros among them, is at most that of the positive ones, but for what lies above
  // the body.
  const double most = std::log(2 * observed);
  const auto best_mean = [&](double log_size) {
    return place_of_maximum([&](double log_mean) { return likelihood(log_mean, log_size); }, most - 6, most,
                            1e-3);
  };
  const auto profile = [&](double log_size) { return likelihood(best_mean(log_size), log_size); };
  const double best = place_of_maximum(profile, least_log_size, greatest_log_size, 1e-2);
  const double lower = falls_to(profile, profile(best) - profile_drop, best, least_log_size, 1e-2);
  return PositiveCountLaw{std::exp(best_mean(lower)), std::exp(lower)};
}

}  // namespace scrutineer::stats
