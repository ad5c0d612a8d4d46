#include "base/result.h"

#include <fmt/format.h>

#include "base/text.h"

namespace scrutineer {

std::string Error::message() const {
  std::string text;
  if (!where.file.empty()) {
    text = where.file;
    if (where.line) text += fmt::format(":{}", where.line);
    if (where.line && where.column) text += fmt::format(":{}", where.column);
    text += ": ";
  }
  text += what;
  if (!expected.empty()) text += "; expected " + expected;
  return printable(text);
}

std::unexpected<Error> refused(std::string what, Place where, std::string expected) {
  return std::unexpected(
      Error{ErrorCategory::refused_input, std::move(what), std::move(expected), std::move(where)});
}

std::unexpected<Error> wrong_usage(std::string what, std::string expected) {
  return std::unexpected(Error{ErrorCategory::usage, std::move(what), std::move(expected), {}});
}

std::unexpected<Error> internal_error(std::string what, Place where) {
  return std::unexpected(Error{ErrorCategory::internal, std::move(what), {}, std::move(where)});
}

}  // namespace scrutineer
