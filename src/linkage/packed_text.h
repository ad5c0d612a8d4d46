// Short strings in one machine word, and edit distances told from two words without a loop: what postcodes,
// house numbers and dates are compared by when pairs are counted in tens of millions.
//
// Byte 0 of the string is the lowest byte of the word; bytes beyond its length are zero. The twins of these
// functions are within_one_edit and osa_distance (edit_distance.h), to which property tests hold them.
//
// The functions are static, not inline: they are compiled for several processors (level_kernels.h), and the
// linker must not keep one compilation for all.
#ifndef SCRUTINEER_LINKAGE_PACKED_TEXT_H_
#define SCRUTINEER_LINKAGE_PACKED_TEXT_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace scrutineer::linkage {

inline constexpr std::size_t longest_packed = 8;

// Of at most eight bytes, none of which is NUL.
static inline std::uint64_t packed(std::string_view text) {
  std::uint64_t word = 0;
  if (!text.empty()) std::memcpy(&word, text.data(), text.size() < 8 ? text.size() : 8);
  return word;
}

// Bit 8 k + 7 is set where byte k of the word is not zero.
static constexpr std::uint64_t bytes_set(std::uint64_t word) {
  constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7FULL;
  return (((word & low) + low) | word) & ~low;
}

// OSA distance of at most one, of strings that are not the same.
static constexpr bool packed_within_one_edit(std::uint64_t left, unsigned left_length, std::uint64_t right,
                                             unsigned right_length) {
  const std::uint64_t differing = left ^ right;
  if (differing == 0) return true;
  const auto first = static_cast<unsigned>(std::countr_zero(differing)) & ~7U;
  if (left_length == right_length) {
    const auto last = (63U - static_cast<unsigned>(std::countl_zero(differing))) & ~7U;
    if (first == last) return true;
    // Two neighbours, each where the other stands.
    return last == first + 8 && (left >> first & 0xFFU) == (right >> last & 0xFFU) &&
           (left >> last & 0xFFU) == (right >> first & 0xFFU);
  }
  if (left_length > right_length) {
    std::swap(left, right);
    std::swap(left_length, right_length);
  }
  // One byte more on the right: the rest behind it is the same.
  return right_length == left_length + 1 && right >> first >> 8U == left >> first;
}

// OSA distance of at most two, of different strings of eight bytes each. Two edits that keep the length are
// substitutions and swaps, which leave at most four bytes differing, or one byte left out and one put in,
// which shifts what stands between the first and the last difference.
static constexpr bool eight_within_two_edits(std::uint64_t left, std::uint64_t right) {
  const std::uint64_t differing = bytes_set(left ^ right);
  const int count = std::popcount(differing);
  if (count <= 2) return true;
  const std::uint64_t forward = left >> 8U ^ right;   // byte k: left[k + 1] against right[k]
  const std::uint64_t backward = left ^ right >> 8U;  // byte k: left[k] against right[k + 1]
  if (count <= 4) {
    const std::uint64_t swapped = ~bytes_set(forward | backward) & differing & 0x0080808080808080ULL;
    if (count == 3 && swapped != 0) return true;
    if (count == 4) {
      const std::uint64_t one = differing & (~differing + 1);
      const std::uint64_t rest = differing & (differing - 1) & ~(one << 8U);
      const std::uint64_t other = rest & (~rest + 1);
      const bool two_swaps = (differing & one << 8U) != 0 && (swapped & one) != 0 && (swapped & other) != 0 &&
                             (rest & (rest - 1)) == other << 8U;
      if (two_swaps) return true;
    }
  }
  // Bytes from the first difference up to, without, the last.
  const auto first = static_cast<unsigned>(std::countr_zero(differing)) & ~7U;
  const auto last = (63U - static_cast<unsigned>(std::countl_zero(differing))) & ~7U;
  const std::uint64_t between = ((std::uint64_t{1} << last) - 1) & ~((std::uint64_t{1} << first) - 1);
  return (forward & between) == 0 || (backward & between) == 0;
}

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PACKED_TEXT_H_
