#include "impact/polls.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scrutineer::impact {
namespace {

// 1,000 asked, 45 to 40: the standard error of the lead is sqrt((.85 - .0025) / 1000) = 2.911 points.
TEST(Polls, LeadWithItsInterval) {
  const Poll poll{"one", "2026-04-20", 1000, 1, {{"A", .45}, {"B", .40}, {"C", .15}}, {{"Red", .5}}};
  const PollContext context{{{"A", "Red"}, {"B", "Blue"}}, {{"Red", .40}, {"Blue", .42}}};
  const auto readings = read_polls({&poll, 1}, context);
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].leader, "A");
  EXPECT_NEAR(readings[0].lead, .05, 1e-12);
  EXPECT_NEAR(readings[0].lead_high - readings[0].lead, 1.959964 * .0291118, 1e-6);
  EXPECT_NEAR(readings[0].lead_low, .05 - 1.959964 * .0291118, 1e-6);
  ASSERT_TRUE(readings[0].above_party && readings[0].swing);
  EXPECT_NEAR(*readings[0].above_party, -.05, 1e-12);
  EXPECT_NEAR(*readings[0].swing, ((.45 - .40) - (.40 - .42)) / 2, 1e-12);
}

TEST(Polls, InOrderOfDatesAndWiderUnderADesignEffect) {
  const std::vector<Poll> polls = {{"late", "2026-05-01", 500, 1, {{"A", .5}, {"B", .5}}, {}},
                                   {"early", "2026-04-01", 500, 4, {{"A", .5}, {"B", .5}}, {}},
                                   {"one candidate", "2026-03-01", 500, 1, {{"A", .5}}, {}}};
  const auto readings = read_polls(polls, {});
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].name, "early");
  EXPECT_NEAR(readings[0].lead_high, 2 * readings[1].lead_high, 1e-12);
  EXPECT_FALSE(readings[0].above_party);
  EXPECT_FALSE(readings[0].swing);
  EXPECT_NE(poll_warning().find("not a count"), std::string::npos);
}

}  // namespace
}  // namespace scrutineer::impact
