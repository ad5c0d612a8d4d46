#include "linkage/level_kernels.h"

#include <algorithm>
#include <bit>

#include "linkage/fixed_point.h"
#include "linkage/packed_text.h"

#define SCRUTINEER_KERNELS kernels_portable
#include "linkage/level_loops.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t longest_masked = 31;
constexpr double weakly_similar = 0.72;  // as in compare_values.cc

// As may_sound_alike reads them.
std::uint32_t sounds_of(const TextFeatures& features) {
  std::uint32_t sounds = static_cast<std::uint32_t>(mixed(3, features.soundex) & 0x3FFU);
  sounds |= static_cast<std::uint32_t>(mixed(3, features.skeleton) & 0xFFU) << 10U;
  for (const std::uint16_t group : features.groups) {
    if (group != 0) sounds |= std::uint32_t{1} << (18U + mixed(3, group) % 14U);
  }
  return sounds;
}

ValueKey name_key(const Comparison& comparison, std::size_t field, const TextFeatures& features,
                  std::string_view value, std::uint32_t code) {
  ValueKey key;
  key.text = features.mask.once_twice;
  key.prefix = static_cast<std::uint32_t>(packed(value.substr(0, features.mask.prefix.size())));
  key.sounds = sounds_of(features);
  key.parts = word_bits(comparison, field, code);
  key.plain = value.size() <= longest_masked ? 1 : 0;
  key.length = static_cast<std::uint8_t>(std::min(value.size(), longest_masked));
  key.beyond = static_cast<std::uint8_t>(std::min<std::size_t>(features.mask.beyond, 255));
  key.initial = features.initial ? 1 : 0;
  return key;
}

ValueKey date_key(const DateFeatures& features) {
  ValueKey key;
  if (features.year == 0 || features.month == 0) return key;
  key.text = packed(std::string_view(features.digits.data(), features.digits.size()));
  const std::int64_t days = std::int64_t{365} * features.year + 30 * features.month + features.day;
  key.parts = static_cast<std::uint64_t>(days);
  key.plain = 1;
  return key;
}

ValueKey packed_key(std::string_view value) {
  ValueKey key;
  key.text = packed(value);
  key.length = static_cast<std::uint8_t>(std::min<std::size_t>(value.size(), 255));
  key.plain = value.size() <= longest_packed && value.find('\0') == std::string_view::npos ? 1 : 0;
  return key;
}

ValueKey code_key(const CodeFeatures& features, std::string_view value, StringPool& outwards,
                  StringPool& areas) {
  ValueKey key = packed_key(value);
  const std::uint64_t outward = outwards.intern(value.substr(0, features.outward));
  key.parts = outward << 32U | areas.intern(value.substr(0, features.area));
  return key;
}

std::string_view leading_digits(std::string_view text) {
  return text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
}

WeakBound make_weak_bound() {
  WeakBound bound{};
  for (std::size_t left = 0; left < 32; ++left) {
    for (std::size_t right = 0; right < 32; ++right) {
      for (std::size_t prefix = 0; prefix <= 4; ++prefix) {
        LetterMask mine, other;
        mine.length = static_cast<std::uint16_t>(left);
        other.length = static_cast<std::uint16_t>(right);
        mine.prefix.fill('a');
        other.prefix.fill('b');
        std::fill_n(other.prefix.begin(), prefix, 'a');
        std::uint8_t common = 0;
        for (const auto most = static_cast<std::uint8_t>(std::min(left, right)); common <= most; ++common) {
          mine.beyond = other.beyond = common;
          if (jaro_winkler_bound(mine, other) >= weakly_similar) break;
        }
        bound[left * 32 + right][prefix] = common;
      }
    }
  }
  return bound;
}

}  // namespace

const WeakBound& weak_bound() {
  static const WeakBound bound = make_weak_bound();
  return bound;
}

std::uint64_t word_bits(const Comparison& comparison, std::size_t field, std::uint32_t code) {
  std::uint64_t bits = 0;
  for (const std::uint32_t word : comparison.words().words_of(field, code))
    bits |= std::uint64_t{1} << (mixed(5, word) & 63U);
  return bits;
}

std::vector<ValueKey> value_keys(const Comparison& comparison, std::size_t compared) {
  const Compared& what = comparison.compared()[compared];
  std::vector<ValueKey> keys;
  if (portable_level_kernel(what.kind) == nullptr) return keys;
  const FieldValues& values = comparison.values()[what.field];
  const ValueComparison& by_value = comparison.by_value(compared);
  keys.reserve(values.distinct());
  StringPool outwards, areas, numbers;
  for (StringPool* pool : {&outwards, &areas, &numbers}) pool->intern("");
  for (std::uint32_t code = 0; code < values.distinct(); ++code) {
    const std::string_view value = values.pool[code];
    ValueKey key;
    if (what.kind == Kind::name) {
      key = name_key(comparison, what.field, by_value.text_features(code), value, code);
    } else if (what.kind == Kind::date) {
      key = date_key(by_value.date_features(code));
    } else if (what.kind == Kind::code) {
      key = code_key(by_value.code_features(code), value, outwards, areas);
    } else {
      key = packed_key(value);
      if (what.kind == Kind::number) key.parts = numbers.intern(leading_digits(value));
    }
    key.code = code;
    keys.push_back(key);
  }
  return keys;
}

LevelKernel portable_level_kernel(Kind kind) {
  return kernels_portable::kernel_of(kind);
}

FoldLevels portable_fold_levels() {
  return kernels_portable::fold;
}

SetApart portable_set_apart() {
  return kernels_portable::apart;
}

#if defined(SCRUTINEER_KERNELS_V3)
namespace {
bool has_v3() {
  static const bool has = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                          __builtin_cpu_supports("bmi2") != 0 && __builtin_cpu_supports("fma") != 0;
  return has;
}
}  // namespace

LevelKernel level_kernel(Kind kind) {
  return has_v3() ? kernels_v3::level_kernel(kind) : portable_level_kernel(kind);
}
FoldLevels fold_levels() {
  return has_v3() ? kernels_v3::fold_levels() : portable_fold_levels();
}
SetApart set_apart() {
  return has_v3() ? kernels_v3::set_apart() : portable_set_apart();
}
const char* level_kernel_target() {
  return has_v3() ? "x86-64-v3" : "portable";
}
#else
LevelKernel level_kernel(Kind kind) {
  return portable_level_kernel(kind);
}
FoldLevels fold_levels() {
  return portable_fold_levels();
}
SetApart set_apart() {
  return portable_set_apart();
}
const char* level_kernel_target() {
  return "portable";
}
#endif

}  // namespace scrutineer::linkage
