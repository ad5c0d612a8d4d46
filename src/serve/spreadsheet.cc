#include "serve/spreadsheet.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"

namespace scrutineer::serve {
namespace {

constexpr std::size_t longest_cell = 32'000;

bool is_number(std::string_view text) {
  if (text.empty()) return false;
  char* end = nullptr;
  const std::string copy(text);
  std::strtod(copy.c_str(), &end);
  return end == copy.c_str() + copy.size() && copy.find_first_not_of("0123456789.+-eE") == std::string::npos;
}

// In a private folder, because libxlsxwriter writes to a file; gone when this is.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code none;
    std::string pattern = (std::filesystem::temp_directory_path(none) / "scrutineer-XXXXXX").string();
    if (::mkdtemp(pattern.data())) folder_ = pattern;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code none;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, none);
  }
  [[nodiscard]] bool made() const { return !folder_.empty(); }
  [[nodiscard]] std::string path() const { return (folder_ / "list.xlsx").string(); }
  [[nodiscard]] std::string folder() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

void write_row(lxw_worksheet* worksheet, lxw_row_t row, const std::vector<std::string>& cells,
               lxw_format* format) {
  for (std::size_t column = 0; column < cells.size(); ++column) {
    const std::string text = cell_text(cells[column]);
    worksheet_write_string(worksheet, row, static_cast<lxw_col_t>(column), text.c_str(), format);
  }
}

}  // namespace

std::string cell_text(std::string_view text) {
  std::string shown = printable(text, longest_cell / 4);
  if (shown.size() > longest_cell) shown.resize(longest_cell);
  const bool formula =
      !shown.empty() && std::string_view("=+-@\t\r").find(shown.front()) != std::string_view::npos;
  return formula && !is_number(shown) ? "'" + shown : shown;
}

std::string to_csv(const Sheet& sheet) {
  std::string csv;
  const auto put = [&](const std::vector<std::string>& cells) {
    for (std::size_t at = 0; at < cells.size(); ++at)
      csv += (at ? "," : "") + csv_field(cell_text(cells[at]));
    csv += "\r\n";
  };
  for (const auto& [name, value] : sheet.top) put({name, value});
  csv += "\r\n";
  put(sheet.header);
  for (const auto& row : sheet.rows) put(row);
  return csv;
}

Result<std::string> to_xlsx(const Sheet& sheet) {
  const TemporaryFile file;
  if (!file.made()) return internal_error("no temporary folder can be made");
  std::string folder = file.folder();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = folder.data();
  lxw_workbook* const workbook = workbook_new_opt(file.path().c_str(), &options);
  if (!workbook) return internal_error("the workbook cannot be made");
  lxw_worksheet* const worksheet = workbook_add_worksheet(workbook, sheet.name.c_str());
  lxw_format* const bold = workbook_add_format(workbook);
  format_set_bold(bold);
  worksheet_set_column(worksheet, 0, 0, 28, nullptr);
  worksheet_set_column(worksheet, 1, 20, 20, nullptr);
  lxw_row_t row = 0;
  for (const auto& [name, value] : sheet.top) write_row(worksheet, row++, {name, value}, nullptr);
  write_row(worksheet, ++row, sheet.header, bold);
  for (const auto& cells : sheet.rows) write_row(worksheet, ++row, cells, nullptr);
  const lxw_error error = workbook_close(workbook);
  if (error != LXW_NO_ERROR)
    return internal_error(std::string("the workbook cannot be written: ") + lxw_strerror(error));
  std::ifstream stream(file.path(), std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return std::move(bytes).str();
}

}  // namespace scrutineer::serve
