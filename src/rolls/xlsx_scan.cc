#include "rolls/xlsx_scan.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace scrutineer::rolls {
namespace {

constexpr std::size_t kept_of_a_tag = 256;
constexpr std::uint32_t most_rows = 1U << 20;
constexpr std::uint32_t most_columns = 1U << 14;

std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    const std::string_view rest = tag.substr(at + name.size());
    if (rest.size() < 2 || rest[0] != '=' || (rest[1] != '"' && rest[1] != '\'')) continue;
    const std::size_t end = rest.find(rest[1], 2);
    if (end != std::string_view::npos) return rest.substr(2, end - 2);
  }
  return {};
}

}  // namespace

CellReference cell_reference(std::string_view text) {
  CellReference reference;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    reference.column = reference.column * 26 + static_cast<std::uint32_t>(text[at] - 'A') + 1;
    if (reference.column > most_columns) return {};
  }
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    reference.row = reference.row * 10 + static_cast<std::uint32_t>(text[at] - '0');
    if (reference.row > most_rows) return {};
  }
  if (at != text.size() || reference.column == 0 || reference.row == 0) return {};
  return reference;
}

void SheetScan::tag() {
  const std::string_view whole = tag_;
  std::string_view name = whole.substr(0, whole.find_first_of(" \t\r\n/", 0));
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
    name.remove_prefix(colon + 1);
  if (name == "row") ++rows_;
  if (name != "mergeCell") return;
  const std::string_view range = attribute(whole, "ref");
  const std::size_t colon = range.find(':');
  if (colon == std::string_view::npos) return;
  const CellReference first = cell_reference(range.substr(0, colon));
  const CellReference last = cell_reference(range.substr(colon + 1));
  if (first.row == 0 || last.row <= first.row) return;
  merged_.push_back({first.row, first.column, last.row, last.column});
}

void SheetScan::add(std::string_view piece) {
  for (std::size_t at = 0; at < piece.size(); ++at) {
    if (in_ == In::text) {
      at = piece.find('<', at);
      if (at == std::string_view::npos) return;
      in_ = In::tag;
      tag_.clear();
      quote_ = 0;
      continue;
    }
    const char byte = piece[at];
    if (in_ == In::tag) {
      if (quote_ != 0) {
        if (byte == quote_) quote_ = 0;
      } else if (byte == '"' || byte == '\'') {
        quote_ = byte;
      } else if (byte == '>') {
        tag();
        in_ = In::text;
        continue;
      }
      if (tag_.size() < kept_of_a_tag) tag_.push_back(byte);
      if (tag_.front() != '!') continue;
      if (tag_ == "!--") in_ = In::comment;
      if (tag_ == "![CDATA[") in_ = In::character_data;
      if (in_ != In::tag) tag_.assign("  ");
    } else {
      // The last two bytes are kept, to see "-->" or "]]>".
      const char closing = in_ == In::comment ? '-' : ']';
      if (byte == '>' && tag_[0] == closing && tag_[1] == closing) {
        in_ = In::text;
        continue;
      }
      tag_[0] = tag_[1];
      tag_[1] = byte;
    }
  }
}

std::vector<MergedCells> SheetScan::merged() const {
  std::vector<MergedCells> sorted = merged_;
  std::sort(sorted.begin(), sorted.end(), [](const MergedCells& left, const MergedCells& right) {
    return std::tie(left.first_row, left.first_column, left.last_row) <
           std::tie(right.first_row, right.first_column, right.last_row);
  });
  return sorted;
}

Result<SheetScan> scan_sheet(const ZipArchive& archive, const std::string& part) {
  SCRUTINEER_TRY(ZipPart stream, archive.part(part));
  SheetScan scan;
  std::string buffer(std::size_t{64} << 10, '\0');
  for (;;) {
    SCRUTINEER_TRY(const std::size_t got, stream.read(std::span<char>(buffer)));
    if (got == 0) return scan;
    scan.add(std::string_view(buffer).substr(0, got));
  }
}

}  // namespace scrutineer::rolls
