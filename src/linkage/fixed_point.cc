#include "linkage/fixed_point.h"

#include <algorithm>
#include <vector>

namespace scrutineer::linkage {

Weight log2_mean(Weight left, Weight right) {
  // Beyond 12 bits apart the smaller adds less than half a thousandth of a bit.
  constexpr Weight widest = 12 * weight_scale;
  static const std::vector<Weight> table = [] {
    std::vector<Weight> sums;
    for (Weight apart = 0; apart <= widest; ++apart)
      sums.push_back(to_weight((1.0 + from_weight(-apart)) / 2.0));
    return sums;
  }();
  const Weight apart = left > right ? left - right : right - left;
  return std::max(left, right) + table[static_cast<std::size_t>(std::min(apart, widest))];
}

}  // namespace scrutineer::linkage
