#include "rolls/email.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_local_part(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) ||
           std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  });
}

bool is_domain(std::string_view text) {
  if (text.size() > 253) return false;
  const auto labels = split(text, '.');
  if (labels.size() < 2) return false;
  for (const std::string_view label : labels) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; })) {
      return false;
    }
  }
  const std::string_view top = labels.back();
  return top.size() >= 2 && !std::all_of(top.begin(), top.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool says_none(std::string_view text) {
  constexpr std::array<std::string_view, 11> words = {"none", "n/a",     "na",  "no",  "nil",     "null",
                                                      "-",    "unknown", "tbc", "tba", "no email"};
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

EmailReading standard_email(std::string_view text) {
  std::string lower = ascii_lower(trimmed(text));
  std::string_view rest = lower;
  if (rest.empty() || says_none(rest)) return {};
  if (const std::size_t open = rest.rfind('<'); open != std::string_view::npos && rest.ends_with('>')) {
    rest = rest.substr(open + 1, rest.size() - open - 2);
  }
  if (rest.starts_with("mailto:")) rest.remove_prefix(7);
  rest = trimmed(rest);
  const std::size_t at = rest.find('@');
  const bool valid = at != std::string_view::npos && is_valid_utf8(rest) &&
                     is_local_part(rest.substr(0, at)) && is_domain(rest.substr(at + 1));
  if (!valid) return {.address = {}, .unreadable = true};
  return {.address = std::string(rest), .unreadable = false};
}

}  // namespace scrutineer::rolls
