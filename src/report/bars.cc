#include "report/bars.h"

#include <algorithm>

namespace scrutineer::report {

double draw_bars(Svg& svg, const std::vector<Bar>& bars, double top, double scale) {
  double widest_number = 0;
  for (const Bar& bar : bars) {
    scale = std::max(scale, bar.size);
    widest_number = std::max(widest_number, width_of(bar.number));
  }
  const double room = std::max(40.0, picture_width - bar_left - widest_number - 6);
  for (const Bar& bar : bars) {
    const double length = bar.size <= 0 ? 0 : std::max(1.5, bar.size / scale * room);
    svg.words(bar_left - 6, top + 14, bar.name, "small end");
    svg.box(bar_left, top + 3, length, bar_step - 7, bar.style);
    svg.words(bar_left + length + 5, top + 14, bar.number, "small");
    top += bar_step;
  }
  return top;
}

}  // namespace scrutineer::report
