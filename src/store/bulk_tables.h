// The bulk table of a case, as Parquet: too many rows for SQLite to be of use, and read best by DuckDB,
// Python or R. doc/casefile.md describes its columns.
#ifndef SCRUTINEER_STORE_BULK_TABLES_H_
#define SCRUTINEER_STORE_BULK_TABLES_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"
#include "store/duckdb.h"

namespace scrutineer::store {

// links.parquet: an entry of a register held to be a member.
struct LinkRow {
  std::uint32_t member = 0;  // members.number
  std::uint32_t roll = 0;    // index into the names given to write_links
  std::uint64_t line = 0;    // of the register's file
  std::int32_t weight = 0;   // match weight, 1/1000 of a bit
  double probability = 0;
  std::uint8_t relation = 0;  // index into the relations given to write_links
};

// In the order given. `rolls` and `relations` are what the indices stand for.
Status write_links(Duck& duck, const std::filesystem::path& file, std::span<const LinkRow> links,
                   std::span<const std::string> rolls, std::span<const std::string> relations);

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_BULK_TABLES_H_
