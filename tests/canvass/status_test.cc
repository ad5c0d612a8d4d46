#include "canvass/status.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "canvass/small_case.h"
#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

std::uint64_t total(const CanvassStatus& status) {
  return std::accumulate(status.answers.begin(), status.answers.end(), std::uint64_t{0}) +
         status.contradicted + status.waiting;
}

std::uint64_t doors_with(const CanvassStatus& status, Answer answer) {
  return status.answers[static_cast<std::size_t>(answer)];
}

// 100 entries, the first 30 doors of one draw.
class CanvassStatusTest : public testing::Test {
 protected:
  CanvassStatus assessed(const std::vector<Visit>& visits) {
    return assess(frame_, doors_, note_, {visits, {}});
  }
  Visit visit(std::size_t door, Answer answer, const std::string& visitor = "V1") {
    return {frame_.id(doors_[door - 1].position), answer, visitor, 0};
  }
  Frame frame_{tests::numbered_ids(100)};
  std::vector<Door> doors_ = *draw(frame_, "s", 30);
  DrawNote note_ = {1, frame_.digest(), "s", 30, {100, 20, .05}, ""};
};

TEST_F(CanvassStatusTest, BeforeAnyVisitNothingIsKnown) {
  const CanvassStatus status = assessed({});
  EXPECT_EQ(status.doors, 0U);
  EXPECT_EQ(status.waiting, 30U);
  EXPECT_EQ(status.least, 0U);
  EXPECT_EQ(status.most, 100U);
  EXPECT_EQ(status.p, 1);
  EXPECT_EQ(status.clean_needed, Certificate({100, 20}).clean_doors_needed());
  EXPECT_NE(to_text(status).find("Not certified so far"), std::string::npos);
}

TEST_F(CanvassStatusTest, CertifiesCleanDoors) {
  std::vector<Visit> visits;
  for (std::size_t door = 1; door <= 30; ++door) visits.push_back(visit(door, Answer::verified));
  const CanvassStatus status = assessed(visits);
  EXPECT_TRUE(status.reached);
  EXPECT_EQ(status.reached_at, Certificate({100, 20}).clean_doors_needed());
  EXPECT_EQ(status.clean_needed, 0U);
  EXPECT_EQ(status.least, 0U);
  EXPECT_LT(status.most, 25U);
  EXPECT_NE(to_text(status).find("Certified at a risk limit of 5 %"), std::string::npos);
  EXPECT_EQ(status.log_martingale.size(), 30U);
}

TEST_F(CanvassStatusTest, CallsAddUpToOneAnswerADoor) {
  const CanvassStatus status = assessed({
      visit(1, Answer::no_contact),
      visit(1, Answer::verified),  // a call-back
      visit(2, Answer::verified),
      visit(2, Answer::denied, "V2"),  // kept side by side
      visit(3, Answer::no_contact),
      visit(3, Answer::refused),  //
      visit(5, Answer::not_known),
      visit(5, Answer::moved),
      visit(5, Answer::moved, "V2"),  // agree
      {"nobody", Answer::verified, "V1", 0},
  });
  EXPECT_EQ(doors_with(status, Answer::verified), 1U);
  EXPECT_EQ(status.contradicted, 1U);
  EXPECT_EQ(doors_with(status, Answer::refused), 1U);
  EXPECT_EQ(doors_with(status, Answer::moved), 1U);
  EXPECT_EQ(status.waiting, 26U);
  EXPECT_EQ(status.passed_over, 1U);  // door 4
  EXPECT_EQ(status.doors, 5U);
  EXPECT_EQ(total(status), 30U);
  EXPECT_EQ(status.revisited, 2U);
  EXPECT_EQ(status.revisits_agree, 1U);
  EXPECT_EQ(status.unknown, 1U);
  ASSERT_EQ(status.visitors.size(), 2U);
  EXPECT_EQ(status.visitors[1].visitor, "V2");
  EXPECT_EQ(status.visitors[1].answers[static_cast<std::size_t>(Answer::moved)], 1U);
  const auto json = nlohmann::json::parse(to_json(status));
  EXPECT_EQ(json["answers"]["refused"], 1);
  EXPECT_EQ(json["second_visits"]["agree"], 1);
  EXPECT_EQ(json["log_martingale"].size(), 5U);
}

TEST_F(CanvassStatusTest, VisitsElsewhereTakeNoPart) {
  std::vector<Visit> visits = {visit(1, Answer::verified), visit(2, Answer::denied)};
  const CanvassStatus before = assessed(visits);
  for (std::uint64_t position = 1; position <= 100; ++position) {
    const bool drawn = std::any_of(doors_.begin(), doors_.end(),
                                   [&](const Door& door) { return door.position == position; });
    if (!drawn) visits.push_back({frame_.id(position), Answer::verified, "V3", 0});
  }
  const CanvassStatus after = assessed(visits);
  EXPECT_EQ(after.elsewhere, 70U);
  EXPECT_EQ(after.p, before.p);
  EXPECT_EQ(after.most, before.most);
  EXPECT_EQ(after.visitors.size(), 1U);
}

TEST_F(CanvassStatusTest, SilenceIsNoEvidenceAgainstAnybody) {
  std::vector<Visit> visits;
  for (std::size_t door = 1; door <= 30; ++door) visits.push_back(visit(door, Answer::no_contact));
  const CanvassStatus status = assessed(visits);
  EXPECT_TRUE(status.out_of_reach);
  EXPECT_FALSE(status.clean_needed);
  EXPECT_EQ(status.least, 0U);  // nobody is shown to be ineligible
  EXPECT_GT(status.most, 80U);  // and nobody to be eligible
  EXPECT_NE(to_text(status).find("no finding about anybody"), std::string::npos);
}

TEST_F(CanvassStatusTest, AnIdOnTwoRowsIsOnePersonAtMost) {
  const Frame frame({"A", "A", "B"});
  const auto doors = draw(frame, "s", 3);
  const CanvassStatus status = assess(frame, *doors, {1, frame.digest(), "s", 3, {3, 2, .05}, ""},
                                      {{{"A", Answer::verified, "", 0}, {"B", Answer::verified, "", 0}}, {}});
  EXPECT_EQ(status.repeated_ids, 1U);
  EXPECT_EQ(doors_with(status, Answer::verified), 2U);
  EXPECT_EQ(status.waiting, 1U);
}

// Whatever is written down, no door is lost and none counted twice.
RC_GTEST_PROP(StatusProperty, ConservesDoorsAndVisits, (std::uint64_t seed)) {
  stats::Random random(seed, "visits");
  const Frame frame(tests::numbered_ids(50));
  const auto doors = draw(frame, "s", 20);
  Visits visits;
  for (std::uint64_t i = random.below(60); i > 0; --i) {
    visits.visits.push_back({fmt::format("M{:04}", random.below(55)),
                             static_cast<Answer>(random.below(answer_count)),
                             fmt::format("V{}", random.below(3)), i});
  }
  const CanvassStatus status = assess(frame, *doors, {1, frame.digest(), "s", 20, {50, 9, .05}, ""}, visits);
  RC_ASSERT(total(status) == 20U);
  std::uint64_t by_visitor = 0;
  for (const VisitorRecord& visitor : status.visitors)
    by_visitor += std::accumulate(visitor.answers.begin(), visitor.answers.end(), std::uint64_t{0});
  RC_ASSERT(by_visitor + status.elsewhere + status.unknown == visits.visits.size());
  RC_ASSERT(status.least <= status.most);
  RC_ASSERT(status.log_martingale.size() == status.doors);
}

// The loop: draw, three rounds of calls, status after each. The certificate is right
// against the truth, bounds only draw closer as doors open, over many seeds; at the boundary it is wrong in
// at most 5 % of canvasses.
TEST(CanvassLoop, IsRightAgainstTheTruth) {
  const Frame frame(tests::numbered_ids(400));
  const int canvasses = 300;
  for (const std::uint64_t ineligible : {8U, 60U}) {
    int certified = 0, missed = 0;
    for (int canvass = 0; canvass < canvasses; ++canvass) {
      stats::Random random(3, "loop", static_cast<std::uint64_t>(canvass));
      const std::string seed = fmt::format("dice {}", canvass);
      const auto doors = draw(frame, seed, 200, 1);
      const DrawNote note = {1, frame.digest(), seed, 200, {400, 60, .05}, ""};
      Visits visits;
      std::uint64_t most = 400;
      bool ever = false;
      for (int round = 0; round < 3; ++round) {
        for (const Door& door : *doors) {
          // Which entries are ineligible has nothing to do with their tickets: the first so many.
          const bool is_ineligible = door.position <= ineligible;
          const bool answers = random.chance(is_ineligible ? .5 : .75);
          visits.visits.push_back({frame.id(door.position),
                                   !answers        ? Answer::no_contact
                                   : is_ineligible ? Answer::not_known
                                                   : Answer::verified,
                                   fmt::format("V{}", round), 0});
        }
        const CanvassStatus status = assess(frame, *doors, note, visits);
        EXPECT_LE(status.most, most);
        most = status.most;
        ever = ever || status.reached;
        if (status.least > ineligible || status.most < ineligible || status.bounds_contradicted) {
          ++missed;
          break;
        }
      }
      certified += ever ? 1 : 0;
    }
    const double error = 3 * std::sqrt(canvasses * .05 * .95);
    EXPECT_LE(missed, canvasses * .05 + error) << ineligible;
    if (ineligible < 60) {
      EXPECT_GT(certified, canvasses * .9);
    } else {
      EXPECT_LE(certified, canvasses * .05 + error);
    }
  }
}

TEST(ReadVisits, KeepsWhatItCannotRead) {
  tests::ScratchFolder scratch;
  const auto file = scratch.path() / "canvass.csv";
  tests::write_text(file,
                    "id,outcome,visited,arm,visitor\nM1,Verified,2026-06-01,random,V1\nM2,yes,,,\n"
                    "M3,NOT KNOWN,,,V2\nM4,no_contact,,random,\n");
  const auto visits = read_visits(file);
  ASSERT_TRUE(visits) << visits.error().message();
  ASSERT_EQ(visits->visits.size(), 3U);
  EXPECT_EQ(visits->visits[1].answer, Answer::not_known);
  EXPECT_EQ(visits->visits[1].visitor, "V2");
  EXPECT_EQ(visits->visits[2].line, 5U);
  ASSERT_EQ(visits->unreadable.size(), 1U);
  EXPECT_EQ(visits->unreadable[0], "line 3: outcome \"yes\"");
  tests::write_text(file, "id,visited\nM1,2026-06-01\n");
  EXPECT_FALSE(read_visits(file));
  EXPECT_FALSE(read_visits(scratch.path() / "none.csv"));
}

TEST(StatusOf, NeedsADrawOfTheSameList) {
  tests::ScratchFolder scratch;
  const auto folder = scratch.path() / "case";
  ASSERT_TRUE(tests::write_small_case(folder, tests::numbered_ids(100), {}, "20"));
  {
    auto file = store::CaseFile::open(folder, store::SqliteMode::read_write);
    EXPECT_FALSE(status_of(*file, {}));
    ASSERT_TRUE(record_draw(*file, {"s", 30, 20, .05, ""}, "2026-06-02T10:00:00Z", "A"));
    const auto status = status_of(*file, {{{"M0001", Answer::verified, "V", 0}}, {}});
    ASSERT_TRUE(status) << status.error().message();
    EXPECT_EQ(status->draw.doors, 30U);
    EXPECT_EQ(total(*status), 30U);
  }
  // The next audit takes the ledger over; with another list the draw no longer stands.
  ASSERT_TRUE(tests::write_small_case(folder, tests::numbered_ids(99), {}, "20"));
  auto file = store::CaseFile::open(folder, store::SqliteMode::read_write);
  EXPECT_FALSE(status_of(*file, {}));
  ASSERT_TRUE(record_draw(*file, {"s", 30, 20, .05, "a member left"}, "2026-06-03T10:00:00Z", "A"));
  EXPECT_EQ(status_of(*file, {})->earlier_draws, 1U);
}

}  // namespace
}  // namespace scrutineer::canvass
