// Tables of a case that the store does not know: other rooms keep append-only records in case.sqlite (the
// canvass its outcomes), and a new case takes them over from the one it replaces, row for row.
#ifndef SCRUTINEER_STORE_CARRIED_TABLES_H_
#define SCRUTINEER_STORE_CARRIED_TABLES_H_

#include <string_view>

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::store {

// What a carried table's name begins with; its triggers and indices are named likewise.
inline constexpr std::string_view carried_prefix = "canvass_";

// Copies every such table of `old`, with its rows in their order, indices and triggers, into `database`,
// which has none of them. Rows hold integers and text without the character 0.
Status copy_carried_tables(Sqlite& old, Sqlite& database);

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_CARRIED_TABLES_H_
