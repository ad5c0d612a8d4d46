#include "canvass/weighted.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace scrutineer::canvass {
namespace {

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

std::vector<EntryClass> classes_of(std::span<const LotClass> lots) {
  std::vector<EntryClass> classes;
  for (const LotClass& one : lots) classes.push_back({one.lots, one.entries, one.lots > lots.front().lots});
  return classes;
}

}  // namespace

WeightedCertificate::WeightedCertificate(const Claim& claim, std::span<const LotClass> lots)
    : martingale_(claim, classes_of(lots)) {}

void WeightedCertificate::see(bool verified, std::uint32_t lots) {
  const auto& classes = martingale_.classes();
  const auto place = std::lower_bound(classes.begin(), classes.end(), lots,
                                      [](const EntryClass& one, std::uint32_t of) { return one.lots < of; });
  martingale_.see(static_cast<std::size_t>(place - classes.begin()), verified);
}

std::optional<std::uint64_t> WeightedCertificate::clean_doors_needed() const {
  if (reached()) return 0;
  if (out_of_reach()) return std::nullopt;
  SteeredMartingale ahead = martingale_;
  const auto& classes = ahead.classes();
  std::vector<double> due(classes.size(), 0);
  while (!ahead.reached()) {
    double all = 0;
    for (std::size_t k = 0; k < classes.size(); ++k)
      all += static_cast<double>(ahead.left(k)) * classes[k].lots;
    std::size_t next = classes.size();
    for (std::size_t k = 0; k < classes.size(); ++k) {
      due[k] += static_cast<double>(ahead.left(k)) * classes[k].lots / all;
      if (ahead.left(k) > 0 && (next == classes.size() || due[k] > due[next])) next = k;
    }
    due[next] -= 1;
    ahead.see(next, true);
  }
  return ahead.doors() - doors();
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
