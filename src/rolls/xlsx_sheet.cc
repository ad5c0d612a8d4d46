#include "rolls/xlsx_sheet.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "rolls/xlsx_dates.h"

namespace scrutineer::rolls {
namespace {

constexpr std::size_t most_columns = std::size_t{1} << 14;
constexpr std::size_t most_spread = 512;  // merged ranges at one row; a sheet with more is no list of people

}  // namespace

class SheetReader::Handler : public XmlHandler {
 public:
  Handler(const Workbook& workbook, std::uint64_t longest_field)
      : workbook_(workbook), longest_field_(longest_field) {}

  std::deque<SheetRow> rows;

  void open(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "row") {
      open_row(attributes);
    } else if (element == "c") {
      open_cell(attributes);
    } else if (element == "rPh") {
      ++phonetic_;
    } else if (element == "v" || element == "t") {
      in_value_ = in_cell_ && phonetic_ == 0;
    }
  }

  void close(std::string_view element) override {
    if (element == "rPh") --phonetic_;
    if (element == "v" || element == "t") in_value_ = false;
    if (element == "c" && in_cell_) close_cell();
    if (element == "row" && in_row_) {
      in_row_ = false;
      rows.push_back(std::move(row_));
    }
  }

  void text(std::string_view piece) override {
    if (!in_value_) return;
    if (value_.size() + piece.size() > longest_field_) {
      too_long_ = true;
    } else {
      value_ += piece;
    }
  }

 private:
  void open_row(const XmlAttributes& attributes) {
    row_ = SheetRow();
    const std::string_view number = attributes["r"];
    std::uint64_t given = 0;
    std::from_chars(number.data(), number.data() + number.size(), given);
    row_.number = given > 0 ? given : last_row_ + 1;
    last_row_ = row_.number;
    column_ = 0;
    row_bytes_ = 0;
    in_row_ = true;
  }

  void open_cell(const XmlAttributes& attributes) {
    const CellReference reference = cell_reference(attributes["r"]);
    column_ = reference.column > 0 ? reference.column : column_ + 1;
    type_ = attributes["t"];
    style_ = 0;
    const std::string_view style = attributes["s"];
    std::from_chars(style.data(), style.data() + style.size(), style_);
    value_.clear();
    too_long_ = false;
    in_cell_ = in_row_;
  }

  void close_cell() {
    in_cell_ = false;
    if (column_ > most_columns) return fail("a cell stands beyond the last column a sheet may have");
    if (too_long_)
      return fail(fmt::format("the cell in column {} holds more than {} bytes", column_, longest_field_));
    std::string text = shown();
    if (text.empty()) return;
    row_bytes_ += text.size();
    if (row_bytes_ > 4 * longest_field_) return fail("the row holds more text than a record may");
    if (row_.cells.size() < column_) row_.cells.resize(column_);
    row_.cells[column_ - 1] = std::move(text);
  }

  void fail(std::string problem) {
    if (row_.problem.empty()) row_.problem = std::move(problem);
  }

  std::string shown() {
    if (type_ == "s") {
      std::size_t index = 0;
      const auto [end, failed] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
      if (value_.empty()) return {};
      if (failed != std::errc() || index >= workbook_.shared_texts()) {
        fail(fmt::format("the cell in column {} refers to a shared text that is not there", column_));
        return {};
      }
      const std::string_view shared = workbook_.shared_text(index);
      if (shared.size() > longest_field_) {
        fail(fmt::format("the cell in column {} holds {} bytes, more than the {} that a field may", column_,
                         shared.size(), longest_field_));
        return {};
      }
      return std::string(shared);
    }
    if (type_ == "b") return value_ == "1" || value_ == "true" ? "TRUE" : value_.empty() ? "" : "FALSE";
    if (type_ == "d") return value_.ends_with("T00:00:00") ? value_.substr(0, value_.size() - 9) : value_;
    if (type_ == "inlineStr" || type_ == "str") return unescaped_xlsx_text(value_);
    if (type_ == "e") return value_;
    if (style_ < workbook_.date_styles.size() && workbook_.date_styles[style_]) {
      double serial = 0;
      const auto [end, failed] = std::from_chars(value_.data(), value_.data() + value_.size(), serial);
      if (failed == std::errc() && end == value_.data() + value_.size()) {
        return date_of_serial(serial, workbook_.from_1904);
      }
    }
    return plain_number(value_);
  }

  const Workbook& workbook_;
  std::uint64_t longest_field_;
  SheetRow row_;
  std::uint64_t last_row_ = 0;
  std::uint64_t row_bytes_ = 0;
  std::size_t column_ = 0;
  std::string type_;
  std::size_t style_ = 0;
  std::string value_;
  bool too_long_ = false;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool in_value_ = false;
  int phonetic_ = 0;
};

SheetReader::SheetReader(std::unique_ptr<Handler> handler, std::vector<MergedCells> merged)
    : handler_(handler.release(), [](Handler* owned) { delete owned; }), merged_(std::move(merged)) {}

Result<std::unique_ptr<SheetReader>> SheetReader::open(const ZipArchive& archive, const Workbook& workbook,
                                                       const Sheet& sheet, std::vector<MergedCells> merged,
                                                       std::uint64_t longest_field) {
  SCRUTINEER_TRY(ZipPart part, archive.part(sheet.part));
  std::unique_ptr<SheetReader> reader(
      new SheetReader(std::make_unique<Handler>(workbook, longest_field), std::move(merged)));
  reader->stream_ =
      std::make_unique<XmlStream>(std::move(part), sheet.part, archive.file(), *reader->handler_);
  return reader;
}

// Fills the cells of merged ranges that began above and notes those that begin here.
void SheetReader::spread_merged(SheetRow& row) {
  std::erase_if(spreading_, [&row](const Spread& spread) { return spread.cells.last_row < row.number; });
  // A row without a text of its own stays blank.
  const bool has_text =
      std::any_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return !cell.empty(); });
  if (!has_text) return;
  for (const Spread& spread : spreading_) {
    const std::size_t column = spread.cells.first_column;
    if (row.number <= spread.cells.first_row || spread.value.empty()) continue;
    if (row.cells.size() < column) row.cells.resize(column);
    if (row.cells[column - 1].empty()) row.cells[column - 1] = spread.value;
  }
  for (; next_merged_ < merged_.size() && merged_[next_merged_].first_row <= row.number; ++next_merged_) {
    const MergedCells& cells = merged_[next_merged_];
    if (cells.first_row != row.number || cells.first_column > row.cells.size()) continue;
    if (spreading_.size() >= most_spread) break;
    spreading_.push_back({cells, row.cells[cells.first_column - 1]});
  }
}

Result<bool> SheetReader::next(SheetRow& row) {
  while (handler_->rows.empty()) {
    SCRUTINEER_TRY(const bool more, stream_->advance());
    if (!more && handler_->rows.empty()) return false;
  }
  row = std::move(handler_->rows.front());
  handler_->rows.pop_front();
  spread_merged(row);
  return true;
}

}  // namespace scrutineer::rolls
