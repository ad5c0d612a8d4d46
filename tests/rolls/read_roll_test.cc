// Reading delimited rolls: what is recognised, what is kept, what is refused.
#include "rolls/read_roll.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "rolls/support.h"

namespace scrutineer::rolls {
namespace {

using tests::read_text;
using tests::rejected_lines;
using tests::spec_of;
using tests::TemporaryFolder;
using tests::texts;
using Texts = std::vector<std::string>;

bool mentions(const std::vector<std::string>& notes, std::string_view text) {
  return std::any_of(notes.begin(), notes.end(),
                     [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

#define ASSERT_READ(roll) ASSERT_TRUE(roll) << (roll).error().message()
#define EXPECT_REFUSED(roll, words)                                                                 \
  do {                                                                                              \
    ASSERT_FALSE(roll);                                                                             \
    EXPECT_EQ((roll).error().category, ErrorCategory::refused_input);                               \
    EXPECT_NE((roll).error().message().find(words), std::string::npos) << (roll).error().message(); \
  } while (false)

TEST(ReadRoll, ReadsAPlainMembersList) {
  const auto roll =
      read_text("Membership No,Forename,Surname,Postcode\n1,Ann,Smith,N1 1AA\n2,Bob,Jones,N1 2BB\n");
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"1", "2"}));
  EXPECT_EQ(texts(*roll, Column::given), (Texts{"Ann", "Bob"}));
  EXPECT_EQ(texts(*roll, Column::family), (Texts{"Smith", "Jones"}));
  EXPECT_EQ(texts(*roll, Column::postcode), (Texts{"N1 1AA", "N1 2BB"}));
  EXPECT_EQ(roll->column(Column::payer), nullptr);
  EXPECT_EQ(roll->lines, (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(roll->account.physical_records, 3U);
  EXPECT_EQ(roll->account.header_records, 1U);
  EXPECT_EQ(roll->recognition.encoding, "UTF-8");
  EXPECT_EQ(roll->recognition.delimiter, ",");
  EXPECT_EQ(roll->recognition.layout, "common headers");
}

TEST(ReadRoll, FindsTheDelimiter) {
  for (const char delimiter : std::string(",;\t|^~:")) {
    std::string text = "Member ID,Name,Town,Notes\n1,\"Smith, Ann\",Ely,\"a;b|c\"\n2,\"Jones, Bob\",Ely,x\n";
    bool inside = false;
    for (char& byte : text) {
      if (byte == '"') inside = !inside;
      if (byte == ',' && !inside) byte = delimiter;
    }
    const auto roll = read_text(text);
    ASSERT_READ(roll);
    EXPECT_EQ(texts(*roll, Column::name), (Texts{"Smith, Ann", "Jones, Bob"})) << delimiter;
    EXPECT_EQ(roll->recognition.delimiter, delimiter == '\t' ? "tab" : std::string(1, delimiter));
  }
}

TEST(ReadRoll, TabsAreNotMistakenForTheCommasInNames) {
  const auto roll = read_text("id\tname\n1\tSmith, Ann\n2\tJones, Bob\n");
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::name), (Texts{"Smith, Ann", "Jones, Bob"}));
}

TEST(ReadRoll, OneColumnNeedsNoDelimiter) {
  std::string ids = "id\n";
  std::string names = "name\n";
  for (int row = 1; row < 60; ++row) {
    ids += "KG1-" + std::to_string(row) + "/1\n";
    names += "Smith, Ann\n";
  }
  const auto marked = read_text(ids, RollKind::marked);
  ASSERT_READ(marked);
  EXPECT_EQ(marked->rows(), 59U);
  EXPECT_EQ(marked->text(Column::id, 0), "KG1-1/1");
  EXPECT_EQ(marked->recognition.delimiter, "none");
  const auto list = read_text(names, RollKind::watchlist);
  ASSERT_READ(list);
  EXPECT_EQ(list->text(Column::name, 58), "Smith, Ann");
}

TEST(ReadRoll, ReadsCommaSpaceFiles) {
  const auto roll = read_text("rec_id, given_name, surname\nrec-1-org, ann, \"o, neil\"\nrec-2-org, bob, \n");
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::given), (Texts{"ann", "bob"}));
  EXPECT_EQ(texts(*roll, Column::family), (Texts{"o, neil", ""}));
}

TEST(ReadRoll, ReadsEveryEncoding) {
  const std::string utf8 = "id,surname\n1,M\xC3\xBCller\n2,\xC3\x89lan\n";
  const auto narrow = [](const std::string& text) {  // UTF-8 of Latin-1 characters to Latin-1
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        out.push_back(text[at]);
      } else {
        out.push_back(
            static_cast<char>(((byte & 0x1FU) << 6) | (static_cast<unsigned char>(text[++at]) & 0x3FU)));
      }
    }
    return out;
  };
  const auto wide = [&narrow](const std::string& text, bool big) {
    std::string out;
    for (const char byte : narrow(text)) {
      if (big) out.push_back('\0');
      out.push_back(byte);
      if (!big) out.push_back('\0');
    }
    return out;
  };
  const std::vector<std::pair<std::string, std::string>> files = {
      {utf8, "UTF-8"},
      {"\xEF\xBB\xBF" + utf8, "UTF-8 with byte-order mark"},
      {narrow(utf8), "Latin-1"},
      {wide(utf8, false), "UTF-16LE"},
      {wide(utf8, true), "UTF-16BE"},
      {"\xFF\xFE" + wide(utf8, false), "UTF-16LE"},
      {"\xFE\xFF" + wide(utf8, true), "UTF-16BE"},
  };
  for (const auto& [bytes, encoding] : files) {
    for (const std::size_t piece : {1, 3, 64}) {
      const auto roll = read_text(bytes, RollKind::members, piece);
      ASSERT_READ(roll);
      EXPECT_EQ(roll->recognition.encoding, encoding);
      EXPECT_EQ(texts(*roll, Column::family), (Texts{"M\xC3\xBCller", "\xC3\x89lan"})) << encoding;
      EXPECT_EQ(roll->account.bytes, bytes.size());
    }
  }
  const auto windows = read_text("id,surname\n1,O\x92Neil \x80\n2,M\xFCller\n");
  ASSERT_READ(windows);
  EXPECT_EQ(windows->recognition.encoding, "Windows-1252");
  EXPECT_EQ(windows->text(Column::family, 0), "O\xE2\x80\x99Neil \xE2\x82\xAC");
}

TEST(ReadRoll, KeepsUtf8AndRejectsTheFewIllFormedRecords) {
  const auto roll = read_text("id,surname\n1,M\xC3\xBCller\n2,M\xFCller\n3,\xC3\x89lan\n");
  ASSERT_READ(roll);
  EXPECT_EQ(roll->recognition.encoding, "UTF-8");
  EXPECT_EQ(rejected_lines(*roll), (std::vector<std::uint64_t>{3}));
  EXPECT_EQ(roll->rejects[0].text, "2,M\\xFCller");
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"1", "3"}));
}

TEST(ReadRoll, RejectsALoneSurrogate) {
  std::string text = "\xFF\xFE";
  for (const char byte : std::string("id,surname\n1,a?b\n2,c\n")) {
    text += byte == '?' ? std::string("\x3D\xD8", 2) : std::string({byte, '\0'});
  }
  const auto roll = read_text(text);
  ASSERT_READ(roll);
  EXPECT_EQ(rejected_lines(*roll), (std::vector<std::uint64_t>{2}));
  const auto odd = read_text(text + "3");
  ASSERT_READ(odd);
  EXPECT_EQ(rejected_lines(*odd), (std::vector<std::uint64_t>{2, 4}));
}

TEST(ReadRoll, AnUnterminatedQuoteSwallowsNothing) {
  std::string text = "id,forename,surname,postcode\n";
  for (int row = 0; row < 3000; ++row) {
    text += std::to_string(row) + (row == 1000 ? ",\"Ann" : ",Ann") + ",Smith,N1 1AA\n";
  }
  for (const std::size_t piece : {100, 4096, 1 << 20}) {
    const auto roll = read_text(text, RollKind::members, piece);
    ASSERT_READ(roll);
    EXPECT_EQ(roll->rows(), 2999U);
    EXPECT_EQ(rejected_lines(*roll), (std::vector<std::uint64_t>{1002}));
    EXPECT_EQ(roll->rejects[0].text, "1000,\"Ann,Smith,N1 1AA");
    EXPECT_EQ(roll->rejects[0].column, 6U);
  }
}

TEST(ReadRoll, TitleLinesTotalsAndRepeatedHeadersAreSetApart) {
  const auto roll = read_text(
      "Northmere Society\nMembers at 1 June 2026,,,\n\nMember "
      "No,Forename,Surname,Amount\n1,Ann,Smith,12.00\n,,,\n"
      "Member No,Forename,Surname,Amount\n2,Bob,Jones,12.00\n3,Cy,Total,1\nTotal,,,25.00\n\n\n");
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"1", "2", "3"}));
  EXPECT_EQ(roll->lines, (std::vector<std::uint64_t>{5, 8, 9}));
  EXPECT_EQ(rejected_lines(*roll), (std::vector<std::uint64_t>{10}));
  EXPECT_EQ(roll->account.header_records, 4U);
  EXPECT_EQ(roll->account.blank_records, 4U);
  EXPECT_TRUE(mentions(roll->recognition.notes, "2 title lines"));
  EXPECT_TRUE(mentions(roll->recognition.notes, "repeated"));
  EXPECT_TRUE(mentions(roll->recognition.notes, "totals"));
}

TEST(ReadRoll, TwoHeaderLinesAreReadAsOne) {
  const auto roll = read_text(
      "Member,,Address,,,\nNumber,Surname,Line 1,Line 2,Postcode,Phone\n1,Smith,Flat 2,High St,N1 1AA,020\n");
  ASSERT_READ(roll);
  EXPECT_EQ(roll->account.header_records, 2U);
  EXPECT_EQ(roll->text(Column::id, 0), "1");
  EXPECT_EQ(roll->text(Column::address, 0), "Flat 2, High St");
  EXPECT_EQ(roll->text(Column::postcode, 0), "N1 1AA");
  EXPECT_EQ(roll->rows(), 1U);
}

TEST(ReadRoll, TrailingEmptyColumnsAreNoFault) {
  const auto roll = read_text("id,surname,,\n1,Smith,,\n2,Jones\n3,Hall,,,,\n4,May,x,y,z\n");
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"1", "2", "3"}));
  EXPECT_EQ(rejected_lines(*roll), (std::vector<std::uint64_t>{5}));
}

TEST(ReadRoll, RepeatedHeaderNamesAreNumbered) {
  RollSpec spec = spec_of(RollKind::members);
  spec.extra = {"Notes (2)"};
  const auto roll =
      read_delimited(TextSource("id,Notes,Notes,Address,Address\n1,a,b,Flat 2,High St\n"), spec, {});
  ASSERT_READ(roll);
  EXPECT_EQ(roll->extra[0].second[0], "b");
  EXPECT_EQ(roll->text(Column::address, 0), "Flat 2, High St");
  EXPECT_TRUE(mentions(roll->recognition.notes, "more than once"));
}

TEST(ReadRoll, AMappingOverrulesRecognition) {
  RollSpec spec = spec_of(RollKind::members);
  spec.columns = {{Column::id, {"Key"}}, {Column::address, {"B", "A"}}};
  const auto roll = read_delimited(TextSource("Member No,Key,A,B,Surname\nx,1,Ely,Flat 2,Smith\n"), spec, {});
  ASSERT_READ(roll);
  EXPECT_EQ(roll->text(Column::id, 0), "1");
  EXPECT_EQ(roll->text(Column::address, 0), "Flat 2, Ely");
  EXPECT_EQ(roll->text(Column::family, 0), "Smith");
  EXPECT_EQ(roll->recognition.layout, "own mapping");
  EXPECT_EQ(roll->recognition.unused, (Texts{"Member No"}));
}

TEST(ReadRoll, AMissingMappedHeaderNamesTheNearest) {
  RollSpec spec = spec_of(RollKind::members);
  spec.columns = {{Column::family, {"Surnam"}}};
  const auto roll = read_delimited(TextSource("Member No,Surname\n1,Smith\n"), spec, {});
  EXPECT_REFUSED(roll, "columns.family: column \"Surnam\" is not in the header");
  EXPECT_EQ(roll.error().expected, "\"Surname\"");
  EXPECT_EQ(roll.error().where.file, "test.csv");
  EXPECT_EQ(roll.error().where.line, 1U);
  EXPECT_NE(roll.error().what.find("Member No, Surname"), std::string::npos);
}

TEST(ReadRoll, EveryKindNamesTheColumnsItLacks) {
  EXPECT_REFUSED(read_text("Town,Surname\nEly,Smith\n"),
                 "no column for id was found; the header is: Town, Surname");
  EXPECT_REFUSED(read_text("Town,Postcode\nEly,N1\n", RollKind::register_), "no column for family or name");
  EXPECT_REFUSED(read_text("Amount,Date\n1,2\n", RollKind::payments), "no column for id or payer");
  EXPECT_REFUSED(read_text("Member,Date\n1,2\n", RollKind::canvass), "no column for outcome");
  EXPECT_REFUSED(read_text("Date,Place\n1,2\n", RollKind::joins), "no column for count");
  EXPECT_REFUSED(read_text("Branch,Year\n1,2\n", RollKind::branches), "no column for members");
  EXPECT_TRUE(read_text("Member,Result\n1,verified\n", RollKind::canvass));
  EXPECT_TRUE(read_text("Date,Joins\n2026-01-01,2\n", RollKind::joins));
  EXPECT_TRUE(read_text("Branch,Year,Members\nEly,2025,30\n", RollKind::branches));
}

TEST(ReadRoll, RefusesWhatIsNoTable) {
  EXPECT_REFUSED(read_text(""), "empty");
  EXPECT_REFUSED(read_text("\n\n  \n"), "no line of text");
  EXPECT_REFUSED(read_text("id,surname\n"), "no rows");
  EXPECT_REFUSED(read_text("id,surname\n\n,\n"), "no rows");
  EXPECT_REFUSED(read_text("id,surname\n1,2,3\n4\n"), "none of the 2 records");
  EXPECT_REFUSED(read_text("1,Ann,Smith\n2,Bob,Jones\n"),
                 "no column for id was found; the header is: 1, Ann, Smith");
}

TEST(ReadRoll, RepeatedIdsAreKeptAndNoted) {
  const auto roll = read_text("id,surname\n1,Smith\n2,Jones\n1,Smith\n");
  ASSERT_READ(roll);
  EXPECT_EQ(roll->rows(), 3U);
  EXPECT_TRUE(mentions(roll->recognition.notes, "1 id stands on more than one row, all kept: 1"));
}

TEST(ReadRoll, TenMegabyteFieldsAreReadOrRejected) {
  const std::string large(10'000'000, 'x');
  const std::string text = "id,notes,surname\n1,\"" + large + "\",Smith\n2,ok,Jones\n";
  RollSpec spec = spec_of(RollKind::members);
  spec.extra = {"notes"};
  const auto roll = read_delimited(TextSource(text), spec, {});
  ASSERT_READ(roll);
  EXPECT_EQ(roll->rows(), 2U);
  EXPECT_EQ(roll->extra[0].second[0].size(), large.size());
  const auto strict = read_delimited(TextSource(text), spec, {.longest_field = 1'000'000});
  ASSERT_READ(strict);
  EXPECT_EQ(rejected_lines(*strict), (std::vector<std::uint64_t>{2}));
  EXPECT_EQ(strict->rejects[0].raw_bytes, large.size() + 10);
  EXPECT_LE(strict->rejects[0].text.size(), 4200U);
}

TEST(ReadRoll, TheSameOnAnyNumberOfThreadsAndPieces) {
  std::string text = "id,forename,surname,postcode\n";
  for (int row = 0; row < 20000; ++row) {
    text += std::to_string(row * 7919 % 10007) + ",n" + std::to_string(row % 91) + ",\"s" +
            std::to_string(row * 31 % 999) + "\",N1\n";
  }
  const auto one = read_delimited(TextSource(text), spec_of(RollKind::members), {.threads = 1}, 1 << 20);
  const auto two = read_delimited(TextSource(text), spec_of(RollKind::members), {.threads = 4}, 1000);
  ASSERT_READ(one);
  ASSERT_READ(two);
  for (const Column column : {Column::id, Column::given, Column::family, Column::postcode}) {
    EXPECT_EQ(one->column(column)->codes(), two->column(column)->codes());
  }
  EXPECT_EQ(one->lines, two->lines);
}

TEST(ReadRollFile, RefusesWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path();
  EXPECT_REFUSED(read_roll(spec), "is a folder");
  spec.file = folder.path() / "absent.csv";
  EXPECT_REFUSED(read_roll(spec), "no such file");
  spec.file = folder.path() / "fifo.csv";
  ASSERT_EQ(::mkfifo(spec.file.c_str(), 0600), 0);
  EXPECT_REFUSED(read_roll(spec), "is a pipe");
  spec.file = "/dev/zero";
  EXPECT_REFUSED(read_roll(spec), "is a device");
  spec.file = folder.path() / "loop.csv";
  std::filesystem::create_symlink("loop.csv", spec.file);
  EXPECT_REFUSED(read_roll(spec), "cannot be opened");
  spec.file = folder.write("empty.csv", "");
  EXPECT_REFUSED(read_roll(spec), "empty");
}

TEST(ReadRollFile, SaysWhatAnotherKindOfFileIs) {
  const TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> files = {
      {"%PDF-1.7\n", "a PDF document"},
      {"\x1F\x8B\x08", "gzip"},
      {"<!DOCTYPE html><html><table>", "a web page"},
      {"\n <html>", "a web page"},
      {"<?xml version=\"1.0\"?>", "an XML document"},
      {"{\"members\": []}", "a JSON document"},
      {"[{\"id\": 1}]", "a JSON document"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old binary workbook"},
      {std::string("SQLite format 3\0", 16), "an SQLite database"},
  };
  for (const auto& [bytes, words] : files) {
    RollSpec spec = spec_of(RollKind::members);
    spec.file = folder.write("roll.csv", bytes);
    EXPECT_REFUSED(read_roll(spec), words);
  }
}

TEST(ReadRollFile, TakesTheDigest) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.write("roll.csv", "id\n1\n");
  for (const unsigned threads : {1U, 2U}) {
    const auto roll = read_roll(spec, {.threads = threads});
    ASSERT_READ(roll);
    EXPECT_EQ(roll->account.sha256.size(), 64U);
    EXPECT_EQ(roll->text(Column::id, 0), "1");
  }
}

TEST(RollAccount, HoldsOrIsAnInternalError) {
  RollAccount account;
  account.physical_records = 10;
  account.header_records = 1;
  account.rows = 7;
  account.rejected = 1;
  account.blank_records = 1;
  EXPECT_TRUE(account.check("x.csv"));
  account.rows = 6;
  const Status broken = account.check("x.csv");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().category, ErrorCategory::internal);
}

TEST(Columns, NamesAndBack) {
  EXPECT_EQ(all_columns().size(), column_count);
  for (const Column column : all_columns()) {
    EXPECT_FALSE(to_string(column).empty());
    EXPECT_EQ(column_of(to_string(column)), column);
  }
  EXPECT_EQ(to_string(Column::members), "members");
  EXPECT_EQ(to_string(Column::markers), "markers");
  EXPECT_EQ(to_string(Column::changed_on), "changed_on");
  EXPECT_EQ(to_string(Column::statement), "statement");
  EXPECT_FALSE(column_of("surname"));
  EXPECT_EQ(roll_kind_of("register"), RollKind::register_);
  EXPECT_EQ(to_string(RollKind::branches), "branches");
  EXPECT_FALSE(roll_kind_of("registers"));
}

}  // namespace
}  // namespace scrutineer::rolls
