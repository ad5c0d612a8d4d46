// An own look at the bytes of a sheet, without the XML parser: how many row elements it holds, for the
// conservation law (roll.h), and which cells are merged, which the sheet says only behind its last row.
#ifndef SCRUTINEER_ROLLS_XLSX_SCAN_H_
#define SCRUTINEER_ROLLS_XLSX_SCAN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rolls/zip_archive.h"

namespace scrutineer::rolls {

// Rows and columns from 1; the range holds its ends.
struct MergedCells {
  std::uint32_t first_row = 0;
  std::uint32_t first_column = 0;
  std::uint32_t last_row = 0;
  std::uint32_t last_column = 0;
};

// "AB12" -> column 28, row 12; zeros where it is no such reference.
struct CellReference {
  std::uint32_t column = 0;
  std::uint32_t row = 0;
};
CellReference cell_reference(std::string_view text);

class SheetScan {
 public:
  void add(std::string_view piece);
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  // Those that span several rows, by first row.
  [[nodiscard]] std::vector<MergedCells> merged() const;

 private:
  void tag();

  enum class In : std::uint8_t { text, tag, comment, character_data };
  In in_ = In::text;
  std::string tag_;  // its first bytes
  char quote_ = 0;   // inside an attribute's value
  std::uint64_t rows_ = 0;
  std::vector<MergedCells> merged_;
};

Result<SheetScan> scan_sheet(const ZipArchive& archive, const std::string& part);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_XLSX_SCAN_H_
