#include "store/duckdb.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "base/parallel.h"
#include "base/text.h"
#include "store/duckdb_state.h"

namespace scrutineer::store {
namespace {

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char letter : text) {
    // DuckDB's parser reads a zero-terminated text: a zero byte would cut the statement short.
    if (letter == '\0') {
      result += "\xEF\xBF\xBD";
      continue;
    }
    if (letter == quote) result += quote;
    result += letter;
  }
  result += quote;
  return result;
}

// A path as DuckDB's file readers want it: absolute, so that no scheme ("http:") can be read into it, with
// the letters of patterns made plain.
std::string plain_path(const std::filesystem::path& file) {
  std::string result;
  for (const char letter : std::filesystem::absolute(file).string()) {
    if (letter == '*' || letter == '?' || letter == '[') {
      result += '[';
      result += letter;
      result += ']';
    } else {
      result += letter;
    }
  }
  return result;
}

// DuckDB shows the place of an error as
//
//   LINE 2:   from members where
//                          ^
// Adds that line and column to `place`, whose own line is that of the SQL's first.
void add_place(std::string_view message, Place& place) {
  const std::size_t at = message.rfind("\nLINE ");
  if (at == std::string_view::npos) return;
  std::string_view rest = message.substr(at + 6);
  std::uint64_t line = 0;
  const auto [end, failed] = std::from_chars(rest.data(), rest.data() + rest.size(), line);
  if (failed != std::errc() || line == 0) return;
  place.line = (place.line ? place.line : 1) + line - 1;
  const auto digits = static_cast<std::size_t>(end - rest.data());
  const std::size_t prefix = std::string_view("LINE ").size() + digits + 2;  // ": "
  const std::size_t break_at = rest.find('\n');
  if (break_at == std::string_view::npos || rest.substr(digits + 2).starts_with("...")) return;
  const std::string_view marker = rest.substr(break_at + 1);
  const std::size_t caret = marker.find('^');
  if (caret != std::string_view::npos && caret >= prefix) place.column = caret - prefix + 1;
}

duckdb_error_type error_type(duckdb_result& result) {
  return duckdb_result_error_type(&result);
}

struct Config {
  duckdb_config handle = nullptr;
  Config() { duckdb_create_config(&handle); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  ~Config() { duckdb_destroy_config(&handle); }
};

struct QueryResult {
  duckdb_result handle{};
  QueryResult() = default;
  QueryResult(const QueryResult&) = delete;
  QueryResult& operator=(const QueryResult&) = delete;
  ~QueryResult() { duckdb_destroy_result(&handle); }
};

std::string joined_columns(std::span<const std::string> columns) {
  std::string list;
  for (const std::string& column : columns) {
    if (!list.empty()) list += ", ";
    list += fmt::format("CAST({0} AS VARCHAR) AS {0}", quoted_identifier(column));
  }
  return list;
}

}  // namespace

std::string quoted_identifier(std::string_view text) {
  return quoted(text, '"');
}
std::string quoted_literal(std::string_view text) {
  return quoted(text, '\'');
}

std::unexpected<Error> duck_error(const char* message, duckdb_error_type type, const Place& origin) {
  const std::string_view whole = message ? message : "DuckDB gave no reason";
  const bool surroundings = type == DUCKDB_ERROR_OUT_OF_MEMORY || type == DUCKDB_ERROR_FATAL ||
                            type == DUCKDB_ERROR_INTERNAL ||
                            whole.find("No space left") != std::string_view::npos;
  // The first paragraph says it; what follows shows the SQL again.
  std::string what(trimmed(whole.substr(0, whole.find("\n\n"))));
  std::replace(what.begin(), what.end(), '\n', ' ');
  if (origin.file.empty() || surroundings) return internal_error("DuckDB: " + what, origin);
  Place place = origin;
  add_place(whole, place);
  return refused(std::move(what), std::move(place));
}

Relation Relation::table(std::string_view name) {
  return Relation(quoted_identifier(name), "");
}

Relation Relation::parquet(const std::filesystem::path& file) {
  return Relation(fmt::format("read_parquet({})", quoted_literal(plain_path(file))), file.string());
}

// ---------------------------------------------------------------- opening

Duck::Duck(std::unique_ptr<State> state) : state_(std::move(state)) {}
Duck::Duck(Duck&&) noexcept = default;
Duck& Duck::operator=(Duck&&) noexcept = default;
Duck::~Duck() = default;

std::string Duck::library_version() {
  return duckdb_library_version();
}

Result<Duck> Duck::open(const DuckOptions& options) {
  const std::string version = library_version();
  int major = 0;
  int minor = 0;
  if (std::sscanf(version.c_str(), "v%d.%d", &major, &minor) != 2 ||
      std::pair(major, minor) < std::pair(1, 4)) {
    return internal_error("DuckDB's library is " + version + ", which is older than v1.4");
  }
  const std::pair<const char*, std::string> settings[] = {
      {"threads", std::to_string(thread_count(options.threads))},
      {"memory_limit", std::to_string(options.memory_bytes / 1024) + "KiB"},
      {"temp_directory", options.temp_directory.string()},
      {"preserve_insertion_order", options.preserve_insertion_order ? "true" : "false"},
      {"autoinstall_known_extensions", "false"},
      {"autoload_known_extensions", "false"},
      {"allow_community_extensions", "false"},
      {"allow_persistent_secrets", "false"},
  };
  Config config;
  for (const auto& [name, value] : settings) {
    if (duckdb_set_config(config.handle, name, value.c_str()) == DuckDBError) {
      return internal_error(
          fmt::format("DuckDB {} does not take the setting {} = \"{}\"", version, name, value));
    }
  }
  auto state = std::make_unique<State>();
  char* reason = nullptr;
  if (duckdb_open_ext(":memory:", &state->database, config.handle, &reason) == DuckDBError) {
    const std::string why = reason ? reason : "no reason given";
    duckdb_free(reason);
    return internal_error("DuckDB cannot be opened: " + why);
  }
  if (duckdb_connect(state->database, &state->connection) == DuckDBError) {
    return internal_error("DuckDB refuses a connection");
  }
  SCRUTINEER_CHECK(register_source_function(state->connection, *state->sources));
  Duck duck(std::move(state));
  // Times with a zone are shown in one that does not depend on the machine.
  SCRUTINEER_CHECK(duck.execute("SET TimeZone = 'UTC'"));
  return duck;
}

// ---------------------------------------------------------------- statements

Status Duck::execute(std::string_view sql, const Place& origin) {
  QueryResult result;
  if (duckdb_query(state_->connection, std::string(sql).c_str(), &result.handle) == DuckDBError) {
    return duck_error(duckdb_result_error(&result.handle), error_type(result.handle), origin);
  }
  return {};
}

// ---------------------------------------------------------------- streams

struct TextScan::State {
  duckdb_connection connection = nullptr;  // the Duck's
  duckdb_prepared_statement statement = nullptr;
  duckdb_result result{};
  duckdb_data_chunk chunk = nullptr;
  bool ended = false;
  std::string drop_when_done;  // a temporary table's quoted name
  Place origin;
  std::vector<std::string> columns;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (chunk) duckdb_destroy_data_chunk(&chunk);
    duckdb_destroy_result(&result);
    duckdb_destroy_prepare(&statement);
    if (!drop_when_done.empty()) {
      QueryResult dropped;
      duckdb_query(connection, ("DROP TABLE IF EXISTS " + drop_when_done).c_str(), &dropped.handle);
    }
  }

  Status start(const std::string& sql) {
    if (duckdb_prepare(connection, sql.c_str(), &statement) == DuckDBError) {
      return duck_error(duckdb_prepare_error(statement), DUCKDB_ERROR_INVALID, origin);
    }
    duckdb_pending_result pending = nullptr;
    if (duckdb_pending_prepared_streaming(statement, &pending) == DuckDBError) {
      auto error = duck_error(duckdb_pending_error(pending), DUCKDB_ERROR_INVALID, origin);
      duckdb_destroy_pending(&pending);
      return error;
    }
    const duckdb_state done = duckdb_execute_pending(pending, &result);
    duckdb_destroy_pending(&pending);
    if (done == DuckDBError) {
      return duck_error(duckdb_result_error(&result), error_type(result), origin);
    }
    const idx_t count = duckdb_column_count(&result);
    for (idx_t column = 0; column < count; ++column)
      columns.emplace_back(duckdb_column_name(&result, column));
    return {};
  }
};

TextScan::TextScan(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextScan::TextScan(TextScan&&) noexcept = default;
TextScan& TextScan::operator=(TextScan&&) noexcept = default;
TextScan::~TextScan() = default;

const std::vector<std::string>& TextScan::columns() const {
  return state_->columns;
}

Result<bool> TextScan::next() {
  chunk_.rows_ = 0;
  if (state_->chunk) duckdb_destroy_data_chunk(&state_->chunk);
  if (state_->ended) return false;
  state_->chunk = duckdb_fetch_chunk(state_->result);
  const idx_t rows = state_->chunk ? duckdb_data_chunk_get_size(state_->chunk) : 0;
  if (rows == 0) {
    state_->ended = true;
    const char* failure = duckdb_result_error(&state_->result);
    if (failure && *failure) return duck_error(failure, error_type(state_->result), state_->origin);
    return false;
  }
  chunk_.rows_ = rows;
  chunk_.columns_.resize(state_->columns.size());
  for (std::size_t column = 0; column < chunk_.columns_.size(); ++column) {
    const duckdb_vector vector = duckdb_data_chunk_get_vector(state_->chunk, column);
    auto* const cells = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
    std::uint64_t* const validity = duckdb_vector_get_validity(vector);
    std::vector<std::string_view>& views = chunk_.columns_[column];
    views.resize(rows);
    for (idx_t row = 0; row < rows; ++row) {
      const bool valid = !validity || ((validity[row / 64] >> (row % 64)) & 1U);
      views[row] =
          valid ? std::string_view(duckdb_string_t_data(&cells[row]), duckdb_string_t_length(cells[row]))
                : std::string_view();
    }
  }
  return true;
}

Result<TextScan> Duck::scan(const Relation& relation, const Place& origin) {
  auto state = std::make_unique<TextScan::State>();
  state->connection = state_->connection;
  state->origin = origin;
  SCRUTINEER_CHECK(state->start("SELECT COLUMNS(*)::VARCHAR FROM " + relation.sql()));
  return TextScan(std::move(state));
}

Result<TextScan> Duck::scan(const Relation& relation, std::span<const std::string> columns,
                            const Place& origin) {
  auto state = std::make_unique<TextScan::State>();
  state->connection = state_->connection;
  state->origin = origin;
  SCRUTINEER_CHECK(state->start("SELECT " + joined_columns(columns) + " FROM " + relation.sql()));
  return TextScan(std::move(state));
}

Result<TextScan> Duck::query(std::string_view select, const Place& origin) {
  // CREATE TABLE AS takes one query and nothing else; to say so in words the user knows, it is prepared alone
  // first.
  duckdb_prepared_statement alone = nullptr;
  const bool prepared =
      duckdb_prepare(state_->connection, std::string(select).c_str(), &alone) == DuckDBSuccess;
  std::optional<Status> problem;
  if (!prepared) {
    problem = duck_error(duckdb_prepare_error(alone), DUCKDB_ERROR_INVALID, origin);
  } else if (duckdb_prepared_statement_type(alone) != DUCKDB_STATEMENT_TYPE_SELECT ||
             duckdb_nparams(alone) > 0) {
    problem = duck_error("this is not one SELECT without parameters", DUCKDB_ERROR_INVALID, origin);
  }
  duckdb_destroy_prepare(&alone);
  if (problem) return std::unexpected(problem->error());

  const std::string name = quoted_identifier(fmt::format("scrutineer scratch {}", ++state_->scratch_tables));
  std::string_view body = trimmed(select);
  while (body.ends_with(';')) body = trimmed(body.substr(0, body.size() - 1));
  // The line break ends a comment that the query may end with; the column of an error is that of the query,
  // since the query stands on lines of its own.
  Place shifted = origin;
  if (!shifted.file.empty()) shifted.line = shifted.line > 1 ? shifted.line - 1 : 0;
  SCRUTINEER_CHECK(execute(fmt::format("CREATE TEMP TABLE {} AS\n{}\n", name, body), shifted));
  auto state = std::make_unique<TextScan::State>();
  state->connection = state_->connection;
  state->origin = origin;
  state->drop_when_done = name;
  SCRUTINEER_CHECK(state->start("SELECT COLUMNS(*)::VARCHAR FROM " + name));
  return TextScan(std::move(state));
}

Result<std::vector<Duck::Row>> Duck::rows(std::string_view select, const Place& origin) {
  SCRUTINEER_TRY(TextScan scan, query(select, origin));
  std::vector<Row> all;
  while (true) {
    SCRUTINEER_TRY(const bool more, scan.next());
    if (!more) return all;
    const TextChunk& chunk = scan.chunk();
    for (std::size_t row = 0; row < chunk.rows(); ++row) {
      Row& out = all.emplace_back();
      for (std::size_t column = 0; column < scan.columns().size(); ++column) {
        out.push_back(chunk.is_null(column, row) ? std::nullopt
                                                 : std::optional<std::string>(chunk.text(column, row)));
      }
    }
  }
}

}  // namespace scrutineer::store
