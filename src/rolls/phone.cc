#include "rolls/phone.h"

#include <algorithm>
#include <array>
#include <vector>

#include "rolls/fold.h"

namespace scrutineer::rolls {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// One number a piece: separators between numbers are / , ; and the words "or" and "and".
std::vector<std::string> pieces_of(std::string text) {
  for (const std::string_view word : {" or ", " and ", ";", ",", "/"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) {
      text.replace(at, word.size(), "\n");
    }
  }
  std::vector<std::string> pieces(1);
  for (const char c : text) {
    if (c == '\n') {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  return pieces;
}

bool is_filler(std::string_view national) {
  const std::string_view rest = national.substr(std::min<std::size_t>(2, national.size()));
  if (rest.empty() || std::all_of(rest.begin(), rest.end(), [&](char c) { return c == rest[0]; }))
    return true;
  return national.find("1234567") <= 3 || national.find("7654321") <= 3 ||
         std::all_of(national.begin(), national.end(), [&](char c) { return c == national[0]; });
}

// National digits, "" where the digits are no telephone number.
std::string national_form(std::string digits, bool plus) {
  if (plus) digits.insert(0, "00");
  if (digits.starts_with("0044")) {
    digits = digits.substr(digits.size() > 4 && digits[4] == '0' ? 5 : 4).insert(0, "0");
  } else if (digits.starts_with("44") && digits.size() == 12) {
    digits = "0" + digits.substr(2);
  } else if ((digits.size() == 9 || digits.size() == 10) &&
             std::string_view("1237").find(digits[0]) != std::string_view::npos) {
    digits.insert(0, "0");
  }
  if (digits.starts_with("00")) return digits.size() >= 9 && digits.size() <= 17 ? digits : std::string();
  const bool length = digits.size() == 10 || digits.size() == 11;
  if (!length || digits[0] != '0' || std::string_view("1235789").find(digits[1]) == std::string_view::npos)
    return {};
  return digits;
}

// Digits of one number up to its extension; a letter outside known prefixes ends it.
std::string digits_of(std::string_view piece, bool& plus) {
  std::string digits;
  for (std::size_t at = 0; at < piece.size(); ++at) {
    const char c = piece[at];
    if (is_digit(c)) {
      if (piece.substr(at > 0 ? at - 1 : 0).starts_with("(0)") && !digits.empty()) continue;
      digits += c;
    } else if (c == '+' && digits.empty()) {
      plus = true;
    } else if (c >= 'a' && c <= 'z' && !digits.empty()) {
      break;
    }
  }
  return digits;
}

bool says_none(std::string_view text) {
  constexpr std::array<std::string_view, 12> words = {
      "none", "n/a", "na", "no", "nil", "null", "unknown", "tbc", "tba", "ex dir", "withheld", "not given"};
  return std::find(words.begin(), words.end(), text) != words.end() ||
         std::none_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); });
}

}  // namespace

PhoneReading standard_phone(std::string_view text) {
  const std::string plain = folded(text);
  const std::size_t begin = plain.find_first_not_of(' ');
  if (begin == std::string::npos || says_none(std::string_view(plain).substr(begin))) return {};
  PhoneReading reading;
  bool masked = false;
  for (const std::string& piece : pieces_of(plain)) {
    if (piece.find('*') != std::string::npos || piece.find("xx") != std::string::npos) {
      masked = true;
      continue;
    }
    bool plus = false;
    const std::string digits = digits_of(piece, plus);
    if (digits.size() >= 5 && is_filler(digits)) {
      masked = true;
      continue;
    }
    std::string national = digits.empty() ? digits : national_form(digits, plus);
    if (national.empty()) continue;
    if (is_filler(national)) {
      masked = true;
      continue;
    }
    reading.digits = std::move(national);
    return reading;
  }
  reading.unreadable = !masked;
  return reading;
}

}  // namespace scrutineer::rolls
