// Finds the header among the first records of a table and decides which standard column each header is.
//
// The header is the record (or the two records, one above the other) among the first 30 that names the most
// standard columns, mapped headers included; the earliest of equals. What stands above it are title lines.
// Two header lines are read as one where that names more: "Address" over "Line 1" is "Address Line 1", and a
// group's name holds for the empty cells to its right. If nothing is recognised, the first record of the
// table's usual width is taken for the header, so that the message about missing columns shows it.
#ifndef SCRUTINEER_ROLLS_HEADER_H_
#define SCRUTINEER_ROLLS_HEADER_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

inline constexpr std::size_t header_search_records = 30;

struct HeadRecord {
  std::uint64_t line = 0;
  std::vector<std::string> cells;  // trimmed; of a record that cannot be read, its text as one cell
  [[nodiscard]] bool blank() const;
};

struct Header {
  std::size_t first = 0;    // among the head records; the rows start at first + records
  std::size_t records = 1;  // 1 or 2
  std::uint64_t line = 0;
  std::vector<std::string> names;  // as they stand; the second of two equal names becomes "Name (2)"
  std::vector<std::string> plain;  // without that number
};

// `head` must not be empty and must hold at least one cell with text.
Header find_header(std::span<const HeadRecord> head, const RollSpec& spec);

// The header of a table that has names for its columns rather than a record of them (Parquet, a query).
Header header_of(std::vector<std::string> names);

// How many standard columns (or mapped headers) the cells name: what find_header goes by.
std::size_t headers_recognised(std::span<const std::string> cells, const RollSpec& spec);

// Which columns of the table make which standard columns.
struct ColumnPlan {
  std::size_t width = 0;  // of the header
  std::size_t named = 0;  // up to its last name
  std::array<std::vector<std::size_t>, column_count> sources;
  std::vector<std::pair<std::string, std::size_t>> extra;
  std::vector<std::string> plain;  // what a repetition of the header says: its cells
  Recognition recognition;         // layout, columns, unused, notes
};

// A mapping in spec.columns overrules, then the layout, then the common spellings. Refused if a mapped or
// extra header is absent (naming the header found and the nearest spelling) or if the columns that this kind
// of roll cannot do without are not there.
Result<ColumnPlan> plan_columns(const Header& header, const RollSpec& spec);

// The columns a roll of this kind cannot do without: one of each inner list.
std::span<const std::vector<Column>> required_columns(RollKind kind);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_HEADER_H_
