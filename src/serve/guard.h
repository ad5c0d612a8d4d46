// Who may ask: checks on a request before anything is done with it.
#ifndef SCRUTINEER_SERVE_GUARD_H_
#define SCRUTINEER_SERVE_GUARD_H_

#include <optional>
#include <string>
#include <string_view>

#include "serve/api_error.h"

namespace scrutineer::serve {

// The parts of a request that decide it; a header that is absent is nothing.
struct Asked {
  std::string_view method, target;
  std::optional<std::string_view> host, origin, fetch_site, authorization, content_type;
  std::size_t repeated_headers = 0;  // of those above, how many came more than once
};

// 43 characters of base64url: 32 random bytes.
std::string new_token();

// Nothing if the request may go on. Static files need no token. The token is compared in constant time.
std::optional<ApiError> guard(const Asked& asked, int port, std::string_view token);

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_GUARD_H_
