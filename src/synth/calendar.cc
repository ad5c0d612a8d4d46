#include "synth/calendar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace scrutineer::synth {
namespace {

constexpr std::array<double, 7> weekdays = {1.25, 1.1, 1.05, 1.0, .95, .85, .8};  // Monday first

Date nearest_saturday(Date day) {
  return day + (5 - day.weekday());
}

}  // namespace

Calendar::Calendar(std::uint64_t seed) {
  Draw draw(seed, Stream::calendar);
  const double phase = draw.unit();
  double total = 0;
  for (Date day = first_join; day <= last_join; day = day + 1) {
    const double year = static_cast<double>(day - first_join) / 365.0;
    double wave = 1 + .35 * std::sin(2 * std::numbers::pi * (year + phase));
    wave *= weekdays[static_cast<std::size_t>(day.weekday())];
    wave *= .6 + .8 * draw.unit();                  // news of the day
    if (draw.chance(.01)) wave *= 2 + draw.unit();  // a national event
    const int before_deadline = join_deadline - day;
    if (before_deadline >= 0 && before_deadline < 7) wave *= 1.5;  // the deadline is national
    elsewhere_.push_back(draw.poisson(30 * wave));
    if (day <= join_deadline) cumulated_.push_back(total += wave);
  }
  for (int stall = 0; stall < 6; ++stall) {
    stalls_.push_back(nearest_saturday(first_join + (100 + 150 * stall + static_cast<int>(draw.below(60)))));
  }
  for (int stall = 0; stall < 5; ++stall) {
    lawful_.push_back(nearest_saturday(first_join + (400 + 90 * stall + static_cast<int>(draw.below(40)))) +
                      1);
  }
  const std::uint64_t days = 1 + draw.below(6);
  for (std::uint64_t index = 0; index < days; ++index) {
    planted_.push_back(join_deadline + -static_cast<int>(3 + 9 * index + draw.below(7)));
  }
}

Date Calendar::ordinary_day(Draw& draw) const {
  const double at = draw.unit() * cumulated_.back();
  const auto found = std::ranges::upper_bound(cumulated_, at);
  return first_join + static_cast<std::int32_t>(
                          std::min<std::ptrdiff_t>(found - cumulated_.begin(), std::ssize(cumulated_) - 1));
}

Date Calendar::honest_day(Draw& draw) const {
  const double kind = draw.unit();
  if (kind < .08) return stalls_[draw.below(stalls_.size())];
  if (kind < .13) return join_deadline + -static_cast<std::int32_t>(draw.below(7));
  if (kind < .17) return join_deadline + (1 + static_cast<std::int32_t>(draw.below(200)));
  return ordinary_day(draw);
}

}  // namespace scrutineer::synth
