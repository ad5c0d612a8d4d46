#include "canvass/confidence.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/special.h"

namespace scrutineer::canvass {
namespace {

// ln (a)_k.
double log_falling(std::uint64_t a, std::uint64_t k) {
  return stats::log_gamma(static_cast<double>(a) + 1) - stats::log_gamma(static_cast<double>(a - k) + 1);
}

}  // namespace

MarkedCount::MarkedCount(std::uint64_t entries, double alpha)
    : entries_(entries), log_threshold_(-std::log(alpha)), most_(entries) {}

double MarkedCount::log_ratio(std::uint64_t marked_entries) const {
  const std::uint64_t clear = seen_ - marked_;
  if (marked_entries < marked_ || marked_entries > entries_ - clear)
    return std::numeric_limits<double>::infinity();
  return log_constant_ - log_falling(marked_entries, marked_) - log_falling(entries_ - marked_entries, clear);
}

bool MarkedCount::rejected(std::uint64_t marked_entries) const {
  // The logarithms of the factorials of a million are right to about 1e-8; a tie is not settled by rounding
  // but left in.
  constexpr double slack = 1e-6;
  return log_ratio(marked_entries) >= log_threshold_ + slack;
}

void MarkedCount::see(bool marked) {
  // The guesser's chance of this door, (k + 1/2) / (n + 1), and the factor of (N)_n.
  const double alike = static_cast<double>(marked ? marked_ : seen_ - marked_) + 0.5;
  log_constant_ += std::log(alike / static_cast<double>(seen_ + 1) * static_cast<double>(entries_ - seen_));
  marked_ += marked ? 1 : 0;
  ++seen_;
  draw_closer();
}

void MarkedCount::draw_closer() {
  // The M of greatest likelihood, where T is least and, being at most an average of others, below 1.
  const std::uint64_t clear = seen_ - marked_;
  const std::uint64_t likeliest = std::clamp(marked_ * (entries_ + 1) / seen_, marked_, entries_ - clear);
  // Where the likeliest lies outside the bounds, the bound next to it is the likeliest number left.
  if (likeliest < least_ && rejected(least_)) contradicted_ = true;
  if (likeliest > most_ && rejected(most_)) contradicted_ = true;
  if (contradicted_) return;
  if (most_ > likeliest && rejected(most_)) {
    std::uint64_t kept = std::max(likeliest, least_);
    std::uint64_t gone = most_;
    while (gone - kept > 1) {
      const std::uint64_t middle = kept + (gone - kept) / 2;
      (rejected(middle) ? gone : kept) = middle;
    }
    most_ = kept;
  }
  if (least_ < likeliest && rejected(least_)) {
    std::uint64_t kept = std::min(likeliest, most_);
    std::uint64_t gone = least_;
    while (kept - gone > 1) {
      const std::uint64_t middle = gone + (kept - gone) / 2;
      (rejected(middle) ? gone : kept) = middle;
    }
    least_ = kept;
  }
}

}  // namespace scrutineer::canvass
