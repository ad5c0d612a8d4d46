// The other checker, written from doc/casefile.md in another language (examples/check_case.py), agrees with
// this one.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "store/sample_case.h"
#include "store/scratch_folder.h"
#include "support/shared_data.h"

namespace scrutineer::store {
namespace {

int status_of(const std::filesystem::path& folder, const std::string& head = "") {
  const std::string command = "python3 '" + tests::project_file("examples/check_case.py").string() + "' '" +
                              folder.string() + "' " + head + " > '" +
                              (folder.parent_path() / "out").string() + "'";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(OtherChecker, AgreesOnWhatHoldsAndWhatDoesNot) {
  if (std::system("python3 -c 'import sqlite3, hashlib' 2> /dev/null") != 0)
    GTEST_SKIP() << "no python3 here";
  tests::ScratchFolder scratch;
  const auto place = scratch.path() / "case";
  ASSERT_TRUE(tests::build_sample_case(place, 1));
  const auto key = SigningKey::make(scratch.path() / "key");
  auto file = CaseFile::open(place, SqliteMode::read_write);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->decide({"finding", "f1", "explained", "a family", "seen \"it\"", "A", {}},
                           "2026-05-07T09:00:00Z", &*key));
  ASSERT_TRUE(file->decide({"finding", "f1", "open", "", "no", "B", 1}, "2026-05-07T09:00:01Z"));
  const LedgerHead head = *head_of(file->database());
  EXPECT_EQ(status_of(place), 0);
  EXPECT_EQ(status_of(place, std::to_string(head.number) + " " + hex(head.hash)), 0);
  EXPECT_EQ(status_of(place, std::to_string(head.number) + " " + std::string(64, '0')), 1);

  const char* changes[] = {
      "UPDATE members SET match_probability = 0.5 WHERE number = 7",
      "DROP TRIGGER ledger_is_never_changed; UPDATE ledger SET at = '2026-05-06T10:00:01Z' WHERE number = 2",
      "DROP TRIGGER decisions_are_never_changed; UPDATE decisions SET reason = 'x' WHERE number = 1"};
  for (const char* change : changes) {
    const auto copy = scratch.path() / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(place, copy, std::filesystem::copy_options::recursive);
    auto changed = CaseFile::open(copy, SqliteMode::read_write);
    ASSERT_TRUE(changed->database().execute(change)) << change;
    EXPECT_FALSE(check_case(*changed)->problems.empty()) << change;
    EXPECT_EQ(status_of(copy), 1) << change;
  }
  // A signature of another key over the same entry.
  auto changed = CaseFile::open(place, SqliteMode::read_write);
  ASSERT_TRUE(
      changed->database().execute("DROP TRIGGER ledger_is_never_changed; UPDATE ledger SET signature = "
                                  "zeroblob(64) WHERE signature IS NOT NULL"));
  EXPECT_EQ(status_of(place), 1);
}

}  // namespace
}  // namespace scrutineer::store
