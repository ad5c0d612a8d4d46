// Maximising and bracketing a smooth function of one variable: all that the fits here need.
#ifndef SCRUTINEER_STATS_ONE_DIMENSION_H_
#define SCRUTINEER_STATS_ONE_DIMENSION_H_

#include <cmath>

namespace scrutineer::stats {

// The place of the maximum of f on [low, high], to within `tolerance`, by golden-section search (Kiefer,
// Proc. AMS 4, 1953). Exact for unimodal f; a monotone f gives the end. For others a local maximum.
template <typename Function>
double place_of_maximum(Function f, double low, double high, double tolerance = 1e-6) {
  const double ratio = (std::sqrt(5.0) - 1.0) / 2.0;
  double left = high - ratio * (high - low);
  double right = low + ratio * (high - low);
  double f_left = f(left);
  double f_right = f(right);
  while (high - low > tolerance) {
    if (f_left >= f_right) {
      high = right;
      right = left;
      f_right = f_left;
      left = high - ratio * (high - low);
      f_left = f(left);
    } else {
      low = left;
      left = right;
      f_left = f_right;
      right = low + ratio * (high - low);
      f_right = f(right);
    }
  }
  return (low + high) / 2.0;
}

// The first place from `inside` towards `outside` where f falls to `level`, by bisection; `outside` if it
// does not.
template <typename Function>
double falls_to(Function f, double level, double inside, double outside, double tolerance = 1e-6) {
  if (f(outside) >= level) return outside;
  while (std::abs(outside - inside) > tolerance) {
    const double middle = (inside + outside) / 2.0;
    (f(middle) >= level ? inside : outside) = middle;
  }
  return inside;
}

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_ONE_DIMENSION_H_
