// Laws of reading, on random tables and on random damage.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "rolls/delimited_reader.h"
#include "rolls/record_splitter.h"
#include "rolls/support.h"

namespace scrutineer::rolls {
namespace {

using tests::spec_of;
using Table = std::vector<std::vector<std::string>>;

// Texts of a roll: letters, digits, every delimiter, quotation marks, accents, and line ends where wanted.
std::string any_cell(bool line_ends) {
  static const std::vector<std::string> pieces = {"a",  "B", "7",  " ", ",",        ";",        "|",
                                                  "\t", "'", "\"", "-", "\xC3\xA9", "\xC3\xBC", "\n"};
  std::string cell;
  const int length = *rc::gen::inRange(0, 6);
  for (int at = 0; at < length; ++at)
    cell += pieces[*rc::gen::inRange<std::size_t>(0, pieces.size() - !line_ends)];
  return cell;
}

std::string encoded(const std::string& utf8, const std::string& encoding) {
  if (encoding == "UTF-8") return utf8;
  if (encoding == "mark") return "\xEF\xBB\xBF" + utf8;
  std::string out = encoding == "UTF-16LE" ? "\xFF\xFE" : encoding == "UTF-16BE" ? "\xFE\xFF" : "";
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    unsigned point = static_cast<unsigned char>(utf8[at]);
    if (point >= 0x80) point = ((point & 0x1FU) << 6) | (static_cast<unsigned char>(utf8[++at]) & 0x3FU);
    if (encoding == "UTF-16BE") out.push_back('\0');
    out.push_back(static_cast<char>(point));
    if (encoding == "UTF-16LE") out.push_back('\0');
  }
  return out;
}

std::string written(const Table& table, char delimiter, bool quote_all,
                    const std::vector<std::string>& ends) {
  std::string text;
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (std::size_t at = 0; at < table[row].size(); ++at) {
      const std::string& cell = table[row][at];
      if (at > 0) text += delimiter;
      const bool must = cell.find_first_of(std::string("\"\r\n") + delimiter) != std::string::npos;
      if (!quote_all && !must) {
        text += cell;
        continue;
      }
      text += '"';
      for (const char byte : cell) text += byte == '"' ? std::string("\"\"") : std::string(1, byte);
      text += '"';
    }
    text += ends[row % ends.size()];
  }
  return text;
}

RC_GTEST_PROP(Reading, WhatIsWrittenIsReadBack, ()) {
  const char delimiter = *rc::gen::element(',', ';', '\t', '|');
  const bool quote_all = *rc::gen::arbitrary<bool>();
  const auto encoding = *rc::gen::element<std::string>("UTF-8", "mark", "UTF-16LE", "UTF-16BE", "Latin-1");
  static const std::vector<std::vector<std::string>> all_ends = {
      {"\n"}, {"\r\n"}, {"\r"}, {"\n", "\r\n", "\r"}};
  const std::vector<std::string>& ends = all_ends[*rc::gen::inRange<std::size_t>(0, all_ends.size())];
  const std::size_t piece = *rc::gen::element<std::size_t>(1, 5, 64, 1 << 20);
  Table table = {{"id", "forename", "surname", "address", "town"}};
  const int rows = *rc::gen::inRange(1, 30);
  for (int row = 0; row < rows; ++row) {
    table.push_back({std::to_string(row + 1)});
    for (int at = 1; at < 5; ++at) table.back().push_back(any_cell(*rc::gen::inRange(0, 8) == 0));
  }
  const std::string bytes = encoded(written(table, delimiter, quote_all, ends), encoding);
  const auto roll = read_delimited(TextSource(bytes), spec_of(RollKind::members), {.threads = 1}, piece);
  RC_ASSERT(roll.has_value());
  RC_ASSERT(roll->rows() == table.size() - 1);
  RC_ASSERT(roll->rejects.empty());
  const std::vector<Column> columns = {Column::id, Column::given, Column::family, Column::address,
                                       Column::locality};
  for (std::size_t row = 0; row < roll->rows(); ++row) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
      RC_ASSERT(roll->text(columns[at], row) == trimmed(table[row + 1][at]));
    }
  }
}

// One stray quotation mark in a table without line ends in its values: only records that it touches are
// rejected (its own, or the one whose quotation mark it takes for its end), and every other row is read.
RC_GTEST_PROP(Reading, AStrayQuotationMarkCostsItsOwnRecordsAlone, ()) {
  const bool quote_all = *rc::gen::arbitrary<bool>();
  Table table = {{"id", "forename", "surname", "town"}};
  const int rows = *rc::gen::inRange(2, 30);
  for (int row = 0; row < rows; ++row) {
    table.push_back({std::to_string(row + 1), "Ann",
                     *rc::gen::element<std::string>("Smith", "Smith, J", "", "O\"B"), "Ely"});
  }
  std::string text = written(table, ',', quote_all, {"\n"});
  const std::size_t header = text.find('\n') + 1;
  const std::size_t at = *rc::gen::inRange(header, text.size() - 1);
  text.insert(at, "\"");
  const auto damaged =
      static_cast<std::uint64_t>(std::count(text.begin(), text.begin() + static_cast<long>(at), '\n')) + 1;
  const auto roll = read_delimited(TextSource(text), spec_of(RollKind::members), {.threads = 1}, 64);
  RC_ASSERT(roll.has_value());
  for (const Reject& reject : roll->rejects) {
    RC_ASSERT(reject.line == damaged || reject.line == damaged + 1);
  }
  RC_ASSERT(roll->rows() + roll->rejects.size() >= static_cast<std::size_t>(rows) - 1);
  for (std::size_t row = 0; row < roll->rows(); ++row) {
    const std::uint64_t line = roll->lines[row];
    if (line == damaged || line == damaged + 1) continue;
    RC_ASSERT(roll->text(Column::family, row) == table[line - 1][2]);
  }
}

// Whatever the bytes are: a roll that keeps the law, or a refusal. read_delimited checks the law itself and
// would return an internal error.
void expect_roll_or_refusal(const std::string& bytes, std::size_t piece) {
  const auto roll = read_delimited(TextSource(bytes), spec_of(RollKind::members), {.threads = 1}, piece);
  if (!roll) RC_ASSERT(roll.error().category == ErrorCategory::refused_input);
}

RC_GTEST_PROP(Reading, GarbageNeverBreaksTheLaw, ()) {
  const auto tail = *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::elementOf(std::string("\"\"\"\"\n\r,,;\t ab")), rc::gen::arbitrary<char>()));
  expect_roll_or_refusal(tail, 7);
  expect_roll_or_refusal("id,forename,surname\n1,a,b\n" + tail, 3);
  expect_roll_or_refusal("\xFF\xFE" + tail, 5);
}

RC_GTEST_PROP(Reading, ATruncatedFileKeepsTheLaw, ()) {
  std::string text = "id,forename,surname,town\r\n";
  for (int row = 0; row < 20; ++row)
    text += std::to_string(row) + ",\"A\nn\",\"Sm\xC3\xAFth, \"\"J\"\"\",Ely\r\n";
  text = encoded(text, *rc::gen::element<std::string>("UTF-8", "mark", "UTF-16LE", "UTF-16BE", "Latin-1"));
  expect_roll_or_refusal(text.substr(0, *rc::gen::inRange<std::size_t>(0, text.size())), 11);
}

// The pieces in which a file arrives change nothing.
RC_GTEST_PROP(Reading, PiecesDoNotMatter, ()) {
  const auto tail =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("\"\"\n\n\r,,,ab \xC3\xA9")));
  const std::string text = "id,forename,surname\n1,a,b\n" + tail;
  const auto whole = read_delimited(TextSource(text), spec_of(RollKind::members), {.threads = 1}, 1 << 20);
  const auto pieces = read_delimited(TextSource(text), spec_of(RollKind::members), {.threads = 1}, 1);
  RC_ASSERT(whole.has_value() && pieces.has_value());
  RC_ASSERT(whole->lines == pieces->lines);
  RC_ASSERT(whole->rejects.size() == pieces->rejects.size());
  for (std::size_t at = 0; at < whole->rejects.size(); ++at) {
    RC_ASSERT(whole->rejects[at].line == pieces->rejects[at].line);
    RC_ASSERT(whole->rejects[at].reason == pieces->rejects[at].reason);
    RC_ASSERT(whole->rejects[at].text == pieces->rejects[at].text);
  }
}

// A textbook splitter for well-formed text: a finite automaton, one character at a time (RFC 4180).
std::vector<std::vector<std::string>> textbook(const std::string& text, char delimiter) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  std::string field;
  bool quoted = false;
  bool any = false;
  const auto end_record = [&] {
    record.push_back(field);
    records.push_back(record);
    record.clear();
    field.clear();
    any = false;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    any = true;
    if (quoted) {
      if (byte != '"') {
        field += byte;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        field += '"';
        ++at;
      } else {
        quoted = false;
      }
    } else if (byte == '"') {
      quoted = true;
    } else if (byte == delimiter) {
      record.push_back(field);
      field.clear();
    } else if (byte == '\n') {
      end_record();
    } else {
      field += byte;
    }
  }
  if (any) end_record();
  return records;
}

RC_GTEST_PROP(Reading, TheSplitterAgreesWithATextbookOne, ()) {
  Table table;
  const int rows = *rc::gen::inRange(1, 20);
  for (int row = 0; row < rows; ++row) {
    table.emplace_back();
    const int cells = *rc::gen::inRange(1, 5);
    for (int at = 0; at < cells; ++at) table.back().push_back(any_cell(true));
  }
  const std::string text = written(table, ';', *rc::gen::arbitrary<bool>(), {"\n"});
  RecordSplitter splitter({';', false}, {}, {});
  std::vector<FieldPlace> fields;
  SplitRecord record;
  std::string scratch;
  std::vector<std::vector<std::string>> got;
  while (fields.clear(), splitter.next(text, true, fields, record) == RecordSplitter::Step::record) {
    RC_ASSERT(record.reject.empty());
    got.emplace_back();
    for (const FieldPlace& field : fields) got.back().emplace_back(field_text(text, field, scratch));
  }
  RC_ASSERT(got == textbook(text, ';'));
}

}  // namespace
}  // namespace scrutineer::rolls
