#include "contest/rctab/reasons.h"

#include <fmt/format.h>

namespace scrutineer::contest::rctab {
namespace {

std::string quota_in_words(const Rules& rules) {
  if (rules.hare) return "Hare: votes / seats, rounded up";
  if (rules.fractional_threshold) return "Droop, exact: votes / (seats + 1) and one unit of the last decimal";
  return "Droop: votes / (seats + 1), rounded down, and 1";
}

std::string plain_number(double value) {
  std::string text = fmt::format("{:.9f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::string reason_of(const Rules& rules, const Step& step) {
  const std::string number = plain_number(step.threshold);
  if (step.winners == 0) {
    if (step.losers > 1)
      return "Together fewer votes than the next candidate, or below the minimum: go out at once";
    return step.losers == 1 ? "Nobody reached the threshold; fewest votes goes out"
                            : "Surpluses are passed on";
  }
  if (rules.mode == WinnerMode::bottoms_up_share)
    return fmt::format("Everyone left has {} percent of the votes ({}) or more: elected", rules.share_percent,
                       number);
  if (!step.all_reach && step.standing <= rules.winners)
    return "No more candidates than seats are left: elected";
  if (!step.all_reach) return fmt::format("Most votes of the last two (threshold {}): elected", number);
  if (rules.winners == 1 || rules.mode == WinnerMode::bottoms_up)
    return fmt::format("Reached the threshold {}: elected", number);
  return fmt::format(
      "Reached the quota {} ({}): elected; papers pass on at (votes - quota) / votes of their value", number,
      quota_in_words(rules));
}

}  // namespace scrutineer::contest::rctab
