#include "rolls/table_reader.h"

#include <fmt/core.h>
#include <sqlite3.h>

#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "rolls/cell_batch.h"
#include "rolls/header.h"
#include "rolls/roll_builder.h"
#include "store/duckdb.h"

namespace scrutineer::rolls {
namespace {

// Rows of text on their way into a roll.
class TableRoll {
 public:
  static Result<TableRoll> begin(std::vector<std::string> names, const RollSpec& spec,
                                 const ReadOptions& options) {
    const Header header = header_of(std::move(names));
    SCRUTINEER_TRY(ColumnPlan plan, plan_columns(header, spec));
    const std::size_t width = plan.width;
    TableRoll table;
    table.builder_ = std::make_unique<RollBuilder>(spec, std::move(plan), options.threads);
    table.batch_ = std::make_unique<CellBatch>(*table.builder_, width);
    table.longest_field_ = options.longest_field;
    return table;
  }

  void add(const std::vector<std::string>& cells) {
    std::string problem;
    for (std::size_t at = 0; at < cells.size() && problem.empty(); ++at) {
      if (cells[at].size() <= longest_field_) continue;
      problem = fmt::format("column {} holds {} bytes, more than the {} that a field may", at + 1,
                            cells[at].size(), longest_field_);
    }
    batch_->add(++rows_, cells, std::move(problem));
  }

  Result<Roll> finish(std::uint64_t bytes, std::uint64_t physical_records, std::string_view encoding) {
    batch_->flush();
    builder_->account().bytes = bytes;
    builder_->account().physical_records = physical_records;
    builder_->recognition().encoding = encoding;
    return builder_->finish();
  }

 private:
  std::unique_ptr<RollBuilder> builder_;
  std::unique_ptr<CellBatch> batch_;
  std::uint64_t longest_field_ = 0;
  std::uint64_t rows_ = 0;
};

Result<Roll> drain(store::TextScan scan, std::uint64_t physical_records, std::string_view encoding,
                   const InputFile& file, const RollSpec& spec, const ReadOptions& options) {
  SCRUTINEER_TRY(TableRoll table, TableRoll::begin(scan.columns(), spec, options));
  std::vector<std::string> cells(scan.columns().size());
  for (;;) {
    SCRUTINEER_TRY(const bool more, scan.next());
    if (!more) break;
    for (std::size_t row = 0; row < scan.chunk().rows(); ++row) {
      for (std::size_t column = 0; column < cells.size(); ++column)
        cells[column] = scan.chunk().text(column, row);
      table.add(cells);
    }
  }
  return table.finish(file.size(), physical_records, encoding);
}

Result<store::Duck> open_duck(const ReadOptions& options) {
  store::DuckOptions settings;
  settings.threads = thread_count(options.threads);
  return store::Duck::open(settings);
}

Result<std::uint64_t> single_count(store::Duck& duck, const std::string& select, const Place& place) {
  SCRUTINEER_TRY(const auto rows, duck.rows(select, place));
  std::uint64_t count = 0;
  if (rows.size() == 1 && rows[0].size() == 1 && rows[0][0]) {
    const std::string& text = *rows[0][0];
    std::from_chars(text.data(), text.data() + text.size(), count);
  }
  return count;
}

// A query without its final semicolon, to be put in brackets.
std::string bare(std::string query) {
  while (!query.empty() && (query.back() == ';' || query.back() == ' ' || query.back() == '\n' ||
                            query.back() == '\r' || query.back() == '\t')) {
    query.pop_back();
  }
  return query;
}

Place place_of(const RollSpec& spec) {
  return {spec.file.string(), 0, 0};
}

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct CloseStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

class SqliteQuery {
 public:
  static Result<SqliteQuery> open(const RollSpec& spec) {
    SqliteQuery query;
    query.place_ = place_of(spec);
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(spec.file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    query.database_.reset(opened);
    if (code != SQLITE_OK) return query.failed();
    // ATTACH would reach other files.
    sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
    return query;
  }

  Result<Statement> prepare(const std::string& sql) {
    sqlite3_stmt* prepared = nullptr;
    const char* rest = nullptr;
    const int code =
        sqlite3_prepare_v2(database_.get(), sql.c_str(), static_cast<int>(sql.size()) + 1, &prepared, &rest);
    Statement statement(prepared);
    if (code != SQLITE_OK) return failed();
    const bool reads =
        prepared != nullptr && sqlite3_stmt_readonly(prepared) != 0 && sqlite3_column_count(prepared) > 0;
    if (!reads || bare(rest).size() > 0) return refused("the query is not one SELECT", place_, "one SELECT");
    return statement;
  }

  // True for a row, false at the end.
  Result<bool> step(const Statement& statement) {
    const int code = sqlite3_step(statement.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return failed();
  }

 private:
  [[nodiscard]] std::unexpected<Error> failed() const {
    return refused(std::string("the query failed: ") + sqlite3_errmsg(database_.get()), place_);
  }

  std::unique_ptr<sqlite3, CloseDatabase> database_;
  Place place_;
};

std::string sqlite_text(const Statement& statement, int column) {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement.get(), column));
  if (sqlite3_column_type(statement.get(), column) != SQLITE_BLOB) {
    bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), column));
  }
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), column))};
}

}  // namespace

Result<Roll> read_parquet(const InputFile& file, const RollSpec& spec, const ReadOptions& options) {
  const Place place = place_of(spec);
  SCRUTINEER_TRY(store::Duck duck, open_duck(options));
  SCRUTINEER_TRY(const std::uint64_t records,
                 single_count(duck,
                              "SELECT sum(num_rows) FROM parquet_file_metadata(" +
                                  store::quoted_literal(spec.file.string()) + ")",
                              place));
  SCRUTINEER_TRY(store::TextScan scan, duck.scan(store::Relation::parquet(spec.file), place));
  return drain(std::move(scan), records, "Parquet", file, spec, options);
}

Result<Roll> read_duckdb_query(const InputFile& file, bool database, const RollSpec& spec,
                               const ReadOptions& options) {
  const Place place = place_of(spec);
  const std::string name = store::quoted_literal(spec.file.string());
  SCRUTINEER_TRY(store::Duck duck, open_duck(options));
  if (database) {
    SCRUTINEER_CHECK(duck.execute("ATTACH " + name + " AS source (READ_ONLY); USE source", place));
  } else {
    SCRUTINEER_CHECK(duck.execute("CREATE VIEW roll AS SELECT * FROM read_parquet(" + name + ")", place));
    SCRUTINEER_CHECK(duck.execute("SET allowed_paths = [" + name + "]", place));
  }
  SCRUTINEER_CHECK(duck.execute("SET enable_external_access = false; SET lock_configuration = true", place));
  const std::string query = bare(spec.query);
  SCRUTINEER_TRY(const std::uint64_t records,
                 single_count(duck, "SELECT count(*) FROM (" + query + "\n)", place));
  SCRUTINEER_TRY(store::TextScan scan, duck.query(query, place));
  return drain(std::move(scan), records, database ? "DuckDB" : "Parquet", file, spec, options);
}

Result<Roll> read_sqlite_query(const InputFile& file, const RollSpec& spec, const ReadOptions& options) {
  SCRUTINEER_TRY(SqliteQuery database, SqliteQuery::open(spec));
  SCRUTINEER_TRY(const Statement count,
                 database.prepare("SELECT count(*) FROM (" + bare(spec.query) + "\n)"));
  SCRUTINEER_TRY([[maybe_unused]] const bool counted, database.step(count));
  const auto records = static_cast<std::uint64_t>(sqlite3_column_int64(count.get(), 0));
  SCRUTINEER_TRY(const Statement statement, database.prepare(spec.query));
  const int columns = sqlite3_column_count(statement.get());
  std::vector<std::string> cells;
  for (int column = 0; column < columns; ++column) {
    cells.emplace_back(sqlite3_column_name(statement.get(), column));
  }
  SCRUTINEER_TRY(TableRoll table, TableRoll::begin(cells, spec, options));
  for (;;) {
    SCRUTINEER_TRY(const bool more, database.step(statement));
    if (!more) break;
    for (int column = 0; column < columns; ++column) {
      cells[static_cast<std::size_t>(column)] = sqlite_text(statement, column);
    }
    table.add(cells);
  }
  return table.finish(file.size(), records, "SQLite");
}

}  // namespace scrutineer::rolls
