#include "stats/binomial.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "stats/special.h"

namespace scrutineer::stats {

double binomial_upper_tail(double x, double n, double p) {
  if (x <= 0) return 1.0;
  if (x > n || p <= 0) return 0.0;
  if (p >= 1) return 1.0;
  return boost::math::ibeta(x, n - x + 1.0, p);
}

double binomial_lower_tail(double x, double n, double p) {
  if (x < 0) return 0.0;
  if (x >= n || p <= 0) return 1.0;
  if (p >= 1) return 0.0;
  return boost::math::ibetac(x + 1.0, n - x, p);
}

double binomial_probability(double x, double n, double p) {
  if (x < 0 || x > n) return 0.0;
  if (p <= 0) return x == 0 ? 1.0 : 0.0;
  if (p >= 1) return x == n ? 1.0 : 0.0;
  return std::exp(log_choose(n, x) + x * std::log(p) + (n - x) * std::log1p(-p));
}

double binomial_mid_p(double x, double n, double p) {
  return binomial_upper_tail(x + 1, n, p) + binomial_probability(x, n, p) / 2.0;
}

Interval wilson(double x, double n, double z) {
  if (n <= 0) return {};
  const double share = x / n;
  const double centre = share + z * z / (2.0 * n);
  const double spread = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
  const double scale = 1.0 + z * z / n;
  return {std::max(0.0, (centre - spread) / scale), std::min(1.0, (centre + spread) / scale)};
}

Interval clopper_pearson(double x, double n, double alpha) {
  if (n <= 0) return {};
  const double low = x <= 0 ? 0.0 : boost::math::ibeta_inv(x, n - x + 1.0, alpha / 2.0);
  const double high = x >= n ? 1.0 : boost::math::ibetac_inv(x + 1.0, n - x, alpha / 2.0);
  return {low, high};
}

}  // namespace scrutineer::stats
