// Named bars with their numbers, for the pictures that are no more than that.
#ifndef SCRUTINEER_REPORT_BARS_H_
#define SCRUTINEER_REPORT_BARS_H_

#include <string>
#include <vector>

#include "report/svg.h"

namespace scrutineer::report {

struct Bar {
  std::string name;    // to the left; what exceeds 24 bytes is cut
  double size = 0;     // not negative
  std::string number;  // at the end of the bar
  std::string style;   // class of the fill
};

inline constexpr double bar_step = 22;

// Where bars start and how long a unit is, so that several groups of bars can share one scale.
struct BarFrame {
  double left = 0;
  double unit = 0;
};
BarFrame frame_of(const std::vector<Bar>& bars);

// Bars below each other from `top`; what is not zero is at least 1.5 units long. Returns the y below the
// last.
double draw_bars(Svg& svg, const std::vector<Bar>& bars, double top, const BarFrame& frame);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_BARS_H_
