// What a workbook says about its sheets: their names and parts, the shared texts, which cell styles are
// dates, and from which year days are counted.
#ifndef SCRUTINEER_ROLLS_XLSX_WORKBOOK_H_
#define SCRUTINEER_ROLLS_XLSX_WORKBOOK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rolls/zip_archive.h"

namespace scrutineer::rolls {

struct Sheet {
  std::string name;
  std::string part;  // "xl/worksheets/sheet1.xml"
  bool hidden = false;
};

struct Workbook {
  std::vector<Sheet> sheets;  // in the order of the tabs
  bool from_1904 = false;
  std::vector<bool> date_styles;  // by index of the cell style

  [[nodiscard]] std::size_t shared_texts() const { return text_ends.size(); }
  [[nodiscard]] std::string_view shared_text(std::size_t index) const;

  std::string text_bytes;                // the shared texts, one behind the other
  std::vector<std::uint64_t> text_ends;  // where each ends
};

// Refused if the archive is no workbook, naming what it is (an OpenDocument spreadsheet, a Word document).
Result<Workbook> read_workbook(const ZipArchive& archive);

// "_x000D_" in texts stands for the character with that number (ECMA-376 part 1, 22.9.2.19).
std::string unescaped_xlsx_text(std::string_view text);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_XLSX_WORKBOOK_H_
