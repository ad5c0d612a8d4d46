// What the two source files of the DuckDB wall share. Not for other rooms.
#ifndef SCRUTINEER_STORE_DUCKDB_STATE_H_
#define SCRUTINEER_STORE_DUCKDB_STATE_H_

#include <duckdb.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "store/duckdb.h"

namespace scrutineer::store {

// Tables of the program's memory that DuckDB may read at present, by the number that SQL knows them by.
// DuckDB keeps a pointer to it for as long as the database lives, so it lives beside the database.
struct Sources {
  std::mutex guard;
  std::int64_t next = 1;
  std::map<std::int64_t, const TableSource*> present;
};

struct Duck::State {
  std::unique_ptr<Sources> sources = std::make_unique<Sources>();
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  std::uint64_t scratch_tables = 0;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (connection) duckdb_disconnect(&connection);
    if (database) duckdb_close(&database);
  }
};

// The table function "scrutineer_source(number)", registered once when a database is opened.
inline constexpr const char* source_function = "scrutineer_source";
Status register_source_function(duckdb_connection connection, Sources& sources);

// An error of DuckDB as an Error, as the comment in Duck says.
std::unexpected<Error> duck_error(const char* message, duckdb_error_type type, const Place& origin);

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_DUCKDB_STATE_H_
