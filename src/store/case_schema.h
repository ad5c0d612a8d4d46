// The tables of case.sqlite. doc/casefile.md describes every one; change both together, and the version.
#ifndef SCRUTINEER_STORE_CASE_SCHEMA_H_
#define SCRUTINEER_STORE_CASE_SCHEMA_H_

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::store {

inline constexpr int case_application_id = 0x53435255;  // "SCRU", in the file's header; must not change
inline constexpr int case_version = 3;                  // user_version

Status create_case_tables(Sqlite& database);

// Refuses a file that is not a case, or one of another version.
Status check_case_version(Sqlite& database);

// The tables that an audit writes: a function of inputs, settings and seed alone, with no time in them.
std::span<const std::string_view> result_tables();

// Of each result table, the BLAKE2b-256 keyed with the case's salt, in hexadecimal, of its rows in the order
// of their first columns, each value preceded by its type and length: any change of any value changes it
// (doc/casefile.md, "Digests of tables").
Result<std::vector<std::pair<std::string, std::string>>> table_digests(Sqlite& database);
// What the ledger holds of a file of the case: its SHA-256, hashed again with the case's salt.
Result<std::string> file_digest(Sqlite& database, std::string_view sha256);

// For an erasure alone, on a copy that nobody has open (store/erase_case.h).
Status lift_decision_triggers(Sqlite& database);
Status restore_decision_triggers(Sqlite& database);

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_CASE_SCHEMA_H_
