#include "stats/evalues.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/permutation.h"
#include "stats/special.h"

namespace scrutineer::stats {
namespace {

constexpr double least_p = 1e-300;

}  // namespace

double calibrated_power(double p, double kappa) {
  const double bounded = std::clamp(p, least_p, 1.0);
  return kappa * std::pow(bounded, kappa - 1.0);
}

double calibrated_mixture(double p) {
  const double bounded = std::clamp(p, least_p, 1.0);
  const double log_p = std::log(bounded);
  // Near 1 the formula is 0/0: with d = -ln p it is (e^d - 1 - d) / d^2 = 1/2 + d/6 + d^2/24 + ...
  if (log_p > -1e-4) return 0.5 - log_p / 6.0;
  return (1.0 - bounded + bounded * log_p) / (bounded * log_p * log_p);
}

double soft_rank_e(std::span<const double> values) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  if (!(sum > 0)) return 1.0;
  return static_cast<double>(values.size()) * values.front() / sum;
}

double soft_rank_e_exponential(std::span<const double> values, double kappa) {
  if (values.empty()) return 1.0;
  std::vector<double> z = standardised(values);
  const double top = *std::max_element(z.begin(), z.end());
  for (double& value : z) value = std::exp(kappa * (value - top));  // the common factor cancels
  return soft_rank_e(z);
}

double mean_e(std::span<const double> e) {
  if (e.empty()) return 1.0;
  return std::accumulate(e.begin(), e.end(), 0.0) / static_cast<double>(e.size());
}

double rate_e(std::uint64_t x, std::uint64_t n, double u) {
  if (!(u > 0 && u < 1) || x > n) return 1.0;
  constexpr std::array multipliers{1.25, 1.5, 2.0, 3.0, 4.0};
  double sum = 0;
  int used = 0;
  for (const double multiplier : multipliers) {
    const double q = multiplier * u;
    if (q >= 1.0) continue;
    sum += std::exp(static_cast<double>(x) * std::log(multiplier) +
                    static_cast<double>(n - x) * (std::log1p(-q) - std::log1p(-u)));
    ++used;
  }
  return used == 0 ? 1.0 : sum / used;
}

double beta_mixture_e(std::uint64_t x, std::uint64_t n, double u, double a, double b) {
  if (!(u > 0 && u < 1) || x > n) return 1.0;
  const auto successes = static_cast<double>(x);
  const auto failures = static_cast<double>(n - x);
  // The posterior's and the prior's mass above u, and the ratio of their beta functions.
  const double posterior_mass = boost::math::ibetac(a + successes, b + failures, u);
  const double prior_mass = boost::math::ibetac(a, b, u);
  if (!(posterior_mass > 0) || !(prior_mass > 0)) return 0.0;
  return std::exp(log_beta(a + successes, b + failures) - log_beta(a, b) - successes * std::log(u) -
                  failures * std::log1p(-u) + std::log(posterior_mass) - std::log(prior_mass));
}

}  // namespace scrutineer::stats
