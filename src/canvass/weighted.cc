#include "canvass/weighted.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace scrutineer::canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t most_further_lots = 1000;
constexpr double strongest = 1000;  // e-values beyond are taken as this

// The bets of the bounds, and what each begins with.
constexpr std::array<double, 10> fractions = {.97, .85, .70, .55, .40, .28, .18, .11, .06, .03};
constexpr std::array<double, 10> weights = {.16, .16, .16, .12, .10, .08, .07, .06, .05, .04};

double log_sum(const std::array<double, 10>& logs) {
  const double greatest = *std::max_element(logs.begin(), logs.end());
  if (!std::isfinite(greatest)) return greatest;
  double sum = 0;
  for (const double value : logs) sum += std::exp(value - greatest);
  return greatest + std::log(sum);
}

std::array<double, 10> first_logs() {
  std::array<double, 10> logs{};
  for (std::size_t i = 0; i < logs.size(); ++i) logs[i] = std::log(weights[i]);
  return logs;
}

// Is `number` refuted as an upper end: that at least `number` are marked?
class UpperTest {
 public:
  UpperTest(std::uint64_t number, std::uint64_t entries, std::uint64_t lots, std::uint32_t least)
      : left_(static_cast<double>(number)),
        entries_left_(static_cast<double>(entries)),
        lots_(static_cast<double>(lots)),
        least_(least) {}
  bool refuted_by(const LotDoor& door, double threshold) {
    const double most = lots_ / least_;
    if (left_ > 0 && left_ < most) {
      const double seen = door.marked ? lots_ / door.lots : 0;
      const double step = (left_ - seen) / (most - left_);
      for (std::size_t i = 0; i < logs_.size(); ++i) logs_[i] += std::log1p(fractions[i] * step);
    }
    lots_ -= door.lots;
    entries_left_ -= 1;
    left_ -= door.marked ? 1 : 0;
    return left_ > entries_left_ + .5 || (left_ > 0 && log_sum(logs_) >= threshold);
  }

 private:
  double left_, entries_left_, lots_, least_;
  std::array<double, 10> logs_ = first_logs();
};

// That at most `number` are marked: 1 + f (Z - m) / m.
class LowerTest {
 public:
  LowerTest(std::uint64_t number, std::uint64_t lots)
      : left_(static_cast<double>(number)), lots_(static_cast<double>(lots)) {}
  bool refuted_by(const LotDoor& door, double threshold) {
    if (left_ > 0) {
      const double step = (door.marked ? lots_ / door.lots : 0) / left_ - 1;
      for (std::size_t i = 0; i < logs_.size(); ++i) logs_[i] += std::log1p(fractions[i] * step);
    }
    lots_ -= door.lots;
    left_ -= door.marked ? 1 : 0;
    return left_ < 0 || log_sum(logs_) >= threshold;
  }

 private:
  double left_, lots_;
  std::array<double, 10> logs_ = first_logs();
};

template <typename Test>
bool refuted(Test test, std::span<const LotDoor> doors, double threshold) {
  return std::any_of(doors.begin(), doors.end(),
                     [&](const LotDoor& door) { return test.refuted_by(door, threshold); });
}

}  // namespace

std::vector<std::uint32_t> lots_of(std::span<const double> e_values) {
  std::vector<double> strength;
  for (const double e : e_values) strength.push_back(std::log(std::clamp(e, 1.0, strongest)));
  const double all = std::accumulate(strength.begin(), strength.end(), 0.0);
  const double budget =
      steering_limit / (1 - steering_limit) * least_lots * static_cast<double>(e_values.size());
  std::vector<std::uint32_t> lots;
  for (const double one : strength) {
    const double further = all > 0 ? budget * one / all : 0;
    lots.push_back(least_lots +
                   static_cast<std::uint32_t>(std::min<double>(most_further_lots, std::floor(further))));
  }
  return lots;
}

namespace {

// As of the simple design: first guess 1 - M / 2N, worth 50 doors.
constexpr double guess_weight = 50;

double first_guess(const Claim& claim) {
  return 1 - static_cast<double>(claim.margin) / (2 * static_cast<double>(claim.entries));
}

}  // namespace

WeightedCertificate::WeightedCertificate(const Claim& claim, std::uint64_t all_lots, std::uint32_t least)
    : claim_(claim),
      lots_left_(all_lots),
      least_(least),
      distance_(static_cast<double>(claim.margin) / (4 * static_cast<double>(claim.entries))),
      log_threshold_(-std::log(claim.risk)) {}

void WeightedCertificate::see(bool verified, std::uint32_t lots) {
  const double most = static_cast<double>(lots_left_) / least_;
  const double value = verified ? 1 : 1 - static_cast<double>(least_) / lots;
  // Once as many are unverified as the margin the null cannot be refuted any more.
  if (unverified_ < claim_.margin) {
    const double mean = 1 - static_cast<double>(claim_.margin - unverified_) / most;
    if (mean > 0 && mean < 1) {
      const double weight = guess_weight + static_cast<double>(doors_);
      const double average = (guess_weight * first_guess(claim_) + sum_) / weight;
      constexpr double below_one = 1 - std::numeric_limits<double>::epsilon();
      const double guess =
          std::max(mean, std::min(below_one, std::max(average, mean + distance_ / std::sqrt(weight))));
      log_now_ += std::log(value / mean * (guess - mean) / (1 - mean) + (1 - guess) / (1 - mean));
    }
  }
  sum_ += value;
  lots_left_ -= lots;
  ++doors_;
  unverified_ += verified ? 0 : 1;
  if (unverified_ >= claim_.margin) {
    log_now_ = -infinity;
  } else if (claim_.margin - unverified_ > claim_.entries - doors_) {
    log_now_ = infinity;  // fewer are left than the null needs
  }
  log_greatest_ = std::max(log_greatest_, log_now_);
  if (!reached_at_ && log_now_ >= log_threshold_) reached_at_ = doors_;
}

double WeightedCertificate::p() const {
  return std::exp(-log_greatest_);
}

std::optional<std::uint64_t> WeightedCertificate::clean_doors_needed() const {
  if (reached()) return 0;
  if (out_of_reach()) return std::nullopt;
  WeightedCertificate ahead = *this;
  while (!ahead.reached()) {
    const std::uint64_t entries = claim_.entries - ahead.doors_;
    ahead.see(true, static_cast<std::uint32_t>(ahead.lots_left_ / entries));
  }
  return ahead.doors_ - doors_;
}

CountBounds weighted_bounds(std::uint64_t entries, std::uint64_t all_lots, std::uint32_t least,
                            std::span<const LotDoor> doors, double alpha) {
  const double threshold = std::log(2 / alpha);
  const auto marked = static_cast<std::uint64_t>(
      std::count_if(doors.begin(), doors.end(), [](const LotDoor& door) { return door.marked; }));
  // Both tests refute more the further their number lies outside, so the ends are found by bisection.
  CountBounds bounds{marked, entries - (doors.size() - marked), false};
  std::uint64_t low = marked, high = bounds.most + 1;  // `high` is refuted (or impossible)
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (refuted(UpperTest(middle, entries, all_lots, least), doors, threshold)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const std::uint64_t first_refuted = low;  // every number from here on is
  low = marked;
  high = bounds.most + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (refuted(LowerTest(middle, all_lots), doors, threshold)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const std::uint64_t least_kept = low;
  if (first_refuted == 0 || least_kept > first_refuted - 1) {
    bounds.contradicted = true;
    return bounds;
  }
  bounds.least = least_kept;
  bounds.most = std::min(bounds.most, first_refuted - 1);
  return bounds;
}

}  // namespace scrutineer::canvass
