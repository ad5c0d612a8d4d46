#include "canvass/alpha.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scrutineer::canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();

}  // namespace

Alpha::Alpha(const MeanNull& null, const Guess& guess) : null_(null), guess_(guess) {
  const double mean = null_mean();
  distance_ = std::max(0.0, guess.distance.value_or((guess.first - mean) / 2));
}

double Alpha::null_mean() const {
  if (!null_.population) return null_.total;
  return (null_.total - sum_) / static_cast<double>(*null_.population - seen_);
}

double Alpha::guessed(double null_mean, std::optional<double> expected) const {
  if (!guess_.weight) return std::clamp(guess_.first, null_mean, null_.upper);
  const double weight = *guess_.weight + static_cast<double>(seen_ - aside_);
  const double average = expected.value_or((*guess_.weight * guess_.first + sum_ - aside_sum_) / weight);
  const double least = null_mean + distance_ / std::sqrt(weight);
  // Below u by one part in 2^52, but never below the null's mean: a guess there would bet the wrong way.
  return std::max(null_mean, std::min(null_.upper * (1 - epsilon), std::max(average, least)));
}

void Alpha::see(double value, std::optional<double> expected) {
  const double mean = null_mean();
  if (mean > null_.upper) {
    // What was seen is so little that the rest could all be u and the null would still hold.
    log_now_ = -infinity;
  } else if (mean > 0 && mean < null_.upper) {
    const double guess = guessed(mean, expected);
    const double room = null_.upper - mean;
    log_now_ += std::log(value / mean * (guess - mean) / room + (null_.upper - guess) / room);
  }
  // Where the mean left is 0 every value but 0 refutes (below), and where it is u there is nothing to bet on.
  take_out(value);
}

void Alpha::set_aside(double value) {
  ++aside_;
  aside_sum_ += value;
  take_out(value);
}

void Alpha::take_out(double value) {
  sum_ += value;
  ++seen_;
  // The tolerance is for sums of fractions; for 0 and 1 the sums are exact and differ by at least 1.
  const double tolerance = 1e-9 * std::max(1.0, null_.total);
  if (null_.population && sum_ > null_.total + tolerance) log_now_ = infinity;
  log_greatest_ = std::max(log_greatest_, log_now_);
}

double Alpha::p() const {
  return std::exp(-log_greatest_);
}

std::vector<double> p_values(Alpha martingale, std::span<const double> values) {
  std::vector<double> found;
  found.reserve(values.size());
  for (const double value : values) {
    martingale.see(value);
    found.push_back(martingale.p());
  }
  return found;
}

}  // namespace scrutineer::canvass
