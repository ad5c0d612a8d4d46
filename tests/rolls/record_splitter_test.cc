// Records and fields of delimited text, and what damage costs.
#include "rolls/record_splitter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace scrutineer::rolls {
namespace {

struct Outcome {
  std::vector<std::string> rows;     // fields in brackets
  std::vector<std::uint64_t> lines;  // of the rows
  std::vector<std::uint64_t> rejected;
  std::vector<std::string> reasons;
  std::uint64_t physical_lines = 0;
};

// Feeds the text `piece` bytes at a time, as a file is read.
Outcome split_text(std::string_view text, SplitWidth width, std::size_t piece, Dialect dialect = {},
                   SplitLimits limits = {}) {
  Outcome outcome;
  RecordSplitter splitter(dialect, width, limits);
  std::string window;
  std::size_t read = 0;
  std::vector<FieldPlace> fields;
  SplitRecord record;
  std::string scratch;
  for (;;) {
    fields.clear();
    const bool last = read == text.size();
    const RecordSplitter::Step step = splitter.next(window, last, fields, record);
    if (step == RecordSplitter::Step::end) break;
    if (step == RecordSplitter::Step::need_more) {
      EXPECT_FALSE(last);
      const std::size_t consumed = splitter.offset();
      window.erase(0, consumed);
      splitter.rebase(consumed);
      const std::size_t more = std::max(piece, window.size() / 2);
      window += text.substr(read, more);
      read = std::min(read + more, text.size());
      continue;
    }
    outcome.physical_lines += record.lines;
    if (!record.reject.empty()) {
      outcome.rejected.push_back(record.line);
      outcome.reasons.push_back(record.reject);
      continue;
    }
    std::string row;
    for (std::size_t at = 0; at < record.fields; ++at) {
      row += "[" + std::string(field_text(window, fields[at], scratch)) + "]";
    }
    outcome.rows.push_back(row);
    outcome.lines.push_back(record.line);
  }
  return outcome;
}

using Lines = std::vector<std::uint64_t>;
using Rows = std::vector<std::string>;

// Every law must hold for any way in which the text arrives.
class RecordSplitterPieces : public ::testing::TestWithParam<std::size_t> {
 protected:
  static Outcome split(std::string_view text, std::size_t width = 0, Dialect dialect = {},
                       SplitLimits limits = {}) {
    return split_text(text, {width, width}, GetParam(), dialect, limits);
  }
};

INSTANTIATE_TEST_SUITE_P(Pieces, RecordSplitterPieces, ::testing::Values(1, 2, 3, 7, 1000));

TEST_P(RecordSplitterPieces, EndsRecordsAtEveryKindOfLineEnd) {
  const Outcome got = split("a,b\nc,d\re,f\r\ng,h\n\r\ni,j", 2);
  EXPECT_EQ(got.rows, (Rows{"[a][b]", "[c][d]", "[e][f]", "[g][h]", "[]", "[i][j]"}));
  EXPECT_EQ(got.lines, (Lines{1, 2, 3, 4, 5, 6}));
  EXPECT_TRUE(got.rejected.empty());
}

TEST_P(RecordSplitterPieces, UndoesQuoting) {
  const Outcome got = split("\"a\"\"b\",\"c,d\"\n\"\",\"\"\"\"\n\"x\" ,y\n", 2);
  EXPECT_EQ(got.rows, (Rows{"[a\"b][c,d]", "[][\"]", "[x][y]"}));
}

TEST_P(RecordSplitterPieces, KeepsLineEndsInsideQuotes) {
  const Outcome got = split("1,\"Flat 2\r\nRose Court\nHigh St\",N1\n2,x,N2\n", 3);
  EXPECT_EQ(got.rows, (Rows{"[1][Flat 2\r\nRose Court\nHigh St][N1]", "[2][x][N2]"}));
  EXPECT_EQ(got.lines, (Lines{1, 4}));
}

TEST_P(RecordSplitterPieces, TakesAQuotationMarkInsideAnUnquotedFieldAsItStands) {
  const Outcome got = split("1,William \"Bill\" Smith,N1\n2,5\",N2\n", 3);
  EXPECT_EQ(got.rows, (Rows{"[1][William \"Bill\" Smith][N1]", "[2][5\"][N2]"}));
}

TEST_P(RecordSplitterPieces, AQuoteNeverClosedCostsItsLineAlone) {
  const Outcome got = split("1,Ann,N1\n2,\"Eve,N2\n3,Bob,N3\n4,Cy,N4\n", 3);
  EXPECT_EQ(got.rows, (Rows{"[1][Ann][N1]", "[3][Bob][N3]", "[4][Cy][N4]"}));
  EXPECT_EQ(got.rejected, (Lines{2}));
  EXPECT_EQ(got.physical_lines, 4U);
}

TEST_P(RecordSplitterPieces, AQuoteClosedByTheNextRecordsOpeningCostsItsLineAlone) {
  const Outcome got = split("1,Ann,N1\n2,\"Eve,N2\n3,\"Bob, B\",N3\n4,\"Cy\",N4\n", 3);
  EXPECT_EQ(got.rows, (Rows{"[1][Ann][N1]", "[3][Bob, B][N3]", "[4][Cy][N4]"}));
  EXPECT_EQ(got.rejected, (Lines{2}));
}

TEST_P(RecordSplitterPieces, AllQuotedFilesLoseTheDamagedLineAlone) {
  const Outcome got =
      split("\"1\",\"Ann\",\"N1\"\n\"2\",\"Eve,\"N2\"\n\"3\",\"Bob\",\"N3\n\"4\",\"Cy\",\"N4\"\n", 3);
  EXPECT_EQ(got.rows, (Rows{"[1][Ann][N1]", "[4][Cy][N4]"}));
  EXPECT_EQ(got.rejected, (Lines{2, 3}));
}

TEST_P(RecordSplitterPieces, AStrayOpeningAndAStrayClosingSwallowNothingBetween) {
  // The quoted field is closed and the record has three fields: only its inner lines betray it.
  const Outcome got = split("1,\"Eve,N1\n2,Bob,N2\n3,Cy,N3\n4,Di\",N4\n5,Flo,N5\n", 3);
  EXPECT_EQ(got.rows, (Rows{"[2][Bob][N2]", "[3][Cy][N3]", "[4][Di\"][N4]", "[5][Flo][N5]"}));
  EXPECT_EQ(got.rejected, (Lines{1}));
}

TEST_P(RecordSplitterPieces, TwoLinesThatAreBothRecordsAreNotOne) {
  const Outcome got = split("1,\"Eve,N1\n2,Bob\",N2\n3,Cy,N3\n", 3);
  EXPECT_EQ(got.rejected, (Lines{1, 2}));
  EXPECT_EQ(got.rows, (Rows{"[3][Cy][N3]"}));
}

TEST_P(RecordSplitterPieces, AnAddressWithCommasAndLineEndsIsOneValue) {
  const Outcome got = split("1,\"Flat 2, Rose Court,\nHigh St, Northmere\nLondon, N1, x\",N1\n2,x,N2\n", 3);
  EXPECT_EQ(got.rows.size(), 2U);
  EXPECT_TRUE(got.rejected.empty());
}

TEST_P(RecordSplitterPieces, LinesBelowDamageThatDoNotFitAreRejectsOfTheirOwn) {
  const Outcome got = split("1,\"Flat 2\nRose Court\" x,N1\n2,Bob,N2\n", 3);
  EXPECT_EQ(got.rejected, (Lines{1, 2}));
  EXPECT_EQ(got.rows, (Rows{"[2][Bob][N2]"}));
  EXPECT_EQ(got.lines, (Lines{3}));
}

TEST_P(RecordSplitterPieces, CountsFields) {
  const Outcome got = split("1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n\n", 3);
  EXPECT_EQ(got.rejected, (Lines{1, 2}));
  EXPECT_EQ(got.reasons,
            (std::vector<std::string>{"2 fields where the header has 3", "4 fields where the header has 3"}));
  EXPECT_EQ(got.rows, (Rows{"[1][2][3][][]", "[1][2][3]", "[]"}));
}

TEST_P(RecordSplitterPieces, RejectsNulAndIllFormedBytes) {
  const Outcome got = split(std::string_view("1,a\0b\n2,\xFF\n3,\xC3\xA9\n", 15), 2);
  EXPECT_EQ(got.rejected, (Lines{1, 2}));
  EXPECT_EQ(got.rows, (Rows{"[3][\xC3\xA9]"}));
}

TEST_P(RecordSplitterPieces, BoundsFieldsAndLines) {
  const SplitLimits limits{100, 5};
  const std::string long_field(150, 'x');
  const std::string long_line(80'000, 'y');
  Outcome got = split("1," + long_field + "\n2,b\n" + long_line + "\n3,c\n4,\"" + long_field + "\"\n5,d\n", 2,
                      {}, limits);
  EXPECT_EQ(got.rejected, (Lines{1, 3, 5}));
  EXPECT_EQ(got.rows, (Rows{"[2][b]", "[3][c]", "[5][d]"}));
  got = split("1,\"a\nb\nc\nd\ne\nf\ng\nh\ni\"\n2,b\n", 2, {}, limits);
  EXPECT_EQ(got.physical_lines, 10U);
  EXPECT_EQ(got.rows, (Rows{"[2][b]"}));
}

TEST_P(RecordSplitterPieces, SkipsTheSpaceOfCommaSpaceFiles) {
  const Outcome got = split("a, \"b, c\", d\n", 3, {',', true});
  EXPECT_EQ(got.rows, (Rows{"[a][b, c][ d]"}));
}

}  // namespace
}  // namespace scrutineer::rolls
