#include "signals/linkage_of_irregulars.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "impact/branch_simulator.h"
#include "signals/wording.h"
#include "stats/evalues.h"
#include "stats/random.h"

namespace scrutineer::signals {
namespace {

using tests::BranchSimulator;
using tests::simulated_branch;
using tests::SimulationPlan;

// How many members bear these values of the two types that member `of` bears.
double sharing(const std::vector<LinkedMember>& members, const LinkedMember& of, std::size_t left,
               std::size_t right) {
  return static_cast<double>(std::count_if(members.begin(), members.end(), [&](const LinkedMember& member) {
    return member.links[left] == of.links[left] && member.links[right] == of.links[right];
  }));
}

// Textbook: every pair looked at, and for each value shared all members counted.
LinkageCounts by_enumeration(const std::vector<LinkedMember>& members,
                             const std::vector<std::uint8_t>& labels) {
  LinkageCounts result;
  for (std::size_t a = 0; a < members.size(); ++a) {
    for (std::size_t b = a + 1; b < members.size(); ++b) {
      if (!labels[a] || !labels[b] || members[a].household == members[b].household) continue;
      std::vector<std::size_t> shared;
      for (std::size_t type = 0; type < link_type_count; ++type) {
        if (members[a].links[type] != none && members[a].links[type] == members[b].links[type])
          shared.push_back(type);
      }
      for (std::size_t left = 0; left < shared.size(); ++left) {
        for (std::size_t right = left; right < shared.size(); ++right) {
          const std::size_t statistic = left == right ? shared[left] : multi_statistic;
          result.pairs[statistic] += 1;
          result.weighted[statistic] += 1 / sharing(members, members[a], shared[left], shared[right]);
        }
      }
    }
  }
  return result;
}

std::vector<LinkedMember> random_members(stats::Random& random, std::size_t count) {
  std::vector<LinkedMember> members(count);
  for (LinkedMember& member : members) {
    member.household = static_cast<std::uint32_t>(random.below(count));
    member.stratum = member.household % 3;
    for (std::uint32_t& link : member.links) {
      link = random.chance(0.2) ? none : static_cast<std::uint32_t>(random.below(1 + count / 4));
    }
  }
  return members;
}

RC_GTEST_PROP(LinkGraph, CountsPairsAsEnumerationDoes, (std::uint64_t seed)) {
  stats::Random random(seed, "graph");
  const auto count = static_cast<std::size_t>(random.below(40));
  const auto members = random_members(random, count);
  std::vector<std::uint8_t> labels;
  for (std::size_t at = 0; at < count; ++at) labels.push_back(random.chance(0.6));
  const LinkageCounts found = LinkGraph(members).statistics(labels);
  const LinkageCounts expected = by_enumeration(members, labels);
  RC_ASSERT(found.pairs == expected.pairs);
  for (std::size_t k = 0; k < linkage_statistic_count; ++k)
    RC_ASSERT(std::abs(found.weighted[k] - expected.weighted[k]) < 1e-8);
}

RC_GTEST_PROP(JointTest, IsTheSameOnAnyNumberOfThreads, (std::uint64_t seed)) {
  stats::Random random(seed, "graph");
  const auto members = random_members(random, 60);
  std::vector<std::uint8_t> labels;
  std::vector<std::uint8_t> touched;
  for (std::size_t at = 0; at < members.size(); ++at) {
    labels.push_back(random.chance(0.3));
    touched.push_back(random.chance(0.3));
  }
  const LinkGraph graph(members);
  const auto run = [&](unsigned threads) {
    return joint_test(graph, labels, {seed, "test", 300, threads, 2.5, touched}).sums;
  };
  RC_ASSERT(run(1) == run(3));
}

// The observed value of the permuted statistics is that of the data, and the first row of every run.
TEST(JointTest, RowZeroIsTheData) {
  stats::Random random(5, "graph");
  const auto members = random_members(random, 80);
  std::vector<std::uint8_t> labels;
  for (std::size_t at = 0; at < members.size(); ++at) labels.push_back(random.chance(0.4));
  const JointTest test = joint_test(LinkGraph(members), labels, {1, "test", 99, 1, 1, {}});
  EXPECT_EQ(test.pairs, by_enumeration(members, labels).pairs);
  EXPECT_EQ(test.observed, LinkGraph(members).statistics(labels).weighted);
  EXPECT_EQ(test.sums.size(), 100U);
  EXPECT_EQ(test.sum_z, test.sums[0]);
}

// The mean of T over permutations is what the strata, sizes and labels give: for singles in one stratum,
// E T = pairs in groups x C(labelled, 2) / C(members, 2).
TEST(JointTest, ExpectationIsThatOfSamplingWithoutReplacement) {
  std::vector<LinkedMember> members(200);
  std::vector<std::uint8_t> labels(200, 0);
  for (std::uint32_t at = 0; at < 200; ++at) {
    members[at] = {at, 0, {none, at % 10, none, none}};
    labels[at] = at < 30;
  }
  const JointTest test = joint_test(LinkGraph(members), labels, {1, "test", 20000, 2, 1, {}});
  const double expected = 10 * 190.0 * (30.0 * 29) / (200.0 * 199);
  // Each group has 20 members, so the weighted sum is that over 20.
  EXPECT_NEAR(test.expected[1], expected / 20, 4 * test.deviation[1] / std::sqrt(20000.0));
  EXPECT_NEAR(test.pairs_expected[1], expected, 4 * 20 * test.deviation[1] / std::sqrt(20000.0));
  EXPECT_EQ(test.p[0], 1);
  EXPECT_EQ(test.labelled, 30U);
  EXPECT_EQ(test.movable, 200U);
}

// Theorem: under exchangeability P(js <= a) <= a, and the e-value has mean at most 1. Labels drawn afresh for
// households of a fixed graph.
TEST(JointTest, PIsUniformAndEHasMeanOneUnderTheNull) {
  stats::Random random(20260506, "null");
  const auto members = random_members(random, 150);
  const LinkGraph graph(members);
  constexpr int runs = 1500;
  int at_most_05 = 0;
  int at_most_20 = 0;
  double e = 0;
  for (int run = 0; run < runs; ++run) {
    std::vector<std::uint8_t> household_wrong(150);
    for (auto& wrong : household_wrong) wrong = random.chance(0.15);
    std::vector<std::uint8_t> labels;
    for (const LinkedMember& member : members) labels.push_back(household_wrong[member.household]);
    const JointTest test =
        joint_test(graph, labels, {static_cast<std::uint64_t>(run), "null", 199, 1, 1, {}});
    at_most_05 += test.js <= 0.05;
    at_most_20 += test.js <= 0.20;
    e += stats::calibrated_power(test.js, 0.1);
  }
  EXPECT_LE(at_most_05, 0.05 * runs + 3.5 * std::sqrt(runs * 0.05 * 0.95));
  EXPECT_LE(at_most_20, 0.20 * runs + 3.5 * std::sqrt(runs * 0.20 * 0.80));
  EXPECT_GE(at_most_20, 0.12 * runs);  // and not so conservative as to be of no use
  EXPECT_LE(e / runs, 1.15);
}

// Under Gamma the number of labelled households among the touched is Fisher's noncentral hypergeometric.
TEST(JointTest, GammaDrawsFishersNoncentralHypergeometric) {
  constexpr std::uint32_t count = 12;
  std::vector<LinkedMember> members(count);
  std::vector<std::uint8_t> labels(count, 0);
  std::vector<std::uint8_t> touched(count, 0);
  // The touched share a recruiter, so T tells how many labelled are among them: T = C(x, 2).
  for (std::uint32_t at = 0; at < count; ++at) {
    touched[at] = at < 4;
    labels[at] = at >= 9;
    members[at] = {at, 0, {none, at < 4 ? 1 : none, none, none}};
  }
  constexpr double gamma = 3;
  constexpr std::uint32_t draws = 40000;
  const JointTest test = joint_test(LinkGraph(members), labels, {3, "gamma", draws, 2, gamma, touched});
  const double weights[] = {56, 4 * 28 * gamma, 6 * 8 * gamma * gamma, 4 * gamma * gamma * gamma};
  const double total = std::accumulate(std::begin(weights), std::end(weights), 0.0);
  const double expected = (weights[2] * 1 + weights[3] * 3) / total;
  const double error = 5 * 4 * test.deviation[1] / std::sqrt(double{draws});  // of pairs: four share
  EXPECT_NEAR(test.pairs_expected[1], expected, error);
  const JointTest plain = joint_test(LinkGraph(members), labels, {3, "gamma", draws, 2, 1, {}});
  EXPECT_NEAR(plain.pairs_expected[1], (48.0 * 1 + 4 * 3) / 220, error);
}

// doc/verdict.md, "The same count": 1,217 members, 149 irregular, one recruiter of 90. With 11 of them
// through him nothing, with 40 of them everything: the count did not change, the conclusion did.
Evidence members_of_1217(int through_the_recruiter) {
  Evidence evidence;
  evidence.has_canvass = true;
  evidence.seed = 1217;
  evidence.snapshots = {*Date::of(2025, 12, 1)};
  stats::Random random(7, "pair");
  int irregular_elsewhere = 149 - through_the_recruiter;
  std::vector<int> others(1127);
  std::iota(others.begin(), others.end(), 90);
  random.shuffle(std::span(others));
  for (int at = 0; at < 1217; ++at) {
    Member member;
    member.id = std::to_string(at);
    member.household = static_cast<std::uint32_t>(at);
    member.random_arm = true;
    member.recruiter = at < 90 ? 0 : 1 + static_cast<std::uint32_t>((at - 90) * 135 / 1127);
    member.outcome = at < through_the_recruiter ? Outcome::denied : Outcome::verified;
    evidence.members.push_back(member);
  }
  for (int at = 0; at < irregular_elsewhere; ++at) {
    evidence.members[static_cast<std::size_t>(others[static_cast<std::size_t>(at)])].outcome =
        Outcome::denied;
  }
  for (int recruiter = 0; recruiter <= 135; ++recruiter)
    evidence.recruiters.push_back("r" + std::to_string(recruiter));
  return evidence;
}

TEST(LinkageOfIrregulars, TheSame149Split) {
  const LinkageTest chance = test_linkage_of_irregulars(members_of_1217(11), {});
  const LinkageTest concentrated = test_linkage_of_irregulars(members_of_1217(40), {});
  EXPECT_EQ(chance.strict, 149U);
  EXPECT_EQ(concentrated.strict, 149U);
  EXPECT_NEAR(chance.joint.pairs_expected[1], 121, 3);
  EXPECT_NEAR(concentrated.joint.pairs_expected[1], 121.6, 3);
  EXPECT_NEAR(concentrated.joint.pairs[1], 820, 15);
  EXPECT_GT(chance.joint.p[1], 0.2);
  EXPECT_DOUBLE_EQ(concentrated.joint.p[1], 1e-4);
  EXPECT_GT(chance.joint.js, 0.05);  // all links in one permutation
  EXPECT_LE(concentrated.joint.js, RuleL3{}.joint);
}

// What is told of a deletion holds a day, and no person, account or telephone.
TEST(LinkageOfIrregulars, DeletionsAreToldWithoutKeys) {
  EXPECT_EQ((Deletion{"household", "M000017", 1, 0.5}).in_words(), "one household (1 member)");
  EXPECT_EQ((Deletion{"phone", "040 5082 1788", 12, 0.5}).in_words(), "one phone (12 members)");
  EXPECT_EQ((Deletion{"visitor", "A. Visitor", 77, 0.5}).in_words(), "one visitor (77 members)");
  EXPECT_EQ((Deletion{"day", "2026-03-01", 3, 0.5}).in_words(), "the join day 2026-03-01 (3 members)");
  EXPECT_EQ((Deletion{"payer", "AC1", 3, 0.5}).in_words(), "the payer that contributes most (3 members)");
}

TEST(LinkageOfIrregulars, StrictIsDeniedOrNeverThere) {
  Member member;
  member.address = 0;
  member.status = RegisterStatus::not_found;
  const auto strict = [&](Outcome outcome, bool ever, bool registers = true) {
    member.outcome = outcome;
    member.ever_at_address = ever;
    return is_strict(member, registers);
  };
  EXPECT_TRUE(strict(Outcome::denied, true));
  EXPECT_TRUE(strict(Outcome::denied, false, false));
  EXPECT_TRUE(strict(Outcome::not_known, false));
  EXPECT_FALSE(strict(Outcome::not_known, true));          // moved, says the register
  EXPECT_FALSE(strict(Outcome::not_known, false, false));  // no register to say "never"
  for (const Outcome outcome :
       {Outcome::moved, Outcome::verified, Outcome::deceased, Outcome::refused, Outcome::no_contact}) {
    EXPECT_FALSE(strict(outcome, false));
  }
  member.status = RegisterStatus::unclear;
  EXPECT_FALSE(strict(Outcome::not_known, false));
  member.status = RegisterStatus::not_found;
  member.address = none;
  EXPECT_FALSE(strict(Outcome::not_known, false));
  member.outcome.reset();
  EXPECT_FALSE(is_strict(member, true));
}

SignalOptions quick() {
  SignalOptions options;
  options.permutations = 1999;
  options.threads = 2;
  return options;
}

TEST(LinkageOfIrregulars, OnlyTheRandomArmTestifies) {
  Evidence evidence = simulated_branch({.seed = 3, .organised = 40});
  const LinkageTest whole = test_linkage_of_irregulars(evidence, quick());
  EXPECT_EQ(whole.arm, Arm::random);
  EXPECT_EQ(whole.visited, evidence.members.size());
  for (std::size_t at = 0; at < evidence.members.size(); ++at) evidence.members[at].random_arm = at % 2 == 0;
  const LinkageTest half = test_linkage_of_irregulars(evidence, quick());
  EXPECT_EQ(half.visited, (evidence.members.size() + 1) / 2);
  EXPECT_EQ(half.visits, evidence.members.size());
  for (Member& member : evidence.members) member.random_arm = false;
  EXPECT_EQ(test_linkage_of_irregulars(evidence, quick()).arm, Arm::everyone);
  for (std::size_t at = 0; at < evidence.members.size(); at += 5) evidence.members[at].outcome.reset();
  const LinkageTest none_marked = test_linkage_of_irregulars(evidence, quick());
  EXPECT_EQ(none_marked.arm, Arm::unknown);
  EXPECT_EQ(none_marked.known, 0U);
  EXPECT_FALSE(none_marked.statistics_met());
}

TEST(LinkageOfIrregulars, FortyOrganisedAreFoundWithTheirExhibits) {
  const LinkageTest test =
      test_linkage_of_irregulars(simulated_branch({.seed = 3, .organised = 40}), quick());
  EXPECT_TRUE(test.statistics_met()) << test.joint.js << " " << test.worst_deletion << " "
                                     << test.sensitivity.js;
  EXPECT_TRUE(test.exhibits_met());
  EXPECT_GE(test.gamma, 2);
  EXPECT_LE(test.gamma, 15);
  for (const AccountExhibit& account : test.accounts) {
    EXPECT_GE(account.households, 3U);
    for (const std::uint32_t member : account.strict) {
      EXPECT_TRUE(std::binary_search(test.linked.begin(), test.linked.end(), member));
    }
  }
  ASSERT_TRUE(test.placebo && test.absent_only && test.denied_only && test.within_recruiter &&
              test.outcome_recorded);
  EXPECT_GT(test.placebo->js, 0.005);
  EXPECT_LT(test.absent_only->js, 0.05);
  EXPECT_GT(test.pairs_total, 20U);
  EXPECT_TRUE(std::is_sorted(
      test.pairs.begin(), test.pairs.end(),
      [](const LinkedPair& a, const LinkedPair& b) { return a.shared.size() > b.shared.size(); }));
}

// A recruiter whose people go wrong at random at six times the rate of others, and who pays for most of them:
// chance links irregular members (step 1 rejects in many branches), but among his own people it links none,
// so step 5 keeps its level.
TEST(LinkageOfIrregulars, KeepingRecruitersApartIsExactForCarelessOnes) {
  constexpr int branches = 60;
  int joint = 0;
  int own_rates = 0;
  for (int branch = 0; branch < branches; ++branch) {
    const LinkageTest test = test_linkage_of_irregulars(
        simulated_branch(
            {.seed = static_cast<std::uint64_t>(700 + branch), .scattered = 0.05, .trap = 6, .response = 1}),
        {.threads = 2, .permutations = 499});
    joint += test.joint.js <= 0.01;
    own_rates += test.within_recruiter && test.within_recruiter->js <= 0.1;
    EXPECT_GT(test.top_recruiter.p, RuleL3{}.majority) << branch;
  }
  EXPECT_GE(joint, branches / 4);
  EXPECT_LE(own_rates, 6 + 3.5 * std::sqrt(branches * 0.1 * 0.9));  // six are expected at a level of .1
}

// An organiser who enrolled hardly anybody else: keeping recruiters apart leaves nothing to exchange, and
// what no carelessness explains is that nearly all of his people are irregular.
TEST(LinkageOfIrregulars, ARecruiterOfPaperMembersAloneIsFoundByTheirMajority) {
  const LinkageTest test = test_linkage_of_irregulars(
      simulated_branch({.seed = 3, .scattered = 0.05, .organised = 40, .honest_recruits = 0}), quick());
  EXPECT_LE(test.top_recruiter.p, RuleL3{}.majority);
  EXPECT_TRUE(test.own_rates_met);
  EXPECT_GT(2 * test.top_recruiter.irregular, static_cast<double>(test.top_recruiter.households));
}

TEST(LinkageOfIrregulars, OneVisitorOfEverybodyCannotBeTakenOut) {
  Evidence evidence = simulated_branch({.seed = 3, .organised = 40});
  for (Member& member : evidence.members) member.visitor = 0;
  const LinkageTest test = test_linkage_of_irregulars(evidence, quick());
  EXPECT_EQ(test.worst_deletion, 1);
  EXPECT_FALSE(test.statistics_met());
}

TEST(LinkageOfIrregulars, IsTheSameOnAnyNumberOfThreadsAndInAnyOrderOfMembers) {
  Evidence evidence = simulated_branch({.seed = 8, .scattered = 0.05, .organised = 40});
  SignalOptions options = quick();
  const LinkageTest two = test_linkage_of_irregulars(evidence, options);
  options.threads = 1;
  const LinkageTest one = test_linkage_of_irregulars(evidence, options);
  EXPECT_EQ(one.joint.sums, two.joint.sums);
  EXPECT_EQ(one.sensitivity.sums, two.sensitivity.sums);
  std::reverse(evidence.members.begin(), evidence.members.end());
  const LinkageTest reversed = test_linkage_of_irregulars(evidence, options);
  EXPECT_EQ(reversed.joint.observed, one.joint.observed);
  EXPECT_EQ(reversed.gamma, one.gamma);
}

TEST(LinkageOfIrregulars, ReportSaysWhatItNeedsAndNamesNobodyWithoutCause) {
  const Signal signal = linkage_of_irregulars_signal();
  EXPECT_EQ(signal.number, 25);
  EXPECT_TRUE(std::holds_alternative<Absent>(signal.run(Evidence{}, quick())));
  Evidence unmarked = simulated_branch({.seed = 2});
  for (std::size_t at = 0; at < unmarked.members.size(); ++at) {
    unmarked.members[at].random_arm = false;
    if (at % 2) unmarked.members[at].outcome.reset();
  }
  EXPECT_TRUE(std::holds_alternative<Absent>(signal.run(unmarked, quick())));

  const auto clean = std::get<SignalReport>(signal.run(simulated_branch({.seed = 2}), quick()));
  ASSERT_EQ(clean.findings.size(), 1U);
  EXPECT_FALSE(clean.findings[0].listed);
  EXPECT_EQ(clean.findings[0].level, 0);
  EXPECT_TRUE(clean.findings[0].members.empty());
  const auto organised =
      std::get<SignalReport>(signal.run(simulated_branch({.seed = 3, .organised = 40}), quick()));
  ASSERT_EQ(organised.listed, 1U);
  EXPECT_EQ(organised.findings[0].level, 5);
  EXPECT_FALSE(organised.findings[0].exhibits.empty());
  EXPECT_GT(organised.findings[0].expected_innocent, 0);
  for (const SignalReport* report : {&clean, &organised}) {
    for (const std::string& note : report->notes) EXPECT_FALSE(wording::forbidden_token(note)) << note;
    EXPECT_FALSE(wording::forbidden_token(report->findings[0].text)) << report->findings[0].text;
  }
}

}  // namespace
}  // namespace scrutineer::signals
