// The fields of a labelled table as the engine recognises them.
#ifndef SCRUTINEER_TESTS_LINKAGE_RECOGNISED_FIELDS_H_
#define SCRUTINEER_TESTS_LINKAGE_RECOGNISED_FIELDS_H_

#include <algorithm>
#include <vector>

#include "linkage/labelled_sets.h"
#include "linkage/roles.h"

namespace scrutineer::tests {

// Roles are told from the left table; the right one has the same headers.
inline std::vector<linkage::Field> recognised_fields(const LabelledTable& left, const LabelledTable& right) {
  std::vector<linkage::NamedColumn> columns;
  for (std::size_t at = 0; at < left.headers.size(); ++at)
    columns.push_back({left.headers[at], &left.columns[at]});
  std::vector<linkage::Field> fields;
  for (const linkage::RecognisedColumn& column : linkage::recognise_roles(columns)) {
    if (column.role)
      fields.push_back(
          {column.header, *column.role, &left.column(column.header), &right.column(column.header)});
  }
  return fields;
}

// A table of the first rows.
inline LabelledTable first_rows(const LabelledTable& table, std::size_t rows) {
  LabelledTable part;
  part.headers = table.headers;
  part.columns.resize(table.columns.size());
  part.rows = std::min(rows, table.rows);
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    for (std::size_t row = 0; row < part.rows; ++row) part.columns[at].append(table.columns[at][row]);
  }
  return part;
}

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_LINKAGE_RECOGNISED_FIELDS_H_
