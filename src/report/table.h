// A table for people: caption, scopes, numbers to the right, and a layout that survives a narrow screen.
#ifndef SCRUTINEER_REPORT_TABLE_H_
#define SCRUTINEER_REPORT_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "report/html.h"

namespace scrutineer::report {

struct TableColumn {
  std::string header;
  bool numeric = false;
};

class Table {
 public:
  enum class Narrow : std::uint8_t {
    scroll,  // moves sideways inside its frame: for comparing down columns
    stack,   // each row becomes a block with the headers beside its values: for reading row by row
  };

  Table(std::string caption, std::vector<TableColumn> columns, Narrow narrow = Narrow::scroll);

  // One cell a column; the first names the row. Any text; `mark` (a class of the style sheet, or empty)
  // applies to the whole row.
  void row(std::vector<std::string> cells, std::string mark = {});

  [[nodiscard]] bool empty() const { return rows_.empty(); }
  void write(Html& html) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::string mark;
  };
  void write_table(Html& html, const std::string& style) const;
  void write_head(Html& html) const;
  void write_row(Html& html, const Row& row) const;

  std::string caption_;
  std::vector<TableColumn> columns_;
  Narrow narrow_;
  std::vector<Row> rows_;
};

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_TABLE_H_
