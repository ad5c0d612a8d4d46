// A table of text cells from a delimited file (RFC 4180 with any delimiter), small enough to hold in memory.
#ifndef SCRUTINEER_CONTEST_FORMATS_CSV_TABLE_H_
#define SCRUTINEER_CONTEST_FORMATS_CSV_TABLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scrutineer::contest {

struct CsvRow {
  std::uint64_t line = 0;  // of its first character
  std::vector<std::string> cells;
};

struct CsvTable {
  std::vector<CsvRow> rows;  // every line of the file, the header and empty lines included
};

// Cells may be quoted; a doubled quote stands for one; quoted line breaks stay in the cell. Refused, with the
// place where the quote opened, if a quote does not end or if text follows a closing quote.
Result<CsvTable> read_csv_table(std::string_view text, const std::string& file, char delimiter);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_CSV_TABLE_H_
