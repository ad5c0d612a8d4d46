#include "stats/hypergeometric.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/special.h"

namespace scrutineer::stats {

double hypergeometric_probability(std::uint64_t x, std::uint64_t all, std::uint64_t marked,
                                  std::uint64_t drawn) {
  if (x > marked || x > drawn || drawn > all || marked > all || drawn - x > all - marked) return 0.0;
  const auto real = [](std::uint64_t v) { return static_cast<double>(v); };
  return std::exp(log_choose(real(marked), real(x)) + log_choose(real(all - marked), real(drawn - x)) -
                  log_choose(real(all), real(drawn)));
}

double hypergeometric_upper_tail(std::uint64_t x, std::uint64_t all, std::uint64_t marked,
                                 std::uint64_t drawn) {
  const std::uint64_t least = marked + drawn > all ? marked + drawn - all : 0;
  if (x <= least) return 1.0;
  double sum = 0;
  for (std::uint64_t k = std::min(marked, drawn); k >= x; --k)
    sum += hypergeometric_probability(k, all, marked, drawn);
  return std::min(1.0, sum);
}

double hypergeometric_mid_p(std::uint64_t x, std::uint64_t all, std::uint64_t marked, std::uint64_t drawn) {
  return hypergeometric_upper_tail(x + 1, all, marked, drawn) +
         hypergeometric_probability(x, all, marked, drawn) / 2.0;
}

double stratified_upper_tail(std::uint64_t x, std::span<const HypergeometricStratum> strata) {
  std::vector<double> law{1.0};
  for (const auto& [all, marked, drawn] : strata) {
    const std::uint64_t most = std::min(marked, drawn);
    std::vector<double> next(law.size() + most, 0.0);
    for (std::uint64_t k = 0; k <= most; ++k) {
      const double probability = hypergeometric_probability(k, all, marked, drawn);
      for (std::size_t i = 0; i < law.size(); ++i) next[i + k] += law[i] * probability;
    }
    law = std::move(next);
  }
  double sum = 0;
  for (std::size_t i = law.size(); i-- > 0 && i >= x;) sum += law[i];
  return std::min(1.0, sum);
}

double stratified_mean(std::span<const HypergeometricStratum> strata) {
  double mean = 0;
  for (const auto& [all, marked, drawn] : strata)
    if (all > 0) mean += static_cast<double>(drawn) * static_cast<double>(marked) / static_cast<double>(all);
  return mean;
}

}  // namespace scrutineer::stats
