// Jaro-Winkler similarity, bit-parallel.
//
// Jaro (1989), "Advances in record-linkage methodology", JASA 84, and Winkler (1990): with m characters in
// common within half the longer length and t of them out of order (counted in halves),
//   jaro = (m / |a| + m / |b| + (m - t) / m) / 3,   jaro_winkler = jaro + 0.1 * prefix * (1 - jaro),
// where `prefix` is the length of the common prefix, at most 4. The prefix counts at any jaro (Winkler's
// threshold of 0.7 is not applied). Bytes are compared, so text should be ASCII (transliterated) before.
#ifndef SCRUTINEER_LINKAGE_JARO_WINKLER_H_
#define SCRUTINEER_LINKAGE_JARO_WINKLER_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace scrutineer::linkage {

// 0 (nothing in common) to 1 (equal). Two empty strings: 1; one empty: 0. Up to 64 bytes bit-parallel
// (Bachmann, rapidfuzz, after Hyyro's position masks); longer ones by the textbook in quadratic time.
double jaro_winkler(std::string_view left, std::string_view right);

// What bounds a Jaro-Winkler similarity from above without comparing: which letters occur once, twice.
struct LetterMask {
  std::uint64_t once_twice = 0;  // bit c: letter c occurs; bit 26 + c: it occurs twice or more
  std::uint16_t beyond = 0;      // characters not told by the mask: third and later, and other than a-z
  std::uint16_t length = 0;
  std::array<char, 4> prefix{};  // first four bytes, padded with NUL
};

LetterMask letter_mask(std::string_view text);

// Never less than the number of letters, with repetition, that the two strings have in common. Strings within
// d edits of each other have at least max(length) - d in common.
std::size_t common_letters_bound(const LetterMask& left, const LetterMask& right);

// Never less than jaro_winkler of the two strings (shown by a property test): the characters in common are at
// most those that the masks share, and transpositions are taken as none.
double jaro_winkler_bound(const LetterMask& left, const LetterMask& right);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_JARO_WINKLER_H_
