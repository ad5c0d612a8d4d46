#include "stats/degree_law.h"

#include <algorithm>
#include <cmath>

namespace scrutineer::stats {
namespace {

constexpr std::size_t steps = 2000;

double middle(std::size_t step) {
  return (static_cast<double>(step) + 0.5) / static_cast<double>(steps);
}

}  // namespace

DegreeLaw::DegreeLaw(std::span<const std::uint64_t> degrees, std::uint64_t first, std::uint64_t last_of_body,
                     Prior prior)
    : first_(first), weight_(steps) {
  double went_on = 0;
  for (const std::uint64_t degree : degrees) {
    if (degree < first || degree > last_of_body) continue;
    ++body_size_;
    went_on += static_cast<double>(degree - first);
  }
  const auto seen = static_cast<double>(body_size_);
  const auto length = static_cast<double>(last_of_body - first + 1);
  double top = -1e300;
  for (std::size_t i = 0; i < steps; ++i) {
    const double log_q = std::log(middle(i));
    const double log_stop = std::log1p(-middle(i));
    // Each degree d of the body has probability q^(d - first) (1 - q) / (1 - q^length).
    weight_[i] = (prior.on - 1.0 + went_on) * log_q + (prior.stop - 1.0 + seen) * log_stop -
                 seen * std::log(-std::expm1(length * log_q));
    top = std::max(top, weight_[i]);
  }
  double sum = 0;
  for (double& weight : weight_) sum += weight = std::exp(weight - top);
  for (double& weight : weight_) weight /= sum;
}

double DegreeLaw::upper_tail(std::uint64_t degree) const {
  if (degree <= first_) return 1.0;
  const auto further = static_cast<double>(degree - first_);
  double sum = 0;
  for (std::size_t i = 0; i < steps; ++i) sum += weight_[i] * std::pow(middle(i), further);
  return sum;
}

double DegreeLaw::mean_q() const {
  double sum = 0;
  for (std::size_t i = 0; i < steps; ++i) sum += weight_[i] * middle(i);
  return sum;
}

double DegreeLaw::expected_degree() const {
  double sum = 0;
  for (std::size_t i = 0; i < steps; ++i) sum += weight_[i] * middle(i) / (1.0 - middle(i));
  return static_cast<double>(first_) + sum;
}

}  // namespace scrutineer::stats
