// Named bars with their numbers, for the pictures that are no more than that.
#ifndef SCRUTINEER_REPORT_BARS_H_
#define SCRUTINEER_REPORT_BARS_H_

#include <string>
#include <vector>

#include "report/svg.h"

namespace scrutineer::report {

struct Bar {
  std::string name;    // to the left, at most `bar_left` units wide
  double size = 0;     // not negative
  std::string number;  // at the end of the bar
  std::string style;   // class of the fill
};

inline constexpr double bar_left = 128;
inline constexpr double bar_step = 22;

// Bars below each other from `top`, the longest (or `scale`, if larger) filling the width left over. What is
// not zero is at least 1.5 units long. Returns the y below the last.
double draw_bars(Svg& svg, const std::vector<Bar>& bars, double top, double scale = 0);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_BARS_H_
