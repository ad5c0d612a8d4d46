// The first sheet of an Office Open XML workbook as a table of text.
#ifndef SCRUTINEER_CONTEST_FORMATS_SHEET_H_
#define SCRUTINEER_CONTEST_FORMATS_SHEET_H_

#include <string>
#include <string_view>

#include "contest/formats/csv_table.h"

namespace scrutineer::contest {

// Rows in the order of the file, `line` being the row number; a cell that is not there is an empty string,
// and a row element without any cell has no cells at all (RCTab counts such rows as papers). Numbers are
// given as they are written. `file` is for messages. Refused if the file is no workbook, if a part unpacks to
// more than 512 MiB, or if it is not XML.
Result<CsvTable> read_sheet(std::string_view bytes, const std::string& file);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_SHEET_H_
