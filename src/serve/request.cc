#include "serve/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "store/ledger.h"

namespace scrutineer::serve {
namespace {

std::optional<int> hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return std::nullopt;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+') {
      plain += ' ';
    } else if (text[at] == '%') {
      if (at + 2 >= text.size()) return std::nullopt;
      const auto high = hex_digit(text[at + 1]);
      const auto low = hex_digit(text[at + 2]);
      if (!high || !low) return std::nullopt;
      plain += static_cast<char>(*high * 16 + *low);
      at += 2;
    } else {
      plain += text[at];
    }
  }
  if (!is_valid_utf8(plain) || plain.find('\0') != std::string::npos) return std::nullopt;
  return plain;
}

std::optional<std::int64_t> whole_of(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

// The list a cursor is for, in 16 hexadecimal digits.
std::string tag_of(std::string_view list) {
  return store::hex(store::blake2b(list)).substr(0, 16);
}

// Collects the members of one flat object; anything else stops the parser.
class FlatObject : public nlohmann::json_sax<nlohmann::json> {
 public:
  using Put = std::function<bool(const std::string& key, const nlohmann::json& value)>;
  explicit FlatObject(Put put) : put_(std::move(put)) {}
  bool null() override { return value(nullptr); }
  bool boolean(bool flag) override { return value(flag); }
  bool number_integer(number_integer_t number) override { return value(number); }
  bool number_unsigned(number_unsigned_t number) override { return value(number); }
  bool number_float(number_float_t number, const string_t&) override { return value(number); }
  bool string(string_t& text) override { return value(text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return depth_++ == 0; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return false; }
  bool end_array() override { return false; }
  bool key(string_t& name) override {
    key_ = name;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool value(const nlohmann::json& given) { return depth_ == 1 && put_(key_, given); }
  Put put_;
  std::string key_;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string_view> plain_path(std::string_view target) {
  if (target.size() > longest_target) return std::nullopt;
  const std::string_view path = target.substr(0, target.find('?'));
  if (path.empty() || path.front() != '/') return std::nullopt;
  if (path == "/") return path;
  for (const std::string_view segment : split(path.substr(1), '/')) {
    if (segment.empty() || segment.front() == '.') return std::nullopt;
    for (const char letter : segment) {
      const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                         (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
      if (!plain) return std::nullopt;
    }
  }
  return path;
}

Answer<Query> Query::parse(std::string_view target, std::initializer_list<std::string_view> allowed) {
  Query query;
  const auto mark = target.find('?');
  if (mark == std::string_view::npos || mark + 1 == target.size()) return query;
  for (const std::string_view part : split(target.substr(mark + 1), '&')) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    const auto name = decoded(part.substr(0, equals));
    const auto value =
        equals == std::string_view::npos ? std::optional<std::string>("") : decoded(part.substr(equals + 1));
    if (!name || !value) return refuse(400, "bad-parameter", "A parameter is not percent-encoded UTF-8.");
    if (std::find(allowed.begin(), allowed.end(), *name) == allowed.end())
      return refuse(400, "bad-parameter",
                    fmt::format("There is no parameter \"{}\" here.", printable(*name, 64)),
                    printable(*name, 64));
    if (!query.values_.emplace(*name, *value).second)
      return refuse(400, "bad-parameter", fmt::format("The parameter \"{}\" stands twice.", *name), *name);
  }
  return query;
}

std::string Query::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second;
}

Answer<std::int64_t> Query::whole(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                  std::int64_t most) const {
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return otherwise;
  const auto value = whole_of(found->second);
  if (!value || *value < least || *value > most) {
    return refuse(400, "bad-parameter",
                  fmt::format("\"{}\" must be a whole number from {} to {}.", name, least, most),
                  std::string(name));
  }
  return *value;
}

Answer<bool> Query::flag(std::string_view name, bool otherwise) const {
  SERVE_ASK(const std::int64_t value, whole(name, otherwise ? 1 : 0, 0, 1));
  return value == 1;
}

Answer<std::string> Query::one_of(std::string_view name,
                                  std::initializer_list<std::string_view> choices) const {
  const std::string value = text(name);
  if (value.empty()) return std::string(*choices.begin());
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return value;
  return refuse(400, "bad-parameter",
                fmt::format("\"{}\" must be one of: {}.", name, fmt::join(choices, ", ")), std::string(name));
}

std::string Query::filters() const {
  std::string all;
  for (const auto& [name, value] : values_) {
    if (name != "after" && name != "limit" && name != "before")
      all += fmt::format("{}:{}={}:{};", name.size(), name, value.size(), value);
  }
  return all;
}

Answer<Body> Body::parse(std::string_view bytes, std::initializer_list<std::string_view> allowed,
                         std::size_t most) {
  if (bytes.size() > longest_body) return refuse(413, "too-large", "The request is longer than 64 KiB.");
  Body body;
  std::string field;
  std::string problem;
  FlatObject object([&](const std::string& key, const nlohmann::json& given) {
    field = printable(key, 64);
    if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
      problem = fmt::format("There is no key \"{}\" here.", field);
      return false;
    }
    Value value;
    if (given.is_string()) {
      value.text = given.get<std::string>();
      if (value.text->size() > most) problem = fmt::format("\"{}\" is longer than {} bytes.", field, most);
      if (value.text->find('\0') != std::string::npos) problem = fmt::format("\"{}\" holds a NUL.", field);
    } else if (given.is_boolean()) {
      value.flag = given.get<bool>();
    } else if (given.is_number_unsigned()) {
      if (given.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        problem = fmt::format("\"{}\" is too large.", field);
      value.whole = static_cast<std::int64_t>(given.get<std::uint64_t>());
    } else if (given.is_number_integer()) {
      value.whole = given.get<std::int64_t>();
    } else if (!given.is_null()) {
      problem = fmt::format("\"{}\" must be text, a whole number, a flag or null.", field);
    }
    if (!body.values_.emplace(key, std::move(value)).second)
      problem = fmt::format("\"{}\" stands twice.", field);
    return problem.empty();
  });
  if (!nlohmann::json::sax_parse(bytes, &object)) {
    if (problem.empty()) return refuse(400, "bad-request", "The request is not a flat JSON object.");
    return refuse(400, "bad-request", problem, field);
  }
  return body;
}

Answer<std::string> Body::text(std::string_view name, bool required) const {
  const auto found = values_.find(name);
  const bool absent =
      found == values_.end() || (!found->second.text && !found->second.whole && !found->second.flag);
  if (absent && !required) return std::string();
  if (absent || !found->second.text)
    return refuse(400, "bad-request", fmt::format("\"{}\" must be text.", name), std::string(name));
  return *found->second.text;
}

Answer<std::optional<std::int64_t>> Body::whole(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end() || (!found->second.text && !found->second.whole && !found->second.flag))
    return std::optional<std::int64_t>();
  if (!found->second.whole)
    return refuse(400, "bad-request", fmt::format("\"{}\" must be a whole number.", name), std::string(name));
  return found->second.whole;
}

Answer<bool> Body::flag(std::string_view name, bool otherwise) const {
  const auto found = values_.find(name);
  if (found == values_.end() || (!found->second.text && !found->second.whole && !found->second.flag))
    return otherwise;
  if (!found->second.flag)
    return refuse(400, "bad-request", fmt::format("\"{}\" must be true or false.", name), std::string(name));
  return *found->second.flag;
}

bool is_handle(std::string_view text) {
  if (text.size() != 18 || text[0] < 'a' || text[0] > 'z' || text[1] != '-') return false;
  return std::all_of(text.begin() + 2, text.end(), [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
  });
}

std::string to_text(const Cursor& cursor, std::string_view list) {
  return fmt::format("{}.{}.{}", tag_of(list), cursor.first, cursor.second);
}

Answer<std::optional<Cursor>> cursor_of(std::string_view text, std::string_view list) {
  if (text.empty()) return std::optional<Cursor>();
  const auto parts = split(text, '.');
  const auto bad =
      refuse(400, "bad-cursor", "This is not the place of a row in this list: begin at its top.", "after");
  if (text.size() > 64 || parts.size() != 3 || parts[0] != tag_of(list)) return bad;
  const auto first = whole_of(parts[1]);
  const auto second = whole_of(parts[2]);
  if (!first || !second) return bad;
  return std::optional(Cursor{*first, *second});
}

std::string search_query(std::string_view typed, std::string_view columns) {
  constexpr std::size_t most_words = 8;
  std::string query;
  std::size_t count = 0;
  std::string word;
  const auto put = [&] {
    if (!word.empty() && count++ < most_words)
      query += fmt::format("{}\"{}\" *", query.empty() ? "" : " AND ", word);
    word.clear();
  };
  // The index takes letters and digits for words and everything else in ASCII for gaps; so does this.
  for (const char letter : typed.substr(0, 512)) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool part = byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                      (byte >= 'A' && byte <= 'Z');
    if (part) {
      word += letter;
    } else {
      put();
    }
  }
  put();
  if (query.empty() || columns.empty()) return query;
  return fmt::format("{{{}}} : ({})", columns, query);
}

}  // namespace scrutineer::serve
