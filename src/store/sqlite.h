// SQLite, which keeps the case: one connection, prepared statements with typed values, transactions that roll
// back unless they are committed. A connection is used from one thread at a time.
//
// Errors are internal (a disk is full, a file is locked for longer than ten seconds) except that a file which
// is not a database, or is a damaged one, is refused input.
#ifndef SCRUTINEER_STORE_SQLITE_H_
#define SCRUTINEER_STORE_SQLITE_H_

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/date.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace scrutineer::store {

// Bytes, for hashes and signatures.
using Bytes = std::span<const unsigned char>;

// A prepared statement. Parameters are numbered from 1 as in SQL (?1), columns from 0.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // Values for all parameters in order, forgetting earlier ones; then the statement stands before its first
  // row. Text and bytes are copied. Takes integers, bool (0 or 1), double, text, Date (as ISO text), Bytes,
  // nullptr and optionals of these.
  template <typename... Values>
  Statement& bind(const Values&... values) {
    restart();
    int position = 0;
    (bind_one(++position, values), ...);
    return *this;
  }

  // Moves to the next row; false at the end, after which the statement may be bound and run again.
  Result<bool> step();
  // Runs a statement to its end, dropping rows.
  Status run();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;  // 0 for a null
  [[nodiscard]] double real(int column) const;           // 0 for a null
  [[nodiscard]] std::string text(int column) const;      // empty for a null
  [[nodiscard]] std::string bytes(int column) const;     // empty for a null
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] std::optional<double> optional_real(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string column_name(int column) const;

 private:
  friend class Sqlite;
  Statement(sqlite3* database, sqlite3_stmt* statement, std::string file)
      : database_(database), statement_(statement), file_(std::move(file)) {}

  void restart();
  void bind_one(int position, std::nullptr_t);
  void bind_one(int position, std::int64_t value);
  void bind_one(int position, double value);
  void bind_one(int position, std::string_view value);
  void bind_one(int position, Bytes value);
  void bind_one(int position, Date value) { bind_one(position, std::string_view(value.iso())); }
  void bind_one(int position, const std::string& value) { bind_one(position, std::string_view(value)); }
  void bind_one(int position, const char* value) { bind_one(position, std::string_view(value)); }
  template <std::integral Integer>
  void bind_one(int position, Integer value) {
    bind_one(position, static_cast<std::int64_t>(value));
  }
  template <typename T>
  void bind_one(int position, const std::optional<T>& value) {
    if (value) {
      bind_one(position, *value);
    } else {
      bind_one(position, nullptr);
    }
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
  std::string file_;
  bool bind_failed_ = false;
};

enum class SqliteMode : std::uint8_t {
  read_only,   // also from a medium that cannot be written
  read_write,  // write-ahead log, synchronous to the disk: what was committed survives a power cut
  create,      // a new file that is thrown away if the run is killed: nothing synchronous; must not exist
};

class Sqlite {
 public:
  static Result<Sqlite> open(const std::filesystem::path& file, SqliteMode mode);
  Sqlite(Sqlite&&) noexcept;
  Sqlite& operator=(Sqlite&&) noexcept;
  ~Sqlite();

  // One or more statements without parameters.
  Status execute(std::string_view sql);
  Result<Statement> prepare(std::string_view sql);
  // The first column of the first row of a query, 0 if there is none.
  Result<std::int64_t> integer(std::string_view sql);
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  // Ends the connection, once its statements are gone too; nothing can be asked of it afterwards.
  void close();

 private:
  explicit Sqlite(std::filesystem::path file) : file_(std::move(file)) {}
  Status settle(SqliteMode mode);
  std::filesystem::path file_;
  sqlite3* database_ = nullptr;
};

// Between begin and commit nothing of others is seen to change and nothing of ours is seen; destroyed without
// commit, nothing has happened. Takes the right to write at once, so that it cannot fail half-way for want of
// it.
class Transaction {
 public:
  static Result<Transaction> begin(Sqlite& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Sqlite& database) : database_(&database) {}
  Sqlite* database_;
};

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_SQLITE_H_
