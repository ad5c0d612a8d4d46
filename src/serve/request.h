// What a client sends, read strictly: query strings, JSON bodies, handles and cursors. Unknown, repeated and
// ill-formed things are refused, never passed over. No function here touches the case.
#ifndef SCRUTINEER_SERVE_REQUEST_H_
#define SCRUTINEER_SERVE_REQUEST_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "serve/api_error.h"

namespace scrutineer::serve {

inline constexpr std::size_t longest_body = 64 * 1024;
inline constexpr std::size_t longest_target = 8 * 1024;

// The part of a request's target before '?', if it is a plain path: "/api/" or "/assets/" and segments of
// letters, digits,
// '-', '_' and '.', none of them empty, "." or "..". Percent signs are refused: no path of ours needs one.
std::optional<std::string_view> plain_path(std::string_view target);

// The parameters of a target: application/x-www-form-urlencoded.
class Query {
 public:
  // Refused (bad-parameter): a name that is not allowed or stands twice, a broken escape, bytes that are not
  // UTF-8, a NUL.
  static Answer<Query> parse(std::string_view target, std::initializer_list<std::string_view> allowed);

  [[nodiscard]] std::string text(std::string_view name) const;  // empty if absent
  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  [[nodiscard]] Answer<std::int64_t> whole(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                           std::int64_t most) const;
  [[nodiscard]] Answer<bool> flag(std::string_view name, bool otherwise) const;  // "1" or "0"
  // The first choice where it is absent.
  [[nodiscard]] Answer<std::string> one_of(std::string_view name,
                                           std::initializer_list<std::string_view> choices) const;
  // All parameters but `after` and `limit`, in a fixed order: what a cursor belongs to.
  [[nodiscard]] std::string filters() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

// The members of a JSON object: text, whole numbers, flags, null.
class Body {
 public:
  // Refused (bad-request): not an object of those, a key that is not allowed or stands twice, text longer
  // than `most`.
  static Answer<Body> parse(std::string_view bytes, std::initializer_list<std::string_view> allowed,
                            std::size_t most = 20'000);

  [[nodiscard]] Answer<std::string> text(std::string_view name, bool required = false) const;
  [[nodiscard]] Answer<std::optional<std::int64_t>> whole(std::string_view name) const;
  [[nodiscard]] Answer<bool> flag(std::string_view name, bool otherwise) const;

 private:
  struct Value {
    std::optional<std::string> text;
    std::optional<std::int64_t> whole;
    std::optional<bool> flag;
  };
  std::map<std::string, Value, std::less<>> values_;
};

// True for a handle as the case makes them: a letter, a hyphen, 16 letters and digits.
bool is_handle(std::string_view text);

// A place in a list: two whole numbers, bound to the list they are for.
struct Cursor {
  std::int64_t first = 0, second = 0;
};
std::string to_text(const Cursor& cursor, std::string_view list);
// Refused (bad-cursor): not a cursor, or of another list. Nothing for an empty text.
Answer<std::optional<Cursor>> cursor_of(std::string_view text, std::string_view list);

// What a person types into a search box, as a query of the index: every word must begin a word. Empty if
// there is no word in it. Nothing of it is taken for an operator.
std::string search_query(std::string_view typed, std::string_view columns = {});

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_REQUEST_H_
