#include "impact/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "base/parallel.h"
#include "impact/branch_simulator.h"
#include "signals/wording.h"
#include "stats/evalues.h"

namespace scrutineer::impact {
namespace {

using signals::LinkageTest;
using tests::simulated_branch;
using tests::SimulationPlan;

// A canvass as planned, with the given numbers.
LinkageTest canvass_of(double js, std::uint64_t strict_households, std::uint64_t households = 560) {
  LinkageTest test;
  test.arm = signals::Arm::random;
  test.members = 1200;
  test.visits = test.visited = 1200;
  test.known = 840;
  test.households = households;
  test.strict_households = strict_households;
  test.strict = strict_households;
  test.joint.js = js;
  test.joint_met = js <= 0.001;
  return test;
}

LinkageTest rule_met() {
  LinkageTest test = canvass_of(0.0001, 40);
  test.links_met = 3;
  test.links_are_met = test.deletions_met = test.sensitivity_met = test.own_rates_met = true;
  test.sensitivity.permutations = 9999;
  test.linked.resize(30);
  test.payment_exhibit = test.denial_exhibit = true;
  return test;
}

TEST(Verdict, OrderIsThatOfTheRule) {
  EXPECT_EQ(decide(rule_met()).outcome, VerdictOutcome::consistent_with_coordination);
  EXPECT_EQ(decide(canvass_of(0.3, 60)).outcome, VerdictOutcome::individual_acts);
  EXPECT_EQ(decide(canvass_of(0.3, 14)).outcome, VerdictOutcome::not_distinguishable_from_accident);
  EXPECT_EQ(decide(canvass_of(0.004, 60)).outcome, VerdictOutcome::cannot_conclude);
  EXPECT_EQ(decide(canvass_of(0.02, 60)).outcome, VerdictOutcome::individual_acts);
  EXPECT_EQ(decide(canvass_of(0.02, 14)).outcome, VerdictOutcome::cannot_conclude);
  for (const auto step : {&LinkageTest::joint_met, &LinkageTest::links_are_met, &LinkageTest::deletions_met,
                          &LinkageTest::sensitivity_met, &LinkageTest::own_rates_met,
                          &LinkageTest::payment_exhibit, &LinkageTest::denial_exhibit}) {
    LinkageTest test = rule_met();
    test.*step = false;
    EXPECT_EQ(decide(test).outcome, VerdictOutcome::cannot_conclude);
    EXPECT_FALSE(decide(test).would_need.empty());
  }
}

TEST(Verdict, WithoutACanvassItCannotConcludeAndSaysWhatItNeeds) {
  LinkageTest test;
  test.members = 1200;
  const Verdict none = decide(test);
  EXPECT_EQ(none.outcome, VerdictOutcome::cannot_conclude);
  const std::string doors = std::to_string(2 * households_to_tell({}));
  EXPECT_TRUE(std::any_of(none.would_need.begin(), none.would_need.end(), [&](const std::string& need) {
    return need.find("about " + doors + " doors") != std::string::npos;
  })) << none.would_need.front();
  test.visits = 300;  // of a targeted arm
  EXPECT_EQ(decide(test).outcome, VerdictOutcome::cannot_conclude);
  LinkageTest little = rule_met();
  little.known = 500;  // of 1,200 visited: below plan, whatever else was found
  EXPECT_EQ(decide(little).outcome, VerdictOutcome::cannot_conclude);
  EXPECT_NE(decide(little).would_need.front().find("100 more of the 1200 doors"), std::string::npos)
      << decide(little).would_need.front();
}

TEST(Verdict, FewLinkedMembersAreTooFewToTell) {
  LinkageTest test = canvass_of(0.002, 14);
  test.linked.resize(9);
  EXPECT_NE(decide(test).sentence.find("too few to tell"), std::string::npos) << decide(test).sentence;
  test.linked.resize(25);
  EXPECT_EQ(decide(test).sentence.find("too few to tell"), std::string::npos);
}

TEST(Verdict, FewDoorsAreNoAcquittal) {
  EXPECT_EQ(decide(canvass_of(0.5, 1, 40)).outcome, VerdictOutcome::cannot_conclude);
  const std::uint64_t enough = households_to_tell({});
  EXPECT_GT(enough, 50U);
  EXPECT_LT(enough, 200U);
  EXPECT_GE(stats::rate_e(enough / 10, enough, 0.04), 20);
  EXPECT_EQ(decide(canvass_of(0.5, 1, enough)).outcome, VerdictOutcome::not_distinguishable_from_accident);
}

// VERDICT.md section 4: everything hangs on the base rate. 8 % of 560 households.
TEST(Verdict, IndividualActsHangOnTheBaseRate) {
  VerdictSettings settings;
  const LinkageTest test = canvass_of(0.5, 45);
  EXPECT_EQ(decide(test, settings).outcome, VerdictOutcome::individual_acts);
  settings.strict_base_rate = 0.08;
  EXPECT_EQ(decide(test, settings).outcome, VerdictOutcome::not_distinguishable_from_accident);
}

TEST(Verdict, EveryConditionIsNamedAndNothingForbiddenIsSaid) {
  LinkageTest moved = canvass_of(0.3, 14);
  moved.placebo = signals::JointTest{};
  moved.placebo->js = 0.0001;
  moved.deletions.push_back({"recruiter", "r1", 12, 0.4});
  for (const LinkageTest& test :
       {LinkageTest{}, rule_met(), canvass_of(0.3, 60), canvass_of(0.002, 14), moved}) {
    const Verdict verdict = decide(test);
    EXPECT_EQ(verdict.conditions.size(), 11U);
    EXPECT_FALSE(verdict.because.empty());
    std::string all = verdict.sentence;
    for (const Condition& condition : verdict.conditions)
      all += condition.name + condition.required + condition.found;
    for (const std::string& line : verdict.because) all += line;
    for (const std::string& line : verdict.would_need) all += line;
    EXPECT_FALSE(signals::wording::forbidden_token(all)) << all;
  }
  const Verdict verdict = decide(moved);
  EXPECT_TRUE(std::any_of(verdict.because.begin(), verdict.because.end(), [](const std::string& line) {
    return line.find("move house more than others") != std::string::npos;
  }));
}

// Shares of outcomes over simulated branches. The full table is bench/verdict_bench.cc; here, cells small
// enough to run with every change.
std::map<VerdictOutcome, double> outcomes_of(SimulationPlan plan, std::size_t branches) {
  std::vector<VerdictOutcome> found(branches);
  parallel_for(0, branches, [&](std::size_t branch) {
    SimulationPlan own = plan;
    own.seed = branch + 1;
    signals::SignalOptions options;
    options.threads = 1;
    options.permutations = 1999;
    found[branch] = decide(signals::test_linkage_of_irregulars(simulated_branch(own), options)).outcome;
  });
  std::map<VerdictOutcome, double> shares;
  for (const VerdictOutcome outcome : found) shares[outcome] += 1.0 / static_cast<double>(branches);
  return shares;
}

TEST(VerdictOverBranches, HonestBranchesAreNeverCalledCoordinated) {
  auto clean = outcomes_of({}, 60);
  EXPECT_EQ(clean[VerdictOutcome::consistent_with_coordination], 0);
  EXPECT_GE(clean[VerdictOutcome::not_distinguishable_from_accident], 0.8);  // VERDICT.md: 93 %
  EXPECT_LE(clean[VerdictOutcome::individual_acts], 0.05);
}

TEST(VerdictOverBranches, ScatteredErrorsAreIndividual) {
  auto scattered = outcomes_of({.scattered = 0.05}, 60);
  EXPECT_EQ(scattered[VerdictOutcome::consistent_with_coordination], 0);
  EXPECT_GE(scattered[VerdictOutcome::individual_acts], 0.75);  // VERDICT.md: 91 %
}

TEST(VerdictOverBranches, RecruitersOfStudentsAndCarelessOnesAreNotCalledCoordinated) {
  for (int trap = 1; trap <= 6; ++trap) {
    auto trapped = outcomes_of({.trap = trap}, 30);
    EXPECT_EQ(trapped[VerdictOutcome::consistent_with_coordination], 0) << trap;
  }
  auto uneven = outcomes_of({.uneven_visiting = true}, 30);
  EXPECT_EQ(uneven[VerdictOutcome::consistent_with_coordination], 0);
}

TEST(VerdictOverBranches, FortyOrganisedAreFound) {
  auto organised = outcomes_of({.organised = 40}, 60);
  EXPECT_GE(organised[VerdictOutcome::consistent_with_coordination], 0.9);  // VERDICT.md: 100 %
  auto among_errors = outcomes_of({.scattered = 0.05, .organised = 40}, 60);
  EXPECT_GE(among_errors[VerdictOutcome::consistent_with_coordination], 0.85);  // VERDICT.md: 98 %
}

}  // namespace
}  // namespace scrutineer::impact
