#include "linkage/short_names.h"

#include <algorithm>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace scrutineer::linkage {
namespace {

constexpr std::size_t longest = 16;

// Bit k is set where byte k of the text is the letter.
#if defined(__SSE2__)
class Places {
 public:
  explicit Places(const std::array<char, longest>& text)
      : text_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data()))) {}
  [[nodiscard]] unsigned of(char letter) const {
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(text_, _mm_set1_epi8(letter))));
  }

 private:
  __m128i text_;
};
#else
class Places {
 public:
  explicit Places(const std::array<char, longest>& text) : text_(text) {}
  [[nodiscard]] unsigned of(char letter) const {
    unsigned bits = 0;
    for (std::size_t at = 0; at < longest; ++at) bits |= static_cast<unsigned>(text_[at] == letter) << at;
    return bits;
  }

 private:
  const std::array<char, longest>& text_;
};
#endif

}  // namespace

unsigned common_in_window(const std::array<char, longest>& left, unsigned left_length,
                          const std::array<char, longest>& right, unsigned right_length) {
  const unsigned half = std::max(left_length, right_length) / 2;
  const unsigned window = half > 0 ? half - 1 : 0;
  const Places places(right);
  unsigned free = (1U << right_length) - 1;
  const unsigned before = free;
  for (unsigned at = 0; at < left_length; ++at) {
    const unsigned from = at > window ? ~0U << (at - window) : ~0U;
    const unsigned reach = from & ((2U << (at + window)) - 1);
    const unsigned found = places.of(left[at]) & reach & free;
    free &= ~(found & (~found + 1));  // the first free place
  }
  return static_cast<unsigned>(std::popcount(before & ~free));
}

ShortNames::ShortNames(const StringPool& values) : texts_(values.size()) {
  for (std::uint32_t code = 0; code < values.size(); ++code) {
    const std::string_view value = values[code];
    std::copy_n(value.begin(), std::min(value.size(), longest), texts_[code].begin());
  }
}

bool ShortNames::surely_different(const ValueKey& mine, const ValueKey& other) const {
  if (mine.length > longest || other.length > longest || mine.code == other.code) return false;
  // Of three letters, two that changed places are one edit, yet beyond the window in which letters count.
  if (mine.length == 3 && other.length == 3) return false;
  if ((mine.initial | other.initial) != 0 || may_sound_alike(mine.sounds, other.sounds)) return false;
  const std::uint32_t differing = mine.prefix ^ other.prefix;
  const auto prefix = differing == 0 ? 4U : static_cast<unsigned>(std::countr_zero(differing)) / 8U;
  const unsigned common = common_in_window(texts_[mine.code], mine.length, texts_[other.code], other.length);
  return common < weak_bound()[std::size_t{mine.length} * 32U + other.length][prefix];
}

}  // namespace scrutineer::linkage
