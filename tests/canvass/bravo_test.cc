// Values published with rlacalc, Arlo and raire-rs; all of them: published_values_test.cc.
#include "canvass/bravo.h"

#include <gtest/gtest.h>

namespace scrutineer::canvass {
namespace {

TEST(Bravo, AgreesWithPublishedAudits) {
  EXPECT_NEAR(bravo_p({1410, 1132}, {170, 135}), 0.1342382069344729, 1e-12);
  EXPECT_NEAR(bravo_p({2894, 1695}, {45, 32}), 0.47002027242290234, 1e-12);
  EXPECT_EQ(bravo_p({2894, 1695}, {0, 9}), 1);
  EXPECT_EQ(bravo_expected({.505, .495}, 1, .1), 46151U);
  EXPECT_EQ(bravo_expected({.52, .48}, 1, .1), 2902U);
  EXPECT_EQ(bravo_expected({600, 400}, 1000, .1), 119U);
  EXPECT_EQ(bravo_expected({300, 200}, 1000, .1), 238U);
  EXPECT_NEAR(comparison_difficulty(1000, 60000, .05, 1.1), 395.4366601091268, 1e-9);
}

}  // namespace
}  // namespace scrutineer::canvass
