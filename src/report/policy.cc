#include "report/policy.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/digest.h"

namespace scrutineer::report {
namespace {

unsigned nibble(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

// Base64 (RFC 4648) of the bytes that an even number of hexadecimal digits stand for.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  // Six digits are three bytes are four letters.
  for (std::size_t at = 0; at < hex.size(); at += 6) {
    const std::string_view part = hex.substr(at, 6);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 6; ++i) bits = bits << 4U | (i < part.size() ? nibble(part[i]) : 0U);
    const std::size_t letters = part.size() / 2 + 1;
    for (std::size_t i = 0; i < 4; ++i) out += i < letters ? alphabet[bits >> (18 - 6 * i) & 63U] : '=';
  }
  return out;
}

}  // namespace

std::string style_policy(std::string_view sheet) {
  return fmt::format("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                     base64_of_hex(sha256_hex(sheet)));
}

}  // namespace scrutineer::report
