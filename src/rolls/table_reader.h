// Reads a roll from a table that a database engine holds: a Parquet file, or the result of the user's own
// query (RollSpec::query) on a Parquet file or a database. Every value comes as text, nulls as missing; lines
// are ordinals from 1; column names are the header. The count of physical records is the engine's own (the
// Parquet file's metadata, or a count over the query), apart from the stream of rows.
//
// A query on a Parquet file sees it as the table `roll`. A query on a DuckDB or SQLite database sees its
// tables. It can read nothing but that file: what is not in the ledger's digests is not evidence. The file is
// opened read-only.
#ifndef SCRUTINEER_ROLLS_TABLE_READER_H_
#define SCRUTINEER_ROLLS_TABLE_READER_H_

#include "base/result.h"
#include "rolls/input_file.h"
#include "rolls/read_roll.h"

namespace scrutineer::rolls {

Result<Roll> read_parquet(const InputFile& file, const RollSpec& spec, const ReadOptions& options);

// `database`: the file is a DuckDB database; else it is Parquet.
Result<Roll> read_duckdb_query(const InputFile& file, bool database, const RollSpec& spec,
                               const ReadOptions& options);

Result<Roll> read_sqlite_query(const InputFile& file, const RollSpec& spec, const ReadOptions& options);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_TABLE_READER_H_
