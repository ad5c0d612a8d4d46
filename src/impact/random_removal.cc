#include "impact/random_removal.h"

#include <algorithm>

#include "stats/hypergeometric.h"

namespace scrutineer::impact {
namespace {

constexpr double negligible = 1e-18;  // of S: counted as failing, so that the sum stays an upper bound

std::uint64_t whole(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

}  // namespace

double probability_of_failing(const contest::Comparison& comparison, std::int64_t papers,
                              std::int64_t removed) {
  const std::int64_t either = comparison.ahead + comparison.behind;
  const std::int64_t needed = comparison.ahead - comparison.behind;
  double sum = 0;
  const std::int64_t from = std::max(needed, removed - (papers - either));
  for (std::int64_t s = from; s <= std::min(removed, either); ++s) {
    const double here =
        stats::hypergeometric_probability(whole(s), whole(papers), whole(either), whole(removed));
    if (here < negligible) {
      sum += here;
      continue;
    }
    // 2 X_ahead - s >= needed
    const std::int64_t least = (s + needed + 1) / 2;
    sum += here *
           stats::hypergeometric_upper_tail(whole(least), whole(either), whole(comparison.ahead), whole(s));
  }
  return std::min(sum, 1.0);
}

RandomRemoval random_removal(const contest::Comparisons& comparisons, std::int64_t papers,
                             std::int64_t removed) {
  RandomRemoval result;
  result.removed = std::clamp<std::int64_t>(removed, 0, papers);
  result.high = 0;
  for (const contest::Comparison& comparison : comparisons.all) {
    const double fails = probability_of_failing(comparison, papers, result.removed);
    result.high += fails;
    if (comparisons.necessary) result.low = std::max(result.low, fails);
  }
  result.high = std::min(result.high, 1.0);
  return result;
}

}  // namespace scrutineer::impact
