// The rows of one sheet, one after the other, as text.
#ifndef SCRUTINEER_ROLLS_XLSX_SHEET_H_
#define SCRUTINEER_ROLLS_XLSX_SHEET_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "rolls/xlsx_scan.h"
#include "rolls/xlsx_workbook.h"
#include "rolls/xml_stream.h"

namespace scrutineer::rolls {

struct SheetRow {
  std::uint64_t number = 0;        // as the sheet counts, from 1
  std::vector<std::string> cells;  // up to the last that stands in the sheet
  std::string problem;             // why it cannot be read; empty if it can
};

// Texts, shared texts, numbers, booleans (TRUE, FALSE), errors (#N/A) and the last results of formulas; dates
// as xlsx_dates.h says. A value merged over several rows stands in each of them, in its first column.
class SheetReader {
 public:
  static Result<std::unique_ptr<SheetReader>> open(const ZipArchive& archive, const Workbook& workbook,
                                                   const Sheet& sheet, std::vector<MergedCells> merged,
                                                   std::uint64_t longest_field);
  // The next row; false at the end.
  Result<bool> next(SheetRow& row);

 private:
  class Handler;
  SheetReader(std::unique_ptr<Handler> handler, std::vector<MergedCells> merged);
  void spread_merged(SheetRow& row);

  struct Spread {
    MergedCells cells;
    std::string value;
  };

  std::unique_ptr<Handler, void (*)(Handler*)> handler_;
  std::unique_ptr<XmlStream> stream_;
  std::vector<MergedCells> merged_;
  std::size_t next_merged_ = 0;
  std::vector<Spread> spreading_;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_XLSX_SHEET_H_
