#include "stats/robust_line.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scrutineer::stats {

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2.0;
}

RobustLine robust_line(std::span<const double> x, std::span<const double> y) {
  RobustLine line;
  std::vector<double> slopes;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = i + 1; j < x.size(); ++j)
      if (x[i] != x[j]) slopes.push_back((y[j] - y[i]) / (x[j] - x[i]));
  if (!slopes.empty()) line.slope = median(std::move(slopes));
  std::vector<double> rest;
  for (std::size_t i = 0; i < x.size(); ++i) rest.push_back(y[i] - line.slope * x[i]);
  if (rest.empty()) return line;
  line.intercept = median(rest);
  std::vector<double> absolute;
  for (double& r : rest) {
    r -= line.intercept;
    absolute.push_back(std::abs(r));
  }
  line.scale = 1.4826 * median(std::move(absolute));
  for (const double r : rest) line.z.push_back(line.scale > 0 ? r / line.scale : 0.0);
  return line;
}

}  // namespace scrutineer::stats
