#include "store/carried_tables.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace scrutineer::store {
namespace {

using Named = std::pair<std::string, std::string>;  // name, the statement that made it

Result<std::vector<Named>> carried(Sqlite& database, bool tables) {
  SCRUTINEER_TRY(Statement rows,
                 database.prepare("SELECT name, sql FROM sqlite_schema WHERE substr(name, 1, ?1) = ?2 AND "
                                  "(type = 'table') = ?3 AND sql IS NOT NULL ORDER BY rowid"));
  rows.bind(carried_prefix.size(), carried_prefix, tables);
  std::vector<Named> found;
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return found;
    found.emplace_back(rows.text(0), rows.text(1));
  }
}

// SQLite's own quote() writes each value as a literal, so that one statement serves every table.
Status copy_rows(Sqlite& old, Sqlite& database, const std::string& table) {
  SCRUTINEER_TRY(Statement names, old.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid"));
  names.bind(table);
  std::string quoted;
  while (true) {
    SCRUTINEER_TRY(const bool more, names.step());
    if (!more) break;
    quoted += fmt::format("{}quote(\"{}\")", quoted.empty() ? "" : "||','||", names.text(0));
  }
  SCRUTINEER_TRY(Statement rows,
                 old.prepare(fmt::format("SELECT {} FROM \"{}\" ORDER BY rowid", quoted, table)));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return {};
    SCRUTINEER_CHECK(database.execute(fmt::format("INSERT INTO \"{}\" VALUES ({})", table, rows.text(0))));
  }
}

}  // namespace

Status copy_carried_tables(Sqlite& old, Sqlite& database) {
  SCRUTINEER_TRY(const std::vector<Named> tables, carried(old, true));
  for (const auto& [name, sql] : tables) {
    SCRUTINEER_CHECK(database.execute(sql));
    SCRUTINEER_CHECK(copy_rows(old, database, name));
  }
  SCRUTINEER_TRY(const std::vector<Named> others, carried(old, false));
  for (const auto& [name, sql] : others) SCRUTINEER_CHECK(database.execute(sql));
  return {};
}

}  // namespace scrutineer::store
