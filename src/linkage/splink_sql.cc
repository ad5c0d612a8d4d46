#include "linkage/splink_sql.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "base/text.h"

namespace scrutineer::linkage {
namespace {

constexpr char escape = static_cast<char>(0xFF);  // never in UTF-8: the next byte is a letter plus 0x80

bool is_word(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_' || static_cast<unsigned char>(letter) >= 0x80;
}

// Lower case outside quoted strings and names, no quotes around names (in which other characters than those
// of words are escaped), "=" for "==", no spaces but single ones between words.
std::string plain(std::string_view sql) {
  std::string out;
  char quote = 0;
  for (const char letter : sql) {
    if (quote == '\'') {
      out += letter;
      if (letter == '\'') quote = 0;
    } else if (quote != 0 && letter == quote) {
      quote = 0;
    } else if (quote != 0) {
      if (!is_word(letter)) out += escape;
      out += is_word(letter) ? letter : static_cast<char>(static_cast<unsigned char>(letter) | 0x80U);
    } else if (letter == '"' || letter == '`') {
      quote = letter;
    } else if (letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (letter != '=' || out.empty() || out.back() != '=') {
      if (letter == '\'') quote = letter;
      out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// The name as it was within its quotes.
std::string unescaped(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool escaped = name[at] == escape && at + 1 < name.size();
    out += escaped ? static_cast<char>(static_cast<unsigned char>(name[++at]) & 0x7FU) : name[at];
  }
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

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_word);
}

// "first_name_l" -> "first_name".
std::optional<std::string> column_of_side(std::string_view text, char side) {
  text = bare(text);
  const std::string ending = {'_', side};
  if (!is_name(text) || text.size() < 3 || !text.ends_with(ending)) return std::nullopt;
  return unescaped(text.substr(0, text.size() - 2));
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

bool is_among(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// These only write a value in another way, which the comparison of values here does for itself.
constexpr auto rewriting = std::to_array<std::string_view>(
    {"lower", "upper", "trim", "ltrim", "rtrim", "unaccent", "strip_accents", "date", "to_date", "strptime",
     "try_strptime", "to_timestamp", "try_to_timestamp", "try_cast_date", "nullif", "coalesce", "ifnull",
     "cast", "try_cast"});
constexpr auto phonetic = std::to_array<std::string_view>(
    {"soundex", "metaphone", "double_metaphone", "dmetaphone", "dmetaphone_alt", "nysiis"});

// Without "::type" behind it and " as type" within a cast.
std::string_view without_type(std::string_view text, bool cast) {
  const std::size_t end = cast ? text.rfind(" as ") : text.rfind("::");
  if (end == std::string_view::npos || !is_name(trim(text.substr(end + (cast ? 4 : 2))))) return text;
  return bare(text.substr(0, end));
}

// One side's value: a column, whole or in part.
struct Value {
  std::string column;
  std::string part;     // what is taken of it, written alike for both sides; empty: the whole
  double strength = 1;  // of equality
};

double strength_of_part(std::string_view function, std::span<const std::string_view> arguments) {
  if (is_among(function, phonetic)) return .85;
  // The letters of a postcode's area; with digits its district or sector.
  const bool digits = function == "regexp_extract" && arguments.size() > 1 &&
                      arguments[1].starts_with("'^[A-Z") && has(arguments[1], "[0-9]");
  return digits ? .85 : .75;
}

std::optional<Value> value_of(std::string_view text, char side, int depth = 0) {
  if (depth > 20) return std::nullopt;
  text = without_type(bare(text), false);
  if (auto column = column_of_side(text, side)) return Value{*column, {}, 1};
  if (!text.empty() && text.back() == ']' && text.rfind('[') != std::string_view::npos) {
    auto inner = value_of(text.substr(0, text.rfind('[')), side, depth + 1);
    if (!inner) return std::nullopt;
    return Value{inner->column, inner->part + std::string(text.substr(text.rfind('['))), .75};
  }
  const auto call = call_of(text);
  if (!call || call->arguments.empty()) return std::nullopt;
  const bool cast = call->function == "cast" || call->function == "try_cast";
  auto inner = value_of(without_type(call->arguments[0], cast), side, depth + 1);
  if (!inner) return std::nullopt;
  if (is_among(call->function, rewriting)) return inner;
  inner->part += "|" + std::string(call->function);
  for (const std::string_view argument : std::span(call->arguments).subspan(1)) {
    if (!columns_in(argument).empty()) return std::nullopt;
    inner->part += "," + std::string(argument);
  }
  inner->strength = std::min(inner->strength, strength_of_part(call->function, call->arguments));
  return inner;
}

// The same part of both sides of one column, in either order.
std::optional<Value> both_sides(std::string_view one, std::string_view other) {
  for (const bool turned : {false, true}) {
    const auto left = value_of(turned ? other : one, 'l');
    const auto right = value_of(turned ? one : other, 'r');
    if (left && right && left->column == right->column && left->part == right->part) return left;
  }
  return std::nullopt;
}

SplinkCondition reaching(std::string column, double strength, bool part = false) {
  SplinkCondition condition;
  condition.kind = SplinkCondition::Kind::reaches;
  condition.column = std::move(column);
  condition.strength = strength;
  condition.part = part;
  return condition;
}

// A number, or floor(a / b).
std::optional<double> limit_of(std::string_view text) {
  if (const auto plain_number = number(text)) return plain_number;
  const auto call = call_of(text);
  if (!call || call->function != "floor" || call->arguments.size() != 1) return std::nullopt;
  const auto parts = parts_at(call->arguments[0], "/");
  if (parts.size() != 2) return number(parts[0]);
  const auto above = number(parts[0]);
  const auto below = number(parts[1]);
  if (!above || !below || *below == 0) return std::nullopt;
  return *above / *below;
}

// |date - date| within so many seconds or days: a month, about a year, or more.
std::optional<SplinkCondition> near_date(std::string_view difference, std::string_view limit) {
  const auto columns = columns_in(difference);
  const auto starts = std::to_array<std::string_view>(
      {"abs(", "datediff(", "date_diff(", "ceil(abs(", "floor(abs(", "months_between("});
  const bool differs = std::any_of(starts.begin(), starts.end(),
                                   [&](std::string_view start) { return difference.starts_with(start); });
  if (!differs || columns.size() != 1) return std::nullopt;
  const auto within = limit_of(limit);
  double days = 0;  // of one unit of the difference
  if (has(difference, "epoch") || has(difference, "unix_timestamp")) days = 1.0 / 86400;
  if (has(difference, "datediff") || has(difference, "date_diff")) days = 1;
  if (has(difference, "months_between") || has(difference, "'month'")) days = 30.4375;
  if (has(difference, "'year'") || has(difference, "365.25")) days = 365.25;
  if (!within || days == 0) return reaching(columns.front(), .79, true);
  const double in_days = *within * days;
  return reaching(columns.front(), in_days <= 45 ? .85 : in_days <= 400 ? .79 : .1, true);
}

// "distance(x_l, x_r) <= 1", "similarity(x_l, x_r) >= .9", or codes of sound of which one is shared.
std::optional<SplinkCondition> threshold(std::string_view sql) {
  for (const std::string_view sign :
       {std::string_view(">="), std::string_view("<="), std::string_view(">"), std::string_view("<")}) {
    const auto sides = parts_at(sql, sign);
    if (sides.size() != 2) continue;
    const bool upper = sign.front() == '<';
    if (upper) {
      if (auto date = near_date(sides[0], sides[1])) return date;
    }
    const auto call = call_of(sides[0]);
    auto limit = number(sides[1]);
    if (!call || !limit) return std::nullopt;
    const std::string_view function = call->function;
    if (call->arguments.size() == 1 && !upper && has(sides[0], "intersect")) {
      const auto columns = columns_in(sides[0]);
      if (columns.size() != 1 || !is_phonetic_column(columns.front())) return std::nullopt;
      return reaching(columns.front(), .85);
    }
    if (call->arguments.size() != 2) return std::nullopt;
    const auto value = both_sides(call->arguments[0], call->arguments[1]);
    if (!value) return std::nullopt;
    if (sign == "<") *limit -= 1;
    const bool edits = has(function, "levenshtein") || function == "hamming" || function == "editdist3";
    const bool similarity = has(function, "jaro") || has(function, "jaccard") || has(function, "cosine");
    if (edits && upper)
      return reaching(value->column, std::min(value->strength, *limit <= 1 ? .93 : *limit <= 2 ? .85 : .72));
    if (similarity && !upper && *limit > 0 && *limit < 1)
      return reaching(value->column, std::min(value->strength, *limit));
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<SplinkCondition> equality(std::string_view sql) {
  const auto sides = parts_at(sql, "=");
  if (sides.size() != 2) return std::nullopt;
  if (const auto value = both_sides(sides[0], sides[1]))
    return reaching(value->column, value->strength, !value->part.empty());
  for (const bool turned : {false, true}) {
    const auto left = value_of(sides[turned ? 1 : 0], 'l');
    const auto right = value_of(sides[turned ? 0 : 1], 'r');
    if (!left || !right || !left->part.empty() || !right->part.empty()) continue;
    SplinkCondition swapped;
    swapped.kind = SplinkCondition::Kind::swapped;
    swapped.strength = .86;
    return swapped;
  }
  return std::nullopt;
}

// Of one column, "both" is the stricter and "either" the laxer of its parts.
SplinkCondition composed(SplinkCondition::Kind kind, std::vector<SplinkCondition> parts) {
  using Kind = SplinkCondition::Kind;
  std::erase_if(parts,
                [&](const SplinkCondition& part) { return kind == Kind::all && part.kind == Kind::holds; });
  SplinkCondition condition;
  condition.kind = parts.empty() ? Kind::holds : kind;
  if (parts.size() == 1) return std::move(parts.front());
  const bool one =
      !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const SplinkCondition& part) {
        return part.kind == Kind::reaches && part.column == parts.front().column;
      });
  if (one) {
    const auto [low, high] = std::minmax_element(
        parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.strength < b.strength; });
    return reaching(parts.front().column, kind == Kind::all ? high->strength : low->strength);
  }
  condition.parts = std::move(parts);
  return condition;
}

SplinkCondition condition_of(std::string_view sql, int depth = 0) {
  using Kind = SplinkCondition::Kind;
  sql = bare(sql);
  SplinkCondition condition;
  condition.sql = std::string(sql);
  if (depth > 20) return condition;
  if (sql == "else" || (sql.ends_with(" is not null") && columns_in(sql).size() == 1)) {
    condition.kind = Kind::holds;
    return condition;
  }
  for (const auto& [word, kind] : {std::pair{std::string_view(" or "), Kind::any}, {" and ", Kind::all}}) {
    const auto parts = parts_at(sql, word);
    if (parts.size() < 2) continue;
    std::vector<SplinkCondition> read;
    read.reserve(parts.size());
    for (const std::string_view part : parts) read.push_back(condition_of(part, depth + 1));
    return composed(kind, std::move(read));
  }
  if (sql.starts_with("not ") || sql.starts_with("not(")) {
    condition.kind = Kind::negation;
    condition.parts.push_back(condition_of(sql.substr(3), depth + 1));
    return condition;
  }
  if (auto equal = equality(sql)) return *equal;
  if (auto limit = threshold(sql)) return *limit;
  return condition;
}

// The weakest agreement that the condition asks for; nothing where a part of it is not understood.
std::optional<double> weakest(const SplinkCondition& condition, bool& swapped) {
  using Kind = SplinkCondition::Kind;
  if (condition.kind == Kind::unknown || condition.kind == Kind::negation || condition.kind == Kind::holds)
    return std::nullopt;
  swapped = swapped || condition.kind == Kind::swapped;
  if (condition.parts.empty()) return condition.strength;
  double least = 1;
  for (const SplinkCondition& part : condition.parts) {
    const auto strength = weakest(part, swapped);
    if (!strength) return std::nullopt;
    least = std::min(least, *strength);
  }
  return least;
}

struct Side {
  char table = 0;
  std::string column;
  std::uint32_t prefix = 0;
};

// "l.surname" or "substr(l.surname, 1, 3)".
std::optional<Side> rule_side(std::string_view text, int depth = 0) {
  if (depth > 20) return std::nullopt;
  text = without_type(bare(text), false);
  if (const auto call = call_of(text)) {
    if (is_among(call->function, rewriting) && !call->arguments.empty())
      return rule_side(without_type(call->arguments[0], call->function.ends_with("cast")), depth + 1);
    const bool from_start = call->function == "substr" || call->function == "substring";
    const bool left = call->function == "left";
    if (!(from_start && call->arguments.size() == 3) && !(left && call->arguments.size() == 2))
      return std::nullopt;
    auto inner = rule_side(call->arguments[0], depth + 1);
    const auto length = number(call->arguments.back());
    const auto first = from_start ? number(call->arguments[1]) : std::optional<double>(1);
    if (!inner || inner->prefix != 0 || !length || !first || *first != 1 || *length < 1 || *length > 100)
      return std::nullopt;
    inner->prefix = static_cast<std::uint32_t>(*length);
    return inner;
  }
  if (text.size() < 3 || text[1] != '.' || (text[0] != 'l' && text[0] != 'r') || !is_name(text.substr(2)))
    return std::nullopt;
  return Side{text[0], unescaped(text.substr(2)), 0};
}

// The equalities of a conjunction; its other parts are named in `wider`.
std::vector<SplinkRulePart> rule_parts(std::string_view sql, std::vector<std::string>& wider) {
  std::vector<SplinkRulePart> parts;
  for (const std::string_view conjunct : parts_at(bare(sql), " and ")) {
    if (conjunct.ends_with(" is not null")) continue;
    const auto sides = parts_at(conjunct, "=");
    const auto one = sides.size() == 2 ? rule_side(sides[0]) : std::nullopt;
    const auto other = sides.size() == 2 ? rule_side(sides[1]) : std::nullopt;
    if (!one || !other || one->table == other->table || one->prefix != other->prefix) {
      wider.push_back(unescaped(conjunct));
      continue;
    }
    const bool straight = one->table == 'l';
    parts.push_back(
        {straight ? one->column : other->column, straight ? other->column : one->column, one->prefix});
  }
  return parts;
}

}  // namespace

bool is_phonetic_column(std::string_view column) {
  const std::string lower = ascii_lower(column);
  const auto parts = std::to_array<std::string_view>({"dmeta", "metaphone", "soundex", "nysiis", "phonetic"});
  return lower.ends_with("_dm") ||
         std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return has(lower, part); });
}

std::string on_one_line(std::string_view sql) {
  std::string out;
  for (const char letter : sql) {
    const bool space = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
    if (!space) out += letter;
    if (space && !out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

SplinkLevel read_level(const std::string& sql) {
  using Kind = SplinkLevel::Kind;
  SplinkLevel level;
  level.sql = sql;
  const std::string normal = plain(sql);
  const std::string_view condition = bare(normal);
  level.columns = columns_in(condition);
  if (condition == "else") {
    level.kind = Kind::rest;
    level.condition.kind = SplinkCondition::Kind::holds;
    return level;
  }
  if (has(condition, " is null") && !has(condition, "=")) {
    level.kind = Kind::null;
    return level;
  }
  level.condition = condition_of(condition);
  bool swapped = false;
  const auto strength = weakest(level.condition, swapped);
  if (!strength) return level;
  level.strength = *strength;
  const bool part = level.condition.part;
  level.kind = swapped ? Kind::swapped : *strength == 1 ? Kind::exact : part ? Kind::part : Kind::similar;
  return level;
}

std::vector<SplinkRulePart> read_rule(const std::string& sql) {
  std::vector<std::string> wider;
  auto parts = rule_parts(plain(sql), wider);
  return wider.empty() ? parts : std::vector<SplinkRulePart>{};
}

std::vector<SplinkRule> read_rules(const std::string& sql, std::vector<std::string>& wider) {
  const std::string normal = plain(sql);
  std::vector<SplinkRule> rules;
  for (const std::string_view one : parts_at(bare(normal), " or ")) {
    rules.push_back({sql, rule_parts(one, wider)});
    if (rules.back().parts.empty()) return {};
  }
  return rules;
}

}  // namespace scrutineer::linkage
