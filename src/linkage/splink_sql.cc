#include "linkage/splink_sql.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace scrutineer::linkage {
namespace {

// Lower case outside quoted strings and names, no quotes around names, no spaces but single ones between
// words.
std::string plain(std::string_view sql) {
  std::string out;
  char quote = 0;
  for (const char letter : sql) {
    if (quote == '\'') {
      out += letter;
      if (letter == '\'') quote = 0;
      continue;
    }
    if (letter == '"' || letter == '`') {
      quote = quote == 0 ? letter : static_cast<char>(0);
      continue;
    }
    if (letter == '\'') quote = letter;
    const bool space = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
    if (space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      const bool upper = quote == 0 && letter >= 'A' && letter <= 'Z';
      out += upper ? static_cast<char>(letter + 32) : letter;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Without parentheses that enclose the whole.
std::string_view bare(std::string_view text) {
  text = trim(text);
  while (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    int depth = 0;
    bool whole = true;
    for (std::size_t at = 0; at + 1 < text.size() && whole; ++at) {
      depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
      whole = depth > 0;
    }
    if (!whole) break;
    text = trim(text.substr(1, text.size() - 2));
  }
  return text;
}

// Split where `separator` stands outside parentheses and strings.
std::vector<std::string_view> parts_at(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  int depth = 0;
  bool quoted = false;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\'') quoted = !quoted;
    if (quoted) continue;
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    if (depth == 0 && text.substr(at).starts_with(separator)) {
      parts.push_back(bare(text.substr(from, at - from)));
      at += separator.size() - 1;
      from = at + 1;
    }
  }
  parts.push_back(bare(text.substr(from)));
  return parts;
}

bool is_word(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_' || static_cast<unsigned char>(letter) >= 0x80;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_word);
}

// "first_name_l" -> "first_name".
std::optional<std::string> column_of_side(std::string_view text, char side) {
  text = bare(text);
  const std::string ending = {'_', side};
  if (!is_name(text) || text.size() < 3 || !text.ends_with(ending)) return std::nullopt;
  return std::string(text.substr(0, text.size() - 2));
}

// Every column that the condition names, in order.
std::vector<std::string> columns_in(std::string_view sql) {
  std::vector<std::string> columns;
  for (std::size_t at = 0; at < sql.size();) {
    if (sql[at] == '\'') {
      const std::size_t end = sql.find('\'', at + 1);
      at = end == std::string_view::npos ? sql.size() : end + 1;
      continue;
    }
    if (!is_word(sql[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < sql.size() && is_word(sql[end])) ++end;
    const std::string_view word = sql.substr(at, end - at);
    for (const char side : {'l', 'r'}) {
      const auto column = column_of_side(word, side);
      if (column && std::find(columns.begin(), columns.end(), *column) == columns.end())
        columns.push_back(*column);
    }
    at = end;
  }
  return columns;
}

std::optional<double> number(std::string_view text) {
  text = bare(text);
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (copy.empty() || end != copy.c_str() + copy.size()) return std::nullopt;
  return value;
}

struct Call {
  std::string_view function;
  std::vector<std::string_view> arguments;
};

std::optional<Call> call_of(std::string_view text) {
  text = bare(text);
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')' || !is_name(text.substr(0, open)))
    return std::nullopt;
  return Call{text.substr(0, open), parts_at(text.substr(open + 1, text.size() - open - 2), ",")};
}

// "similarity(x_l, x_r) >= .9" or "distance(x_l, x_r) <= 1".
std::optional<double> strength_of(std::string_view sql) {
  for (const std::string_view sign :
       {std::string_view(">="), std::string_view("<="), std::string_view(">")}) {
    const auto sides = parts_at(sql, sign);
    if (sides.size() != 2) continue;
    const auto call = call_of(sides[0]);
    const auto limit = number(sides[1]);
    if (!call || !limit || call->arguments.size() != 2) return std::nullopt;
    const auto left = column_of_side(call->arguments[0], 'l');
    const auto right = column_of_side(call->arguments[1], 'r');
    if (!left || !right || *left != *right) return std::nullopt;
    const bool edits = call->function.find("levenshtein") != std::string_view::npos;
    const bool similarity = call->function.find("jaro") != std::string_view::npos ||
                            call->function.find("jaccard") != std::string_view::npos ||
                            call->function.find("cosine") != std::string_view::npos;
    if (edits && sign == "<=") return *limit <= 1 ? .93 : *limit <= 2 ? .85 : .72;
    if (similarity && sign != "<=" && *limit > 0 && *limit < 1) return *limit;
    return std::nullopt;
  }
  return std::nullopt;
}

// The same function of both sides equal: a part of the value (regexp_extract, substr, nullif around them).
bool is_part_equality(std::string_view sql) {
  const auto sides = parts_at(sql, "=");
  if (sides.size() != 2 || !call_of(sides[0]) || !call_of(sides[1])) return false;
  const auto left = columns_in(sides[0]);
  return left.size() == 1 && left == columns_in(sides[1]);
}

// |date - date| within so many seconds or days.
bool is_near_date(std::string_view sql) {
  const bool difference =
      sql.starts_with("abs(") || sql.starts_with("datediff(") || sql.starts_with("date_diff(");
  return difference && sql.find("<=") != std::string_view::npos && columns_in(sql).size() == 1;
}

struct Side {
  char table = 0;
  std::string column;
  std::uint32_t prefix = 0;
};

// "l.surname" or "substr(l.surname, 1, 3)".
std::optional<Side> rule_side(std::string_view text) {
  text = bare(text);
  if (const auto call = call_of(text)) {
    const bool from_start = call->function == "substr" || call->function == "substring";
    const bool left = call->function == "left";
    if (!(from_start && call->arguments.size() == 3) && !(left && call->arguments.size() == 2))
      return std::nullopt;
    auto inner = rule_side(call->arguments[0]);
    const auto length = number(call->arguments.back());
    const auto first = from_start ? number(call->arguments[1]) : std::optional<double>(1);
    if (!inner || inner->prefix != 0 || !length || !first || *first != 1 || *length < 1 || *length > 100)
      return std::nullopt;
    inner->prefix = static_cast<std::uint32_t>(*length);
    return inner;
  }
  if (text.size() < 3 || text[1] != '.' || (text[0] != 'l' && text[0] != 'r') || !is_name(text.substr(2)))
    return std::nullopt;
  return Side{text[0], std::string(text.substr(2)), 0};
}

}  // namespace

SplinkLevel read_level(const std::string& sql) {
  using Kind = SplinkLevel::Kind;
  SplinkLevel level;
  level.sql = sql;
  const std::string normal = plain(sql);
  const std::string_view condition = bare(normal);
  level.columns = columns_in(condition);
  if (condition == "else") {
    level.kind = Kind::rest;
    return level;
  }
  if (condition.find(" is null") != std::string_view::npos && condition.find("=") == std::string_view::npos) {
    level.kind = Kind::null;
    return level;
  }
  const auto equal = parts_at(condition, "=");
  if (equal.size() == 2) {
    const bool turned = column_of_side(equal[0], 'r').has_value();
    const auto left = column_of_side(equal[turned ? 1 : 0], 'l');
    const auto right = column_of_side(equal[turned ? 0 : 1], 'r');
    if (left && right) {
      level.kind = *left == *right ? Kind::exact : Kind::swapped;
      level.strength = *left == *right ? 1 : .86;
      return level;
    }
  }
  if (const auto strength = strength_of(condition)) {
    level.kind = Kind::similar;
    level.strength = *strength;
    return level;
  }
  // Each column by itself in a conjunction: the fields say it together, one by one.
  const auto both = parts_at(condition, " and ");
  if (both.size() > 1) {
    double weakest = 1;
    bool understood = true;
    bool swapped = false;
    for (const std::string_view one : both) {
      const SplinkLevel part = read_level(std::string(one));
      understood =
          understood && part.kind != Kind::not_taken && part.kind != Kind::null && part.kind != Kind::rest;
      swapped = swapped || part.kind == Kind::swapped;
      weakest = std::min(weakest, part.strength);
    }
    if (understood) {
      level.kind = swapped ? Kind::swapped : weakest == 1 ? Kind::exact : Kind::similar;
      level.strength = weakest;
      return level;
    }
  }
  if (is_part_equality(condition)) {
    level.kind = Kind::part;
    level.strength = .75;
    return level;
  }
  if (is_near_date(condition)) {
    level.kind = Kind::part;
    level.strength = .79;
  }
  return level;
}

std::vector<SplinkRulePart> read_rule(const std::string& sql) {
  std::vector<SplinkRulePart> parts;
  const std::string normal = plain(sql);
  for (const std::string_view conjunct : parts_at(bare(normal), " and ")) {
    const auto sides = parts_at(conjunct, "=");
    if (sides.size() != 2) return {};
    const auto one = rule_side(sides[0]);
    const auto other = rule_side(sides[1]);
    if (!one || !other || one->table == other->table || one->prefix != other->prefix) return {};
    const bool straight = one->table == 'l';
    parts.push_back(
        {straight ? one->column : other->column, straight ? other->column : one->column, one->prefix});
  }
  return parts;
}

}  // namespace scrutineer::linkage
