#include "stats/scan.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/parallel.h"
#include "stats/random.h"

namespace scrutineer::stats {
namespace {

// x ln(x / y), 0 where x is 0.
double weighted_log(double x, double y) {
  return x > 0 ? x * std::log(x / y) : 0.0;
}

// Cases by place and day, and the marginal sums over stretches of days.
class Grid {
 public:
  explicit Grid(std::span<const PlacedCase> cases) {
    const auto by_day = [](const PlacedCase& a, const PlacedCase& b) { return a.day < b.day; };
    first_ = std::min_element(cases.begin(), cases.end(), by_day)->day;
    const std::int32_t last = std::max_element(cases.begin(), cases.end(), by_day)->day;
    days_ = static_cast<std::size_t>(last - first_) + 1;
    for (const PlacedCase& c : cases) places_ = std::max(places_, std::size_t{c.place} + 1);
    in_place_.assign(places_, 0.0);
    until_day_.assign(days_ + 1, 0.0);
    for (const PlacedCase& c : cases) {
      in_place_[c.place] += 1;
      until_day_[offset(c.day) + 1] += 1;
    }
    std::partial_sum(until_day_.begin(), until_day_.end(), until_day_.begin());
  }
  [[nodiscard]] std::size_t offset(std::int32_t day) const { return static_cast<std::size_t>(day - first_); }

  // The best window where case i, at the place of places[i], happened on days[i].
  [[nodiscard]] ScanWindow best(std::span<const PlacedCase> cases, std::span<const std::int32_t> days,
                                const ScanOptions& options) const {
    std::vector<std::vector<std::size_t>> of_place(places_);
    for (std::size_t i = 0; i < cases.size(); ++i) of_place[cases[i].place].push_back(offset(days[i]));
    const auto all = static_cast<double>(cases.size());
    ScanWindow best;
    for (std::size_t place = 0; place < places_; ++place) {
      auto& offsets = of_place[place];
      std::sort(offsets.begin(), offsets.end());
      // A best window starts and ends on a day with a case of the place.
      for (std::size_t i = 0; i < offsets.size(); ++i) {
        if (i > 0 && offsets[i] == offsets[i - 1]) continue;
        for (std::size_t j = i; j < offsets.size(); ++j) {
          if (offsets[j] - offsets[i] >= static_cast<std::size_t>(options.longest_days)) break;
          if (j + 1 < offsets.size() && offsets[j + 1] == offsets[j]) continue;
          const double expected =
              in_place_[place] * (until_day_[offsets[j] + 1] - until_day_[offsets[i]]) / all;
          if (expected > options.largest_share * all) continue;
          const auto found = static_cast<double>(j - i + 1);
          const double llr = scan_llr_poisson(found, expected, all);
          if (llr > best.llr)
            best = {static_cast<std::uint32_t>(place),
                    first_ + static_cast<std::int32_t>(offsets[i]),
                    first_ + static_cast<std::int32_t>(offsets[j]),
                    found,
                    expected,
                    llr,
                    1};
        }
      }
    }
    return best;
  }

 private:
  std::int32_t first_ = 0;
  std::size_t days_ = 0;
  std::size_t places_ = 0;
  std::vector<double> in_place_;
  std::vector<double> until_day_;
};

}  // namespace

double scan_llr_poisson(double c, double e, double all_cases) {
  if (!(c > e) || !(e > 0)) return 0.0;
  return weighted_log(c, e) + weighted_log(all_cases - c, all_cases - e);
}

double scan_llr_bernoulli(double c, double n, double all_cases, double all) {
  if (n <= 0 || all <= 0 || c / n <= all_cases / all) return 0.0;
  const double outside = all_cases - c;
  const double outside_n = all - n;
  return weighted_log(c, n) + weighted_log(n - c, n) + weighted_log(outside, outside_n) +
         weighted_log(outside_n - outside, outside_n) - weighted_log(all_cases, all) -
         weighted_log(all - all_cases, all);
}

ScanWindow space_time_permutation_scan(std::span<const PlacedCase> cases, const ScanOptions& options) {
  if (cases.empty()) return {};
  const Grid grid(cases);
  std::vector<std::int32_t> days;
  for (const PlacedCase& c : cases) days.push_back(c.day);
  ScanWindow best = grid.best(cases, days, options);
  std::vector<double> maxima(std::size_t{options.replicates} + 1, best.llr);
  parallel_for(options.threads, options.replicates, [&](std::size_t replicate) {
    std::vector<std::int32_t> shuffled = days;
    Random(options.seed, "space-time permutation scan", replicate + 1).shuffle(std::span(shuffled));
    maxima[replicate + 1] = grid.best(cases, shuffled, options).llr;
  });
  const auto reached =
      std::count_if(maxima.begin(), maxima.end(), [&](double m) { return m >= best.llr - 1e-9; });
  best.p = static_cast<double>(reached) / static_cast<double>(maxima.size());
  return best;
}

double gumbel_p(double observed, std::span<const double> replicates) {
  if (replicates.size() < 2) return 1.0;
  const auto n = static_cast<double>(replicates.size());
  const double mean = std::accumulate(replicates.begin(), replicates.end(), 0.0) / n;
  double squares = 0;
  for (const double r : replicates) squares += (r - mean) * (r - mean);
  const double scale = std::sqrt(6.0 * squares / (n - 1)) / std::numbers::pi;
  if (!(scale > 0)) return observed > mean ? 0.0 : 1.0;
  const double location = mean - std::numbers::egamma * scale;
  return -std::expm1(-std::exp(-(observed - location) / scale));
}

}  // namespace scrutineer::stats
