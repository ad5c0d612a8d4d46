// The layouts of FORMATS.md, each on a small file of invented people.
#include "rolls/layouts.h"

#include <gtest/gtest.h>

#include "rolls/header_names.h"
#include "rolls/read_roll.h"
#include "rolls/support.h"
#include "support/shared_data.h"

namespace scrutineer::rolls {
namespace {

using tests::spec_of;
using tests::texts;
using Texts = std::vector<std::string>;

Roll read_sample(const std::string& name, RollKind kind = RollKind::register_) {
  RollSpec spec = spec_of(kind);
  spec.file = scrutineer::tests::own_data("rolls/" + name);
  auto roll = read_roll(spec);
  if (!roll) ADD_FAILURE() << roll.error().message();
  return roll ? *std::move(roll) : Roll();
}

bool noted(const Roll& roll, std::string_view text) {
  return std::any_of(roll.recognition.notes.begin(), roll.recognition.notes.end(),
                     [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

TEST(Layouts, UkRegisterWithSplitNames) {
  const Roll roll = read_sample("uk_register_split.csv");
  EXPECT_EQ(roll.recognition.layout, "UK register export (split names)");
  EXPECT_EQ(texts(roll, Column::id), (Texts{"KG1-1", "KG1-2", "KG1-2/1", "KG1-3", "KG1-4"}));
  EXPECT_EQ(roll.text(Column::given, 0), "Ann Mary");
  EXPECT_EQ(roll.text(Column::family, 1), "Bexwell");
  EXPECT_EQ(roll.text(Column::address, 0), "Flat 2, Rosewood Court, 14 Weir Lane, Northmere");
  EXPECT_EQ(roll.text(Column::postcode, 0), "NM1 2AB");
  EXPECT_EQ(texts(roll, Column::markers), (Texts{"", "G", "", "N", "F"}));
  EXPECT_EQ(roll.text(Column::attains_on, 2), "12/03/2027");
  EXPECT_EQ(roll.column(Column::birth_date), nullptr);
  EXPECT_TRUE(noted(roll, "1 anonymous elector"));
  EXPECT_TRUE(noted(roll, "1 other elector"));
}

TEST(Layouts, UkRegisterWithOneName) {
  const Roll roll = read_sample("uk_register_one_name.csv");
  EXPECT_EQ(roll.recognition.layout, "UK register export (one name)");
  EXPECT_EQ(texts(roll, Column::name), (Texts{"Abernoth, Ann Mary", "Bo Bexwell"}));
  EXPECT_EQ(roll.text(Column::id, 1), "KG1-2");
}

TEST(Layouts, UkRegisterOlder) {
  const Roll roll = read_sample("uk_register_older.csv");
  EXPECT_EQ(roll.recognition.layout, "UK register export (older)");
  EXPECT_EQ(texts(roll, Column::id), (Texts{"AA-17", "AA-18/1"}));
  EXPECT_EQ(roll.text(Column::given, 0), "Ann Mary");
  EXPECT_EQ(roll.text(Column::suffix, 1), "Jr");
  EXPECT_EQ(roll.text(Column::markers, 1), "E G");
  EXPECT_EQ(roll.text(Column::attains_on, 1), "12/03/2027");
  EXPECT_EQ(roll.text(Column::address, 1), "16 Weir Lane, Northmere");
}

TEST(Layouts, UkMonthlyChangeFile) {
  const Roll roll = read_sample("uk_register_change.csv");
  EXPECT_EQ(roll.recognition.layout, "UK register monthly change file");
  EXPECT_EQ(texts(roll, Column::change), (Texts{"A", "D"}));
  EXPECT_EQ(texts(roll, Column::id), (Texts{"KG1-5/0", "KG1-1/0"}));
  EXPECT_EQ(roll.text(Column::changed_on, 0), "03/01/2026");
  EXPECT_EQ(roll.text(Column::address, 0), "15 Weir Lane, Northmere");
  EXPECT_EQ(roll.text(Column::name, 0), "Dunmoor, Eve");
}

TEST(Layouts, UkAuditSubmission) {
  const Roll roll = read_sample("uk_audit_submission.csv");
  EXPECT_EQ(roll.recognition.layout, "UK register audit submission");
  EXPECT_EQ(roll.text(Column::uprn, 0), "10000000001");
  EXPECT_EQ(roll.text(Column::middle, 0), "M");
  EXPECT_EQ(roll.text(Column::birth_date, 0), "14/02/1980");
}

TEST(Layouts, PartyTool) {
  const Roll roll = read_sample("party_tool.csv");
  EXPECT_EQ(roll.recognition.layout, "party canvass tool");
  EXPECT_EQ(texts(roll, Column::id), (Texts{"KG1-1", "KG1-2"}));
  EXPECT_EQ(roll.text(Column::address, 0), "Rosewood Court");
  EXPECT_EQ(roll.text(Column::house_number, 0), "14");
  EXPECT_EQ(roll.text(Column::street, 0), "Weir Lane");
  EXPECT_EQ(roll.text(Column::registered_on, 0), "01/12/2019");
  EXPECT_EQ(roll.recognition.unused, (Texts{"2019 General", "2022 Local"}));
}

TEST(Layouts, NorthCarolina) {
  const Roll roll = read_sample("ncvoter.txt");
  EXPECT_EQ(roll.recognition.layout, "North Carolina ncvoter");
  EXPECT_EQ(roll.recognition.encoding, "Latin-1");
  EXPECT_EQ(roll.recognition.delimiter, "tab");
  EXPECT_EQ(texts(roll, Column::id), (Texts{"AA1", "AA2"}));
  EXPECT_EQ(roll.text(Column::family, 0),
            "PE\xC3\x91"
            "ALOR");
  EXPECT_EQ(roll.text(Column::address, 0), "14   WEIR LN");
  EXPECT_EQ(roll.text(Column::locality, 0), "NORTHMERE");
  EXPECT_EQ(roll.text(Column::birth_date, 0), "1980");
  EXPECT_EQ(roll.text(Column::registered_on, 0), "03/01/2012");
}

TEST(Layouts, Ohio) {
  const Roll roll = read_sample("ohio.csv");
  EXPECT_EQ(roll.recognition.layout, "Ohio voter file");
  EXPECT_EQ(roll.text(Column::id, 0), "OH0001");
  EXPECT_EQ(roll.text(Column::address, 0), "14 WEIR LN, APT 2");
  EXPECT_EQ(roll.text(Column::birth_date, 0), "1980-02-14");
}

TEST(Layouts, MembershipSystem) {
  const Roll roll = read_sample("membership_system.csv", RollKind::members);
  EXPECT_EQ(roll.recognition.layout, "common headers");
  EXPECT_EQ(texts(roll, Column::id), (Texts{"1001", "1002"}));
  EXPECT_EQ(roll.text(Column::given, 0), "Ann");
  EXPECT_EQ(roll.text(Column::address, 0), "Flat 2, 14 Weir Lane");
  EXPECT_EQ(texts(roll, Column::payer), (Texts{"4242", "4242"}));
  EXPECT_EQ(roll.text(Column::recruiter, 0), "R. Corvell");
  EXPECT_EQ(roll.text(Column::form_no, 0), "F17");
  EXPECT_EQ(roll.text(Column::joined, 0), "01/02/2026");
  EXPECT_EQ(roll.text(Column::phone, 0), "07700 900001");
  EXPECT_EQ(roll.text(Column::email, 0), "ann@example.org");
  EXPECT_TRUE(noted(roll, "\"Known as\" could be given too; \"Forename\" was taken"));
  EXPECT_TRUE(noted(roll, "totals"));
}

// Whatever the layouts and spellings say, a column's own name always means that column.
TEST(HeaderNames, EveryColumnKnowsItsOwnNameInSomeKindOfRoll) {
  for (const Column column : all_columns()) {
    bool known = false;
    for (const RollKind kind : {RollKind::members, RollKind::register_, RollKind::payments, RollKind::canvass,
                                RollKind::marked, RollKind::deceased, RollKind::joins, RollKind::branches}) {
      const auto meaning = header_meaning(to_string(column), kind);
      known = known || (meaning && meaning->column == column);
    }
    EXPECT_TRUE(known) << to_string(column);
  }
}

TEST(HeaderNames, IgnoreCaseSpacesAndPunctuation) {
  for (const char* header : {"Membership No.", "MEMBERSHIP_NO", " membership-no", "Membership\xC2\xA0No"}) {
    const auto meaning = header_meaning(header, RollKind::members);
    ASSERT_TRUE(meaning) << header;
    EXPECT_EQ(meaning->column, Column::id);
  }
  EXPECT_EQ(header_meaning("Address Line 3", RollKind::members)->part, 3U);
  EXPECT_EQ(header_meaning("Date", RollKind::payments)->column, Column::paid_on);
  EXPECT_EQ(header_meaning("Date", RollKind::joins)->column, Column::date);
  EXPECT_FALSE(header_meaning("Date", RollKind::marked));
  EXPECT_FALSE(header_meaning("", RollKind::members));
}

TEST(Layouts, ReadsTheReferenceTables) {
  SCRUTINEER_NEEDS_SHARED(historical, "linkage/historical_50k/historical_50k.csv");
  RollSpec spec = spec_of(RollKind::deceased);
  spec.file = historical;
  const auto roll = read_roll(spec);
  ASSERT_TRUE(roll) << roll.error().message();
  EXPECT_GT(roll->rows(), 40000U);
  EXPECT_TRUE(roll->rejects.empty());
}

}  // namespace
}  // namespace scrutineer::rolls
