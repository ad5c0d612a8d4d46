#include "serve/guard.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "serve/request.h"

namespace scrutineer::serve {
namespace {

std::optional<ApiError> error(int status, const char* code, std::string message) {
  return ApiError{status, code, std::move(message), {}, {}};
}

bool right_token(std::string_view authorization, std::string_view token) {
  constexpr std::string_view scheme = "Bearer ";
  if (!authorization.starts_with(scheme)) return false;
  authorization.remove_prefix(scheme.size());
  return authorization.size() == token.size() &&
         sodium_memcmp(authorization.data(), token.data(), token.size()) == 0;
}

}  // namespace

std::string new_token() {
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 64> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::optional<ApiError> guard(const Asked& asked, int port, std::string_view token) {
  const std::string here = fmt::format("127.0.0.1:{}", port);
  const std::string local = fmt::format("localhost:{}", port);
  if (asked.repeated_headers > 0) return error(400, "bad-request", "A header came twice.");
  if (!asked.host || (*asked.host != here && *asked.host != local))
    return error(403, "host", "This server answers to its own address alone.");
  if (asked.origin && *asked.origin != "http://" + here && *asked.origin != "http://" + local)
    return error(403, "origin", "The request comes from another site.");
  if (asked.fetch_site && *asked.fetch_site != "same-origin" && *asked.fetch_site != "none")
    return error(403, "origin", "The request comes from another site.");
  const auto path = plain_path(asked.target);
  if (!path) return error(404, "not-found", "There is no such path.");
  const bool is_api = *path == "/api" || path->starts_with("/api/");
  if (is_api && (!asked.authorization || !right_token(*asked.authorization, token)))
    return error(401, "token",
                 "The token is missing or wrong: open the address that scrutineer review printed.");
  if (asked.method != "GET" && asked.method != "POST" && !(asked.method == "HEAD" && !is_api))
    return error(405, "method", "Only GET and POST are answered.");
  if (asked.method == "POST" && !is_api) return error(405, "method", "This is only to be read.");
  if (asked.method == "POST") {
    const std::string_view type = asked.content_type.value_or("");
    if (type.substr(0, type.find(';')) != "application/json")
      return error(415, "content-type", "The request must be application/json.");
  }
  return std::nullopt;
}

}  // namespace scrutineer::serve
