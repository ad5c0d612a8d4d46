#include "stats/chi_squared.h"

#include <boost/math/special_functions/gamma.hpp>

namespace scrutineer::stats {

double chi_squared_upper_tail(double statistic, double degrees) {
  if (statistic <= 0 || degrees <= 0) return 1.0;
  return boost::math::gamma_q(degrees / 2.0, statistic / 2.0);
}

ChiSquared chi_squared_uniform(std::span<const std::uint64_t> counts) {
  double all = 0;
  for (const std::uint64_t count : counts) all += static_cast<double>(count);
  if (counts.size() < 2 || all <= 0) return {};
  const double expected = all / static_cast<double>(counts.size());
  ChiSquared test;
  test.degrees = static_cast<double>(counts.size()) - 1.0;
  for (const std::uint64_t count : counts) {
    const double off = static_cast<double>(count) - expected;
    test.statistic += off * off / expected;
  }
  test.p = chi_squared_upper_tail(test.statistic, test.degrees);
  return test;
}

}  // namespace scrutineer::stats
