#include "linkage/roles.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "linkage/field_values.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t most_values_looked_at = 20'000;
constexpr double nearly_all = 0.9;
constexpr std::size_t few_values = 60;  // of a category

struct HeaderWord {
  std::string_view part;  // of the header, in lower case, other characters as spaces
  Role role;
};

// The first that occurs decides. Headers speak for names and places, whose content looks alike; content
// speaks for dates, e-mail addresses and codes, and against a header that it contradicts.
constexpr auto header_words = std::to_array<HeaderWord>({{"middle", Role::middle_name},
                                                         {"second name", Role::middle_name},
                                                         {"other names", Role::middle_name},
                                                         {"given", Role::given_name},
                                                         {"forename", Role::given_name},
                                                         {"first name", Role::given_name},
                                                         {"firstname", Role::given_name},
                                                         {"christian name", Role::given_name},
                                                         {"known as", Role::given_name},
                                                         {"surname", Role::family_name},
                                                         {"family", Role::family_name},
                                                         {"last name", Role::family_name},
                                                         {"lastname", Role::family_name},
                                                         {"full name", Role::full_name},
                                                         {"fullname", Role::full_name},
                                                         {"sex", Role::category},
                                                         {"gender", Role::category},
                                                         {"title", Role::category},
                                                         {"house number", Role::number},
                                                         {"street number", Role::number},
                                                         {"flat", Role::number}});

constexpr auto identifier_words =
    std::to_array<std::string_view>({"id", "ref", "reference", "ssn", "soc sec id", "social security", "nino",
                                     "national insurance", "passport", "cluster", "key", "uuid", "row"});

struct Content {
  std::size_t rows = 0;
  std::size_t present = 0;
  std::size_t distinct = 0;
  double dates = 0;  // shares of the distinct values looked at
  double emails = 0;
  double codes = 0;
  double numbers = 0;
  double mean_words = 0;
};

std::string plain_header(std::string_view header) {
  return folded(Role::text, header);
}

bool has_words(const std::string& header, std::string_view wanted) {
  const std::string padded = " " + header + " ";
  return padded.find(" " + std::string(wanted) + " ") != std::string::npos;
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

// Eight digits that may be a day, in the order year, month, day; with or without separators.
bool looks_like_date(std::string_view text) {
  const std::string digits = folded(Role::date, text);
  const bool separators = text.size() == 10 && !is_digit(text[4]) && !is_digit(text[7]);
  if (digits.size() != 8 || !(text.size() == 8 || separators)) return false;
  const int year = std::stoi(digits.substr(0, 4));
  const int month = std::stoi(digits.substr(4, 2));
  const int day = std::stoi(digits.substr(6, 2));
  return year >= 1000 && year <= 2200 && month <= 12 && day <= 31;
}

bool looks_like_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

// Postcodes of letters and digits in at most two words, or four to six digits of one length.
bool looks_like_code(std::string_view text) {
  std::size_t digits = 0;
  std::size_t letters = 0;
  for (const char letter : text) {
    digits += static_cast<std::size_t>(is_digit(letter));
    letters += static_cast<std::size_t>(is_letter(letter));
  }
  const std::size_t signs = digits + letters;
  if (letters == 0) return digits == text.size() && digits >= 4 && digits <= 6;
  return signs >= 5 && signs <= 8 && digits >= 1 && text.size() <= signs + 1 && words(text).size() <= 2;
}

bool looks_like_number(std::string_view text) {
  return !text.empty() && is_digit(text.front()) && text.size() <= 6;
}

Content content_of(const TextColumn& column) {
  Content content;
  content.rows = column.size();
  const auto counts = column.counts();
  content.present = content.rows - counts[TextColumn::missing];
  std::size_t looked_at = 0;
  for (std::uint32_t code = 1; code < counts.size(); ++code) {
    if (counts[code] == 0) continue;
    ++content.distinct;
    if (looked_at == most_values_looked_at) continue;
    ++looked_at;
    const std::string_view value = column.value(code);
    content.dates += looks_like_date(value) ? 1 : 0;
    content.emails += looks_like_email(value) ? 1 : 0;
    content.codes += looks_like_code(value) ? 1 : 0;
    content.numbers += looks_like_number(value) ? 1 : 0;
    content.mean_words += static_cast<double>(words(value).size());
  }
  const auto total = static_cast<double>(std::max<std::size_t>(looked_at, 1));
  for (double* share :
       {&content.dates, &content.emails, &content.codes, &content.numbers, &content.mean_words}) {
    *share /= total;
  }
  return content;
}

// True if the column's value is, in most rows, the words of two or more other columns put together and
// nothing else: it says nothing of its own.
bool put_together(std::span<const NamedColumn> columns, std::size_t which,
                  std::span<const RecognisedColumn> found) {
  const TextColumn& column = *columns[which].values;
  std::size_t looked_at = 0;
  std::size_t same = 0;
  for (std::size_t row = 0; row < column.size() && looked_at < most_values_looked_at; ++row) {
    const std::string text = folded(Role::text, column[row]);
    const auto mine = words(text);
    if (mine.size() < 2) continue;
    ++looked_at;
    std::size_t covered = 0;
    for (const std::string_view word : mine) {
      for (std::size_t other = 0; other < columns.size(); ++other) {
        const bool part = found[other].role == Role::given_name || found[other].role == Role::family_name ||
                          found[other].role == Role::middle_name;
        if (!part || other == which) continue;
        const std::string other_text = folded(Role::text, (*columns[other].values)[row]);
        const auto theirs = words(other_text);
        if (std::find(theirs.begin(), theirs.end(), word) == theirs.end()) continue;
        ++covered;
        break;
      }
    }
    same += static_cast<std::size_t>(covered == mine.size());
  }
  return looked_at > 0 && static_cast<double>(same) >= 0.95 * static_cast<double>(looked_at);
}

RecognisedColumn recognise(const NamedColumn& column) {
  const Content content = content_of(*column.values);
  const std::string header = plain_header(column.header);
  RecognisedColumn result{column.header, std::nullopt, {}};
  if (content.distinct < 2) {
    result.why = content.distinct == 0 ? "empty" : "one value only";
    return result;
  }
  if (names_identifier(column.header)) {
    result.why = "an identifier by its header";
    return result;
  }
  const auto take = [&result](Role role, std::string why) {
    result.role = role;
    result.why = std::move(why);
    return result;
  };
  if (content.emails >= nearly_all / 2) return take(Role::email, "e-mail addresses");
  if (content.dates >= nearly_all / 2) return take(Role::date, "dates");
  for (const HeaderWord& word : header_words) {
    if (has_words(header, word.part)) return take(word.role, "by its header");
  }
  if (content.codes >= nearly_all) return take(Role::code, "codes");
  if (content.numbers >= nearly_all / 2) return take(Role::number, "numbers");
  if (content.distinct == content.present && content.present > 100) {
    result.why = "an identifier: every value occurs once";
    return result;
  }
  if (has_words(header, "name")) return take(Role::full_name, "by its header");
  if (content.distinct <= few_values && content.present >= 20 * content.distinct) {
    return take(Role::category, "few different values");
  }
  return take(Role::text, "text");
}

}  // namespace

bool names_identifier(std::string_view text) {
  const std::string header = plain_header(text);
  return std::any_of(identifier_words.begin(), identifier_words.end(),
                     [&](std::string_view word) { return has_words(header, word); });
}

std::vector<RecognisedColumn> recognise_roles(std::span<const NamedColumn> columns) {
  std::vector<RecognisedColumn> found;
  found.reserve(columns.size());
  for (const NamedColumn& column : columns) found.push_back(recognise(column));
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const bool may_be = found[at].role == Role::full_name || found[at].role == Role::given_name ||
                        found[at].role == Role::family_name || found[at].role == Role::text;
    if (!may_be || !put_together(columns, at, found)) continue;
    found[at].role.reset();
    found[at].why = "other columns put together";
  }
  return found;
}

}  // namespace scrutineer::linkage
