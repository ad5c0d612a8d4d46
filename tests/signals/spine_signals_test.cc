// The signals of the spine on generated branches: what is planted is found, what is honest is not listed.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "signals/branch.h"
#include "signals/signal.h"
#include "signals/wording.h"
#include "stats/null_checks.h"
#include "stats/random.h"

namespace scrutineer::signals {
namespace {

using tests::BranchPlan;
using tests::make_branch;

std::variant<SignalReport, Absent> run(int number, const Evidence& evidence) {
  for (const Signal& signal : registry())
    if (signal.number == number) return signal.run(evidence, {.threads = 1, .permutations = 199});
  ADD_FAILURE() << "no signal " << number;
  return Absent{};
}

SignalReport report(int number, const Evidence& evidence) {
  auto result = run(number, evidence);
  if (const auto* missing = std::get_if<Absent>(&result)) {
    ADD_FAILURE() << missing->key << " needs " << missing->needs;
    return {};
  }
  return std::get<SignalReport>(std::move(result));
}

std::set<std::string> listed(const SignalReport& report) {
  std::set<std::string> keys;
  for (const Finding& finding : report.findings)
    if (finding.listed) keys.insert(finding.subject.key);
  return keys;
}

TEST(PayerHouseholds, FindsThePlantedPayersAndNobodyElse) {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const std::string& payer : listed(report(8, make_branch({.seed = seed, .planted_payers = 3})))) {
      EXPECT_TRUE(payer.starts_with("planted ")) << seed << ": " << payer;
      ++found;
    }
  }
  EXPECT_GE(found, 50U) << "of 60";
}

// What the header promises: an honest treasurer is not listed for the number of households, and an account
// whose people are on no register is, the number being the same.
TEST(PayerHouseholds, HonestTreasurersOfFourteenAndTwentyAreNotListed) {
  std::uint64_t branches_listing = 0;
  std::uint64_t found = 0;
  std::vector<double> e;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const BranchPlan honest{.seed = seed,
                            .members = 800,
                            .treasurers = 1 + static_cast<std::uint32_t>(seed % 3),
                            .treasurer_households = seed % 2 ? 14U : 20U,
                            .carers = 12};
    const SignalReport clean = report(8, make_branch(honest));
    branches_listing += clean.listed > 0 ? 1 : 0;
    for (const Finding& finding : clean.findings)
      if (finding.members.size() >= 14) e.push_back(*finding.e);
    if (seed > 60) continue;
    BranchPlan planted = honest;
    planted.planted_payers = 1;
    planted.planted_households = 14;
    found += listed(report(8, make_branch(planted))).contains("planted 0") ? 1 : 0;
  }
  EXPECT_EQ(branches_listing, 0U);
  EXPECT_GE(found, 50U) << "of 60";
  ASSERT_GE(e.size(), 300U);
  EXPECT_LT(tests::mean_of(e).value, 1.0 + 3 * tests::mean_of(e).error);
}

// The setting is the null: an account of 200 households is beyond an honest collection of 20, not of 100.
TEST(PayerHouseholds, SizeIsJudgedByTheHonestCollectionThatTheInquirySets) {
  Evidence evidence = make_branch({.treasurers = 1, .treasurer_households = 200, .carers = 0});
  const SignalReport strict = report(8, evidence);
  ASSERT_EQ(strict.findings.size(), 1U);
  EXPECT_EQ(strict.listed, 1U);
  EXPECT_FALSE(strict.findings.front().innocent.empty());
  evidence.collected_households = 100;
  EXPECT_EQ(report(8, evidence).listed, 0U);
}

// Honest payers whose number of households goes on with probability 0.45, far above the prior's quarter.
TEST(PayerHouseholds, ListsHardlyEverInABranchOfGenerousPayers) {
  int with_listed = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    stats::Random random(seed, "generous");
    Evidence evidence;
    for (std::uint32_t payer = 0; payer < 20; ++payer) {
      evidence.payers.push_back("account " + std::to_string(payer));
      std::uint32_t households = 2;
      while (random.chance(0.45)) ++households;
      for (std::uint32_t h = 0; h < households; ++h) {
        const auto number = static_cast<std::uint32_t>(evidence.members.size());
        Member member;
        member.id = "m" + std::to_string(number);
        member.address = member.household = number;
        member.payer = payer;
        evidence.members.push_back(member);
      }
    }
    with_listed += report(8, evidence).listed > 0 ? 1 : 0;
  }
  EXPECT_LE(with_listed, 4) << "of 400";
}

TEST(PayerHouseholds, NeverListsADeclaredInstitution) {
  Evidence evidence = make_branch({.planted_payers = 3});
  for (std::uint32_t code = 0; code < evidence.payers.size(); ++code)
    if (evidence.payers[code] == "planted 1") evidence.institutional_payers.push_back(code);
  EXPECT_EQ(listed(report(8, evidence)), (std::set<std::string>{"planted 0", "planted 2"}));
}

TEST(PayerHouseholds, ShowsThePaymentRows) {
  Evidence evidence = make_branch({.planted_payers = 1});
  std::uint64_t line = 1;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i)
    evidence.payments.push_back(
        {{"payments", ++line}, i, evidence.members[i].payer, Date(19100), 500, "card"});
  evidence.has_payments = true;
  const SignalReport result = report(8, evidence);
  ASSERT_TRUE(result.findings.front().listed);
  EXPECT_EQ(result.findings.front().tier, Tier::exhibit);
  for (const Exhibit& exhibit : result.findings.front().exhibits) EXPECT_EQ(exhibit.roll, "payments");
  EXPECT_EQ(result.findings.front().exhibits.size(), result.findings.front().members.size());
}

TEST(PayerHouseholds, NeverTestsAFamilyPayer) {
  Evidence evidence = make_branch({.treasurers = 0, .carers = 0});
  EXPECT_EQ(report(8, evidence).tested, 0U);
}

TEST(OffRegister, IsNoSignalWithinTheRangeAndSaysThatACountCannotTell) {
  const SignalReport result = report(1, make_branch({.off_register = 0.12}));
  EXPECT_EQ(result.listed, 0U);
  const auto group = std::find_if(result.findings.begin(), result.findings.end(),
                                  [](const Finding& f) { return f.subject.kind == "roll"; });
  ASSERT_NE(group, result.findings.end());
  EXPECT_NE(group->text.find("A count alone cannot tell"), std::string::npos);
  EXPECT_LT(*group->expected_low, *group->expected);
  EXPECT_EQ(group->members.size(), static_cast<std::size_t>(*group->observed));
}

TEST(OffRegister, GivesOneMemberNoMoreThanARecordToUpdate) {
  const SignalReport result = report(1, make_branch({.off_register = 0.3}));
  std::size_t members = 0;
  for (const Finding& finding : result.findings) {
    if (finding.subject.kind != "member") continue;
    ++members;
    EXPECT_EQ(finding.level, 1);
    EXPECT_FALSE(finding.listed);
    EXPECT_EQ(finding.tier, Tier::lead);
    EXPECT_EQ(finding.text, "Record needs updating.");
  }
  EXPECT_GT(members, 200U);
  EXPECT_GT(result.listed, 0U);  // 30 % is beyond the default range
}

TEST(NeverRegistered, NeedsSnapshotsThatSpanAYear) {
  Evidence evidence = make_branch({});
  EXPECT_EQ(report(2, evidence).listed, 0U);
  evidence.snapshots = {evidence.snapshots.back()};
  EXPECT_TRUE(std::holds_alternative<Absent>(run(2, evidence)));
}

// Stalls, the freeze week and the lawful recruiter's days are how a branch grows: none is listed.
TEST(JoinBursts, ListsNoStallDay) {
  std::uint64_t branches_listing = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Evidence evidence = make_branch({.seed = seed, .joins_elsewhere = seed % 2 == 0});
    branches_listing += report(4, evidence).listed > 0 ? 1 : 0;
  }
  EXPECT_LE(branches_listing, 1U) << "of 60";
}

TEST(JoinBursts, FindsAPlantedDayGivenJoinsElsewhere) {
  const Evidence evidence = make_branch({.stalls = false, .planted_day = 30});
  EXPECT_TRUE(listed(report(4, evidence)).contains(Date(19555).iso()));
}

TEST(JoinBursts, FindsAPlantedDayByItsOwnHistory) {
  const Evidence evidence = make_branch({.joins_elsewhere = false, .stalls = false, .planted_day = 40});
  EXPECT_TRUE(listed(report(4, evidence)).contains(Date(19555).iso()));
}

TEST(Occupancy, FindsACrowdAndNotAnAddressWrittenShort) {
  Evidence evidence = make_branch({.planted_crowd = 25});
  EXPECT_TRUE(listed(report(5, evidence)).contains("planted"));
  for (auto& address : evidence.addresses)
    if (address.key == "planted") {
      address.flat_missing = true;
      address.building_units = 20;
    }
  EXPECT_FALSE(listed(report(5, evidence)).contains("planted"));
}

TEST(RecruiterConcentration, IsContextAndNeverListed) {
  const SignalReport result = report(12, make_branch({}));
  EXPECT_EQ(result.listed, 0U);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().tier, Tier::context);
  EXPECT_EQ(result.findings.front().subject.kind, "roll");
  EXPECT_TRUE(result.findings.front().members.empty());
  EXPECT_NE(result.findings.front().text.find("energetic recruiter"), std::string::npos);
}

TEST(Duplicates, ListsAPairThatChanceWouldNotGive) {
  Evidence evidence = make_branch({});
  evidence.duplicates = {{3, 9, 0.99, 1e-6}, {4, 10, 0.7, 3.0}};
  evidence.duplicates_expected = 3.0;
  const SignalReport result = report(18, evidence);
  EXPECT_EQ(listed(result), (std::set<std::string>{"m10,m4"}));
  EXPECT_EQ(result.findings.size(), 2U);
}

}  // namespace
}  // namespace scrutineer::signals
