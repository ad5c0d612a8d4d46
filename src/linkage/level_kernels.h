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
// Asked, and more than the two values may decide, so that what it may come to has no bound. Written by
// kernels only; fold_levels makes it level_asked.
inline constexpr std::uint8_t level_unbounded = 14;

// One value as its kernel sees it. Which member means what depends on the kind.
struct alignas(32) ValueKey {
  std::uint64_t text = 0;   // name: letter mask; date, code, number, category: the packed string
  std::uint64_t parts = 0;  // name: a bit for each word; date: days, roughly; code: outward and area numbers;
                            // number: number of the leading digits
  std::uint32_t prefix = 0;  // name: its first four bytes
  std::uint32_t sounds = 0;  // name: see may_sound_alike
  std::uint32_t code = 0;    // of the value
  std::uint8_t length = 0;   // in bytes
  std::uint8_t beyond = 0;   // name: letters that the mask does not tell
  std::uint8_t plain = 0;    // 1: the kernel may decide
  std::uint8_t initial = 0;  // name: a single letter
};
static_assert(sizeof(ValueKey) == 32);

// ValueKey::sounds holds a hash of the Soundex code (10 bits), one of the transliteration skeleton (8 bits),
// and a bit for each group of variants (14 bits). False only if two names have none of these in common.
[[gnu::always_inline]] inline bool may_sound_alike(std::uint32_t mine, std::uint32_t other) {
  const std::uint32_t differing = mine ^ other;
  return (differing & 0x3FFU) == 0 || (differing & 0x3FC00U) == 0 || ((mine & other) >> 18U) != 0;
}

// The keys of all distinct values of a compared field, by code; empty where its kind has no kernel.
std::vector<ValueKey> value_keys(const Comparison& comparison, std::size_t compared);

// A bit for each word of a value of a field of names, as ValueKey::parts; 0 for other fields.
std::uint64_t word_bits(const Comparison& comparison, std::size_t field, std::uint32_t code);

// Levels of `mine` against each of `others`. `my_words` and `other_words`: for names, a bit for each word of
// any name of the row, so that names found elsewhere in the other row can be ruled out.
using LevelKernel = void (*)(const ValueKey& mine, std::uint64_t my_words, const ValueKey* others,
                             const std::uint64_t* other_words, std::size_t count, std::uint8_t* levels);

// What a level falls short of the most that its field could say (pair_gate.h).
using LevelDeficits = std::array<std::uint8_t, most_levels>;

// What is known of a batch of pairs once the levels of all fields are folded in, a byte a pair.
struct BatchOfPairs {
  static constexpr std::size_t capacity = 256;
  static constexpr std::size_t stride = 32;  // vectors may write so many bytes beyond what is told
  using OfPairs = std::array<std::uint8_t, capacity + stride>;
  OfPairs deficits;   // added up with saturation
  OfPairs unbounded;  // not 0: a field stands at level_unbounded
  OfPairs asked;      // not 0: a field is asked, bounded or not
  // Levels of two fields to a byte, so that a pattern is put together from few bytes.
  std::array<OfPairs, most_fields / 2> halves;
};

// Folds the levels of one field of a run of pairs into the batch, from pair `from` on. `levels` may be read a
// stride beyond `count`, and the batch written so. Fields must come in the order of their numbers, and runs
// in the order of their pairs, each with all its fields.
using FoldLevels = void (*)(const std::uint8_t* levels, const LevelDeficits& deficits, std::size_t field,
                            std::size_t from, std::size_t count, BatchOfPairs& batch);
FoldLevels fold_levels();           // for this processor
FoldLevels portable_fold_levels();  // for any

// Pairs by level of each field.
using LevelPairs = std::array<std::array<std::uint64_t, most_levels>, most_fields>;

// Sets apart the first `count` pairs of a batch that need no further look: those with a byte in `met`, and
// those beyond the budget of deficits with no field unbounded, which are added to `hopeless` (of the first
// `fields` fields). Sets a bit in `left`, pair by pair, for each of the others; returns how many are not met.
// `met` may be read a stride beyond `count`.
using SetApart = std::size_t (*)(const BatchOfPairs& batch, const std::uint8_t* met, std::uint8_t budget,
                                 std::size_t fields, std::size_t count, std::uint64_t* left,
                                 LevelPairs& hopeless);
SetApart set_apart();           // for this processor
SetApart portable_set_apart();  // for any

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
FoldLevels fold_levels();
SetApart set_apart();
}  // namespace kernels_v3

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_LEVEL_KERNELS_H_
