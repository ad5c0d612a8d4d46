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
  const std::uint64_t shared_words = (mine.parts & other_words) | (other.parts & my_words);
  const unsigned common = static_cast<unsigned>(std::popcount(mine.text & other.text)) +
                          std::min<unsigned>(mine.beyond, other.beyond);
  const std::uint32_t differing = mine.prefix ^ other.prefix;
  const auto prefix = differing == 0 ? 4U : static_cast<unsigned>(std::countr_zero(differing)) / 8U;
  const bool may_be_similar = common >= bound[std::size_t{mine.length} * 32U + other.length][prefix];
  if (shared_words != 0) return level_unbounded;
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

std::uint8_t date_level_of(const ValueKey& mine, const ValueKey& other) {
  if (mine.code == 0 || other.code == 0) return level_missing;
  if ((mine.plain & other.plain) == 0) return level_asked;
  if (mine.code == other.code) return level_same;
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
  if (year) return date_level::same_year;
  const auto days = static_cast<std::int64_t>(mine.parts) - static_cast<std::int64_t>(other.parts);
  return days <= 400 && days >= -400 ? date_level::within_400_days : date_level::different;
}

void dates(const ValueKey& mine, std::uint64_t, const ValueKey* others, const std::uint64_t*,
           std::size_t count, std::uint8_t* levels) {
  const ValueKey key = mine;
  for (std::size_t at = 0; at < count; ++at) levels[at] = date_level_of(key, others[at]);
}

void codes(const ValueKey& mine, std::uint64_t, const ValueKey* others, const std::uint64_t*,
           std::size_t count, std::uint8_t* levels) {
  const ValueKey key = mine;
  for (std::size_t at = 0; at < count; ++at) {
    const ValueKey& other = others[at];
    std::uint8_t level = code_level::different;
    if (key.code == 0 || other.code == 0) {
      level = level_missing;
    } else if (key.code == other.code) {
      level = level_same;
    } else if ((key.plain & other.plain) == 0) {
      level = level_asked;
    } else if (key.length >= 4 && other.length >= 4 &&
               packed_within_one_edit(key.text, key.length, other.text, other.length)) {
      level = code_level::typing_error;
    } else {
      const std::uint64_t differing = key.parts ^ other.parts;  // outward number high, area number low
      const bool outward = differing >> 32U == 0 && key.parts >> 32U != 0;
      const bool area = (differing & 0xFFFFFFFFU) == 0 && (key.parts & 0xFFFFFFFFU) != 0;
      level = outward ? code_level::outward : area ? code_level::area : code_level::different;
    }
    levels[at] = level;
  }
}

void numbers(const ValueKey& mine, std::uint64_t, const ValueKey* others, const std::uint64_t*,
             std::size_t count, std::uint8_t* levels) {
  const ValueKey key = mine;
  for (std::size_t at = 0; at < count; ++at) {
    const ValueKey& other = others[at];
    std::uint8_t level = number_level::different;
    if (key.code == 0 || other.code == 0) {
      level = level_missing;
    } else if (key.code == other.code) {
      level = level_same;
    } else if ((key.plain & other.plain) == 0) {
      level = level_asked;
    } else if (key.parts != 0 && key.parts == other.parts) {
      level = number_level::same_digits;
    } else if (key.length >= 2 && other.length >= 2 &&
               packed_within_one_edit(key.text, key.length, other.text, other.length)) {
      level = number_level::typing_error;
    }
    levels[at] = level;
  }
}

// Category and exact: what is not the same is asked, or different.
void categories(const ValueKey& mine, std::uint64_t, const ValueKey* others, const std::uint64_t*,
                std::size_t count, std::uint8_t* levels) {
  const ValueKey key = mine;
  for (std::size_t at = 0; at < count; ++at) {
    const ValueKey& other = others[at];
    std::uint8_t level = category_level::different;
    if (key.code == 0 || other.code == 0) {
      level = level_missing;
    } else if (key.code == other.code) {
      level = level_same;
    } else if ((key.plain & other.plain) == 0) {
      level = level_asked;
    } else if (key.length >= 3 && other.length >= 3 &&
               packed_within_one_edit(key.text, key.length, other.text, other.length)) {
      level = category_level::typing_error;
    }
    levels[at] = level;
  }
}

void exact_values(const ValueKey& mine, std::uint64_t, const ValueKey* others, const std::uint64_t*,
                  std::size_t count, std::uint8_t* levels) {
  const std::uint32_t code = mine.code;
  for (std::size_t at = 0; at < count; ++at) {
    const std::uint32_t other = others[at].code;
    const std::uint8_t told = other == code ? level_same : exact_level::different;
    levels[at] = code == 0 || other == 0 ? level_missing : told;
  }
}

#if defined(__AVX2__)
void fold(const std::uint8_t* levels, const LevelDeficits& deficits, std::size_t field, std::size_t count,
          BatchOfPairs& batch) {
  const auto load = [](const std::uint8_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  };
  const auto store = [](std::uint8_t* to, __m256i value) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), value);
  };
  const __m256i table =
      _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(deficits.data())));
  const __m256i unbounded = _mm256_set1_epi8(static_cast<char>(level_unbounded));
  const __m256i asked = _mm256_set1_epi8(static_cast<char>(level_asked));
  const __m256i one = _mm256_set1_epi8(1);
  std::uint8_t* const halves = batch.halves[field / 2].data();
  for (std::size_t at = 0; at < count; at += 32) {
    __m256i level = load(levels + at);
    const __m256i deficit = _mm256_shuffle_epi8(table, level);
    const __m256i is_unbounded = _mm256_cmpeq_epi8(level, unbounded);
    level = _mm256_or_si256(level, _mm256_and_si256(is_unbounded, one));
    const __m256i is_asked = _mm256_cmpeq_epi8(level, asked);
    if (field == 0) {
      store(&batch.deficits[at], deficit);
      store(&batch.unbounded[at], is_unbounded);
      store(&batch.asked[at], is_asked);
    } else {
      store(&batch.deficits[at], _mm256_adds_epu8(load(&batch.deficits[at]), deficit));
      store(&batch.unbounded[at], _mm256_or_si256(load(&batch.unbounded[at]), is_unbounded));
      store(&batch.asked[at], _mm256_or_si256(load(&batch.asked[at]), is_asked));
    }
    // Levels are below 16: nothing is shifted over from the byte below.
    store(halves + at,
          field % 2 == 0 ? level : _mm256_or_si256(load(halves + at), _mm256_slli_epi16(level, 4)));
  }
}
#else
void fold(const std::uint8_t* levels, const LevelDeficits& deficits, std::size_t field, std::size_t count,
          BatchOfPairs& batch) {
  static_assert((level_unbounded | 1U) == level_asked);
  if (field == 0) {
    batch.deficits = {};
    batch.unbounded = {};
    batch.asked = {};
  }
  std::uint8_t* const halves = batch.halves[field / 2].data();
  for (std::size_t at = 0; at < count; ++at) {
    const auto is_unbounded = static_cast<std::uint8_t>(levels[at] == level_unbounded);
    const auto level = static_cast<std::uint8_t>(levels[at] | is_unbounded);
    const unsigned sum = batch.deficits[at] + unsigned{deficits[levels[at]]};
    batch.deficits[at] = static_cast<std::uint8_t>(std::min(sum, 255U));
    batch.unbounded[at] |= is_unbounded;
    batch.asked[at] |= static_cast<std::uint8_t>(level == level_asked);
    halves[at] = field % 2 == 0 ? level : static_cast<std::uint8_t>(halves[at] | level << 4U);
  }
}
#endif

LevelKernel kernel_of(Kind kind) {
  switch (kind) {
    case Kind::name:
      return names;
    case Kind::date:
      return dates;
    case Kind::code:
      return codes;
    case Kind::number:
      return numbers;
    case Kind::category:
      return categories;
    case Kind::exact:
      return exact_values;
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
