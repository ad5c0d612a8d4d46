#include "inquiry/eligibility.h"

#include <fmt/format.h>

namespace scrutineer::inquiry {

std::string ineligible_because(const EligibilityRule& rule, std::optional<Date> joined,
                               std::optional<Date> left) {
  if (!rule.freeze_date) return {};
  const Date freeze = *rule.freeze_date;
  if (left && *left <= freeze)
    return fmt::format("left on {}, by the freeze date {}", left->iso(), freeze.iso());
  if (!joined) return {};
  if (*joined > freeze)
    return fmt::format("joined on {}, after the freeze date {}", joined->iso(), freeze.iso());
  const std::int32_t days = freeze - *joined;
  if (rule.min_membership_days && days < *rule.min_membership_days) {
    return fmt::format("joined on {}, {} days before the freeze date {}; the rule asks for {}", joined->iso(),
                       days, freeze.iso(), *rule.min_membership_days);
  }
  return {};
}

}  // namespace scrutineer::inquiry
