#include "store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cctype>
#include <utility>

namespace scrutineer::store {
namespace {

constexpr int busy_milliseconds = 10000;

// Waits for whoever writes. SQLite's own handler sleeps up to 100 ms between tries, which is longer than ten
// reviewers need for all their writes together.
int wait_a_millisecond(void*, int tries) {
  if (tries >= busy_milliseconds) return 0;
  ::usleep(1000);
  return 1;
}

std::unexpected<Error> sqlite_error(sqlite3* database, int code, const std::string& file) {
  const std::string why = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
      return refused("is not a SQLite database", {file});
    case SQLITE_CORRUPT:
      return refused("is a damaged SQLite database (" + why + ")", {file});
    default:
      return internal_error("SQLite: " + why, {file});
  }
}

// A file name as a URI: every byte that is not plain is escaped.
std::string uri_of(const std::filesystem::path& file, std::string_view parameters) {
  std::string uri = "file:";
  for (const char letter : std::filesystem::absolute(file).string()) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalnum(byte) || letter == '/' || letter == '.' || letter == '-' || letter == '_') {
      uri += letter;
    } else {
      uri += fmt::format("%{:02X}", byte);
    }
  }
  return uri + "?" + std::string(parameters);
}

}  // namespace

// ---------------------------------------------------------------- statements

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      file_(std::move(other.file_)),
      bind_failed_(other.bind_failed_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  if (this == &other) return *this;
  sqlite3_finalize(statement_);
  database_ = other.database_;
  statement_ = std::exchange(other.statement_, nullptr);
  file_ = std::move(other.file_);
  bind_failed_ = other.bind_failed_;
  return *this;
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

void Statement::restart() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  bind_failed_ = false;
}

void Statement::bind_one(int position, std::nullptr_t) {
  bind_failed_ |= sqlite3_bind_null(statement_, position) != SQLITE_OK;
}
void Statement::bind_one(int position, std::int64_t value) {
  bind_failed_ |= sqlite3_bind_int64(statement_, position, value) != SQLITE_OK;
}
void Statement::bind_one(int position, double value) {
  bind_failed_ |= sqlite3_bind_double(statement_, position, value) != SQLITE_OK;
}
void Statement::bind_one(int position, std::string_view value) {
  // A view without bytes would be bound as a null.
  const char* const data = value.data() ? value.data() : "";
  bind_failed_ |= sqlite3_bind_text64(statement_, position, data, value.size(), SQLITE_TRANSIENT,
                                      SQLITE_UTF8) != SQLITE_OK;
}
void Statement::bind_one(int position, Bytes value) {
  const void* const data = value.data() ? static_cast<const void*>(value.data()) : "";
  bind_failed_ |=
      sqlite3_bind_blob64(statement_, position, data, value.size(), SQLITE_TRANSIENT) != SQLITE_OK;
}

Result<bool> Statement::step() {
  if (bind_failed_) return sqlite_error(database_, sqlite3_errcode(database_), file_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  auto error = sqlite_error(database_, code, file_);
  sqlite3_reset(statement_);
  return error;
}

Status Statement::run() {
  while (true) {
    SCRUTINEER_TRY(const bool more, step());
    if (!more) return {};
  }
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}
std::string Statement::text(int column) const {
  const auto* const data = sqlite3_column_text(statement_, column);
  if (!data) return {};
  return {reinterpret_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}
std::string Statement::bytes(int column) const {
  const auto* const data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (!data) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}
std::optional<std::string> Statement::optional_text(int column) const {
  return is_null(column) ? std::nullopt : std::optional(text(column));
}
std::optional<double> Statement::optional_real(int column) const {
  return is_null(column) ? std::nullopt : std::optional(real(column));
}
std::optional<std::int64_t> Statement::optional_integer(int column) const {
  return is_null(column) ? std::nullopt : std::optional(integer(column));
}
int Statement::columns() const {
  return sqlite3_column_count(statement_);
}
std::string Statement::column_name(int column) const {
  const char* const name = sqlite3_column_name(statement_, column);
  return name ? name : "";
}

// ---------------------------------------------------------------- connections

Sqlite::Sqlite(Sqlite&& other) noexcept
    : file_(std::move(other.file_)), database_(std::exchange(other.database_, nullptr)) {}

Sqlite& Sqlite::operator=(Sqlite&& other) noexcept {
  if (this == &other) return *this;
  close();
  file_ = std::move(other.file_);
  database_ = std::exchange(other.database_, nullptr);
  return *this;
}

Sqlite::~Sqlite() {
  close();
}

// Statements that are still open keep a connection alive until they are gone.
void Sqlite::close() {
  sqlite3_close_v2(std::exchange(database_, nullptr));
}

Result<Sqlite> Sqlite::open(const std::filesystem::path& file, SqliteMode mode) {
  if (mode == SqliteMode::create && std::filesystem::exists(file)) {
    return internal_error("exists already", {file.string()});
  }
  if (mode != SqliteMode::create && !std::filesystem::is_regular_file(file)) {
    return refused(std::filesystem::exists(file) ? "is not a regular file" : "no such file", {file.string()},
                   "a SQLite database");
  }
  const int flags = mode == SqliteMode::read_only    ? SQLITE_OPEN_READONLY
                    : mode == SqliteMode::read_write ? SQLITE_OPEN_READWRITE
                                                     : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  Sqlite opened(file);
  int code = sqlite3_open_v2(uri_of(file, "").c_str(), &opened.database_, flags | SQLITE_OPEN_URI, nullptr);
  if (code != SQLITE_OK) return sqlite_error(opened.database_, code, file.string());
  Status settled = opened.settle(mode);
  if (!settled && mode == SqliteMode::read_only &&
      (sqlite3_errcode(opened.database_) & 0xFF) == SQLITE_CANTOPEN) {
    // A write-ahead log on a medium that cannot be written: nobody else can write it either.
    opened.close();
    code = sqlite3_open_v2(uri_of(file, "immutable=1").c_str(), &opened.database_, flags | SQLITE_OPEN_URI,
                           nullptr);
    if (code != SQLITE_OK) return sqlite_error(opened.database_, code, file.string());
    settled = opened.settle(mode);
  }
  SCRUTINEER_CHECK(settled);
  return opened;
}

Status Sqlite::settle(SqliteMode mode) {
  sqlite3_busy_handler(database_, wait_a_millisecond, nullptr);
  sqlite3_extended_result_codes(database_, 1);
  // A case comes from someone else's machine: nothing in its schema is trusted to run, and a string in double
  // quotes is never taken for a value.
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  SCRUTINEER_CHECK(
      execute("PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON"));
  switch (mode) {
    case SqliteMode::read_only:
      return execute("SELECT count(*) FROM sqlite_schema");
    case SqliteMode::read_write:
      return execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    case SqliteMode::create:
      return execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
  }
  return {};
}

Status Sqlite::execute(std::string_view sql) {
  const int code = sqlite3_exec(database_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(database_, code, file_.string());
  return {};
}

Result<Statement> Sqlite::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) return sqlite_error(database_, code, file_.string());
  return Statement(database_, statement, file_.string());
}

Result<std::int64_t> Sqlite::integer(std::string_view sql) {
  SCRUTINEER_TRY(Statement statement, prepare(sql));
  SCRUTINEER_TRY(const bool found, statement.step());
  return found ? statement.integer(0) : 0;
}

Result<Transaction> Transaction::begin(Sqlite& database) {
  SCRUTINEER_CHECK(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  // Rolling back cannot fail in a way that matters: an open transaction is dropped with its connection.
  if (database_) static_cast<void>(database_->execute("ROLLBACK"));
}

Status Transaction::commit() {
  SCRUTINEER_CHECK(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace scrutineer::store
