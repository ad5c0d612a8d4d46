#include "signals/evidence.h"

#include <array>

namespace scrutineer::signals {
namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 7> outcome_words{{
    {Outcome::verified, "verified"},
    {Outcome::denied, "denied"},
    {Outcome::not_known, "not-known"},
    {Outcome::moved, "moved"},
    {Outcome::deceased, "deceased"},
    {Outcome::refused, "refused"},
    {Outcome::no_contact, "no-contact"},
}};

// "Not known", "not_known" and "NOT-KNOWN" are one word: letters in lower case, the rest as hyphens.
std::string normalised(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) {
      result += static_cast<char>(c | 0x20);
    } else if (!result.empty() && result.back() != '-') {
      result += '-';
    }
  }
  while (!result.empty() && result.back() == '-') result.pop_back();
  return result;
}

}  // namespace

std::string_view to_string(RegisterStatus status) {
  switch (status) {
    case RegisterStatus::at_address:
      return "at-address";
    case RegisterStatus::elsewhere:
      return "elsewhere";
    case RegisterStatus::not_found:
      return "not-found";
    case RegisterStatus::unclear:
      break;
  }
  return "unclear";
}

std::string_view to_string(Outcome outcome) {
  for (const auto& [value, word] : outcome_words)
    if (value == outcome) return word;
  return "no-contact";
}

std::optional<Outcome> outcome_of(std::string_view text) {
  const std::string wanted = normalised(text);
  for (const auto& [value, word] : outcome_words)
    if (word == wanted) return value;
  return std::nullopt;
}

}  // namespace scrutineer::signals
