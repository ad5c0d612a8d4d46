// Rows of a query, one call each.
#ifndef SCRUTINEER_SERVE_ROWS_H_
#define SCRUTINEER_SERVE_ROWS_H_

#include <string_view>

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::serve {

// Runs a query bound to values, calling `each` for every row.
template <typename Each, typename... Values>
Status for_rows(store::Sqlite& database, std::string_view sql, const Each& each, const Values&... values) {
  SCRUTINEER_TRY(store::Statement rows, database.prepare(sql));
  rows.bind(values...);
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return {};
    each(rows);
  }
}

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_ROWS_H_
