// The days of the inquiry: when members join, here and elsewhere. A national wave with a weekly pattern and
// noise of its own moves both, so that joins here are correlated with joins elsewhere; recruitment stalls,
// the last week before the deadline and the organiser's days are local.
#ifndef SCRUTINEER_SYNTH_CALENDAR_H_
#define SCRUTINEER_SYNTH_CALENDAR_H_

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "synth/random.h"

namespace scrutineer::synth {

inline constexpr int min_membership_days = 180;
inline constexpr Date freeze_date = Date(20579);                          // 2026-05-06
inline constexpr Date join_deadline = Date(20579 - min_membership_days);  // the last day to be eligible
inline constexpr Date first_join = Date(20579 - min_membership_days - 3 * 365);
inline constexpr Date last_join = Date(20604);  // 2026-05-31

class Calendar {
 public:
  explicit Calendar(std::uint64_t seed);

  // A day of the national wave, between first_join and the deadline.
  [[nodiscard]] Date ordinary_day(Draw& draw) const;
  [[nodiscard]] Date honest_day(
      Draw& draw) const;  // with stalls (8 %), the last week (5 %) and late joiners (4 %)
  // Joins elsewhere on each day from first_join to last_join.
  [[nodiscard]] const std::vector<std::uint64_t>& elsewhere() const { return elsewhere_; }
  [[nodiscard]] const std::vector<Date>& stalls() const { return stalls_; }         // 6
  [[nodiscard]] const std::vector<Date>& lawful_days() const { return lawful_; }    // 5
  [[nodiscard]] const std::vector<Date>& planted_days() const { return planted_; }  // 1 to 6

 private:
  std::vector<double> cumulated_;  // of the wave's intensity up to the deadline
  std::vector<std::uint64_t> elsewhere_;
  std::vector<Date> stalls_, lawful_, planted_;
};

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_CALENDAR_H_
