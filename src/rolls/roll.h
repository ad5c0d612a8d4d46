// A roll as it was read: every row of the file as text, in standard columns, with the line it stood on; and
// everything that could not be read, kept with its reason. Nothing is lost:
//
//     physical records = rows + rejects + header records + blank records
//
// where the physical records are counted by a pass of our own that shares no code with the parser
// (RollAccount::check). A reader never drops a row silently and never guesses a value.
#ifndef SCRUTINEER_ROLLS_ROLL_H_
#define SCRUTINEER_ROLLS_ROLL_H_

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/text_column.h"
#include "rolls/columns.h"

namespace scrutineer::rolls {

// What the inquiry file (or the command line) says about one roll.
struct RollSpec {
  std::string name;
  RollKind kind = RollKind::members;
  std::filesystem::path file;  // CSV, TSV, Parquet, XLSX: told from the content
  std::optional<Date> as_of;
  // Standard column -> headers of the file, several for an address in parts; overrules recognition.
  std::vector<std::pair<Column, std::vector<std::string>>> columns;
  std::vector<std::string> extra;              // further headers to keep, by their own name
  std::optional<std::string> date_format;      // "dmy", "mdy", "ymd" or a strptime pattern
  std::optional<std::string> sheet;            // XLSX: which sheet; default the first that holds a table
  std::vector<std::filesystem::path> changes;  // register: monthly change files, oldest first
  std::string query;                           // instead of a file's table: SQL over it (DuckDB)
};

// A record that could not be placed in the table.
struct Reject {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::string reason;  // "7 fields where the header has 6"
  std::string text;    // the raw record as UTF-8 (ill-formed bytes shown as escapes), at most 4 KiB of it
  std::uint64_t raw_bytes = 0;
};

// A value that stands in a row but does not parse (31/02/1980): the row is kept, the value is missing.
struct ValueProblem {
  std::uint64_t row = 0;  // index into the roll
  std::uint64_t line = 0;
  Column column = Column::id;
  std::string text;
  std::string reason;
};

// How the file was understood, for the report: nothing is recognised behind the user's back.
struct Recognition {
  std::string layout;     // "UK register export (split names)", "own mapping", "common headers"
  std::string encoding;   // "UTF-8", "UTF-16LE", "Windows-1252", ...
  std::string delimiter;  // ",", "\t", ...; empty for Parquet and XLSX
  std::vector<std::pair<Column, std::vector<std::string>>> columns;  // what was taken from which headers
  std::vector<std::string> unused;                                   // headers that were not used
  std::vector<std::string> notes;  // "2 header lines", "1 footer row of totals", ...
};

struct RollAccount {
  std::uint64_t bytes = 0;
  std::uint64_t physical_records = 0;  // counted independently
  std::uint64_t header_records = 0;
  std::uint64_t blank_records = 0;
  std::uint64_t rows = 0;
  std::uint64_t rejected = 0;
  std::string sha256;  // of the file's bytes
  // An internal error if the conservation law does not hold.
  [[nodiscard]] Status check(const std::filesystem::path& file) const;
};

struct Roll {
  RollSpec spec;
  Recognition recognition;
  RollAccount account;
  std::vector<Reject> rejects;
  std::vector<ValueProblem> problems;

  // Trimmed text of a standard column, one entry a row; absent columns have no entries. The parts of an
  // address that stands in several columns are joined by ", " and empty parts left out.
  std::array<std::optional<TextColumn>, column_count> columns;
  std::vector<std::pair<std::string, TextColumn>> extra;
  std::vector<std::uint64_t>
      lines;  // line on which each row starts in the file (XLSX: sheet row; Parquet: ordinal)

  [[nodiscard]] std::size_t rows() const { return lines.size(); }
  [[nodiscard]] const TextColumn* column(Column which) const {
    const auto& found = columns[static_cast<std::size_t>(which)];
    return found ? &*found : nullptr;
  }
  // The text of a cell, empty where the column is absent.
  [[nodiscard]] std::string_view text(Column which, std::size_t row) const {
    const TextColumn* found = column(which);
    return found ? (*found)[row] : std::string_view();
  }
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_ROLL_H_
