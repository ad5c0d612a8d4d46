#include "linkage/field_values.h"

#include "base/text.h"

namespace scrutineer::linkage {
namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_word_byte(char letter) {
  const char small = lower(letter);
  return (small >= 'a' && small <= 'z') || is_digit(letter) || static_cast<unsigned char>(letter) >= 128;
}

std::string folded_words(std::string_view text) {
  std::string result;
  bool gap = false;
  for (const char letter : text) {
    if (letter == '\'' || letter == '`') continue;
    if (!is_word_byte(letter)) {
      gap = true;
      continue;
    }
    if (gap && !result.empty()) result.push_back(' ');
    gap = false;
    result.push_back(lower(letter));
  }
  return result;
}

template <typename Keep>
std::string kept(std::string_view text, Keep keep) {
  std::string result;
  for (const char letter : text) {
    if (keep(letter)) result.push_back(lower(letter));
  }
  return result;
}

}  // namespace

std::string folded(Role role, std::string_view text) {
  switch (role) {
    case Role::given_name:
    case Role::middle_name:
    case Role::family_name:
    case Role::full_name:
    case Role::text:
    case Role::number:
      return folded_words(text);
    case Role::code:
      return kept(text, is_word_byte);
    case Role::date:
      return kept(text, is_digit);
    case Role::category:
    case Role::email:
      return ascii_lower(trimmed(text));
    case Role::exact:
      return std::string(trimmed(text));
  }
  return std::string(text);
}

std::vector<std::uint32_t> recoded(const TextColumn& column, Role role, StringPool& pool) {
  std::vector<std::uint32_t> to_common(column.distinct());
  for (std::uint32_t code = 1; code < to_common.size(); ++code) {
    to_common[code] = pool.intern(folded(role, column.value(code)));
  }
  std::vector<std::uint32_t> codes(column.size());
  for (std::size_t row = 0; row < codes.size(); ++row) codes[row] = to_common[column.code(row)];
  return codes;
}

void count_values(FieldValues& values, const ReferenceRows& reference) {
  const auto count = [&](const std::vector<std::uint32_t>& codes, Side side,
                         std::vector<std::uint32_t>& counts) {
    counts.assign(values.pool.size(), 0);
    if (const auto& told = reference.of(side)) {
      for (const std::uint32_t row : told->rows) ++counts[codes[row]];
      return told->rows.size() - counts[0];
    }
    for (const std::uint32_t code : codes) ++counts[code];
    return codes.size() - counts[0];
  };
  values.left_present = count(values.left, Side::left, values.left_counts);
  values.right_present =
      values.same_table ? values.left_present : count(values.right, Side::right, values.right_counts);
}

FieldValues field_values(const Field& field) {
  FieldValues values;
  values.name = field.name;
  values.role = field.role;
  values.same_table = field.left == field.right;
  values.pool.intern("");
  values.left = recoded(*field.left, field.role, values.pool);
  if (!values.same_table) values.right = recoded(*field.right, field.role, values.pool);
  count_values(values, {});
  return values;
}

}  // namespace scrutineer::linkage
