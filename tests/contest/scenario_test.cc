#include "contest/scenario.h"

#include <gtest/gtest.h>

#include "contest/rules.h"

namespace scrutineer::contest {
namespace {

Ballots two_wards() {
  Ballots ballots;
  ballots.candidates = {"A", "B"};
  ballots.groups = {"North", "South"};
  ballots.ballots = {{{{0}}, 60, 0}, {{{1}, {0}}, 40, 0}, {{{0}}, 30, 1}, {{{1}}, 45, 1}};
  return ballots;
}

TEST(Scenario, TurnoutScalesTheNamedGroupsAlone) {
  const auto more = under({"more", {{{"South"}, 3.0}}, {}}, two_wards());
  ASSERT_TRUE(more);
  const auto counted = count(*more, Rule::plurality);
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->winners, std::vector<std::string>{"B"});
  EXPECT_DOUBLE_EQ(counted->rounds[0].tally[0].second, 40 + 3 * 45);
  EXPECT_DOUBLE_EQ(counted->rounds[0].tally[1].second, 60 + 3 * 30);
  EXPECT_EQ(count(*under({"as it was", {}, {}}, two_wards()), Rule::irv)->winners,
            count(two_wards(), Rule::irv)->winners);
}

TEST(Scenario, AFurtherCandidateTakesAndPassesOn) {
  const FurtherCandidate further{"X", {{"A", .5}}, {{"B", .6}, {"A", .2}}};
  const auto with = under({"X stands", {}, further}, two_wards());
  ASSERT_TRUE(with);
  const auto counted = count(*with, Rule::irv);
  ASSERT_TRUE(counted);
  // First: A 45, B 85, X 45 and A go by lot or by number; no paper is lost.
  double first = 0;
  for (const auto& [name, votes] : counted->rounds[0].tally) first += votes;
  EXPECT_DOUBLE_EQ(first, 175);
  const auto plurality = count(*with, Rule::plurality);
  ASSERT_TRUE(plurality);
  EXPECT_EQ(plurality->winners, std::vector<std::string>{"B"});
  // As cast, where no transfers are stated: B's second preference for A is still there.
  const auto as_cast = under({"X", {}, FurtherCandidate{"X", {{"B", 1.0}}, {}}}, two_wards());
  ASSERT_TRUE(as_cast);
  EXPECT_EQ(as_cast->ballots[1].ranks, (std::vector<std::vector<Candidate>>{{2}, {1}, {0}}));
}

TEST(Scenario, WhatIsNotOnTheBallotsIsRefused) {
  EXPECT_FALSE(under({"x", {{{"East"}, 1}}, {}}, two_wards()));
  EXPECT_FALSE(under({"x", {{{"North"}, -1}}, {}}, two_wards()));
  EXPECT_FALSE(under({"x", {}, FurtherCandidate{"A", {}, {}}}, two_wards()));
  EXPECT_FALSE(under({"x", {}, FurtherCandidate{"X", {{"C", .1}}, {}}}, two_wards()));
  EXPECT_FALSE(under({"x", {}, FurtherCandidate{"X", {{"A", .1}}, {{"A", .7}, {"B", .7}}}}, two_wards()));
}

}  // namespace
}  // namespace scrutineer::contest
