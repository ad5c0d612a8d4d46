#include "report/bars.h"

#include <algorithm>

namespace scrutineer::report {
namespace {

constexpr std::size_t longest_name = 24;
constexpr double shortest_room = 40;

}  // namespace

BarFrame frame_of(const std::vector<Bar>& bars) {
  double widest_name = 40;
  double widest_number = 0;
  double longest = 0;
  for (const Bar& bar : bars) {
    widest_name = std::max(widest_name, width_of(shortened(bar.name, longest_name)));
    widest_number = std::max(widest_number, width_of(bar.number));
    longest = std::max(longest, bar.size);
  }
  const double left = widest_name + 7;
  const double room = std::max(shortest_room, picture_width - left - widest_number - 6);
  return {left, longest > 0 ? room / longest : 0};
}

double draw_bars(Svg& svg, const std::vector<Bar>& bars, double top, const BarFrame& frame) {
  for (const Bar& bar : bars) {
    const double length = bar.size <= 0 ? 0 : std::max(1.5, bar.size * frame.unit);
    svg.words(frame.left - 6, top + 14, shortened(bar.name, longest_name), "small end");
    svg.box(frame.left, top + 3, length, bar_step - 7, bar.style);
    svg.words(frame.left + length + 5, top + 14, bar.number, "small");
    top += bar_step;
  }
  return top;
}

}  // namespace scrutineer::report
