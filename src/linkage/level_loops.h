// The loops of level_kernels.h, included by each translation unit that compiles them for one kind of
// processor, inside a namespace of its own (SCRUTINEER_KERNELS). Nothing here may be an inline function with
// external linkage: the linker would keep one of the two compilations for both.
#ifndef SCRUTINEER_KERNELS
#error "level_loops.h is for the kernels' own translation units"
#endif

namespace scrutineer::linkage::SCRUTINEER_KERNELS {
namespace {

std::uint8_t name_level_of(const ValueKey& mine, std::uint64_t my_words, const ValueKey& other,
                           std::uint64_t other_words, const WeakBound& bound) {
  if (mine.code == 0 || other.code == 0) return level_missing;
  if ((mine.initial | other.initial) != 0) {
    return static_cast<std::uint8_t>((mine.prefix & 0xFFU) == (other.prefix & 0xFFU)
                                         ? name_level::initial_agrees
                                         : name_level::initial_differs);
  }
  if (mine.code == other.code) return level_same;
  if (((mine.parts & other_words) | (other.parts & my_words)) != 0) return level_unbounded;
  const unsigned common = static_cast<unsigned>(std::popcount(mine.text & other.text)) +
                          std::min<unsigned>(mine.beyond, other.beyond);
  const std::uint32_t differing = mine.prefix ^ other.prefix;
  const auto prefix = differing == 0 ? 4U : static_cast<unsigned>(std::countr_zero(differing)) / 8U;
  const bool may_be_similar = common >= bound[std::size_t{mine.length} * 32U + other.length][prefix];
  const bool decided =
      !may_be_similar && !may_sound_alike(mine.sounds, other.sounds) && (mine.plain & other.plain) != 0;
  return decided ? name_level::different : level_asked;
}

void names(const ValueKey& mine, std::uint64_t my_words, const ValueKey* others,
           const std::uint64_t* other_words, std::size_t count, std::uint8_t* levels) {
  const WeakBound& bound = weak_bound();
  const ValueKey key = mine;
  for (std::size_t at = 0; at < count; ++at) {
    levels[at] = name_level_of(key, my_words, others[at], other_words[at], bound);
  }
}

// Of different full dates, by everything that may be.
std::uint8_t near_date_level_of(const ValueKey& mine, const ValueKey& other, std::uint8_t by_days) {
  const std::uint64_t differing = mine.text ^ other.text;
  const bool year = (differing & 0xFFFFFFFFU) == 0;
  const bool month = (differing >> 32U & 0xFFFFU) == 0;
  const bool day = differing >> 48U == 0;
  if (packed_within_one_edit(mine.text, 8, other.text, 8)) return date_level::one_digit;
  if (int{year} + int{month} + int{day} >= 2) return date_level::two_parts;
  if (year && (mine.text >> 32U & 0xFFFFU) == other.text >> 48U &&
      mine.text >> 48U == (other.text >> 32U & 0xFFFFU))
    return date_level::two_parts;
  if (eight_within_two_edits(mine.text, other.text)) return date_level::two_digits;
  return year ? date_level::same_year : by_days;
}

// By which of eight digits differ (bit k: digit k of YYYYMMDD), the level where none changed places and none
// was put in: 0 where more than two differ, and not in one part alone.
using ByDigits = std::array<std::uint8_t, 256>;
constexpr ByDigits make_by_digits() {
  ByDigits levels{};
  for (unsigned digits = 1; digits < levels.size(); ++digits) {
    const int count = std::popcount(digits);
    const int parts_same = int{(digits & 0xFU) == 0} + int{(digits & 0x30U) == 0} + int{digits < 0x40U};
    levels[digits] = count == 1        ? date_level::one_digit
                     : parts_same >= 2 ? date_level::two_parts
                     : count == 2      ? date_level::two_digits
                                       : std::uint8_t{0};
  }
  return levels;
}
constexpr ByDigits by_digits = make_by_digits();

// Without a branch that pairs of strangers take now and then: digits that changed places or were shifted are
// seen to be none, which leaves the digits that differ, the year and the days.
std::uint8_t date_level_of(const ValueKey& mine, const ValueKey& other) {
  if ((mine.plain & other.plain) == 0) return level_asked;  // of a year alone even the same is
  if (mine.code == other.code) return level_same;
  constexpr std::uint64_t each_high = 0x8080808080808080ULL;
  const std::uint64_t differing = bytes_set(mine.text ^ other.text);
  const std::uint64_t forward = mine.text >> 8U ^ other.text;
  const std::uint64_t backward = mine.text ^ other.text >> 8U;
  const std::uint64_t changed_places = ~bytes_set(forward | backward) & differing & (each_high >> 8U);
  const std::uint64_t parts_changed =
      (mine.text >> 48U ^ (other.text >> 32U & 0xFFFFU)) | (other.text >> 48U ^ (mine.text >> 32U & 0xFFFFU));
  const auto first = static_cast<unsigned>(std::countr_zero(differing)) & ~7U;
  const auto last = (63U - static_cast<unsigned>(std::countl_zero(differing))) & ~7U;
  const std::uint64_t between = ((std::uint64_t{1} << last) - 1) & ~((std::uint64_t{1} << first) - 1);
  const auto days = static_cast<std::int64_t>(mine.parts) - static_cast<std::int64_t>(other.parts);
  const std::uint8_t by_days =
      static_cast<std::uint64_t>(days + 400) <= 800 ? date_level::within_400_days : date_level::different;
  const bool may_be_near =
      (changed_places != 0) | (parts_changed == 0) | ((forward & between) == 0) | ((backward & between) == 0);
  if (may_be_near) return near_date_level_of(mine, other, by_days);
  const std::uint8_t level = by_digits[(differing >> 7U) * 0x0102040810204080ULL >> 56U];
  const bool year = (differing & 0xFFFFFFFFU) == 0;
  return level != 0 ? level : year ? date_level::same_year : by_days;
}

std::uint8_t code_level_of(const ValueKey& mine, const ValueKey& other) {
  if (mine.code == other.code) return level_same;
  if ((mine.plain & other.plain) == 0) return level_asked;
  if (mine.length >= 4 && other.length >= 4 &&
      packed_within_one_edit(mine.text, mine.length, other.text, other.length))
    return code_level::typing_error;
  const std::uint64_t differing = mine.parts ^ other.parts;  // outward number high, area number low
  if (differing >> 32U == 0 && mine.parts >> 32U != 0) return code_level::outward;
  const bool area = (differing & 0xFFFFFFFFU) == 0 && (mine.parts & 0xFFFFFFFFU) != 0;
  return area ? code_level::area : code_level::different;
}

std::uint8_t number_level_of(const ValueKey& mine, const ValueKey& other) {
  if (mine.code == other.code) return level_same;
  if ((mine.plain & other.plain) == 0) return level_asked;
  if (mine.parts != 0 && mine.parts == other.parts) return number_level::same_digits;
  const bool typing_error = mine.length >= 2 && other.length >= 2 &&
                            packed_within_one_edit(mine.text, mine.length, other.text, other.length);
  return typing_error ? number_level::typing_error : number_level::different;
}

std::uint8_t category_level_of(const ValueKey& mine, const ValueKey& other) {
  if (mine.code == other.code) return level_same;
  if ((mine.plain & other.plain) == 0) return level_asked;
  const bool typing_error = mine.length >= 3 && other.length >= 3 &&
                            packed_within_one_edit(mine.text, mine.length, other.text, other.length);
  return typing_error ? category_level::typing_error : category_level::different;
}

std::uint8_t exact_level_of(const ValueKey& mine, const ValueKey& other) {
  return mine.code == other.code ? level_same : exact_level::different;
}

// The loop of all kinds whose values alone decide; `level_of` tells that of two values that are there.
template <std::uint8_t (*level_of)(const ValueKey&, const ValueKey&)>
void values(const ValueKey& mine, std::uint64_t, const ValueKey* others, const std::uint64_t*,
            std::size_t count, std::uint8_t* levels) {
  const ValueKey key = mine;
  if (key.code == 0) {
    std::fill_n(levels, count, level_missing);
    return;
  }
  for (std::size_t at = 0; at < count; ++at)
    levels[at] = others[at].code == 0 ? level_missing : level_of(key, others[at]);
}

#if defined(__AVX2__)
void fold(const std::uint8_t* levels, const LevelDeficits& deficits, std::size_t field, std::size_t from,
          std::size_t count, BatchOfPairs& batch) {
  const auto load = [](const std::uint8_t* bytes) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
  };
  const auto store = [](std::uint8_t* to, __m256i value) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), value);
  };
  const __m256i table =
      _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(deficits.data())));
  const __m256i unbounded = _mm256_set1_epi8(static_cast<char>(level_unbounded));
  const __m256i asked = _mm256_set1_epi8(static_cast<char>(level_asked));
  const __m256i one = _mm256_set1_epi8(1);
  std::uint8_t* const halves = &batch.halves[field / 2][from];
  std::uint8_t* const sums = &batch.deficits[from];
  std::uint8_t* const any_unbounded = &batch.unbounded[from];
  std::uint8_t* const any_asked = &batch.asked[from];
  for (std::size_t at = 0; at < count; at += BatchOfPairs::stride) {
    __m256i level = load(levels + at);
    const __m256i deficit = _mm256_shuffle_epi8(table, level);
    const __m256i is_unbounded = _mm256_cmpeq_epi8(level, unbounded);
    level = _mm256_or_si256(level, _mm256_and_si256(is_unbounded, one));
    const __m256i is_asked = _mm256_cmpeq_epi8(level, asked);
    if (field == 0) {
      store(sums + at, deficit);
      store(any_unbounded + at, is_unbounded);
      store(any_asked + at, is_asked);
    } else {
      store(sums + at, _mm256_adds_epu8(load(sums + at), deficit));
      store(any_unbounded + at, _mm256_or_si256(load(any_unbounded + at), is_unbounded));
      store(any_asked + at, _mm256_or_si256(load(any_asked + at), is_asked));
    }
    // Levels are below 16: nothing is shifted over from the byte below.
    store(halves + at,
          field % 2 == 0 ? level : _mm256_or_si256(load(halves + at), _mm256_slli_epi16(level, 4)));
  }
}
#else
void fold(const std::uint8_t* levels, const LevelDeficits& deficits, std::size_t field, std::size_t from,
          std::size_t count, BatchOfPairs& batch) {
  static_assert((level_unbounded | 1U) == level_asked);
  std::uint8_t* const halves = &batch.halves[field / 2][from];
  for (std::size_t at = 0; at < count; ++at) {
    const auto is_unbounded = static_cast<std::uint8_t>(levels[at] == level_unbounded);
    const auto level = static_cast<std::uint8_t>(levels[at] | is_unbounded);
    const auto is_asked = static_cast<std::uint8_t>(level == level_asked);
    const unsigned before = field == 0 ? 0 : batch.deficits[from + at];
    batch.deficits[from + at] = static_cast<std::uint8_t>(std::min(before + deficits[levels[at]], 255U));
    batch.unbounded[from + at] = field == 0 ? is_unbounded : batch.unbounded[from + at] | is_unbounded;
    batch.asked[from + at] = field == 0 ? is_asked : batch.asked[from + at] | is_asked;
    halves[at] = field % 2 == 0 ? level : static_cast<std::uint8_t>(halves[at] | level << 4U);
  }
}
#endif

#if defined(__AVX2__)
std::uint32_t bits_of(__m256i bytes) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

std::size_t apart(const BatchOfPairs& batch, const std::uint8_t* met, std::uint8_t budget, std::size_t fields,
                  std::size_t count, std::uint64_t* left, LevelPairs& hopeless) {
  const auto load = [](const std::uint8_t* bytes) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
  };
  const __m256i none = _mm256_setzero_si256();
  const __m256i most = _mm256_set1_epi8(static_cast<char>(budget));
  const __m256i half = _mm256_set1_epi8(0xF);
  std::size_t fresh = 0;
  for (std::size_t at = 0; at < count; at += 32) {
    const std::uint32_t there = count - at < 32 ? (1U << (count - at)) - 1 : ~0U;
    const std::uint32_t is_fresh = there & bits_of(_mm256_cmpeq_epi8(load(met + at), none));
    const std::uint32_t within =
        bits_of(_mm256_cmpeq_epi8(_mm256_subs_epu8(load(&batch.deficits[at]), most), none));
    const std::uint32_t bounded = bits_of(_mm256_cmpeq_epi8(load(&batch.unbounded[at]), none));
    const std::uint32_t lost = is_fresh & ~within & bounded;
    fresh += static_cast<std::size_t>(std::popcount(is_fresh));
    if (at % 64 == 0) left[at / 64] = 0;
    left[at / 64] |= static_cast<std::uint64_t>(is_fresh & ~lost) << (at % 64);
    const int all = std::popcount(lost);
    for (std::size_t field = 0; field < fields && all > 0; ++field) {
      const __m256i two = load(&batch.halves[field / 2][at]);
      const __m256i levels = _mm256_and_si256(field % 2 == 0 ? two : _mm256_srli_epi16(two, 4), half);
      int told = 0;
      for (std::size_t level = 0; told < all; ++level) {
        const __m256i same = _mm256_cmpeq_epi8(levels, _mm256_set1_epi8(static_cast<char>(level)));
        const int here = std::popcount(lost & bits_of(same));
        told += here;
        hopeless[field][level] += static_cast<std::uint64_t>(here);
      }
    }
  }
  return fresh;
}
#else
std::size_t apart(const BatchOfPairs& batch, const std::uint8_t* met, std::uint8_t budget, std::size_t fields,
                  std::size_t count, std::uint64_t* left, LevelPairs& hopeless) {
  std::size_t fresh = 0;
  for (std::size_t at = 0; at < count; ++at) {
    if (at % 64 == 0) left[at / 64] = 0;
    if (met[at] != 0) continue;
    ++fresh;
    if (batch.deficits[at] <= budget || batch.unbounded[at] != 0) {
      left[at / 64] |= std::uint64_t{1} << (at % 64);
      continue;
    }
    for (std::size_t field = 0; field < fields; ++field)
      ++hopeless[field][batch.halves[field / 2][at] >> (4 * (field % 2)) & 0xFU];
  }
  return fresh;
}
#endif

LevelKernel kernel_of(Kind kind) {
  switch (kind) {
    case Kind::name:
      return names;
    case Kind::date:
      return values<date_level_of>;
    case Kind::code:
      return values<code_level_of>;
    case Kind::number:
      return values<number_level_of>;
    case Kind::category:
      return values<category_level_of>;
    case Kind::exact:
      return values<exact_level_of>;
    case Kind::text:
    case Kind::email:
    case Kind::full_name:
    case Kind::other_words:
    case Kind::nested:
      return nullptr;
  }
  return nullptr;
}

}  // namespace
}  // namespace scrutineer::linkage::SCRUTINEER_KERNELS
