// Workbooks as they really come, and as somebody might make them to do harm.
#include "rolls/xlsx_reader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "rolls/read_roll.h"
#include "rolls/support.h"
#include "rolls/xlsx_dates.h"
#include "rolls/xlsx_scan.h"
#include "rolls/xlsx_writer.h"

namespace scrutineer::rolls {
namespace {

using tests::rejected_lines;
using tests::spec_of;
using tests::TemporaryFolder;
using tests::text_row;
using tests::texts;
using tests::WorkbookParts;
using Texts = std::vector<std::string>;

Result<Roll> read_book(const WorkbookParts& book, RollKind kind = RollKind::members,
                       const ReadOptions& options = {}, std::optional<std::string> sheet = {}) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(kind);
  spec.file = folder.path() / "roll.xlsx";
  spec.sheet = std::move(sheet);
  tests::write_workbook(spec.file, book);
  return read_roll(spec, options);
}

WorkbookParts one_sheet(const std::string& rows, const std::string& behind = "") {
  WorkbookParts book;
  book.sheets = {{"Sheet1", "<sheetData>" + rows + "</sheetData>" + behind}};
  return book;
}

#define ASSERT_READ(roll) ASSERT_TRUE(roll) << (roll).error().message()
#define EXPECT_REFUSED(roll, words)                                          \
  do {                                                                       \
    const auto refused_roll = (roll);                                        \
    ASSERT_FALSE(refused_roll);                                              \
    EXPECT_EQ(refused_roll.error().category, ErrorCategory::refused_input);  \
    EXPECT_NE(refused_roll.error().message().find(words), std::string::npos) \
        << refused_roll.error().message();                                   \
  } while (false)

TEST(XlsxReader, ReadsEveryKindOfCell) {
  WorkbookParts book = one_sheet(
      text_row(1, {"Member No", "Surname", "Joined", "Amount", "Postcode", "Email", "Forename", "Ward"}) +
      "<row r=\"2\"><c r=\"A2\"><v>1001</v></c><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" "
      "s=\"1\"><v>46148</v></c>"
      "<c r=\"D2\"><v>0.10000000000000001</v></c><c r=\"E2\" t=\"str\"><f>x</f><v>N1 1AA</v></c>"
      "<c r=\"F2\" t=\"e\"><v>#N/A</v></c><c r=\"G2\" t=\"b\"><v>1</v></c><c r=\"H2\"><v>1.2E3</v></c></row>"
      "<row r=\"3\"><c t=\"inlineStr\"><is><r><t>10</t></r><r><t>02</t></r></is></c><c t=\"s\"><v>1</v></c>"
      "<c s=\"2\"><v>46148.5</v></c></row>");
  book.shared = {"<t>Smith &amp; Jones</t><rPh><t>ignored</t></rPh>",
                 "<r><t>O&#39;</t></r><r><t>Neil_x000A_</t></r>"};
  book.styles = {0, 14, 164};
  book.formats = "<numFmt numFmtId=\"164\" formatCode=\"[$-809]dd\\ mmmm\\ yyyy;@\"/>";
  const auto roll = read_book(book);
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"1001", "1002"}));
  EXPECT_EQ(texts(*roll, Column::family), (Texts{"Smith & Jones", "O'Neil"}));
  EXPECT_EQ(texts(*roll, Column::joined), (Texts{"2026-05-06", "2026-05-06 12:00:00"}));
  EXPECT_EQ(roll->text(Column::amount, 0), "0.1");
  EXPECT_EQ(roll->text(Column::postcode, 0), "N1 1AA");
  EXPECT_EQ(roll->text(Column::email, 0), "#N/A");
  EXPECT_EQ(roll->text(Column::given, 0), "TRUE");
  EXPECT_EQ(roll->text(Column::ward, 0), "1200");
  EXPECT_EQ(roll->lines, (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(roll->recognition.encoding, "XLSX");
  EXPECT_EQ(roll->account.sha256.size(), 64U);
}

TEST(XlsxReader, CountsDaysFromTheWorkbooksYear) {
  WorkbookParts book =
      one_sheet(text_row(1, {"id", "joined"}) +
                "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>44686</v></c></row>");
  book.styles = {0, 14};
  book.from_1904 = true;
  const auto roll = read_book(book);
  ASSERT_READ(roll);
  EXPECT_EQ(roll->text(Column::joined, 0), "2026-05-06");
}

TEST(XlsxReader, TitlesTotalsBlankRowsAndMergedCells) {
  const auto roll = read_book(
      one_sheet(text_row(1, {"Northmere Society"}) + "<row r=\"2\"/>" +
                    text_row(3, {"Member No", "Surname", "Address", "Amount"}) +
                    text_row(4, {"1", "Smith", "2 High St", "5"}) + text_row(5, {"2", "Smith", "", "5"}) +
                    text_row(6, {"3", "Jones", "", "5"}) + text_row(9, {"Total", "", "", "15"}) +
                    "<row r=\"10\"/><row r=\"11\"/>",
                "<mergeCells count=\"2\"><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"C4:C5\"/></mergeCells>"));
  ASSERT_READ(roll);
  EXPECT_EQ(texts(*roll, Column::address), (Texts{"2 High St", "2 High St", ""}));
  EXPECT_EQ(rejected_lines(*roll), (std::vector<std::uint64_t>{9}));
  EXPECT_EQ(roll->account.physical_records, 9U);
  EXPECT_EQ(roll->account.blank_records, 3U);
  EXPECT_EQ(roll->account.header_records, 2U);
}

TEST(XlsxReader, ChoosesTheSheetThatHoldsATable) {
  WorkbookParts book;
  book.sheets = {{"Cover", "<sheetData>" + text_row(1, {"About this export"}) + "</sheetData>"},
                 {"Members", "<sheetData>" + text_row(1, {"id", "surname"}) + text_row(2, {"1", "Smith"}) +
                                 "</sheetData>"},
                 {"Other", "<sheetData>" + text_row(1, {"id", "surname"}) + text_row(2, {"2", "Jones"}) +
                               "</sheetData>"}};
  auto roll = read_book(book);
  ASSERT_READ(roll);
  EXPECT_EQ(roll->text(Column::id, 0), "1");
  EXPECT_NE(roll->recognition.notes[0].find("\"Members\" of 3"), std::string::npos);
  roll = read_book(book, RollKind::members, {}, "Other");
  ASSERT_READ(roll);
  EXPECT_EQ(roll->text(Column::id, 0), "2");
  EXPECT_REFUSED(read_book(book, RollKind::members, {}, "Othr"), "expected \"Other\"");
}

TEST(XlsxReader, RejectsRowsThatDoNotFit) {
  const auto roll =
      read_book(one_sheet(text_row(1, {"id", "surname"}) + text_row(2, {"1", "Smith", "x"}) +
                          "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>7</v></c></row>" +
                          text_row(4, {"2", std::string(5000, 'y')}) + text_row(5, {"3", "Jones"})),
                RollKind::members, {.longest_field = 1000});
  ASSERT_READ(roll);
  EXPECT_EQ(rejected_lines(*roll), (std::vector<std::uint64_t>{2, 3, 4}));
  EXPECT_EQ(texts(*roll, Column::id), (Texts{"3"}));
}

TEST(XlsxReader, RefusesHarm) {
  // A part that unpacks to far more than the file: by declared limit and by ratio.
  WorkbookParts bomb = one_sheet(text_row(1, {"id"}) + text_row(2, {"1"}) + std::string(50'000'000, ' '));
  EXPECT_REFUSED(read_book(bomb, RollKind::members, {.largest_expansion = 1'000'000}), "unpacks to more");
  EXPECT_REFUSED(read_book(bomb), "unpacks to more");
  // Shared texts that multiply.
  WorkbookParts shared;
  std::string rows = text_row(1, {"id", "surname"});
  for (int row = 2; row < 400; ++row)
    rows += "<row><c t=\"inlineStr\"><is><t>1</t></is></c><c t=\"s\"><v>0</v></c></row>";
  shared.sheets = {{"Sheet1", "<sheetData>" + rows + "</sheetData>"}};
  std::string varied;
  for (int at = 0; at < 100'000; ++at) varied += std::to_string(at * 7919 % 100'003);
  shared.shared = {"<t>" + varied + "</t>"};
  EXPECT_REFUSED(read_book(shared, RollKind::members, {.largest_expansion = 2'000'000}), "bytes of text");
  WorkbookParts entity = one_sheet(text_row(1, {"id"}) + text_row(2, {"&a;"}));
  entity.sheet_prologue = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]>";
  EXPECT_REFUSED(read_book(entity), "document type");
  WorkbookParts outside = entity;
  outside.sheet_prologue = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";
  EXPECT_REFUSED(read_book(outside), "document type");
}

TEST(XlsxReader, SaysWhatAnArchiveIsThatIsNoWorkbook) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path() / "roll.xlsx";
  tests::write_archive(spec.file, {{"content.xml", "<x/>"}});
  EXPECT_REFUSED(read_roll(spec), "OpenDocument");
  tests::write_archive(spec.file, {{"word/document.xml", "<x/>"}});
  EXPECT_REFUSED(read_roll(spec), "Word document");
  tests::write_archive(spec.file, {{"a.csv", "id"}});
  EXPECT_REFUSED(read_roll(spec), "without a workbook");
  tests::write_workbook(spec.file, one_sheet(""));
  EXPECT_REFUSED(read_roll(spec), "no sheet of the workbook holds any text");
  tests::write_workbook(spec.file, one_sheet("<row><c>"));
  EXPECT_REFUSED(read_roll(spec), "damaged");
}

// Cut at any place, a workbook is refused; it never reads as a shorter one.
TEST(XlsxReader, RefusesATruncatedWorkbookAnywhere) {
  const TemporaryFolder folder;
  RollSpec spec = spec_of(RollKind::members);
  spec.file = folder.path() / "roll.xlsx";
  tests::write_workbook(spec.file, one_sheet(text_row(1, {"id", "surname"}) + text_row(2, {"1", "Smith"})));
  std::ifstream stream(spec.file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
  for (std::size_t length = 4; length < bytes.size(); length += 7) {
    spec.file = folder.write("cut.xlsx", std::string_view(bytes).substr(0, length));
    const auto roll = read_roll(spec);
    ASSERT_FALSE(roll) << length;
    EXPECT_EQ(roll.error().category, ErrorCategory::refused_input);
  }
}

TEST(XlsxDates, TellsDateFormats) {
  for (const unsigned id : {14U, 15U, 22U, 45U, 57U}) EXPECT_TRUE(is_date_format(id, "")) << id;
  for (const unsigned id : {0U, 1U, 2U, 9U, 37U, 49U}) EXPECT_FALSE(is_date_format(id, "")) << id;
  for (const char* code : {"dd/mm/yyyy", "[$-409]d\\-mmm\\-yy;@", "yyyy", "[h]:mm", "mmmm", "\"on \"d"}) {
    EXPECT_TRUE(is_date_format(164, code)) << code;
  }
  for (const char* code :
       {"General", "0.00", "#,##0;[Red]-#,##0", "\"days\" 0", "0\\d", "@", "[Red]0", "0_d", "\"d", "["}) {
    EXPECT_FALSE(is_date_format(164, code)) << code;
  }
}

TEST(XlsxDates, KnowsTheDayThatNeverWas) {
  EXPECT_EQ(date_of_serial(1, false), "1900-01-01");
  EXPECT_EQ(date_of_serial(59, false), "1900-02-28");
  EXPECT_EQ(date_of_serial(60, false), "1900-02-29");
  EXPECT_EQ(date_of_serial(61, false), "1900-03-01");
  EXPECT_EQ(date_of_serial(46148, false), "2026-05-06");
  EXPECT_EQ(date_of_serial(2958465, false), "9999-12-31");
  EXPECT_EQ(date_of_serial(0, true), "1904-01-01");
  EXPECT_EQ(date_of_serial(0.75, false), "18:00:00");
  EXPECT_EQ(date_of_serial(46148.999999999, false), "2026-05-07");
  EXPECT_EQ(date_of_serial(-5, false), "-5");
  EXPECT_EQ(date_of_serial(1e300, false), "1e+300");
}

TEST(XlsxDates, ShowsNumbersAsTyped) {
  EXPECT_EQ(plain_number("00123"), "00123");
  EXPECT_EQ(plain_number("1.0"), "1");
  EXPECT_EQ(plain_number("7.7009E9"), "7700900000");
  EXPECT_EQ(plain_number("0.30000000000000004"), "0.3");
  EXPECT_EQ(plain_number("abc"), "abc");
  EXPECT_EQ(plain_number("nan"), "nan");
}

TEST(XlsxScan, CountsRowsAndFindsMergedRangesInAnyPieces) {
  const std::string sheet =
      "<x:worksheet><!-- <row> --><x:sheetData><x:row r=\"1\" a=\">\"><c/></x:row><row/><rowBreaks/>"
      "<v><![CDATA[<row>]]></v></x:sheetData><mergeCell ref=\"B2:C9\"/><mergeCell "
      "ref='A1:F1'/></x:worksheet>";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, sheet.size()}) {
    SheetScan scan;
    for (std::size_t at = 0; at < sheet.size(); at += piece)
      scan.add(std::string_view(sheet).substr(at, piece));
    EXPECT_EQ(scan.rows(), 2U);
    ASSERT_EQ(scan.merged().size(), 1U);
    EXPECT_EQ(scan.merged()[0].last_row, 9U);
  }
  EXPECT_EQ(cell_reference("AB12").column, 28U);
  EXPECT_EQ(cell_reference("XFD1048576").column, 16384U);
  EXPECT_EQ(cell_reference("XFE1").column, 0U);
  EXPECT_EQ(cell_reference("12").row, 0U);
}

}  // namespace
}  // namespace scrutineer::rolls
