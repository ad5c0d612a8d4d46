#include "store/case_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "store/bulk_tables.h"
#include "store/case_schema.h"
#include "store/sample_case.h"
#include "store/scratch_folder.h"

namespace scrutineer::store {
namespace {

namespace fs = std::filesystem;
using tests::build_sample_case;
using tests::noted;
using tests::ScratchFolder;

CaseFile opened(const fs::path& folder, SqliteMode mode = SqliteMode::read_write) {
  auto file = CaseFile::open(folder, mode);
  EXPECT_TRUE(file) << file.error().message();
  return *std::move(file);
}

std::string problems_of(CaseFile& file) {
  const auto check = check_case(file);
  if (!check) return check.error().message();
  std::string all;
  for (const std::string& problem : check->problems) all += problem + "\n";
  return all;
}

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(CaseFile, IsWrittenWholeAndReadBack) {
  ScratchFolder folder;
  const auto place = folder.path() / "deep" / "case";
  ASSERT_TRUE(build_sample_case(place, 1));
  CaseFile file = opened(place, SqliteMode::read_only);
  EXPECT_EQ(problems_of(file), "");
  EXPECT_EQ(*file.database().integer("SELECT count(*) FROM members"), 300);
  EXPECT_EQ(*file.database().integer("SELECT count(*) FROM member_timeline"), 600);
  EXPECT_EQ(*file.database().integer("SELECT count(*) FROM exhibits"), 40);
  EXPECT_EQ(entries_in(place.parent_path()), 1U);  // no lock, nothing half-built
  EXPECT_TRUE(fs::exists(place / "report.html"));
  EXPECT_EQ(fs::status(place).permissions() & fs::perms::others_all, fs::perms::none);
}

TEST(CaseFile, WithoutFinishThereNeverWasOne) {
  ScratchFolder folder;
  {
    auto builder = CaseBuilder::begin(folder.path() / "case");
    ASSERT_TRUE(builder);
    EXPECT_EQ(entries_in(folder.path()), 2U);  // lock and building
  }
  EXPECT_EQ(entries_in(folder.path()), 0U);
}

TEST(CaseFile, NothingButACaseIsReplaced) {
  ScratchFolder folder;
  const auto precious = folder.path() / "documents";
  fs::create_directory(precious);
  std::ofstream(precious / "thesis.txt") << "years of work";
  const auto refused = CaseBuilder::begin(precious);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().category, ErrorCategory::refused_input);
  std::ofstream(precious / "case.sqlite") << "not a database at all";
  EXPECT_FALSE(CaseBuilder::begin(precious));
  EXPECT_TRUE(fs::exists(precious / "thesis.txt"));
  EXPECT_FALSE(CaseBuilder::begin(precious / "thesis.txt"));
  EXPECT_FALSE(CaseBuilder::begin("/"));
  EXPECT_FALSE(CaseBuilder::begin(""));
  EXPECT_FALSE(CaseBuilder::begin("/proc/nowhere/case"));
  fs::create_directory(folder.path() / "empty");
  EXPECT_TRUE(build_sample_case(folder.path() / "empty/", 1));
  fs::create_directory_symlink(folder.path() / "empty", folder.path() / "link");
  EXPECT_TRUE(build_sample_case(folder.path() / "link", 2));
  EXPECT_TRUE(fs::is_symlink(folder.path() / "link"));
}

TEST(CaseFile, TwoAuditsAtOnceAreRefused) {
  ScratchFolder folder;
  auto first = CaseBuilder::begin(folder.path() / "case");
  ASSERT_TRUE(first);
  const auto second = CaseBuilder::begin(folder.path() / "case");
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().what.find("another run"), std::string::npos);
  EXPECT_TRUE(CaseBuilder::begin(folder.path() / "other"));
  { auto given_up = std::move(first); }
  EXPECT_TRUE(CaseBuilder::begin(folder.path() / "case"));
}

TEST(CaseFile, TheSameContentGivesTheSameDigests) {
  ScratchFolder folder;
  ASSERT_TRUE(build_sample_case(folder.path() / "a", 7));
  ASSERT_TRUE(build_sample_case(folder.path() / "b", 7));
  ASSERT_TRUE(build_sample_case(folder.path() / "c", 8));
  CaseFile a = opened(folder.path() / "a");
  CaseFile b = opened(folder.path() / "b");
  CaseFile c = opened(folder.path() / "c");
  // Each case has a salt of its own; with one salt the same content gives the same digests.
  EXPECT_NE(*table_digests(a.database()), *table_digests(b.database()));
  const CaseSecrets one = *secrets_of(a.database());
  ASSERT_TRUE(keep_secrets(b.database(), one));
  ASSERT_TRUE(keep_secrets(c.database(), one));
  EXPECT_EQ(*table_digests(a.database()), *table_digests(b.database()));
  EXPECT_NE(*table_digests(a.database()), *table_digests(c.database()));
  EXPECT_EQ(table_digests(a.database())->size(), result_tables().size());
}

TEST(CaseFile, LedgerAndDecisionsGoOnInTheNextCase) {
  ScratchFolder folder;
  const auto place = folder.path() / "case";
  ASSERT_TRUE(build_sample_case(place, 1));
  {
    CaseFile file = opened(place);
    EXPECT_EQ(*file.decide({"finding", "f1", "explained", "a family", "seen the tenancy", "A", {}},
                           "2026-05-07T09:00:00Z"),
              1);
    EXPECT_EQ(*file.decide({"finding", "f1", "open", "", "the tenancy was another's", "B", 1},
                           "2026-05-07T10:00:00Z"),
              2);
    EXPECT_FALSE(file.decide({"finding", "f1", "upheld", "", " ", "B", {}}, "2026-05-07T10:00:00Z"));
    EXPECT_FALSE(file.decide({"finding", "f1", "executed", "", "x", "B", {}}, "2026-05-07T10:00:00Z"));
    EXPECT_EQ(problems_of(file), "");
  }
  std::ofstream(place / "my notes.txt") << "kept";
  std::ofstream(place / "my report.html") << "kept";
  fs::create_directories(place / "letters" / "sent");
  ASSERT_TRUE(build_sample_case(place, 2));
  CaseFile file = opened(place);
  EXPECT_EQ(problems_of(file), "");
  EXPECT_EQ(file.decisions()->size(), 2U);
  EXPECT_EQ(file.decisions()->at(1).reason, "the tenancy was another's");
  EXPECT_EQ(*file.database().integer("SELECT count(*) FROM ledger WHERE kind = 'case-written'"), 2);
  EXPECT_TRUE(fs::exists(place / "my notes.txt"));
  EXPECT_TRUE(fs::exists(place / "letters" / "sent"));
  EXPECT_FALSE(file.database().execute("DELETE FROM decisions"));
  EXPECT_FALSE(file.database().execute("UPDATE decisions SET reason = 'x'"));
}

TEST(CaseFile, AReviewerLearnsThatTheCaseWasReplaced) {
  ScratchFolder folder;
  const auto place = folder.path() / "case";
  ASSERT_TRUE(build_sample_case(place, 1));
  CaseFile reviewer = opened(place);
  ASSERT_TRUE(reviewer.decide({"member", "m1", "open", "", "first", "A", {}}, "2026-05-07T09:00:00Z"));
  ASSERT_TRUE(build_sample_case(place, 2));
  {
    auto writing = reviewer.begin_writing();
    ASSERT_TRUE(writing) << writing.error().message();
    EXPECT_TRUE(writing->replaced);
  }
  ASSERT_TRUE(reviewer.decide({"member", "m1", "open", "", "second", "A", {}}, "2026-05-07T09:00:00Z"));
  CaseFile fresh = opened(place);
  EXPECT_EQ(fresh.decisions()->size(), 2U);
  EXPECT_EQ(problems_of(fresh), "");
}

TEST(CaseFile, ConservationIsAConstraint) {
  ScratchFolder folder;
  auto builder = CaseBuilder::begin(folder.path() / "case");
  RollRow roll;
  roll.name = "members";
  roll.physical_records = 10;
  roll.rows = 8;
  roll.header_records = 1;
  EXPECT_FALSE(builder->add(roll));
  roll.rejected = 1;
  EXPECT_TRUE(builder->add(roll));
  EXPECT_FALSE(builder->add(RejectRow{"another", 1, 1, "", "", 0}));  // of a roll that there is not
  EXPECT_TRUE(builder->add(RejectRow{"members", 1, 1, "r", "t\xFF", 2}));
}

TEST(CaseFile, ChangedTablesAndFilesAreSeen) {
  const char* changes[] = {
      "UPDATE findings SET listed = 1 - listed WHERE id = 'f3'",
      "UPDATE findings SET p = p + 1e-15 WHERE id = 'f3'",
      "UPDATE members SET household = household || ' ' WHERE number = 12",
      "DELETE FROM exhibits WHERE finding = 'f2' AND position = 1",
      "INSERT INTO finding_explanations VALUES ('f1', 99, 'x')",
      "UPDATE settings SET value = '2' WHERE name = 'inquiry.seed'",
      "UPDATE files SET sha256 = replace(sha256, 'a', 'b')",
      "DELETE FROM files",
      "DROP TRIGGER decisions_are_never_changed; UPDATE decisions SET reason = 'another'",
      "DROP TRIGGER decisions_are_never_removed; DELETE FROM decisions",
      "DROP TRIGGER ledger_is_never_changed; UPDATE ledger SET body = '{}' WHERE kind = 'case-written'",
  };
  for (const char* change : changes) {
    ScratchFolder folder;
    ASSERT_TRUE(build_sample_case(folder.path() / "case", 1));
    CaseFile file = opened(folder.path() / "case");
    ASSERT_TRUE(file.decide({"finding", "f1", "upheld", "", "reason", "A", {}}, "2026-05-07T09:00:00Z"));
    EXPECT_EQ(problems_of(file), "");
    const auto changed = file.database().execute(change);
    ASSERT_TRUE(changed) << change << changed.error().message();
    EXPECT_NE(problems_of(file), "") << change;
  }
  ScratchFolder folder;
  ASSERT_TRUE(build_sample_case(folder.path() / "case", 1));
  CaseFile file = opened(folder.path() / "case");
  std::ofstream(folder.path() / "case" / "report.html", std::ios::app) << " ";
  EXPECT_EQ(problems_of(file), "the file report.html was changed\n");
  fs::remove(folder.path() / "case" / "report.html");
  EXPECT_EQ(problems_of(file), "the file report.html is missing\n");
}

// Whichever byte of the file is changed: the case is refused, or the check says so, or what it holds is
// unchanged.
TEST(CaseFile, AnyChangedByteOfTheFileIsSeenOrChangesNothing) {
  ScratchFolder folder;
  const auto place = folder.path() / "case";
  ASSERT_TRUE(build_sample_case(place, 1, 20));
  std::ostringstream whole;
  whole << std::ifstream(place / "case.sqlite", std::ios::binary).rdbuf();
  const std::string bytes = whole.str();
  CaseFile untouched = opened(place, SqliteMode::read_only);
  const auto digests = *table_digests(untouched.database());
  std::size_t seen = 0;
  std::size_t tried = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 331) {
    const auto copy = folder.path() / "copy";
    fs::remove_all(copy);
    fs::copy(place, copy, fs::copy_options::recursive);
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x11);
    std::ofstream(copy / "case.sqlite", std::ios::binary | std::ios::trunc) << changed;
    ++tried;
    auto file = CaseFile::open(copy, SqliteMode::read_only);
    if (!file || problems_of(*file) != "") {
      ++seen;
      continue;
    }
    ASSERT_EQ(*table_digests(file->database()), digests) << at;
    ASSERT_EQ(*file->database().integer("SELECT count(*) FROM ledger"), 3) << at;
  }
  EXPECT_GT(seen, tried / 20);
}

TEST(CaseFile, OtherVersionsAndOtherFilesAreRefused) {
  ScratchFolder folder;
  EXPECT_FALSE(CaseFile::open(folder.path() / "absent", SqliteMode::read_only));
  EXPECT_FALSE(CaseFile::open(folder.path(), SqliteMode::read_only));
  ASSERT_TRUE(build_sample_case(folder.path() / "case", 1));
  {
    CaseFile file = opened(folder.path() / "case");
    ASSERT_TRUE(file.database().execute("PRAGMA user_version = 99"));
  }
  const auto other = CaseFile::open(folder.path() / "case", SqliteMode::read_only);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().category, ErrorCategory::refused_input);
  EXPECT_FALSE(CaseBuilder::begin(folder.path() / "case"));
}

TEST(BulkTables, LinksComeBack) {
  ScratchFolder folder;
  auto duck = Duck::open({.threads = 2});
  const std::vector<LinkRow> links = {{0, 1, 17, 12345, 0.9998, 0}, {5, 0, 3, -200, 0.46, 1}};
  const std::vector<std::string> rolls = {"register-2025", "register-2026"};
  const std::vector<std::string> relations = {"same-dwelling", "other-address"};
  ASSERT_TRUE(write_links(*duck, folder.path() / "links.parquet", links, rolls, relations));
  auto scan = duck->scan(Relation::parquet(folder.path() / "links.parquet"));
  ASSERT_TRUE(*scan->next());
  EXPECT_EQ(scan->columns(),
            (std::vector<std::string>{"member", "roll", "line", "weight", "probability", "relation"}));
  EXPECT_EQ(scan->chunk().rows(), 2U);
  EXPECT_EQ(scan->chunk().text(1, 0), "register-2026");
  EXPECT_EQ(scan->chunk().text(3, 1), "-200");
}

}  // namespace
}  // namespace scrutineer::store
