#include "report/table.h"

#include <algorithm>
#include <utility>

namespace scrutineer::report {

Table::Table(std::string caption, std::vector<TableColumn> columns, Narrow narrow)
    : caption_(std::move(caption)), columns_(std::move(columns)), narrow_(narrow) {}

void Table::row(std::vector<std::string> cells, std::string mark) {
  cells.resize(columns_.size());
  rows_.push_back({std::move(cells), std::move(mark)});
}

void Table::write(Html& html) const {
  // A frame that can be scrolled must be reachable by keyboard and have a name; one that cannot must not stop
  // those who go through the page by keyboard.
  if (narrow_ == Narrow::scroll) {
    html.element("div", {{"class", "frame"}, {"role", "region"}, {"aria-label", caption_}, {"tabindex", "0"}},
                 [&] { write_table(html, "grid"); });
  } else {
    html.element("div", {{"class", "frame"}}, [&] { write_table(html, "stack"); });
  }
}

void Table::write_table(Html& html, const std::string& style) const {
  // Roles are stated because a stacked row is no longer laid out as a table row, and some screen readers
  // would then forget that it is one.
  html.element("table", {{"role", "table"}, {"class", style}}, [&] {
    html.leaf("caption", caption_);
    write_head(html);
    html.element("tbody", {{"role", "rowgroup"}}, [&] {
      for (const Row& row : rows_) write_row(html, row);
    });
  });
}

void Table::write_head(Html& html) const {
  html.element("thead", {{"role", "rowgroup"}}, [&] {
    html.element("tr", {{"role", "row"}}, [&] {
      for (const TableColumn& column : columns_) {
        html.leaf(
            "th",
            {{"scope", "col"}, {"role", "columnheader"}, {"class", column.numeric ? "number" : "words"}},
            column.header);
      }
    });
  });
}

void Table::write_row(Html& html, const Row& row) const {
  html.element("tr", {{"role", "row"}, {"class", row.mark.empty() ? "plain" : row.mark}}, [&] {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const std::string kind = columns_[column].numeric ? "number" : "words";
      if (column == 0) {
        html.leaf("th", {{"scope", "row"}, {"role", "rowheader"}, {"class", kind}}, row.cells[column]);
      } else {
        html.leaf("td", {{"role", "cell"}, {"class", kind}, {"data-label", columns_[column].header}},
                  row.cells[column]);
      }
    }
  });
}

}  // namespace scrutineer::report
