#include "linkage/jaro_winkler.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace scrutineer::linkage {
namespace {

constexpr double prefix_scale = 0.1;
constexpr std::size_t longest_prefix = 4;
constexpr std::size_t word_bits = 64;

std::size_t common_prefix(std::string_view left, std::string_view right) {
  const std::size_t limit = std::min({left.size(), right.size(), longest_prefix});
  std::size_t length = 0;
  while (length < limit && left[length] == right[length]) ++length;
  return length;
}

double with_prefix(double jaro, std::size_t prefix) {
  return jaro + prefix_scale * static_cast<double>(prefix) * (1.0 - jaro);
}

double jaro_of(std::size_t common, std::size_t out_of_order, std::size_t left, std::size_t right) {
  if (common == 0) return 0.0;
  const auto m = static_cast<double>(common);
  const auto transpositions = static_cast<double>(out_of_order / 2);
  return (m / static_cast<double>(left) + m / static_cast<double>(right) + (m - transpositions) / m) / 3.0;
}

std::size_t window_of(std::size_t left, std::size_t right) {
  const std::size_t half = std::max(left, right) / 2;
  return half > 0 ? half - 1 : 0;
}

// Positions of each byte of a string of up to 64 bytes. Only what was set is cleared again.
class Positions {
 public:
  explicit Positions(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at < text.size(); ++at) table()[byte(at)] |= std::uint64_t{1} << at;
  }
  ~Positions() {
    for (std::size_t at = 0; at < text_.size(); ++at) table()[byte(at)] = 0;
  }
  Positions(const Positions&) = delete;
  Positions& operator=(const Positions&) = delete;
  [[nodiscard]] std::uint64_t of(char letter) const { return table()[static_cast<unsigned char>(letter)]; }

 private:
  [[nodiscard]] std::size_t byte(std::size_t at) const { return static_cast<unsigned char>(text_[at]); }
  static std::array<std::uint64_t, 256>& table() {
    thread_local std::array<std::uint64_t, 256> positions{};
    return positions;
  }
  std::string_view text_;
};

std::uint64_t low_bits(std::size_t count) {
  return count >= word_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

double jaro_bit_parallel(std::string_view left, std::string_view right) {
  const std::size_t window = window_of(left.size(), right.size());
  const Positions positions(right);
  const std::uint64_t everywhere = low_bits(right.size());
  std::uint64_t left_matched = 0;
  std::uint64_t right_matched = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    const std::uint64_t before = at > window ? low_bits(at - window) : 0;
    const std::uint64_t reach = low_bits(at + window + 1) & ~before & everywhere;
    const std::uint64_t free = positions.of(left[at]) & reach & ~right_matched;
    right_matched |= free & (~free + 1);  // the first free position
    left_matched |= static_cast<std::uint64_t>(free != 0) << at;
  }
  const auto common = static_cast<std::size_t>(std::popcount(left_matched));
  std::size_t out_of_order = 0;
  for (std::uint64_t mine = left_matched, other = right_matched; mine != 0;
       mine &= mine - 1, other &= other - 1) {
    const auto left_at = static_cast<std::size_t>(std::countr_zero(mine));
    const auto right_at = static_cast<std::size_t>(std::countr_zero(other));
    out_of_order += static_cast<std::size_t>(left[left_at] != right[right_at]);
  }
  return jaro_of(common, out_of_order, left.size(), right.size());
}

double jaro_long(std::string_view left, std::string_view right) {
  const std::size_t window = window_of(left.size(), right.size());
  std::vector<bool> left_matched(left.size());
  std::vector<bool> right_matched(right.size());
  std::size_t common = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    const std::size_t from = at > window ? at - window : 0;
    const std::size_t to = std::min(at + window + 1, right.size());
    for (std::size_t other = from; other < to; ++other) {
      if (right_matched[other] || left[at] != right[other]) continue;
      left_matched[at] = true;
      right_matched[other] = true;
      ++common;
      break;
    }
  }
  std::size_t out_of_order = 0;
  std::size_t other = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    if (!left_matched[at]) continue;
    while (!right_matched[other]) ++other;
    out_of_order += static_cast<std::size_t>(left[at] != right[other]);
    ++other;
  }
  return jaro_of(common, out_of_order, left.size(), right.size());
}

}  // namespace

double jaro_winkler(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return left.empty() && right.empty() ? 1.0 : 0.0;
  const bool fits = left.size() <= word_bits && right.size() <= word_bits;
  const double jaro = fits ? jaro_bit_parallel(left, right) : jaro_long(left, right);
  return with_prefix(jaro, common_prefix(left, right));
}

LetterMask letter_mask(std::string_view text) {
  LetterMask mask;
  for (const char letter : text) {
    if (letter < 'a' || letter > 'z') {
      ++mask.beyond;
      continue;
    }
    const std::uint64_t once = std::uint64_t{1} << (letter - 'a');
    const std::uint64_t twice = once << 26U;
    if ((mask.once_twice & once) == 0) {
      mask.once_twice |= once;
    } else if ((mask.once_twice & twice) == 0) {
      mask.once_twice |= twice;
    } else {
      ++mask.beyond;
    }
  }
  mask.length = static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), 0xFFFF));
  std::copy_n(text.begin(), std::min<std::size_t>(text.size(), mask.prefix.size()), mask.prefix.begin());
  return mask;
}

std::size_t common_letters_bound(const LetterMask& left, const LetterMask& right) {
  const auto shared = static_cast<std::size_t>(std::popcount(left.once_twice & right.once_twice));
  return std::min(
      {shared + std::min(left.beyond, right.beyond), std::size_t{left.length}, std::size_t{right.length}});
}

double jaro_winkler_bound(const LetterMask& left, const LetterMask& right) {
  if (left.length == 0 || right.length == 0) return left.length == right.length ? 1.0 : 0.0;
  if (left.length == 0xFFFF || right.length == 0xFFFF) return 1.0;  // too long for the counts
  const std::size_t common = common_letters_bound(left, right);
  if (common == 0) return 0.0;
  std::size_t prefix = 0;
  while (prefix < longest_prefix && left.prefix[prefix] == right.prefix[prefix]) ++prefix;
  return with_prefix(jaro_of(common, 0, left.length, right.length), prefix);
}

}  // namespace scrutineer::linkage
