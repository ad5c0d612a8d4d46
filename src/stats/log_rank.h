// The log-rank comparison of two groups' survival.
//
// Null: at every time the two groups have the same hazard; who is in which group has nothing to do with
// survival. Censoring may differ in time but not with the outlook.
//
// Statistic: events observed in the first group minus expected given those at risk (Mantel, Cancer
// Chemotherapy Reports 50, 1966), with its hypergeometric variance. The normal p is asymptotic; signals use
// it inside a label permutation instead.
#ifndef SCRUTINEER_STATS_LOG_RANK_H_
#define SCRUTINEER_STATS_LOG_RANK_H_

#include <cstdint>
#include <span>
#include <vector>

namespace scrutineer::stats {

struct Survival {
  std::int32_t days = 0;  // until the event or the end of observation
  bool event = false;
};

struct LogRank {
  double observed = 0;  // events in the first group
  double expected = 0;
  double variance = 0;
  [[nodiscard]] double z() const;             // (observed - expected) / sd; 0 without variance
  [[nodiscard]] double hazard_ratio() const;  // Peto's one-step estimate exp((O - E) / V); 1 without variance
};

// `first[i]` says whether case i is in the first group. Prepared once, evaluated for many labellings.
class LogRankTest {
 public:
  explicit LogRankTest(std::span<const Survival> cases);
  // label(i) for case i in the order given to the constructor.
  [[nodiscard]] LogRank evaluate(const std::vector<bool>& first) const;

 private:
  std::vector<Survival> cases_;
  std::vector<std::size_t> order_;  // by falling days
};

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_LOG_RANK_H_
