#include "canvass/record.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "canvass/outcome_file.h"
#include "canvass/small_case.h"
#include "canvass/transcripts.h"
#include "rolls/xlsx_writer.h"
#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

const Recorder by_a = {"2026-06-10T10:00:00Z", "A. Scrutineer"};

class Record : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(tests::write_small_case(folder(), tests::numbered_ids(40), {}, "5")); }
  std::filesystem::path folder() const { return scratch_.path() / "case"; }
  store::CaseFile open() { return *store::CaseFile::open(folder(), store::SqliteMode::read_write); }
  Result<Recorded> record_text(store::CaseFile& file, const std::string& text) {
    tests::write_text(scratch_.path() / "visits.csv", text);
    auto read = read_outcomes(scratch_.path() / "visits.csv");
    if (!read) return std::unexpected(read.error());
    return record(file, read->batch, by_a);
  }
  tests::ScratchFolder scratch_;
};

OutcomeRow row_of(const std::string& member, Answer outcome) {
  OutcomeRow row;
  row.member = member;
  row.outcome = outcome;
  return row;
}

TEST_F(Record, KeepsOneRowWithEverythingInIt) {
  auto file = open();
  OutcomeRow row = row_of("M0003", Answer::verified);
  row.visited_at = "2026-06-09T18:40";
  row.interviewer = "V1";
  row.second_interviewer = "V2";
  row.attempt = 2;
  row.language = "Polish";
  row.consent = "yes";
  row.statements = {{"who-paid", "", Basis::first_hand, "the member", "I paid.\nBy card, \"myself\"; =1+1"},
                    {"lives-here", "M0004", Basis::about_relative, "the member", "My brother lives here"}};
  EXPECT_EQ(*record(file, row, by_a), 1);
  const auto rows = recorded_rows(file);
  ASSERT_TRUE(rows) << rows.error().message();
  ASSERT_EQ(rows->size(), 1U);
  const RecordedRow& kept = rows->front();
  EXPECT_EQ(kept.row.visited_at, row.visited_at);
  EXPECT_EQ(kept.row.second_interviewer, "V2");
  EXPECT_EQ(kept.row.attempt, 2U);
  EXPECT_EQ(kept.source, "review");
  ASSERT_EQ(kept.row.statements.size(), 2U);
  EXPECT_EQ(kept.row.statements[0].words, row.statements[0].words);
  EXPECT_EQ(statements_about(*rows, "M0004").size(), 1U);
  EXPECT_TRUE(check_records(file)->empty());
  EXPECT_TRUE(store::check_case(file)->problems.empty());
}

TEST_F(Record, RefusesWhatCannotBeKeptAndWritesNothing) {
  auto file = open();
  const auto refuses = [&](const std::function<void(OutcomeRow&)>& spoil) {
    OutcomeRow row = row_of("M0001", Answer::verified);
    spoil(row);
    return !record(file, row, by_a);
  };
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.member = "nobody"; }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.member = " "; }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.visited_at = "2026-02-30"; }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.visited_at = "2026-06-01T25:00"; }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.interviewer = r.second_interviewer = "V1"; }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.consent = "perhaps"; }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) {
    r.corrects = 1;
    r.reason = "why";
  }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.statements.push_back({"age", "", {}, "", "x"}); }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.statements.push_back({"signed", "", {}, "", " "}); }));
  EXPECT_TRUE(refuses([](OutcomeRow& r) { r.language = "a\x01"; }));
  EXPECT_TRUE(recorded_rows(file)->empty());
  EXPECT_EQ(store::entries_of(file.database())->size(), 1U);  // case-written alone
}

TEST_F(Record, CorrectsByNewRowsAlone) {
  auto file = open();
  ASSERT_EQ(*record(file, row_of("M0001", Answer::denied), by_a), 1);
  OutcomeRow better = row_of("M0002", Answer::denied);  // the wrong flat
  better.corrects = 1;
  EXPECT_FALSE(record(file, better, by_a));  // without a reason
  better.reason = "was flat 2";
  ASSERT_EQ(*record(file, better, by_a), 2);
  EXPECT_FALSE(record(file, better, by_a));  // row 1 was corrected already
  better.corrects = 2;
  better.outcome = Answer::verified;
  EXPECT_EQ(*record(file, better, by_a), 3);
  const auto rows = recorded_rows(file);
  EXPECT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[0].corrected_by, 2);
  EXPECT_EQ((*rows)[1].corrected_by, 3);
  const Visits visits = *visits_of(file);
  ASSERT_EQ(visits.visits.size(), 1U);
  EXPECT_EQ(visits.visits[0].answer, Answer::verified);
  EXPECT_FALSE(file.database().execute("UPDATE canvass_outcomes SET outcome = 'denied' WHERE number = 3"));
  EXPECT_FALSE(file.database().execute("DELETE FROM canvass_outcomes"));
}

TEST_F(Record, AGrowingFileMayBeGivenAgain) {
  auto file = open();
  const std::string head = "id,outcome,visited,time,visitor,attempts,who-paid,speaker,basis,colour\n";
  const std::string monday =
      "M0001,verified,14/06/2026,18:40,V1,1,\"I did, by card\",the member,first hand,red\n"
      "M0002,no contact,14/06/2026,,V1,1,,,,\n"
      "M0002,no contact,14/06/2026,,V1,1,,,,\n"  // alike: two calls not told apart
      "M0003,maybe,14/06/2026,,V1,1,,,,\n"
      "nobody,verified,14/06/2026,,V1,1,,,,\n";
  auto first = record_text(file, head + monday);
  ASSERT_TRUE(first) << first.error().message();
  EXPECT_EQ(first->added, 3U);
  ASSERT_EQ(first->rejects.size(), 2U);
  EXPECT_NE(first->rejects[1].reason.find("maybe"), std::string::npos);
  const auto again = record_text(file, head + monday + "M0002,verified,15/06/2026,,V2,2,,,,\n");
  EXPECT_EQ(again->added, 1U);
  EXPECT_EQ(again->already, 5U);
  EXPECT_TRUE(again->rejects.empty());
  const auto rows = recorded_rows(file);
  ASSERT_EQ(rows->size(), 4U);
  EXPECT_EQ((*rows)[0].row.visited_at, "2026-06-14T18:40");
  ASSERT_EQ((*rows)[0].row.statements.size(), 1U);
  EXPECT_EQ((*rows)[0].row.statements[0].question, "who-paid");
  EXPECT_EQ((*rows)[0].row.statements[0].basis, Basis::first_hand);
  EXPECT_EQ(recorded_rejects(file)->size(), 2U);
  EXPECT_EQ(visits_of(file)->unreadable.size(), 2U);
  EXPECT_TRUE(check_records(file)->empty());
}

TEST_F(Record, TakesBackAFormThatIsFilledInPart) {
  auto file = open();
  tests::write_text(scratch_.path() / "form.csv",
                    "sheet,name," + outcome_form_header() +
                        "1,Ann,M0001,,,,,,,,,,,,,,,,,,,,,,\n"
                        "1,Ben,M0002,verified,2026-06-14,18:40,V1,V2,1,English,yes,the "
                        "member,first-hand,since 2019,,,,,,,,,,,\n");
  const auto read = read_outcomes(scratch_.path() / "form.csv");
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->unfilled, 1U);
  EXPECT_TRUE(read->batch.rejects.empty());
  ASSERT_EQ(read->batch.rows.size(), 1U);
  EXPECT_EQ(read->batch.rows[0].row.second_interviewer, "V2");
  EXPECT_EQ(read->batch.rows[0].row.statements.size(), 1U);
  EXPECT_TRUE(record(file, read->batch, by_a));
}

TEST_F(Record, ReadsSpreadsheets) {
  const auto path = scratch_.path() / "visits.xlsx";
  using rolls::tests::text_row;
  rolls::tests::WorkbookParts book;
  book.sheets = {
      {"visits", "<sheetData>" +
                     text_row(1, {"id", "outcome", "visited", "attempts", "Second visitor", "signed"}) +
                     text_row(2, {"M0007", "Not known", "2026-06-14", "3", "V2", "“No, never” – Zoë"}) +
                     "</sheetData>"}};
  rolls::tests::write_workbook(path, book);
  auto file = open();
  const auto read = read_outcomes(path);
  ASSERT_TRUE(read) << read.error().message();
  ASSERT_TRUE(record(file, read->batch, by_a));
  const auto rows = recorded_rows(file);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ((*rows)[0].row.outcome, Answer::not_known);
  EXPECT_EQ((*rows)[0].row.attempt, 3U);
  EXPECT_EQ((*rows)[0].row.second_interviewer, "V2");
  ASSERT_EQ((*rows)[0].row.statements.size(), 1U);
  EXPECT_EQ((*rows)[0].row.statements[0].words, "“No, never” – Zoë");
}

TEST_F(Record, KeepsContradictionsSideBySide) {
  auto file = open();
  OutcomeRow row = row_of("M0001", Answer::verified);
  row.statements = {{"signed", "", Basis::first_hand, "the member", "Yes, I signed it"}};
  ASSERT_TRUE(record(file, row, by_a));
  row = row_of("M0002", Answer::verified);
  row.statements = {{"signed", "M0001", Basis::about_relative, "a brother", "He signed nothing"}};
  ASSERT_TRUE(record(file, row, by_a));
  const auto said = statements_about(*recorded_rows(file), "M0001");
  ASSERT_EQ(said.size(), 2U);
  EXPECT_EQ(said[0].statement.words, "Yes, I signed it");
  EXPECT_EQ(said[1].member, "M0002");
}

TEST_F(Record, GoesWithTheLedgerIntoTheNextCase) {
  {
    auto file = open();
    OutcomeRow row = row_of("M0001", Answer::verified);
    row.statements = {{"signed", "", Basis::first_hand, "the member", "It's \"mine\" – d'accord"}};
    for (int i = 0; i < 12; ++i) ASSERT_TRUE(record(file, row, by_a));
    ASSERT_TRUE(attach_transcript(file, "M0002", "AG: Hello\nMr X: Hello", "t.txt", by_a));
  }
  ASSERT_TRUE(tests::write_small_case(folder(), tests::numbered_ids(40), {}, "5"));
  auto file = open();
  const auto rows = recorded_rows(file);
  ASSERT_EQ(rows->size(), 12U);
  EXPECT_EQ((*rows)[11].row.statements[0].words, "It's \"mine\" – d'accord");
  EXPECT_EQ(transcripts(file)->size(), 1U);
  EXPECT_TRUE(check_records(file)->empty());
  EXPECT_EQ(*record(file, row_of("M0001", Answer::moved), by_a), 13);
  EXPECT_FALSE(file.database().execute("DELETE FROM canvass_outcomes"));
}

TEST_F(Record, SeesAChangeBehindItsBack) {
  auto file = open();
  ASSERT_TRUE(record(file, row_of("M0001", Answer::verified), by_a));
  ASSERT_TRUE(file.database().execute(
      "DROP TRIGGER canvass_outcomes_are_never_changed; UPDATE canvass_outcomes SET outcome = 'denied'"));
  EXPECT_EQ(check_records(file)->size(), 1U);
}

// Whatever is recorded in whichever instalments, the rows are those of the file, once each.
TEST(RecordProperty, InstalmentsAddUp) {
  tests::ScratchFolder scratch;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto folder = scratch.path() / std::to_string(seed);
    ASSERT_TRUE(tests::write_small_case(folder, tests::numbered_ids(5), {}, "2"));
    auto file = store::CaseFile::open(folder, store::SqliteMode::read_write);
    stats::Random random(seed, "instalments");
    Batch batch{"visits.csv", {}, {}};
    for (int instalment = 0; instalment < 3; ++instalment) {
      for (std::uint64_t i = random.below(6); i > 0; --i) {
        OutcomeRow row = row_of(fmt::format("M{:04}", 1 + random.below(6)),  // M0006 is on no roll
                                static_cast<Answer>(random.below(answer_count)));
        row.attempt = static_cast<unsigned>(random.below(2));
        batch.rows.push_back({batch.rows.size() + 2, row});
      }
      ASSERT_TRUE(record(*file, batch, by_a));
    }
    const auto unknown = std::count_if(batch.rows.begin(), batch.rows.end(),
                                       [](const SourceRow& row) { return row.row.member == "M0006"; });
    EXPECT_EQ(recorded_rows(*file)->size() + static_cast<std::size_t>(unknown), batch.rows.size());
    EXPECT_EQ(recorded_rejects(*file)->size(), static_cast<std::size_t>(unknown));
    EXPECT_TRUE(check_records(*file)->empty());
  }
}

TEST(Transcripts, AreReadAsTurns) {
  const auto turns = turns_of(
      "\xef\xbb\xbf"
      "AG: Does he live here?\r\nMr X: He is my son: yes.\n(pause)\nAG:\n");
  ASSERT_EQ(turns.size(), 4U);
  EXPECT_EQ(turns[0].speaker, "AG");
  EXPECT_EQ(turns[1].words, "He is my son: yes.");
  EXPECT_EQ(turns[2].speaker, "");
  EXPECT_EQ(turns[2].words, "(pause)");
  EXPECT_EQ(turns[3].words, "");
}

TEST_F(Record, TranscriptsAreMarkedByPeople) {
  auto file = open();
  EXPECT_FALSE(attach_transcript(file, "nobody", "AG: x", "t.txt", by_a));
  EXPECT_FALSE(attach_transcript(file, "M0001", " \n", "t.txt", by_a));
  EXPECT_FALSE(attach_transcript(file, "M0001", "a\x01", "t.txt", by_a));
  const std::string text = "AG: Did you sign?\nMr X: I signed nothing.\nMr X: My uncle did.\n";
  ASSERT_EQ(*attach_transcript(file, "M0001", text, "t.txt", by_a), 1);
  EXPECT_EQ(*attach_transcript(file, "M0001", text, "t.txt", by_a), 1);
  EXPECT_EQ(*mark_lines(file, {0, 1, 2, 3, "signed", Basis::first_hand, ""}, by_a), 1);
  EXPECT_FALSE(mark_lines(file, {0, 1, 2, 4, "signed", Basis::first_hand, ""}, by_a));
  EXPECT_FALSE(mark_lines(file, {0, 1, 3, 2, "signed", Basis::first_hand, ""}, by_a));
  EXPECT_FALSE(mark_lines(file, {0, 2, 1, 1, "signed", Basis::first_hand, ""}, by_a));
  EXPECT_FALSE(mark_lines(file, {0, 1, 1, 1, "guilty", Basis::first_hand, ""}, by_a));
  const auto found = transcripts(file, "M0001");
  ASSERT_EQ(found->size(), 1U);
  ASSERT_EQ(found->front().marks.size(), 1U);
  EXPECT_EQ(found->front().marks[0].marked_by, "A. Scrutineer");
  EXPECT_TRUE(transcripts(file, "M0002")->empty());
  EXPECT_TRUE(store::check_case(file)->problems.empty());
}

}  // namespace
}  // namespace scrutineer::canvass
