// A register carried forward by its change files.
#include "rolls/change_files.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "rolls/support.h"
#include "support/shared_data.h"

namespace scrutineer::rolls {
namespace {

using tests::read_text;
using tests::spec_of;
using tests::TemporaryFolder;
using tests::texts;
using Texts = std::vector<std::string>;

Roll register_text(const std::string& text) {
  auto roll = read_text(text, RollKind::register_);
  if (!roll) ADD_FAILURE() << roll.error().message();
  if (!roll) return {};
  roll->spec.as_of = Date::of(2025, 12, 1);
  return *std::move(roll);
}

TEST(ChangeFiles, DeriveASnapshotForEveryDate) {
  RollSpec spec = spec_of(RollKind::register_);
  spec.file = scrutineer::tests::own_data("rolls/uk_register_split.csv");
  spec.as_of = Date::of(2025, 12, 1);
  spec.changes = {scrutineer::tests::own_data("rolls/uk_register_change.csv")};
  const auto history = RegisterHistory::read(spec);
  ASSERT_TRUE(history) << history.error().message();
  EXPECT_EQ(history->dates(), (std::vector<Date>{*Date::of(2025, 12, 1), *Date::of(2026, 1, 3)}));
  EXPECT_TRUE(history->findings().empty());
  EXPECT_EQ(texts(history->snapshot(0).roll, Column::id), texts(history->base(), Column::id));
  const RegisterSnapshot after = history->snapshot(1);
  EXPECT_EQ(texts(after.roll, Column::id), (Texts{"KG1-2", "KG1-2/1", "KG1-3", "KG1-4", "KG1-5/0"}));
  EXPECT_EQ(after.from_file, (std::vector<std::uint32_t>{0, 0, 0, 0, 1}));
  EXPECT_EQ(after.roll.lines.back(), 2U);
  EXPECT_EQ(after.roll.text(Column::name, 4), "Dunmoor, Eve");
  EXPECT_EQ(after.roll.spec.as_of, Date::of(2026, 1, 3));
  EXPECT_EQ(history->applied_by(*Date::of(2026, 1, 2)), 0U);
  EXPECT_EQ(history->applied_by(*Date::of(2026, 1, 3)), 1U);
  EXPECT_FALSE(history->applied_by(*Date::of(2025, 11, 30)));
}

TEST(ChangeFiles, ContradictionsAreFindings) {
  Roll base = register_text("id,surname,postcode\nA-1,Smith,N1\nA-2,Jones,N2\nA-2,Hall,N3\n");
  Roll changes = register_text(
      "id,change,surname,postcode\nA-1,A,Smythe,\nA-9,D,X,\nA-8,M,Y,\nA-2,Q,Z,\n,D,W,\nA-7,New,Best,N7\nA-7,"
      "deleted,,\n");
  const auto history = RegisterHistory::of(std::move(base),
                                           [&] {
                                             std::vector<Roll> files;
                                             files.push_back(std::move(changes));
                                             return files;
                                           }(),
                                           {*Date::of(2026, 1, 1)});
  ASSERT_TRUE(history) << history.error().message();
  std::vector<ChangeFault> faults;
  for (const ChangeFinding& finding : history->findings()) faults.push_back(finding.fault);
  EXPECT_EQ(faults,
            (std::vector<ChangeFault>{ChangeFault::repeated_in_base, ChangeFault::added_but_there,
                                      ChangeFault::deleted_but_absent, ChangeFault::amended_but_absent,
                                      ChangeFault::unknown_change, ChangeFault::no_number}));
  EXPECT_EQ(history->findings()[2].line, 3U);
  const RegisterSnapshot after = history->snapshot(1);
  EXPECT_EQ(texts(after.roll, Column::family), (Texts{"Smythe", "Jones", "Hall"}));
  EXPECT_EQ(texts(after.roll, Column::postcode), (Texts{"N1", "N2", "N3"}));
}

TEST(ChangeFiles, RefuseWhatCannotBeApplied) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::register_);
  spec.file = folder.write("base.csv", "id,surname\nA-1,Smith\n");
  spec.as_of = Date::of(2025, 12, 1);
  spec.changes = {folder.write("2026-01.csv", "id,surname\nA-1,Smith\n")};
  EXPECT_NE(RegisterHistory::read(spec).error().message().find("no column for change"), std::string::npos);
  spec.changes = {folder.write("january.csv", "id,change,surname\nA-1,D,Smith\n")};
  EXPECT_NE(RegisterHistory::read(spec).error().message().find("has no date"), std::string::npos);
  spec.changes = {folder.write("2026-02-03.csv", "id,change,surname\nA-1,D,Smith\n"),
                  folder.write("2026-01.csv", "id,change,surname\nA-1,A,Smith\n")};
  EXPECT_NE(RegisterHistory::read(spec).error().message().find("is not after 2026-02-03"), std::string::npos);
  spec.as_of.reset();
  EXPECT_NE(RegisterHistory::read(spec).error().message().find("as_of"), std::string::npos);
}

TEST(ChangeFiles, NumbersAreComparedInOneForm) {
  EXPECT_EQ(elector_key("kg1-0005/0"), "KG1-5");
  EXPECT_EQ(elector_key(" KG1 - 5 "), "KG1-5");
  EXPECT_EQ(elector_key("KG10-50/1"), "KG10-50/1");
  EXPECT_EQ(elector_key("00120"), "120");
  EXPECT_EQ(elector_key(""), "");
  EXPECT_EQ(change_kind("A"), ChangeKind::added);
  EXPECT_EQ(change_kind("Deletion"), ChangeKind::deleted);
  EXPECT_EQ(change_kind(" amended "), ChangeKind::amended);
  EXPECT_FALSE(change_kind("x"));
}

// Random changes against a map that is changed along: every snapshot holds the map's people.
RC_GTEST_PROP(ChangeFilesProperty, SnapshotsAreWhatAMapWouldHold, ()) {
  std::map<int, std::string> people = {{1, "s1"}, {2, "s2"}, {3, "s3"}};
  std::vector<Roll> files;
  std::vector<Date> dates;
  std::vector<std::map<int, std::string>> expected = {people};
  const int months = *rc::gen::inRange(1, 4);
  for (int month = 1; month <= months; ++month) {
    std::string text = "id,change,surname\n";
    const int changes = *rc::gen::inRange(1, 8);
    for (int change = 0; change < changes; ++change) {
      const int who = *rc::gen::inRange(1, 7);
      const char kind = *rc::gen::element('A', 'M', 'D');
      const std::string name = "n" + std::to_string(month) + std::to_string(change);
      text += "A-" + std::to_string(who) + "," + kind + "," + name + "\n";
      if (kind == 'D') people.erase(who);
      if (kind == 'A' || (kind == 'M' && people.contains(who))) people[who] = name;
    }
    files.push_back(register_text(text));
    dates.push_back(*Date::of(2026, month, 1));
    expected.push_back(people);
  }
  Roll base = register_text("id,surname\nA-1,s1\nA-2,s2\nA-3,s3\n");
  const auto history = RegisterHistory::of(std::move(base), std::move(files), dates);
  RC_ASSERT(history.has_value());
  for (std::size_t at = 0; at < expected.size(); ++at) {
    const RegisterSnapshot snapshot = history->snapshot(at);
    std::map<int, std::string> got;
    for (std::size_t row = 0; row < snapshot.roll.rows(); ++row) {
      got[std::stoi(std::string(snapshot.roll.text(Column::id, row).substr(2)))] =
          std::string(snapshot.roll.text(Column::family, row));
    }
    RC_ASSERT(got == expected[at]);
    RC_ASSERT(snapshot.roll.rows() == expected[at].size());
  }
}

}  // namespace
}  // namespace scrutineer::rolls
