#include "inquiry/eligibility.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace scrutineer::inquiry {
namespace {

const Date freeze = *Date::of(2026, 5, 6);

TEST(Eligibility, TheDayItselfAndTheDayAfter) {
  const EligibilityRule rule{freeze, std::nullopt};
  EXPECT_EQ(ineligible_because(rule, freeze, std::nullopt), "");
  EXPECT_EQ(ineligible_because(rule, freeze + 1, std::nullopt),
            "joined on 2026-05-07, after the freeze date 2026-05-06");
}

TEST(Eligibility, MembershipOfExactlyTheDaysAskedIsEnough) {
  const EligibilityRule rule{freeze, 180};
  EXPECT_EQ(ineligible_because(rule, freeze + -180, std::nullopt), "");
  EXPECT_NE(ineligible_because(rule, freeze + -179, std::nullopt), "");
}

TEST(Eligibility, AMissingDateIsNeverHeldAgainstAnyone) {
  EXPECT_EQ(ineligible_because({freeze, 180}, std::nullopt, std::nullopt), "");
  EXPECT_EQ(ineligible_because({}, freeze + 100, std::nullopt), "");
}

TEST(Eligibility, WhoLeftByTheFreezeDateIsNotEligible) {
  EXPECT_NE(ineligible_because({freeze, std::nullopt}, freeze + -900, freeze), "");
  EXPECT_EQ(ineligible_because({freeze, std::nullopt}, freeze + -900, freeze + 1), "");
}

RC_GTEST_PROP(EligibilityProperties, JoiningEarlierNeverLosesEligibility,
              (std::int16_t joined, std::uint8_t earlier)) {
  const EligibilityRule rule{freeze, 180};
  if (ineligible_because(rule, freeze + joined, std::nullopt).empty()) {
    RC_ASSERT(ineligible_because(rule, freeze + joined + -static_cast<int>(earlier), std::nullopt).empty());
  }
}

}  // namespace
}  // namespace scrutineer::inquiry
