// A straight line and a scale that a few outliers do not move. Theil-Sen: the median of the slopes of all
// pairs (Sen, JASA 63, 1968), intercept the median of y - slope x. Scale: 1.4826 times the median absolute
// residual, the standard deviation of a normal law.
#ifndef SCRUTINEER_STATS_ROBUST_LINE_H_
#define SCRUTINEER_STATS_ROBUST_LINE_H_

#include <span>
#include <vector>

namespace scrutineer::stats {

double median(std::vector<double> values);  // NaN if empty

struct RobustLine {
  double slope = 0;
  double intercept = 0;
  double scale = 0;
  std::vector<double> z;  // residual / scale, in the order of the points; 0 where the scale is 0
};

// Equal lengths. Quadratic in the number of points, meant for wards: at most some thousands.
RobustLine robust_line(std::span<const double> x, std::span<const double> y);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_ROBUST_LINE_H_
