#include "canvass/plan.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "canvass/case_facts.h"
#include "canvass/small_case.h"

namespace scrutineer::canvass {
namespace {

PlanSettings settings_of(std::uint64_t entries, std::uint64_t margin) {
  PlanSettings settings;
  settings.claim = {entries, margin, .05};
  settings.threads = 1;
  return settings;
}

// METHODS 5.4: "true bad incl. non-response"; everybody answers here, so that it is the ineligible alone.
TEST(Plan, GivesTheDoorsOfTheWorkedExample) {
  PlanSettings settings = settings_of(1217, 182);
  settings.response = 1;
  settings.ineligible = {0, 24, 61, 97, 122, 146};
  const auto found = plan(settings);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->discovery_doors, 19U);
  EXPECT_EQ(found->clean_doors, 30U);
  const double medians[] = {30, 30, 53, 104, 221, 574};
  for (std::size_t i = 0; i < 6; ++i) {
    const Cost& cost = found->rows[i].costs[0];
    EXPECT_NEAR(static_cast<double>(*cost.median_doors), medians[i], .15 * medians[i]) << i;
    EXPECT_TRUE(cost.reachable);
    EXPECT_EQ(cost.certified, 1) << "a full canvass certifies";
    EXPECT_NEAR(cost.mean_calls, cost.mean_doors, 1e-9);
  }
}

// Non-response is the budget: at 20 % unanswered no certificate below a margin of 15 % can be had.
TEST(Plan, SaysWhereNoCertificateCanBeHad) {
  PlanSettings settings = settings_of(1217, 182);
  settings.response = 0.8;
  settings.calls = 1;
  settings.ineligible = {0};
  const auto found = plan(settings);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->rows[0].costs[0].reachable);
  EXPECT_LT(found->rows[0].costs[0].certified, .06);
  settings.calls = 3;  // call-backs make it possible
  const auto better = plan(settings);
  EXPECT_TRUE(better->rows[0].costs[0].reachable);
  EXPECT_NEAR(better->unanswered, std::pow(.2, 3), 1e-12);
  EXPECT_EQ(better->rows[0].costs[0].certified, 1);
}

// The mean number of calls of a geometric number cut off at k, by adding it up.
TEST(Plan, CountsCalls) {
  PlanSettings settings = settings_of(500, 80);
  settings.response = .4;
  settings.calls = 4;
  settings.never = .03;
  settings.ineligible = {0};
  const auto found = plan(settings);
  double mean = 0, silent = 1;
  for (int call = 1; call <= 4; ++call) {
    mean += silent;  // the call is made if the earlier ones were silent
    silent *= .6;
  }
  EXPECT_NEAR(found->calls_a_door, .97 * mean + .03 * 4, 1e-12);
  EXPECT_NEAR(found->unanswered, .03 + .97 * silent, 1e-12);
}

// With every ineligible entry among the questioned, visiting them leaves a clean rest: fewer doors than a
// sample of all, where those are many.
TEST(Plan, VisitingTheQuestionedPaysWhereSignalsInform) {
  PlanSettings settings = settings_of(20'000, 400);
  settings.response = 1;
  settings.ineligible = {300};
  settings.questioned = 350;
  settings.caught = 1;
  settings.designs = {Design::simple, Design::strip_and_sample};
  settings.pace = 1;  // all of the questioned first
  const auto found = plan(settings);
  const auto& costs = found->rows[0].costs;
  ASSERT_EQ(costs.size(), 2U);
  ASSERT_TRUE(costs[1].median_doors);
  EXPECT_LT(costs[1].mean_doors, costs[0].mean_doors / 2);
  // All the 300 are found first: what is left is to show fewer than 100 of 19,650.
  EXPECT_GE(*costs[1].median_doors, 350 + discovery_doors({19'650, 100}));
}

// At the margin itself every certificate is wrong, in either design, whatever the questioned hold.
TEST(Plan, CertifiesSeldomAtTheMargin) {
  for (const double caught : {0.0, 0.3, 1.0}) {
    PlanSettings settings = settings_of(600, 60);
    settings.response = 1;
    settings.ineligible = {60};
    settings.questioned = 80;
    settings.caught = caught;
    settings.replicates = 1000;
    const auto found = plan(settings);
    ASSERT_EQ(found->rows[0].costs.size(), design_count);
    for (const Cost& cost : found->rows[0].costs) {
      EXPECT_GE(cost.replicates, 400U);
      EXPECT_LE(cost.certified, .05 + 3 * std::sqrt(.05 * .95 / cost.replicates)) << caught;
      EXPECT_FALSE(cost.reachable);
    }
  }
}

TEST(Plan, DoesNotDependOnThreads) {
  PlanSettings settings = settings_of(3000, 200);
  settings.questioned = 100;
  settings.replicates = 60;
  const std::string one = to_json(*plan(settings));
  settings.threads = 4;
  EXPECT_EQ(to_json(*plan(settings)), one);
  const auto json = nlohmann::json::parse(one);
  EXPECT_EQ(json["rows"].size(), 20U);
  EXPECT_EQ(json["margin"], 200);
}

TEST(Plan, SaysWhereACertificateCanBeHad) {
  EXPECT_EQ(reach({1217, 182, .05}, 0).most_ineligible, 181U);
  EXPECT_EQ(reach({1217, 182, .05}, .15).most_ineligible, std::nullopt);  // 182.55 of 1,217 stay silent
  // 181 = B + (1217 - B) / 10
  EXPECT_EQ(reach({1217, 182, .05}, .10).most_ineligible, 65U);
}

TEST(Plan, DrawsAPicture) {
  PlanSettings settings = settings_of(1217, 182);
  settings.questioned = 149;
  settings.replicates = 40;
  const std::string svg = to_svg(*plan(settings));
  EXPECT_TRUE(svg.starts_with("<svg xmlns="));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  for (const char* name : {"simple", "stratified", "weighted", "strip-and-sample", "can be certified"})
    EXPECT_NE(svg.find(name), std::string::npos) << name;
}

TEST(Plan, RefusesSettingsOutOfRange) {
  const auto refused = [](auto change) {
    PlanSettings settings = settings_of(100, 20);
    change(settings);
    const auto found = plan(settings);
    return !found && found.error().category == ErrorCategory::usage;
  };
  EXPECT_TRUE(refused([](PlanSettings& s) { s.claim.margin = 0; }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.response = 0; }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.response = std::nan(""); }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.calls = 0; }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.never = 1; }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.caught = 1.5; }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.questioned = 100; }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.replicates = 0; }));
  EXPECT_TRUE(refused([](PlanSettings& s) { s.ineligible = {101}; }));
}

TEST(CaseFacts, AreReadFromTheCase) {
  tests::ScratchFolder scratch;
  const auto folder = scratch.path() / "case";
  ASSERT_TRUE(tests::write_small_case(folder, {"M2", "X9", "M1", "M10", "M1"}, {"M1", "X9"}, "3"));
  auto file = store::CaseFile::open(folder, store::SqliteMode::read_only);
  ASSERT_TRUE(file);
  const auto facts = facts_of(*file);
  ASSERT_TRUE(facts) << facts.error().message();
  EXPECT_EQ(facts->title, "A small inquiry");
  EXPECT_EQ(facts->freeze_date, "2026-05-06");
  EXPECT_EQ(facts->eligible, 4U);
  EXPECT_EQ(facts->questioned, 2U);
  EXPECT_EQ(facts->margin, 3U);
  EXPECT_EQ(*eligible_entries(*file), (std::vector<std::string>{"M1", "M1", "M10", "M2"}));
}

TEST(CaseFacts, SayWhereThereIsNoMarginOrNobody) {
  tests::ScratchFolder scratch;
  const auto folder = scratch.path() / "case";
  ASSERT_TRUE(tests::write_small_case(folder, {"X1"}, {}, "null"));
  auto file = store::CaseFile::open(folder, store::SqliteMode::read_only);
  EXPECT_FALSE(facts_of(*file)->margin);
  EXPECT_FALSE(eligible_entries(*file));
  tests::write_text(folder / "findings.json", "[1, 2");
  EXPECT_FALSE(facts_of(*file));
}

}  // namespace
}  // namespace scrutineer::canvass
