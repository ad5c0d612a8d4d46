// Values published with SHANGRLA and rlacalc; all of them: published_values_test.cc.
#include "canvass/kaplan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

const std::vector<double> five_and_none = {1, 1, 1, 1, 1, 0};
const std::vector<double> five = {1, 1, 1, 1, 1};

TEST(Kaplan, AgreesWithShangrla) {
  EXPECT_NEAR(kaplan_markov_p(five, .5, 0), 0.03125, 1e-15);
  EXPECT_NEAR(kaplan_markov_p(five_and_none, .5, .1), 0.048282842081079885, 1e-15);
  EXPECT_NEAR(kaplan_markov_p(five_and_none, .5, .1, Look::at_the_end), 0.2896970524864793, 1e-14);
  EXPECT_NEAR(kaplan_wald_p(five, .5, 0), 0.03125, 1e-15);
  EXPECT_NEAR(kaplan_wald_p(five_and_none, .5, .1, Look::at_the_end), 0.40386107340619265, 1e-14);
  EXPECT_NEAR(kaplan_wald_p(five_and_none, .5, .1), 0.040386107340619266, 1e-15);
  EXPECT_NEAR(betting_p(std::vector<double>(20, .75), .5, .25), 0.29745496716483116, 1e-13);
  EXPECT_NEAR(betting_p(std::vector<double>(20, .75), .5, .5), 0.09483082985705704, 1e-13);
}

TEST(Kaplan, ComparisonAgreesWithPublishedAudits) {
  EXPECT_NEAR(kaplan_markov_comparison_p(200, 0.022695323, {.over_one = 1}), 0.21438135077031842,
              1e-8);  // the margin is given to nine places
  EXPECT_EQ(kaplan_markov_comparison_sample(.05, {}, .1), 96U);
  EXPECT_EQ(kaplan_markov_comparison_sample(.05, {.over_one = 1}, .1), 123U);
  EXPECT_EQ(kaplan_markov_comparison_sample(.002, {}, .1), 2393U);
}

// A look at the end takes the values in any order, and never says more than looks after each of them.
RC_GTEST_PROP(Kaplan, AtTheEndTheOrderDoesNotMatter, (std::uint64_t seed)) {
  stats::Random random(seed, "kaplan test");
  std::vector<double> values;
  for (int i = 0; i < 30; ++i) values.push_back(random.uniform());
  auto turned = values;
  std::reverse(turned.begin(), turned.end());
  for (const auto p : {kaplan_markov_p, kaplan_wald_p}) {
    const double at_end = p(values, .4, .1, Look::at_the_end);
    RC_ASSERT(std::abs(at_end - p(turned, .4, .1, Look::at_the_end)) < 1e-9);
    RC_ASSERT(at_end >= p(values, .4, .1, Look::after_every));
  }
}

}  // namespace
}  // namespace scrutineer::canvass
