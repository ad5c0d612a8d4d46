#include "stats/coincidences.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/special.h"

namespace scrutineer::stats {
namespace {

double choose_two(double n) {
  return n * (n - 1.0) / 2.0;
}

struct PowerSums {
  double second = 0;
  double third = 0;
};
PowerSums power_sums(std::span<const double> shares) {
  PowerSums sums;
  for (const double p : shares) {
    sums.second += p * p;
    sums.third += p * p * p;
  }
  return sums;
}

}  // namespace

double expected_pairs(std::span<const std::uint64_t> counts, std::span<const double> agreement) {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double rho = agreement.size() == counts.size() ? agreement[k]
                       : agreement.empty()               ? 1.0
                                                         : agreement[0];
    sum += choose_two(static_cast<double>(counts[k])) * rho;
  }
  return sum;
}

double agreement_chance(std::span<const std::uint64_t> counts) {
  double all = 0;
  double pairs = 0;
  for (const std::uint64_t count : counts) {
    all += static_cast<double>(count);
    pairs += choose_two(static_cast<double>(count));
  }
  return all < 2 ? 0.0 : pairs / choose_two(all);
}

PairCount pairs_among(std::uint64_t draws, std::span<const double> shares) {
  const auto n = static_cast<double>(draws);
  const auto [s2, s3] = power_sums(shares);
  return {choose_two(n) * s2, choose_two(n) * (s2 - s2 * s2) + n * (n - 1) * (n - 2) * (s3 - s2 * s2)};
}

double expected_list_matches(std::uint64_t roll, std::span<const double> shares_of_listed) {
  double sum = 0;
  for (const double share : shares_of_listed) sum += share;
  return static_cast<double>(roll) * sum;
}

double day_agreement_with_pile(double piled) {
  return piled * piled + (1 - piled) * (1 - piled) / 365.0;
}

double coincidence_upper_tail(std::uint64_t x, std::uint64_t draws, std::span<const double> shares) {
  if (x == 0) return 1.0;
  const auto n = static_cast<double>(draws);
  const auto [s2, s3] = power_sums(shares);
  const double lambda = choose_two(n) * s2;
  if (!(lambda > 0)) return 0.0;
  const double b1 = choose_two(n) * (2 * n - 3) * s2 * s2;
  const double b2 = choose_two(n) * 2 * (n - 2) * s3;
  const double distance = -std::expm1(-lambda) / lambda * (b1 + b2);
  return std::min(1.0, boost::math::gamma_p(static_cast<double>(x), lambda) + distance);
}

double probability_of_no_pair(std::uint64_t draws, std::span<const double> shares) {
  const auto n = static_cast<std::size_t>(draws);
  // Logarithms of k! e_k of the classes so far: (k! e_k) gains k p ((k - 1)! e_(k - 1)) with each class.
  std::vector<double> log_terms(n + 1, -std::numeric_limits<double>::infinity());
  log_terms[0] = 0;
  for (const double p : shares) {
    if (!(p > 0)) continue;
    for (std::size_t k = n; k > 0; --k)
      log_terms[k] = log_sum(log_terms[k], log_terms[k - 1] + std::log(static_cast<double>(k) * p));
  }
  return std::exp(log_terms[n]);
}

}  // namespace scrutineer::stats
