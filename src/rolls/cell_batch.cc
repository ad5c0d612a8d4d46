#include "rolls/cell_batch.h"

#include <fmt/core.h>

#include <utility>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

constexpr std::size_t batch_bytes = std::size_t{4} << 20;

std::string problem_of(const std::vector<std::string>& cells, std::size_t width) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (at >= width && !trimmed(cells[at]).empty()) {
      return fmt::format("a value in column {} where the header has {}", at + 1, width);
    }
    if (cells[at].find('\0') != std::string::npos)
      return fmt::format("a NUL byte stands in column {}", at + 1);
    if (!is_ascii(cells[at]) && !is_valid_utf8(cells[at]))
      return fmt::format("column {} is ill-formed text", at + 1);
  }
  return {};
}

}  // namespace

void CellBatch::add(std::uint64_t line, const std::vector<std::string>& cells, std::string problem) {
  SplitRecord record;
  record.line = line;
  record.offset = text_.size();
  record.first_field = batch_.fields.size();
  if (problem.empty()) problem = problem_of(cells, width_);
  if (!problem.empty()) {
    record.reject = std::move(problem);
    for (const std::string& cell : cells) {
      record.raw_bytes += cell.size();
      if (record.raw.size() < 4096) record.raw += cell.substr(0, 4096) + '\t';
    }
    if (record.raw.empty()) record.raw = "\t";
    batch_.records.push_back(std::move(record));
    return;
  }
  for (std::size_t at = 0; at < width_ && at < cells.size(); ++at) {
    batch_.fields.push_back({static_cast<std::uint32_t>(text_.size()),
                             static_cast<std::uint32_t>(cells[at].size()) & 0x7FFFFFFFU, 0U});
    text_ += cells[at];
    ++record.fields;
  }
  record.bytes = text_.size() - record.offset;
  bytes_ += record.bytes;
  batch_.records.push_back(std::move(record));
  if (text_.size() >= batch_bytes || batch_.records.size() >= 65'536) flush();
}

void CellBatch::flush() {
  batch_.text = text_;
  builder_.add(batch_);
  batch_.clear();
  text_.clear();
}

}  // namespace scrutineer::rolls
