// Levels of one value against many, by what is worked out once for each distinct value: the inner loop of
// blocks with tens of millions of pairs. A level that these few words do not decide is `level_asked`: the
// caller then compares the values themselves (ValueComparison, Comparison), so that the levels are the same
// as theirs, pair by pair; a property test holds the two together.
//
// The loops are compiled twice, for any x86-64 (or other) processor and for x86-64-v3 (population counts, bit
// scans and 256-bit vectors), and chosen when the program runs. Both give the same levels.
#ifndef SCRUTINEER_LINKAGE_LEVEL_KERNELS_H_
#define SCRUTINEER_LINKAGE_LEVEL_KERNELS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "linkage/comparison.h"

namespace scrutineer::linkage {

inline constexpr std::uint8_t level_asked = 15;

// One value as its kernel sees it. Which member means what depends on the kind.
struct alignas(32) ValueKey {
  std::uint64_t text = 0;   // name: letter mask; date, code, number, category: the packed string
  std::uint64_t parts = 0;  // name: a bit for each word; date: days, roughly; code: outward and area numbers;
                            // number: number of the leading digits
  std::uint32_t prefix = 0;  // name: its first four bytes
  std::uint32_t sounds = 0;  // name: bits of its Soundex, transliteration skeleton and variant groups
  std::uint32_t code = 0;    // of the value
  std::uint8_t length = 0;   // in bytes
  std::uint8_t beyond = 0;   // name: letters that the mask does not tell
  std::uint8_t plain = 0;    // 1: the kernel may decide
  std::uint8_t initial = 0;  // name: a single letter
};
static_assert(sizeof(ValueKey) == 32);

// The keys of all distinct values of a compared field, by code; empty where its kind has no kernel.
std::vector<ValueKey> value_keys(const Comparison& comparison, std::size_t compared);

// A bit for each word of a value of a field of names, as ValueKey::parts; 0 for other fields.
std::uint64_t word_bits(const Comparison& comparison, std::size_t field, std::uint32_t code);

// Levels of `mine` against each of `others`. `my_words` and `other_words`: for names, a bit for each word of
// any name of the row, so that names found elsewhere in the other row can be ruled out.
using LevelKernel = void (*)(const ValueKey& mine, std::uint64_t my_words, const ValueKey* others,
                             const std::uint64_t* other_words, std::size_t count, std::uint8_t* levels);

// For this processor, or the portable one; null where the kind has none.
LevelKernel level_kernel(Kind kind);
LevelKernel portable_level_kernel(Kind kind);
// "x86-64-v3" or "portable": which one level_kernel chooses.
const char* level_kernel_target();

// [left length * 32 + right length] [common prefix]: fewest letters in common at which Jaro-Winkler
// similarity may reach the level "weakly similar"; lengths below 32.
using WeakBound = std::array<std::array<std::uint8_t, 5>, 1024>;
const WeakBound& weak_bound();

namespace kernels_v3 {
LevelKernel level_kernel(Kind kind);
}

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_LEVEL_KERNELS_H_
