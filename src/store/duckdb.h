// DuckDB, behind a wall. It reads Parquet, sorts beyond memory, answers the user's own SQL and writes
// Parquet; it is scratch, never the archive (that is SQLite, store/case_file.h). What it does wrong is kept
// out here by construction (STACK.md, "Catches"):
//
// - A database is in memory, with threads, memory limit and spill folder set explicitly; it never loads or
//   fetches an extension and keeps no secrets (catch 7: without a spill folder private data would be written
//   to the working directory; here it is never spilled unless a folder is given).
// - Every value comes out as text, to be parsed with reasons by the reader (catch 2). CSV is not read with
// DuckDB
//   at all (catch 1: an unterminated quote swallows the file); rolls/ has its own record splitter.
// - Only a plain scan of one table or file is streamed. Any other query is first written to a temporary
// table,
//   then scanned (catches 3 and 4: streaming a UNION ALL of joins hangs for ever, duckdb/duckdb#22215; window
//   functions over one return rows that were not in the input, #25995).
// - A chunk of no rows ends a stream (catch 5), and an error in mid-stream is an error, never a short result.
// - Sums that must be reproducible are never taken of floating-point columns here (catch 6).
//
// A Duck is one connection: use it from one thread at a time, and open one for each thread that needs its
// own.
#ifndef SCRUTINEER_STORE_DUCKDB_H_
#define SCRUTINEER_STORE_DUCKDB_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace scrutineer::store {

// `text` in double quotes with inner ones doubled: a table or column name in SQL, whatever it holds.
std::string quoted_identifier(std::string_view text);
// `text` in single quotes with inner ones doubled: a string in SQL, whatever it holds.
std::string quoted_literal(std::string_view text);

struct DuckOptions {
  unsigned threads = 0;                     // 0: one for each processor
  std::uint64_t memory_bytes = 1ULL << 30;  // what DuckDB may hold; a little more is used around it
  std::filesystem::path temp_directory =
      {};  // where what does not fit is spilled; empty: refused for want of memory
  bool preserve_insertion_order = true;  // false: faster and leaner for bulk whose order does not matter
};

// What a scan reads. There is no way to name a join or a union here, which is what makes streaming it safe.
class Relation {
 public:
  static Relation table(std::string_view name);
  static Relation parquet(const std::filesystem::path& file);  // one file; a name is no pattern
  [[nodiscard]] const std::string& sql() const { return sql_; }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  explicit Relation(std::string sql, std::string file) : sql_(std::move(sql)), file_(std::move(file)) {}
  std::string sql_;
  std::string file_;  // for messages; empty for a table
};

// Rows of a stream, at most 2048 at a time, in columns. Views stay valid until the next call of next().
class TextChunk {
 public:
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] bool is_null(std::size_t column, std::size_t row) const {
    return columns_[column][row].data() == nullptr;
  }
  // Empty for a null.
  [[nodiscard]] std::string_view text(std::size_t column, std::size_t row) const {
    return columns_[column][row];
  }

 private:
  friend class TextScan;
  std::size_t rows_ = 0;
  std::vector<std::vector<std::string_view>> columns_;
};

// A stream of rows as text, in the relation's order where the Duck preserves it. Only one may be open on a
// Duck, nothing else may be run on that Duck meanwhile, and it must not outlive the Duck. It may be dropped
// early.
class TextScan {
 public:
  TextScan(TextScan&&) noexcept;
  TextScan& operator=(TextScan&&) noexcept;
  ~TextScan();

  [[nodiscard]] const std::vector<std::string>& columns() const;
  // Moves to the next rows; false at the end.
  Result<bool> next();
  [[nodiscard]] const TextChunk& chunk() const { return chunk_; }

 private:
  friend class Duck;
  struct State;
  explicit TextScan(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
  TextChunk chunk_;
};

enum class ColumnType : std::uint8_t { text, integer, real, date, boolean };

struct ColumnSpec {
  std::string name;
  ColumnType type = ColumnType::text;
};

// Where a TableSource puts the cells of a piece of at most 2048 rows. `row` counts from 0 within the piece.
// Cells that are not set are null; the type called must be the column's (a defect otherwise: the table is
// refused).
class CellWriter {
 public:
  void text(std::size_t column, std::size_t row, std::string_view value);  // well-formed UTF-8
  void integer(std::size_t column, std::size_t row, std::int64_t value);
  void real(std::size_t column, std::size_t row, double value);
  void date(std::size_t column, std::size_t row, Date value);
  void boolean(std::size_t column, std::size_t row, bool value);

 private:
  friend struct BulkFunction;
  CellWriter() = default;
  void* chunk_ = nullptr;
  const std::vector<ColumnSpec>* columns_ = nullptr;
  std::vector<void*> data_;
  std::vector<bool> set_;  // column * piece + row
  std::size_t piece_ = 0;
  bool wrong_type_ = false;
};

// A table in the program's memory. `fill` sets the cells of rows first .. first + rows - 1; it may throw.
struct TableSource {
  std::vector<ColumnSpec> columns;
  std::uint64_t rows = 0;
  std::function<void(std::uint64_t first, std::size_t rows, CellWriter& cells)> fill;
};

class Duck {
 public:
  // Refuses a library older than 1.4 and options that it does not take.
  static Result<Duck> open(const DuckOptions& options);
  Duck(Duck&&) noexcept;
  Duck& operator=(Duck&&) noexcept;
  ~Duck();

  // "v1.5.6"
  static std::string library_version();

  // Errors below: where `origin` names a file, the SQL or the data is the user's and the error is refused
  // input at its line and column (DuckDB's own, counted from origin's); where it is empty, the SQL is ours
  // and the error internal. Want of memory or of disk is internal in either case.

  // One or more statements, whose results are dropped.
  Status execute(std::string_view sql, const Place& origin = {});

  // Every column of a relation, or the named ones, as text.
  Result<TextScan> scan(const Relation& relation, const Place& origin = {});
  Result<TextScan> scan(const Relation& relation, std::span<const std::string> columns,
                        const Place& origin = {});

  // Exactly one SELECT, of any shape. Its rows are materialised in a temporary table (spilled where allowed),
  // in its ORDER BY's order or, without one, in the order DuckDB gives.
  Result<TextScan> query(std::string_view select, const Place& origin = {});

  // All rows of a query whose result is known to be small.
  using Row = std::vector<std::optional<std::string>>;
  Result<std::vector<Row>> rows(std::string_view select, const Place& origin = {});

  // Bulk writes by a table function (twice as fast as the appender), rows in the source's order.
  Status create_table(std::string_view name, const TableSource& source);
  // Zstandard-compressed, row groups of 122,880 rows: the same rows give the same bytes, whatever `threads`
  // is. An existing file is replaced, not atomically: write inside a folder that is.
  Status write_parquet(const std::filesystem::path& file, const TableSource& source);
  Status write_parquet(const std::filesystem::path& file, std::string_view select);

 private:
  struct State;
  explicit Duck(std::unique_ptr<State> state);
  Status copy_source(const TableSource& source,
                     const std::function<std::string(const std::string& from)>& sql, const Place& origin);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_DUCKDB_H_
