#include "canvass/draw.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "base/digest.h"
#include "canvass/draw_record.h"
#include "canvass/small_case.h"
#include "support/shared_data.h"

namespace scrutineer::canvass {
namespace {

TEST(Draw, FrameIsTheDocumentedText) {
  const Frame frame({"b", "a,1", "B", "a,1", "é"});
  EXPECT_EQ(frame.text(), "scrutineer-frame-1\nB\na,1\na,1\nb\né\n");
  EXPECT_EQ(frame.digest(), sha256_hex(frame.text()));
  EXPECT_EQ(frame.id(1), "B");
  EXPECT_EQ(frame.entries(), 5U);
}

// The worked example of doc/canvass.md.
TEST(Draw, GivesTheWorkedExample) {
  const Frame frame({"B1", "A1", "A2"});
  EXPECT_EQ(frame.digest(), "db12f65d4368024d7062bd0f12cadd9f55a44fabb028f1cc3339a80343686073");
  std::vector<std::uint64_t> positions;
  const auto doors = draw(frame, "dice 5 1 3", 3);
  for (const Door& door : *doors) positions.push_back(door.position);
  EXPECT_EQ(positions, (std::vector<std::uint64_t>{2, 1, 3}));
}

// A list of each design with awkward ids.
Frame awkward_frame(Design design) {
  auto ids = tests::numbered_ids(300);
  ids.insert(ids.end(), {"Zoë \"Z\", 1", "=1+1", "M0007", "a|b", "  x"});
  if (design == Design::simple) return Frame(ids);
  std::vector<FrameEntry> entries;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    FrameEntry entry{ids[i], 1, "", 0};
    if (design == Design::weighted) entry.lots = 10 + static_cast<std::uint32_t>(i % 7 == 0 ? 9 : 0);
    if (design == Design::stratified) entry.stratum = i % 5 == 0 ? "Ward Ö" : i % 50 == 1 ? "" : "a ward";
    if (design == Design::strip_and_sample && i % 9 == 0) entry.turn = static_cast<std::uint32_t>(40 - i / 9);
    entries.push_back(entry);
  }
  return Frame(design, design == Design::strip_and_sample ? 12 : 0, entries);
}

// The short script in another language, written from the recipe, gives the same doors for every design.
TEST(Draw, AgreesWithTheOtherLanguage) {
  if (std::system("python3 -c 'import hashlib' 2> /dev/null") != 0) GTEST_SKIP() << "no python3 here";
  tests::ScratchFolder scratch;
  const std::string seed = "dice 3 1 6 6 2 | Ärger";
  for (std::size_t at = 0; at < design_count; ++at) {
    const Frame frame = awkward_frame(static_cast<Design>(at));
    for (const unsigned count : {120U, 305U}) {
      const auto doors = draw(frame, seed, count);
      ASSERT_TRUE(doors);
      std::string expected = frame.digest() + "\n";
      for (const Door& door : *doors) {
        expected += fmt::format("{} {} {} {}\n", door.number, door.position, door.revisit ? "twice" : "once",
                                frame.id(door.position));
      }
      tests::write_text(scratch.path() / "frame.txt", frame.text());
      const std::string command = fmt::format(
          "python3 '{}' '{}' '{}' {} > '{}'", tests::project_file("examples/recompute_draw.py").string(),
          (scratch.path() / "frame.txt").string(), seed, count, (scratch.path() / "out").string());
      ASSERT_EQ(std::system(command.c_str()), 0);
      EXPECT_EQ(tests::text_of(scratch.path() / "out"), expected) << to_string(frame.design());
    }
  }
}

TEST(Draw, EveryDesignDrawsEveryEntryOnceAndOnlyGrows) {
  for (std::size_t at = 0; at < design_count; ++at) {
    const Frame frame = awkward_frame(static_cast<Design>(at));
    const auto all = draw(frame, "s", frame.entries(), 1);
    std::set<std::uint64_t> positions;
    for (const Door& door : *all) positions.insert(door.position);
    EXPECT_EQ(positions.size(), frame.entries());
    const auto fewer = draw(frame, "s", 57, 2);
    for (std::size_t i = 0; i < 57; ++i) EXPECT_EQ((*fewer)[i].position, (*all)[i].position);
    const auto again = Frame::of_text(frame.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->digest(), frame.digest());
    EXPECT_EQ(again->design(), frame.design());
  }
  EXPECT_FALSE(Frame::of_text("something\n"));
  EXPECT_FALSE(Frame::of_text("scrutineer-frame-2\tweighted\t0\na\t0\t\t0\n"));
}

// Lots are chances: an entry with twice the lots is twice as often the first door.
TEST(Draw, LotsAreChances) {
  std::vector<FrameEntry> entries = {{"a", 10, "", 0}, {"b", 20, "", 0}, {"c", 10, "", 0}};
  const Frame frame(Design::weighted, 0, entries);
  int first = 0;
  for (int seed = 0; seed < 4000; ++seed)
    first += (*draw(frame, std::to_string(seed), 1, 1))[0].position == 2;
  EXPECT_NEAR(first, 2000, 4 * std::sqrt(1000));
}

TEST(Draw, StrataGetTheirShares) {
  const Frame frame = awkward_frame(Design::stratified);
  const auto doors = draw(frame, "s", 61);
  std::vector<double> taken(frame.strata().size(), 0);
  for (const Door& door : *doors) ++taken[frame.stratum(door.position)];
  for (std::size_t s = 0; s < taken.size(); ++s)
    EXPECT_NEAR(taken[s], 61. * static_cast<double>(frame.strata()[s].entries) / 305, 1);
}

RC_GTEST_PROP(Draw, IsWithoutReplacementAndOnlyGrows, (std::uint64_t seed)) {
  const Frame frame(tests::numbered_ids(*rc::gen::inRange(1, 60)));
  const std::string text = std::to_string(seed);
  const auto all = draw(frame, text, frame.entries(), 1);
  std::set<std::uint64_t> positions;
  for (const Door& door : *all) positions.insert(door.position);
  RC_ASSERT(positions.size() == frame.entries());
  const std::uint64_t some = 1 + seed % frame.entries();
  const auto fewer = draw(frame, text, some, 3);
  for (std::uint64_t i = 0; i < some; ++i) {
    RC_ASSERT((*fewer)[i].position == (*all)[i].position);
    RC_ASSERT((*fewer)[i].revisit == (*all)[i].revisit);
  }
}

// Over seeds each entry is drawn as often as any other, and a tenth are visited twice.
TEST(Draw, GivesEveryEntryTheSameChance) {
  const Frame frame(tests::numbered_ids(40));
  std::vector<int> drawn(41, 0);
  int twice = 0;
  const int seeds = 4000;
  for (int seed = 0; seed < seeds; ++seed) {
    const auto doors = draw(frame, fmt::format("seed {}", seed), 10, 1);
    for (const Door& door : *doors) {
      ++drawn[door.position];
      twice += door.revisit ? 1 : 0;
    }
  }
  double squares = 0;
  for (int position = 1; position <= 40; ++position) squares += std::pow(drawn[position] - 1000, 2) / 750;
  EXPECT_LT(squares * 39 / 40, 72.1);  // chi-squared, 39 degrees of freedom, 0.1 %
  EXPECT_NEAR(twice, 4000, 4 * 60);
}

TEST(Draw, RefusesSeedsThatCannotBePrintedAndTooManyDoors) {
  const Frame frame(tests::numbered_ids(5));
  for (const std::string& seed : {std::string(), std::string(" a"), std::string("a\n"),
                                  std::string("a\0b", 3), std::string("\xff"), std::string(501, 'a')})
    EXPECT_FALSE(draw(frame, seed, 2)) << seed;
  EXPECT_FALSE(draw(frame, "a", 0));
  EXPECT_FALSE(draw(frame, "a", 6));
  EXPECT_TRUE(draw(frame, "a", 5));
}

TEST(Draw, SheetsDoNotTellWhichDoorsAreVisitedTwice) {
  const Frame frame(tests::numbered_ids(200));
  const auto doors = draw(frame, "s", 100);
  const std::string sheet = doors_csv(frame, *doors);
  EXPECT_EQ(sheet.substr(0, 21), "door,position,member\n");
  EXPECT_EQ(std::count(sheet.begin(), sheet.end(), '\n'), 101);
  const std::string again = revisits_csv(frame, *doors);
  const auto twice = std::count_if(doors->begin(), doors->end(), [](const Door& d) { return d.revisit; });
  EXPECT_EQ(std::count(again.begin(), again.end(), '\n'), twice + 1);
}

class DrawRecord : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(tests::write_small_case(scratch_.path() / "case", tests::numbered_ids(100), {}, "20"));
  }
  store::CaseFile open() {
    return *store::CaseFile::open(scratch_.path() / "case", store::SqliteMode::read_write);
  }
  static Result<Drawn> record(store::CaseFile& file, const DrawRequest& request) {
    return record_draw(file, request, "2026-06-02T10:00:00Z", "A. Scrutineer");
  }
  tests::ScratchFolder scratch_;
};

TEST_F(DrawRecord, KeepsFrameSeedAndClaimInTheLedger) {
  auto file = open();
  ASSERT_TRUE(publish_frame(file, "2026-06-01T12:00:00Z", "A. Scrutineer"));
  ASSERT_TRUE(publish_frame(file, "2026-06-01T12:00:00Z", "A. Scrutineer"));  // says nothing new
  const auto drawn = record(file, {"dice 1 2 3", 30, 20, .05, ""});
  ASSERT_TRUE(drawn) << drawn.error().message();
  EXPECT_TRUE(drawn->recorded);
  EXPECT_TRUE(drawn->published);
  EXPECT_EQ(drawn->doors.size(), 30U);
  const auto notes = draws_in(file);
  ASSERT_TRUE(notes);
  ASSERT_EQ(notes->size(), 1U);
  EXPECT_EQ(notes->front().frame, drawn->frame.digest());
  EXPECT_EQ(notes->front().seed, "dice 1 2 3");
  EXPECT_EQ(notes->front().claim.entries, 100U);
  EXPECT_EQ(notes->front().claim.margin, 20U);
  EXPECT_EQ(notes->front().claim.risk, .05);
  EXPECT_EQ(store::entries_of(file.database())->size(), 3U);  // case-written, frame, draw
  EXPECT_TRUE(store::check_case(file)->problems.empty());
  const std::string text = recipe(*drawn, "dice 1 2 3");
  EXPECT_NE(text.find(drawn->frame.digest() + "|dice 1 2 3|P"), std::string::npos);
}

TEST_F(DrawRecord, RefusesToChooseAmongSamples) {
  auto file = open();
  const DrawRequest first = {"s", 30, 20, .05, ""};
  ASSERT_TRUE(record(file, first));
  EXPECT_FALSE(record(file, first)->recorded);  // the same again
  EXPECT_TRUE(record(file, {"s", 40, 20, .05, ""})->recorded);
  EXPECT_FALSE(record(file, {"t", 40, 20, .05, ""}));
  EXPECT_FALSE(record(file, {"s", 40, 25, .05, ""}));
  EXPECT_FALSE(record(file, {"s", 40, 20, .10, ""}));
  EXPECT_TRUE(record(file, {"t", 40, 20, .05, "the dice were thrown before the list was out"}));
  const auto notes = draws_in(file);
  ASSERT_EQ(notes->size(), 3U);
  EXPECT_EQ(notes->back().again, "the dice were thrown before the list was out");
  EXPECT_FALSE(record(file, {"t", 0, 20, .05, ""}));
  EXPECT_FALSE(record(file, {"t", 40, 101, .05, ""}));
}

// A list of another design is kept as it was drawn from: the findings may change afterwards.
TEST(DrawRecordDesigns, KeepTheListInTheCase) {
  tests::ScratchFolder scratch;
  const auto folder = scratch.path() / "case";
  ASSERT_TRUE(tests::write_small_case(folder, tests::numbered_ids(100), {"M0003", "M0007"}, "20"));
  for (const Design design : {Design::weighted, Design::strip_and_sample, Design::stratified}) {
    auto file = store::CaseFile::open(folder, store::SqliteMode::read_write);
    const FrameRequest list = {design, 12, {}};
    const auto frame = publish_frame(*file, "2026-06-01T12:00:00Z", "A", list);
    ASSERT_TRUE(frame) << frame.error().message();
    const auto drawn =
        record_draw(*file, {"s", 30, 20, .05, "another design", list}, "2026-06-02T10:00:00Z", "A");
    ASSERT_TRUE(drawn) << drawn.error().message();
    EXPECT_EQ(drawn->frame.design(), design);
    EXPECT_NE(recipe(*drawn, "s").find(drawn->frame.digest()), std::string::npos);
    EXPECT_TRUE(store::check_case(*file)->problems.empty());
  }
  // The next audit finds nothing: the list of the draw stands.
  ASSERT_TRUE(tests::write_small_case(folder, tests::numbered_ids(100), {}, "20"));
  auto file = store::CaseFile::open(folder, store::SqliteMode::read_write);
  const auto notes = draws_in(*file);
  EXPECT_EQ(notes->back().design, Design::stratified);
  const auto frame = frame_of(*file, notes->back());
  ASSERT_TRUE(frame) << frame.error().message();
  EXPECT_EQ(frame->strata().size(), 2U);
  EXPECT_EQ(frame->strata()[1].entries, 2U);
  EXPECT_EQ(
      record_draw(*file, {"s", 40, 20, .05, "", {Design::stratified, 12, {}}}, "2026-06-02T10:00:00Z", "A")
          ->frame.digest(),
      frame->digest());
}

TEST_F(DrawRecord, RefusesABodyOfAnotherKind) {
  auto file = open();
  ASSERT_TRUE(store::append(file.database(), {"2026-06-02T10:00:00Z", "B", "draw", "{\"seed\":1}"}));
  EXPECT_FALSE(draws_in(file));
}

}  // namespace
}  // namespace scrutineer::canvass
