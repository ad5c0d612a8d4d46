// Pearson's chi-squared against equal frequencies.
//
// Null: independent draws, each value equally likely. Asymptotic: wants about five expected a value.
#ifndef SCRUTINEER_STATS_CHI_SQUARED_H_
#define SCRUTINEER_STATS_CHI_SQUARED_H_

#include <cstdint>
#include <span>

namespace scrutineer::stats {

struct ChiSquared {
  double statistic = 0;
  double degrees = 0;
  double p = 1;
};
ChiSquared chi_squared_uniform(std::span<const std::uint64_t> counts);

// P(chi-squared with these degrees of freedom >= statistic).
double chi_squared_upper_tail(double statistic, double degrees);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_CHI_SQUARED_H_
