#include "rolls/xlsx_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "rolls/cell_batch.h"
#include "rolls/header.h"
#include "rolls/roll_builder.h"
#include "rolls/xlsx_scan.h"
#include "rolls/xlsx_sheet.h"
#include "rolls/xlsx_workbook.h"

namespace scrutineer::rolls {
namespace {

class XlsxReader {
 public:
  XlsxReader(const ZipArchive& archive, const RollSpec& spec, const ReadOptions& options)
      : archive_(archive), spec_(spec), options_(options) {}

  Result<Roll> read(std::uint64_t bytes) {
    SCRUTINEER_TRY(workbook_, read_workbook(archive_));
    SCRUTINEER_CHECK(choose_sheet());
    const Header header = find_header(head_, spec_);
    SCRUTINEER_TRY(ColumnPlan plan, plan_columns(header, spec_));
    const std::size_t width = plan.width;
    RollBuilder builder(spec_, std::move(plan), options_.threads);
    builder.count_head(head_, header);
    SCRUTINEER_CHECK(read_rows(builder, header.first + header.records, width));
    builder.account().bytes = bytes;
    builder.account().physical_records = scan_.rows();
    Recognition& recognition = builder.recognition();
    recognition.encoding = "XLSX";
    recognition.notes.insert(recognition.notes.begin(), notes_.begin(), notes_.end());
    return builder.finish();
  }

 private:
  [[nodiscard]] Place place() const { return {spec_.file.string(), 0, 0}; }

  Status read_head(const Sheet& sheet) {
    SCRUTINEER_TRY(scan_, scan_sheet(archive_, sheet.part));
    SCRUTINEER_TRY(const auto reader,
                   SheetReader::open(archive_, workbook_, sheet, scan_.merged(), options_.longest_field));
    head_.clear();
    SheetRow row;
    while (head_.size() < 2 * header_search_records) {
      SCRUTINEER_TRY(const bool more, reader->next(row));
      if (!more) break;
      HeadRecord record{row.number, {}};
      for (const std::string& cell : row.cells) record.cells.emplace_back(trimmed(cell));
      if (!row.problem.empty()) record.cells.assign(1, row.problem);
      while (!record.cells.empty() && record.cells.back().empty()) record.cells.pop_back();
      head_.push_back(std::move(record));
    }
    return {};
  }

  [[nodiscard]] std::size_t rows_with_text() const {
    return static_cast<std::size_t>(
        std::count_if(head_.begin(), head_.end(), [](const HeadRecord& record) { return !record.blank(); }));
  }

  [[nodiscard]] bool holds_a_table() const {
    return rows_with_text() >= 2 && std::any_of(head_.begin(), head_.end(), [this](const HeadRecord& record) {
             return record.cells.size() > 0 && headers_recognised(record.cells, spec_) > 0;
           });
  }

  Status choose_named_sheet() {
    std::vector<std::string> names;
    for (const Sheet& sheet : workbook_.sheets) {
      names.push_back(sheet.name);
      if (sheet.name != *spec_.sheet) continue;
      sheet_ = &sheet;
      SCRUTINEER_CHECK(read_head(sheet));
      if (rows_with_text() == 0) {
        return refused(fmt::format("the sheet \"{}\" is empty", printable(sheet.name, 100)), place());
      }
      return {};
    }
    const std::string near = nearest(*spec_.sheet, names);
    return refused(fmt::format("the workbook has no sheet \"{}\"; it has: {}", printable(*spec_.sheet, 100),
                               printable(join(names, ", "), 1000)),
                   place(), near.empty() ? "" : fmt::format("\"{}\"", printable(near, 100)));
  }

  Status choose_sheet() {
    if (spec_.sheet) return choose_named_sheet();
    const Sheet* with_text = nullptr;
    for (const Sheet& sheet : workbook_.sheets) {
      if (sheet.hidden && workbook_.sheets.size() > 1) continue;
      SCRUTINEER_CHECK(read_head(sheet));
      if (with_text == nullptr && rows_with_text() > 0) with_text = &sheet;
      if (!holds_a_table()) continue;
      sheet_ = &sheet;
      break;
    }
    if (sheet_ == nullptr && with_text != nullptr) {
      sheet_ = with_text;
      SCRUTINEER_CHECK(read_head(*sheet_));
    }
    if (sheet_ == nullptr)
      return refused("no sheet of the workbook holds any text", place(), "a table with a header");
    if (workbook_.sheets.size() > 1) {
      notes_.push_back(fmt::format("the sheet \"{}\" of {} sheets was read", printable(sheet_->name, 100),
                                   workbook_.sheets.size()));
    }
    return {};
  }

  Status read_rows(RollBuilder& builder, std::size_t skip, std::size_t width) {
    SCRUTINEER_TRY(const auto reader,
                   SheetReader::open(archive_, workbook_, *sheet_, scan_.merged(), options_.longest_field));
    CellBatch batch(builder, width);
    SheetRow row;
    for (std::size_t record = 0;; ++record) {
      SCRUTINEER_TRY(const bool more, reader->next(row));
      if (!more) break;
      if (record < skip) continue;
      batch.add(row.number, row.cells, std::move(row.problem));
      // Shared texts let a small sheet stand for a large one.
      if (batch.bytes() > options_.largest_expansion) {
        return refused(fmt::format("the sheet holds more than {} bytes of text", options_.largest_expansion),
                       place());
      }
    }
    batch.flush();
    return {};
  }

  const ZipArchive& archive_;
  const RollSpec& spec_;
  const ReadOptions& options_;
  Workbook workbook_;
  const Sheet* sheet_ = nullptr;
  SheetScan scan_;
  std::vector<HeadRecord> head_;
  std::vector<std::string> notes_;
};

}  // namespace

ZipLimits zip_limits(const ReadOptions& options) {
  ZipLimits limits;
  limits.largest_expansion = options.largest_expansion;
  return limits;
}

Result<Roll> read_xlsx(const ZipArchive& archive, std::uint64_t bytes, const RollSpec& spec,
                       const ReadOptions& options) {
  return XlsxReader(archive, spec, options).read(bytes);
}

}  // namespace scrutineer::rolls
