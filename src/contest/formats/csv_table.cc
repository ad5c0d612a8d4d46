#include "contest/formats/csv_table.h"

#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

// A quoted cell; the scanner stands on the opening quote.
Result<std::string> quoted_cell(TextScanner& scan, char delimiter) {
  const Place opened = scan.place();
  std::string cell;
  scan.step();
  for (;;) {
    if (scan.at_end()) return refused("a quoted cell does not end", opened, "a closing quote");
    const char c = scan.peek();
    scan.step();
    if (c != '"') {
      cell += c;
    } else if (!scan.at_end() && scan.peek() == '"') {
      cell += '"';
      scan.step();
    } else {
      break;
    }
  }
  if (!scan.at_end() && scan.peek() != delimiter && scan.peek() != '\n' && scan.peek() != '\r')
    return refused("text after a closing quote", scan.place(), "the delimiter or the end of the line");
  return cell;
}

std::string plain_cell(TextScanner& scan, char delimiter) {
  std::string cell;
  while (!scan.at_end() && scan.peek() != delimiter && scan.peek() != '\n') {
    cell += scan.peek();
    scan.step();
  }
  if (!cell.empty() && cell.back() == '\r' && (scan.at_end() || scan.peek() == '\n')) cell.pop_back();
  return cell;
}

}  // namespace

Result<CsvTable> read_csv_table(std::string_view text, const std::string& file, char delimiter) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvTable table;
  TextScanner scan(text, file);
  while (!scan.at_end()) {
    CsvRow row;
    row.line = scan.place().line;
    for (;;) {
      if (!scan.at_end() && scan.peek() == '"') {
        SCRUTINEER_TRY(std::string cell, quoted_cell(scan, delimiter));
        row.cells.push_back(std::move(cell));
        if (!scan.at_end() && scan.peek() == '\r') scan.step();
      } else {
        row.cells.push_back(plain_cell(scan, delimiter));
      }
      if (scan.at_end()) break;
      const bool line_ends = scan.peek() == '\n';
      scan.step();
      if (line_ends) break;
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace scrutineer::contest
