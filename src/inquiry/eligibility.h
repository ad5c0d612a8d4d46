// Who may vote: members who had joined by the freeze date, long enough before it, and had not left.
#ifndef SCRUTINEER_INQUIRY_ELIGIBILITY_H_
#define SCRUTINEER_INQUIRY_ELIGIBILITY_H_

#include <optional>
#include <string>

#include "base/date.h"

namespace scrutineer::inquiry {

struct EligibilityRule {
  std::optional<Date> freeze_date;
  std::optional<int> min_membership_days;
};

// Why a member is not eligible, in words with the dates; empty if the member is eligible. A date that is
// missing or unreadable is never held against anyone: what it would have decided is left out, and the caller
// counts such members.
std::string ineligible_because(const EligibilityRule& rule, std::optional<Date> joined,
                               std::optional<Date> left);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_ELIGIBILITY_H_
