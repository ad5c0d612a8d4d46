// Errors as values. Everything a user can cause (a bad file, a bad option, a contradiction in the
// data) is an Error inside a Result<T>; exceptions are left to programmer errors and to running out
// of memory. An Error says what is wrong, where (file, line, column) and what was expected, and its
// category says what the caller can do, which is also the exit status of the program.
#ifndef SCRUTINEER_BASE_RESULT_H_
#define SCRUTINEER_BASE_RESULT_H_

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace scrutineer {

// The numbers are exit statuses of the command line and must not change.
enum class ErrorCategory : std::uint8_t {
  refused_input = 1,  // a file or its content cannot be used: the user mends the input
  usage = 2,          // the command was put wrongly: the user mends the command
  internal = 3,  // a defect of Scrutineer or of its surroundings (disk full): nothing to mend in the input
};

// A place in a user's file. Lines and columns count from 1; 0 means "not known" or "the whole file".
struct Place {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;  // bytes for text files, sheet columns for spreadsheets
};

struct Error {
  ErrorCategory category = ErrorCategory::internal;
  std::string what;      // one sentence without a final stop: "column \"Surnam\" is not in the header"
  std::string expected;  // what would have been right; empty if that is obvious
  Place where;

  // "members.csv:1:14: column "Surnam" is not in the header; expected "Surname"". Control characters in any
  // part are shown as escapes, so that text typed by a stranger cannot steer a terminal.
  [[nodiscard]] std::string message() const;
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

// The three makers of errors, ready to be returned: `return refused("empty roll", {path});`
[[nodiscard]] std::unexpected<Error> refused(std::string what, Place where = {}, std::string expected = {});
[[nodiscard]] std::unexpected<Error> wrong_usage(std::string what, std::string expected = {});
[[nodiscard]] std::unexpected<Error> internal_error(std::string what, Place where = {});

}  // namespace scrutineer

// Unwraps a Result into `variable`, or returns its error from the enclosing function.
#define SCRUTINEER_CONCAT_INNER(a, b) a##b
#define SCRUTINEER_CONCAT(a, b) SCRUTINEER_CONCAT_INNER(a, b)
#define SCRUTINEER_TRY_AS(temporary, declaration, expression)           \
  auto temporary = (expression);                                        \
  if (!temporary) return std::unexpected(std::move(temporary).error()); \
  declaration = *std::move(temporary)
#define SCRUTINEER_TRY(declaration, expression) \
  SCRUTINEER_TRY_AS(SCRUTINEER_CONCAT(scrutineer_try_, __LINE__), declaration, expression)
// The same for a Status, which holds nothing.
#define SCRUTINEER_CHECK(expression)                                                      \
  do {                                                                                    \
    auto scrutineer_status = (expression);                                                \
    if (!scrutineer_status) return std::unexpected(std::move(scrutineer_status).error()); \
  } while (false)

#endif  // SCRUTINEER_BASE_RESULT_H_
