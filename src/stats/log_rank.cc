#include "stats/log_rank.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace scrutineer::stats {

double LogRank::z() const {
  return variance > 0 ? (observed - expected) / std::sqrt(variance) : 0.0;
}

double LogRank::hazard_ratio() const {
  return variance > 0 ? std::exp((observed - expected) / variance) : 1.0;
}

LogRankTest::LogRankTest(std::span<const Survival> cases)
    : cases_(cases.begin(), cases.end()), order_(cases.size()) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::size_t a, std::size_t b) { return cases_[a].days > cases_[b].days; });
}

LogRank LogRankTest::evaluate(const std::vector<bool>& first) const {
  LogRank result;
  double at_risk = 0;
  double first_at_risk = 0;
  // From the longest observed to the shortest: the set at risk only grows.
  for (std::size_t i = 0; i < order_.size();) {
    double events = 0;
    double first_events = 0;
    const std::int32_t days = cases_[order_[i]].days;
    for (; i < order_.size() && cases_[order_[i]].days == days; ++i) {
      const bool in_first = first[order_[i]];
      at_risk += 1;
      first_at_risk += in_first ? 1 : 0;
      if (!cases_[order_[i]].event) continue;
      events += 1;
      first_events += in_first ? 1 : 0;
    }
    if (events <= 0) continue;
    const double share = first_at_risk / at_risk;
    result.observed += first_events;
    result.expected += events * share;
    if (at_risk > 1) result.variance += events * share * (1 - share) * (at_risk - events) / (at_risk - 1);
  }
  return result;
}

}  // namespace scrutineer::stats
