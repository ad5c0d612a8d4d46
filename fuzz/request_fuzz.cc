// Whatever a client sends is refused or read: nothing crashes, no path leaves the folder, no cursor is taken
// that was not given.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "serve/guard.h"
#include "serve/request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scrutineer::serve;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto path = plain_path(bytes)) {
    if (path->find("..") != std::string_view::npos && path->find("/..") != std::string_view::npos)
      std::abort();
    if (path->find('%') != std::string_view::npos || path->find('\\') != std::string_view::npos) std::abort();
  }
  if (const auto query = Query::parse(bytes, {"q", "after", "limit", "state"})) {
    if (!scrutineer::is_valid_utf8(query->text("q"))) std::abort();
    static_cast<void>(query->whole("limit", 50, 1, 200));
    static_cast<void>(query->one_of("state", {"all", "decided"}));
    static_cast<void>(cursor_of(query->text("after"), query->filters()));
    if (search_query(query->text("q")).find("\"\"") != std::string::npos) std::abort();
  }
  if (const auto body = Body::parse(bytes, {"subject", "decision", "reason", "after", "blind"})) {
    static_cast<void>(body->text("subject", true));
    static_cast<void>(body->whole("after"));
    static_cast<void>(body->flag("blind", false));
  }
  if (const auto cursor = cursor_of(bytes, "list"); cursor && *cursor) {
    const auto again = cursor_of(to_text(**cursor, "list"), "list");
    if (!again || !*again || (*again)->second != (*cursor)->second) std::abort();
  }
  Asked asked;
  asked.method = bytes.substr(0, size / 4);
  asked.target = bytes.substr(size / 4, size / 4);
  asked.host = bytes.substr(size / 2, size / 4);
  asked.authorization = bytes.substr(size / 2 + size / 4);
  if (!guard(asked, 8470, "0123456789012345678901234567890123456789012")) {
    if (asked.host != "127.0.0.1:8470" && asked.host != "localhost:8470") std::abort();
  }
  return 0;
}
