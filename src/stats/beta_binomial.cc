#include "stats/beta_binomial.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "stats/binomial.h"
#include "stats/one_dimension.h"
#include "stats/special.h"

namespace scrutineer::stats {
namespace {

constexpr double minus_infinity = -std::numeric_limits<double>::infinity();
constexpr double binomial_below = 1e-9;  // of rho: the two laws agree to rounding
constexpr double profile_drop = 1.3528;  // half the 90 % point of chi-squared with one degree of freedom
constexpr double least_logit = -16.0;
constexpr double greatest_logit = 5.0;

double logistic(double logit) {
  return 1.0 / (1.0 + std::exp(-logit));
}

struct Shape {
  double a, b;
};
Shape shape_of(double p, double rho) {
  const double sum = (1.0 - rho) / rho;
  return {p * sum, (1.0 - p) * sum};
}

// P(X <= c) by summing upwards from 0, each term from the one before.
double lower_tail(std::uint64_t c, std::uint64_t n, double p, double rho) {
  if (c >= n) return 1.0;
  const auto m = static_cast<double>(n);
  if (rho < binomial_below) return binomial_lower_tail(static_cast<double>(c), m, p);
  const auto [a, b] = shape_of(p, rho);
  double term = std::exp(log_beta(a, m + b) - log_beta(a, b));
  double sum = term;
  for (std::uint64_t j = 0; j < c; ++j) {
    const auto k = static_cast<double>(j);
    term *= (m - k) / (k + 1.0) * (k + a) / (m - k - 1.0 + b);
    sum += term;
  }
  return std::min(1.0, sum);
}

struct Used {
  BetaBinomialCell cell;
  std::uint64_t limit;  // the law is truncated above it
};

double log_likelihood(std::span<const Used> used, std::optional<double> common_p, double rho) {
  double sum = 0;
  for (const auto& [cell, limit] : used) {
    const double p = common_p.value_or(cell.p);
    sum += cell.weight * beta_binomial_log_probability(cell.x, cell.n, p, rho);
    if (limit < cell.n) sum -= cell.weight * std::log(std::max(1e-300, lower_tail(limit, cell.n, p, rho)));
  }
  return sum;
}

// Fits rho by profile likelihood; `profile` maps the logit of rho to the best log-likelihood there.
template <typename Profile>
BetaBinomialFit fit_profile(Profile profile) {
  const double best = place_of_maximum(profile, least_logit, greatest_logit, 1e-4);
  const double upper = falls_to(profile, profile(best) - profile_drop, best, greatest_logit, 1e-3);
  return {0, logistic(best), logistic(upper)};
}

}  // namespace

double beta_binomial_log_probability(std::uint64_t x, std::uint64_t n, double p, double rho) {
  if (x > n) return minus_infinity;
  const auto k = static_cast<double>(x);
  const auto m = static_cast<double>(n);
  if (rho < binomial_below) return log_choose(m, k) + k * std::log(p) + (m - k) * std::log1p(-p);
  const auto [a, b] = shape_of(p, rho);
  return log_choose(m, k) + log_beta(k + a, m - k + b) - log_beta(a, b);
}

double beta_binomial_upper_tail(std::uint64_t x, std::uint64_t n, double p, double rho) {
  if (x == 0) return 1.0;
  if (x > n) return 0.0;
  const auto m = static_cast<double>(n);
  if (rho < binomial_below) return binomial_upper_tail(static_cast<double>(x), m, p);
  const auto [a, b] = shape_of(p, rho);
  double term = std::exp(beta_binomial_log_probability(x, n, p, rho));
  double sum = term;
  for (std::uint64_t j = x; j < n; ++j) {
    const auto k = static_cast<double>(j);
    term *= (m - k) / (k + 1.0) * (k + a) / (m - k - 1.0 + b);
    sum += term;
  }
  return std::min(1.0, sum);
}

std::optional<BetaBinomialFit> fit_beta_binomial(std::span<const BetaBinomialCell> cells,
                                                 std::optional<std::uint64_t> truncate_above) {
  // Equal cells are counted once: the likelihood costs by the kinds of cells, not by their number.
  std::map<std::pair<std::uint64_t, std::uint64_t>, double> weights;
  for (const auto& cell : cells)
    if (cell.weight > 0) weights[{cell.n, cell.x}] += cell.weight;
  std::vector<Used> used;
  double successes = 0;
  double trials = 0;
  for (const auto& [key, weight] : weights) {
    const BetaBinomialCell cell{key.first, key.second, weight, 0};
    const std::uint64_t limit = std::min(cell.n, truncate_above.value_or(cell.n));
    if (cell.n == 0 || cell.x > limit) continue;
    used.push_back({cell, limit});
    successes += cell.weight * static_cast<double>(cell.x);
    trials += cell.weight * static_cast<double>(cell.n);
  }
  if (used.size() < 2 || successes <= 0 || successes >= trials) return std::nullopt;
  const double start = std::log(successes / (trials - successes));
  // The untruncated p can lie above the crude share, the more the harder the truncation: search around it.
  const auto best_p = [&](double logit_rho) {
    const double rho = logistic(logit_rho);
    return place_of_maximum([&](double logit_p) { return log_likelihood(used, logistic(logit_p), rho); },
                            start - 2.0, start + 4.0, 1e-4);
  };
  const auto profile = [&](double logit_rho) {
    return log_likelihood(used, logistic(best_p(logit_rho)), logistic(logit_rho));
  };
  BetaBinomialFit fit = fit_profile(profile);
  fit.p = logistic(best_p(std::log(fit.rho / (1.0 - fit.rho))));
  return fit;
}

std::optional<BetaBinomialFit> fit_beta_binomial_dispersion(std::span<const BetaBinomialCell> cells) {
  std::vector<Used> used;
  for (const auto& cell : cells) {
    if (cell.n < 2 || cell.weight <= 0 || !(cell.p > 0 && cell.p < 1)) continue;
    const auto n = static_cast<double>(cell.n);
    std::uint64_t limit = cell.n;
    // The quantile of the binomial, from its mean upwards.
    auto candidate = static_cast<std::uint64_t>(n * cell.p);
    while (candidate < cell.n && binomial_upper_tail(static_cast<double>(candidate) + 1.0, n, cell.p) > 1e-3)
      ++candidate;
    limit = candidate;
    if (cell.x <= limit) used.push_back({cell, limit});
  }
  if (used.size() < 2) return std::nullopt;
  return fit_profile([&](double logit) { return log_likelihood(used, std::nullopt, logistic(logit)); });
}

}  // namespace scrutineer::stats
