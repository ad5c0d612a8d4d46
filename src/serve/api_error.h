// A refused request, as the interface says it (doc/review-api.md, "Every request").
#ifndef SCRUTINEER_SERVE_API_ERROR_H_
#define SCRUTINEER_SERVE_API_ERROR_H_

#include <expected>
#include <string>
#include <utility>

#include "base/result.h"

namespace scrutineer::serve {

struct ApiError {
  int status = 400;
  std::string code;
  std::string message;  // a sentence for the person
  std::string field;    // key or parameter, or empty
  std::string more;     // further members of the answer, as JSON text: "\"decisions\":[...]", or empty
};

template <typename T>
using Answer = std::expected<T, ApiError>;

inline std::unexpected<ApiError> refuse(int status, std::string code, std::string message,
                                        std::string field = {}) {
  return std::unexpected(ApiError{status, std::move(code), std::move(message), std::move(field), {}});
}

// What went wrong inside: the case cannot be read or written.
inline std::unexpected<ApiError> failed(const Error& error) {
  return refuse(500, "internal", error.message());
}

// As SCRUTINEER_TRY, from a Result into an Answer.
#define SERVE_TRY_NAMED(declaration, expression, temporary)              \
  auto temporary = (expression);                                         \
  if (!temporary) return ::scrutineer::serve::failed(temporary.error()); \
  declaration = *std::move(temporary)
#define SERVE_JOIN(a, b) a##b
#define SERVE_NAME(line) SERVE_JOIN(serve_result_, line)
#define SERVE_TRY(declaration, expression) SERVE_TRY_NAMED(declaration, expression, SERVE_NAME(__LINE__))
#define SERVE_CHECK(expression)                                 \
  do {                                                          \
    if (auto serve_status = (expression); !serve_status)        \
      return ::scrutineer::serve::failed(serve_status.error()); \
  } while (false)
// From an Answer into an Answer.
#define SERVE_ASK_NAMED(declaration, expression, temporary)             \
  auto temporary = (expression);                                        \
  if (!temporary) return std::unexpected(std::move(temporary).error()); \
  declaration = *std::move(temporary)
#define SERVE_ASK(declaration, expression) SERVE_ASK_NAMED(declaration, expression, SERVE_NAME(__LINE__))

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_API_ERROR_H_
