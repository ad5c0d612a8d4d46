#include "rolls/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <span>
#include <vector>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

constexpr std::array<std::string_view, 12> months = {"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};
constexpr int first_year = 1000;  // four digits; before that nobody on a roll was born
constexpr int last_year = 2199;
constexpr int last_day_number = 109574;  // 2199-12-31 counted from 1899-12-30

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_plausible_year(int year) {
  return year >= first_year && year <= last_year;
}

// A number or a word of the text.
struct Token {
  std::string_view text;
  int value = 0;  // of a number, or 1 to 12 for a month's name
  bool number = false;
  std::size_t digits = 0;
};

// 1-based place in `names` of the one that `word` abbreviates with at least three letters; 0 for none.
int place_among(std::string_view word, std::span<const std::string_view> names) {
  if (word.size() < 3) return 0;
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (names[at].starts_with(word)) return static_cast<int>(at) + 1;
  }
  return word == "sept" || word == "thur" || word == "thurs" || word == "tues" ? -1 : 0;
}

int month_named(std::string_view word) {
  const int place = place_among(word, months);
  return place > 0 ? place : (word == "sept" ? 9 : 0);
}

bool is_noise(std::string_view word) {
  return word == "of" || word == "the" || word == "thurs" || word == "thur" || word == "tues" ||
         word == "weds" || place_among(word, weekdays) > 0;
}

bool is_ordinal_ending(std::string_view word) {
  return word == "st" || word == "nd" || word == "rd" || word == "th";
}

// Cuts a time of day: from the space or "t" before the first colon.
std::string_view without_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return text;
  std::size_t cut = colon;
  while (cut > 0 && is_digit(text[cut - 1])) --cut;
  if (cut > 0 && (text[cut - 1] == 't' || text[cut - 1] == ' ' || text[cut - 1] == ','))
    return trimmed(text.substr(0, cut - 1));
  return text;
}

// Nothing if the text holds anything that no date holds.
std::optional<std::vector<Token>> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    if (is_digit(text[at])) {
      while (at < text.size() && is_digit(text[at])) ++at;
      if (at - begin > 8) return std::nullopt;
      Token token{text.substr(begin, at - begin), 0, true, at - begin};
      std::from_chars(text.data() + begin, text.data() + at, token.value);
      tokens.push_back(token);
    } else if (is_letter(text[at])) {
      while (at < text.size() && is_letter(text[at])) ++at;
      const std::string_view word = text.substr(begin, at - begin);
      if (is_noise(word) || (is_ordinal_ending(word) && !tokens.empty() && tokens.back().number)) continue;
      const int month = month_named(word);
      if (month <= 0) return std::nullopt;
      tokens.push_back({word, month, false, 0});
    } else if (std::string_view(" /-.,'").find(text[at]) != std::string_view::npos) {
      ++at;
    } else {
      return std::nullopt;
    }
    if (tokens.size() > 3) return std::nullopt;
  }
  return tokens;
}

bool says_missing(std::string_view text) {
  constexpr std::array<std::string_view, 14> words = {"",        "n/a",       "na",        "none", "null",
                                                      "unknown", "not known", "unk",       "nan",  "nat",
                                                      "tbc",     "?",         "not given", "nk"};
  return std::find(words.begin(), words.end(), text) != words.end();
}

// "00/00/0000", and texts of separators alone.
bool all_zero(const std::vector<Token>& tokens) {
  return std::all_of(tokens.begin(), tokens.end(),
                     [](const Token& token) { return token.number && token.value == 0; });
}

DateText from_one(const Token& token, bool fraction) {
  const auto shaped = [](DateShape shape, int first, int second, int third, bool short_year) {
    return DateText{shape, first, second, third, short_year};
  };
  if (!token.number) return {};
  const int value = token.value;
  if (fraction || token.digits == 5) {
    return value <= last_day_number ? shaped(DateShape::day_number, value, 0, 0, false) : DateText();
  }
  if (token.digits == 4) return shaped(DateShape::year, value, 0, 0, false);
  if (token.digits == 6)
    return shaped(DateShape::numbers, value / 10000, value / 100 % 100, value % 100, true);
  if (token.digits != 8) return {};
  // The year stands first or last, never both: 19 to 21 is no month.
  if (is_plausible_year(value / 10000) && value / 100 % 100 <= 12) {
    return shaped(DateShape::exact, value / 10000, value / 100 % 100, value % 100, false);
  }
  return shaped(DateShape::numbers, value / 1000000, value / 10000 % 100, value % 10000, false);
}

DateText from_two(const Token& left, const Token& right) {
  if (left.number && right.number) {
    if (right.digits == 4 && left.digits <= 2) return {DateShape::month, right.value, left.value, 1, false};
    if (left.digits == 4 && right.digits <= 2) return {DateShape::month, left.value, right.value, 1, false};
    return {};
  }
  if (left.number == right.number) return {};
  const Token& month = left.number ? right : left;
  const Token& year = left.number ? left : right;
  if (year.digits == 4) return {DateShape::month, year.value, month.value, 1, false};
  // "Feb-80" is a month; "14 Feb" is a day without its year.
  if (year.digits == 2 && right.number) return {DateShape::month, year.value, month.value, 1, true};
  return {};
}

DateText from_three(const std::vector<Token>& tokens) {
  const auto named =
      std::count_if(tokens.begin(), tokens.end(), [](const Token& token) { return !token.number; });
  if (named == 0) {
    if (tokens[1].digits > 2) return {};
    if (tokens[0].digits == 4 && tokens[2].digits <= 2) {
      return {DateShape::exact, tokens[0].value, tokens[1].value, tokens[2].value, false};
    }
    if (tokens[0].digits > 2 || (tokens[2].digits != 4 && tokens[2].digits > 2)) return {};
    return {DateShape::numbers, tokens[0].value, tokens[1].value, tokens[2].value, tokens[2].digits != 4};
  }
  if (named != 1 || !tokens[2].number) return {};
  const int month = tokens[0].number ? tokens[1].value : tokens[0].value;
  const Token& other = tokens[0].number ? tokens[0] : tokens[1];
  if (other.digits == 4 && tokens[2].digits <= 2)
    return {DateShape::exact, other.value, month, tokens[2].value, false};
  if (other.digits > 2 || (tokens[2].digits != 4 && tokens[2].digits != 2)) return {};
  return {DateShape::exact, tokens[2].value, month, other.value, tokens[2].digits == 2};
}

int long_year(int year, int last_short_year) {
  const int century = last_short_year - last_short_year % 100;
  const int candidate = century + year;
  return candidate > last_short_year ? candidate - 100 : candidate;
}

DateReading from_calendar(int year, int month, int day, bool partial) {
  DateReading reading;
  if (!is_plausible_year(year)) {
    reading.reason = fmt::format("the year {} is outside {} to {}", year, first_year, last_year);
  } else if (month < 1 || month > 12) {
    reading.reason = fmt::format("there is no month {}", month);
  } else {
    reading.date = Date::of(year, month, day);
    reading.partial = partial;
    if (!reading.date) {
      std::string name(months[static_cast<std::size_t>(month - 1)]);
      name[0] = static_cast<char>(name[0] - 'a' + 'A');
      reading.reason = fmt::format("there is no {} {} {}", day, name, year);
    }
  }
  return reading;
}

DateReading from_day_number(int number, bool from_1904) {
  DateReading reading;
  const auto epoch = from_1904 ? Date::of(1904, 1, 1) : Date::of(1899, 12, 30);
  const Date date = *epoch + number;
  if (number < 1 || date.year() > last_year) {
    reading.reason = fmt::format("{} is no day number of a spreadsheet", number);
  } else {
    reading.date = date;
  }
  return reading;
}

}  // namespace

std::string_view to_string(DateOrder order) {
  switch (order) {
    case DateOrder::dmy:
      return "dmy";
    case DateOrder::mdy:
      return "mdy";
    case DateOrder::ymd:
      return "ymd";
    case DateOrder::serial:
      return "serial";
  }
  return "";
}

DateText date_text(std::string_view text) {
  const std::string lower = ascii_lower(trimmed(text));
  if (lower.size() > 64) return {};
  const std::string_view rest = without_time(lower);
  if (says_missing(rest)) return {.shape = DateShape::missing};
  const auto tokens = tokens_of(rest);
  if (!tokens) return {};
  if (all_zero(*tokens)) return {.shape = DateShape::missing};
  if (tokens->size() == 1) return from_one((*tokens)[0], false);
  if (tokens->size() == 2) {
    const std::size_t point = rest.find('.');
    const bool fraction = (*tokens)[0].number && (*tokens)[1].number && (*tokens)[0].digits == 5 &&
                          point == (*tokens)[0].digits && rest.size() == point + 1 + (*tokens)[1].digits;
    if (fraction) return from_one((*tokens)[0], true);
    return from_two((*tokens)[0], (*tokens)[1]);
  }
  return from_three(*tokens);
}

DateReading resolved(const DateText& text, const DateRules& rules) {
  const auto year_of = [&](int year) {
    return text.short_year ? long_year(year, rules.last_short_year) : year;
  };
  switch (text.shape) {
    case DateShape::missing:
      return {};
    case DateShape::exact:
      return from_calendar(year_of(text.first), text.second, text.third, false);
    case DateShape::month:
      return from_calendar(year_of(text.first), text.second, 1, true);
    case DateShape::year:
      if (rules.years_are_day_numbers) return from_day_number(text.first, rules.from_1904);
      return from_calendar(text.first, 1, 1, true);
    case DateShape::day_number:
      return from_day_number(text.first, rules.from_1904);
    case DateShape::numbers:
      if (rules.order == DateOrder::ymd && text.short_year) {
        return from_calendar(year_of(text.first), text.second, text.third, false);
      }
      if (rules.order == DateOrder::mdy)
        return from_calendar(year_of(text.third), text.first, text.second, false);
      return from_calendar(year_of(text.third), text.second, text.first, false);
    case DateShape::unreadable:
      break;
  }
  return {.date = {}, .partial = false, .reason = "not a date"};
}

bool is_date_pattern(const std::string& pattern) {
  bool year = false;
  bool month = false;
  bool day = false;
  for (std::size_t at = 0; at + 1 < pattern.size(); ++at) {
    if (pattern[at] != '%') continue;
    const char field = pattern[++at];
    year = year || std::string_view("YyFD").find(field) != std::string_view::npos;
    month = month || std::string_view("mbBhFD").find(field) != std::string_view::npos;
    day = day || std::string_view("deFD").find(field) != std::string_view::npos;
  }
  return year && month && day;
}

DateReading read_by_pattern(std::string_view text, const std::string& pattern, int last_short_year) {
  const DateText own = date_text(text);
  if (own.shape == DateShape::missing) return {};
  const std::string value(trimmed(text));
  std::tm fields = {};
  fields.tm_mday = 0;
  const char* const end = strptime(value.c_str(), pattern.c_str(), &fields);
  if (end != value.c_str() + value.size()) {
    return {.date = {}, .partial = false, .reason = fmt::format("does not match {}", printable(pattern, 64))};
  }
  int year = fields.tm_year + 1900;
  if (pattern.find("%y") != std::string::npos || pattern.find("%D") != std::string::npos) {
    year = long_year((fields.tm_year % 100 + 100) % 100, last_short_year);
  }
  return from_calendar(year, fields.tm_mon + 1, fields.tm_mday, false);
}

}  // namespace scrutineer::rolls
