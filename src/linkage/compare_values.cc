#include "linkage/compare_values.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "linkage/edit_distance.h"
#include "linkage/phonetics.h"

namespace scrutineer::linkage {
namespace {

constexpr double name_typing_error = 0.93;
constexpr double name_similar = 0.85;
constexpr double name_weak = 0.72;
constexpr double text_typing_error = 0.94;
constexpr double text_similar = 0.87;
constexpr double email_similar = 0.92;
constexpr std::size_t shortest_shared_word = 4;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

TextFeatures text_features_of(std::string_view value, bool is_name) {
  TextFeatures features;
  features.mask = letter_mask(value);
  if (!is_name) return features;
  features.initial = value.size() == 1;
  features.soundex = soundex(value);
  const std::string skeleton = transliteration_skeleton(value);
  features.skeleton = skeleton.empty() ? 0 : hash_bytes(skeleton);
  features.groups = variant_groups(value);
  return features;
}

DateFeatures date_features_of(std::string_view digits) {
  DateFeatures features;
  if (digits.size() != 4 && digits.size() != 8) return features;
  const auto number = [&](std::size_t from, std::size_t length) {
    int result = 0;
    for (const char digit : digits.substr(from, length)) result = result * 10 + (digit - '0');
    return result;
  };
  features.year = static_cast<std::int16_t>(number(0, 4));
  if (digits.size() == 8) {
    features.month = static_cast<std::int8_t>(number(4, 2));
    features.day = static_cast<std::int8_t>(number(6, 2));
  }
  std::copy(digits.begin(), digits.end(), features.digits.begin());
  return features;
}

// "n17aa": the first part is all but the last three; a code of digits alone splits before its last two.
CodeFeatures code_features_of(std::string_view code) {
  CodeFeatures features;
  const bool digits_only = std::all_of(code.begin(), code.end(), is_digit);
  const std::size_t tail = digits_only ? 2 : 3;
  const std::size_t outward = code.size() > tail ? code.size() - tail : 0;
  std::size_t area = 0;
  if (digits_only) {
    area = outward > 1 ? outward - 1 : 0;
  } else {
    while (area < outward && !is_digit(code[area])) ++area;
  }
  features.outward = static_cast<std::uint8_t>(std::min<std::size_t>(outward, 255));
  features.area = static_cast<std::uint8_t>(std::min<std::size_t>(area, 255));
  return features;
}

std::uint8_t email(std::string_view left, std::string_view right) {
  const std::size_t left_at = std::min(left.find('@'), left.size());
  const std::size_t right_at = std::min(right.find('@'), right.size());
  if (left.size() + 2 >= right.size() && right.size() + 2 >= left.size() && osa_distance(left, right) <= 2) {
    return email_level::typing_error;
  }
  const std::string_view left_local = left.substr(0, left_at);
  const std::string_view right_local = right.substr(0, right_at);
  if (!left_local.empty() &&
      (left_local == right_local || jaro_winkler(left_local, right_local) >= email_similar)) {
    return email_level::local_part;
  }
  const std::string_view left_domain = left.substr(left_at);
  if (left_domain.size() > 1 && left_domain == right.substr(right_at)) return email_level::domain;
  return email_level::different;
}

std::uint8_t category(std::string_view left, std::string_view right) {
  const bool long_enough = left.size() >= 3 && right.size() >= 3;
  return long_enough && within_one_edit(left, right) ? category_level::typing_error
                                                     : category_level::different;
}

}  // namespace

ValueComparison::ValueComparison(const FieldValues& values, Kind kind) : values_(&values), kind_(kind) {
  const std::size_t distinct = values.distinct();
  const auto value = [&](std::size_t code) { return values.pool[static_cast<std::uint32_t>(code)]; };
  if (kind == Kind::name || kind == Kind::text || kind == Kind::full_name) {
    text_.reserve(distinct);
    for (std::size_t code = 0; code < distinct; ++code) {
      text_.push_back(text_features_of(value(code), kind == Kind::name));
    }
    if (kind == Kind::text) index_words();
  } else if (kind == Kind::date) {
    for (std::size_t code = 0; code < distinct; ++code) dates_.push_back(date_features_of(value(code)));
  } else if (kind == Kind::code) {
    for (std::size_t code = 0; code < distinct; ++code) codes_.push_back(code_features_of(value(code)));
  }
}

void ValueComparison::index_words() {
  word_starts_.push_back(0);
  for (std::uint32_t code = 0; code < values_->distinct(); ++code) {
    const auto from = static_cast<std::ptrdiff_t>(word_hashes_.size());
    for (const std::string_view word : words(values_->pool[code])) {
      if (word.size() >= shortest_shared_word)
        word_hashes_.push_back(static_cast<std::uint32_t>(hash_bytes(word)));
    }
    std::sort(word_hashes_.begin() + from, word_hashes_.end());
    word_starts_.push_back(static_cast<std::uint32_t>(word_hashes_.size()));
  }
}

// By 32-bit hashes: two different words are taken for one about once in four thousand million comparisons.
bool ValueComparison::share_word(std::uint32_t left, std::uint32_t right) const {
  std::uint32_t mine = word_starts_[left];
  std::uint32_t other = word_starts_[right];
  const std::uint32_t mine_end = word_starts_[left + 1];
  const std::uint32_t other_end = word_starts_[right + 1];
  while (mine < mine_end && other < other_end) {
    if (word_hashes_[mine] == word_hashes_[other]) return true;
    if (word_hashes_[mine] < word_hashes_[other]) {
      ++mine;
    } else {
      ++other;
    }
  }
  return false;
}

bool ValueComparison::is_partial(std::uint32_t code) const {
  if (kind_ == Kind::name) return text_[code].initial;
  if (kind_ == Kind::date) return dates_[code].year != 0 && dates_[code].month == 0;
  return false;
}

std::uint8_t ValueComparison::level(std::uint32_t left, std::uint32_t right) const {
  if (left == TextColumn::missing || right == TextColumn::missing) return level_missing;
  switch (kind_) {
    case Kind::name:
      return name(left, right);
    case Kind::date:
      return date(left, right);
    case Kind::text:
      return left == right ? level_same : text(left, right);
    case Kind::code:
      return left == right ? level_same : code(left, right);
    default:
      break;
  }
  if (left == right) return level_same;
  const std::string_view left_value = values_->pool[left];
  const std::string_view right_value = values_->pool[right];
  switch (kind_) {
    case Kind::number:
      return number(left_value, right_value);
    case Kind::category:
      return category(left_value, right_value);
    case Kind::email:
      return email(left_value, right_value);
    case Kind::full_name:
      return full_name(left_value, right_value);
    default:
      return exact_level::different;
  }
}

std::uint8_t ValueComparison::name(std::uint32_t left, std::uint32_t right) const {
  const TextFeatures& mine = text_[left];
  const TextFeatures& other = text_[right];
  if (mine.initial || other.initial) {
    return mine.mask.prefix[0] == other.mask.prefix[0] ? name_level::initial_agrees
                                                       : name_level::initial_differs;
  }
  if (left == right) return level_same;
  const bool variant = (mine.skeleton != 0 && mine.skeleton == other.skeleton) ||
                       share_variant_group(mine.groups, other.groups);
  const bool sounds_alike = mine.soundex != 0 && mine.soundex == other.soundex;
  const std::uint8_t by_sound = variant        ? name_level::variant
                                : sounds_alike ? name_level::similar
                                               : name_level::different;
  // Strings within one edit of each other, or with three letters of prefix in common, have a similarity of at
  // least 0.72, so that nothing is lost by stopping at the bound (shown by a property test).
  if (jaro_winkler_bound(mine.mask, other.mask) < name_weak) return by_sound;
  const std::string_view left_value = values_->pool[left];
  const std::string_view right_value = values_->pool[right];
  const double similarity = jaro_winkler(left_value, right_value);
  if (similarity >= name_typing_error) return name_level::typing_error;
  if (std::min(left_value.size(), right_value.size()) >= 3) {
    if (within_one_edit(left_value, right_value)) return name_level::typing_error;
    if (by_sound == name_level::different &&
        (left_value.starts_with(right_value) || right_value.starts_with(left_value))) {
      return name_level::similar;
    }
  }
  if (by_sound != name_level::different) return by_sound;
  if (similarity >= name_similar) return name_level::similar;
  return similarity >= name_weak ? name_level::weak : name_level::different;
}

std::uint8_t ValueComparison::date(std::uint32_t left, std::uint32_t right) const {
  const DateFeatures& mine = dates_[left];
  const DateFeatures& other = dates_[right];
  if (mine.year == 0 || other.year == 0) return left == right ? level_same : date_level::different;
  const std::string_view left_digits(mine.digits.data(), mine.month == 0 ? 4 : 8);
  const std::string_view right_digits(other.digits.data(), other.month == 0 ? 4 : 8);
  if (mine.month == 0 || other.month == 0) {
    if (mine.year == other.year) return date_level::year_agrees;
    const bool near = std::abs(mine.year - other.year) == 1 ||
                      within_one_edit(left_digits.substr(0, 4), right_digits.substr(0, 4));
    return near ? date_level::year_near : date_level::year_differs;
  }
  if (left == right) return level_same;
  const bool year = mine.year == other.year;
  const bool month = mine.month == other.month;
  const bool day = mine.day == other.day;
  if (within_one_edit(left_digits, right_digits)) return date_level::one_digit;
  if (int{year} + int{month} + int{day} >= 2) return date_level::two_parts;
  if (year && mine.month == other.day && mine.day == other.month) return date_level::two_parts;
  if (osa_distance(left_digits, right_digits) <= 2) return date_level::two_digits;
  if (year) return date_level::same_year;
  const int days = 365 * (mine.year - other.year) + 30 * (mine.month - other.month) + (mine.day - other.day);
  return std::abs(days) <= 400 ? date_level::within_400_days : date_level::different;
}

std::uint8_t ValueComparison::code(std::uint32_t left, std::uint32_t right) const {
  const std::string_view mine = values_->pool[left];
  const std::string_view other = values_->pool[right];
  if (mine.size() >= 4 && other.size() >= 4 && within_one_edit(mine, other)) return code_level::typing_error;
  const CodeFeatures& parts = codes_[left];
  const CodeFeatures& others = codes_[right];
  if (parts.outward > 0 && mine.substr(0, parts.outward) == other.substr(0, others.outward)) {
    return code_level::outward;
  }
  if (parts.area > 0 && mine.substr(0, parts.area) == other.substr(0, others.area)) return code_level::area;
  return code_level::different;
}

std::uint8_t ValueComparison::text(std::uint32_t left, std::uint32_t right) const {
  const LetterMask& mine = text_[left].mask;
  const LetterMask& other = text_[right].mask;
  const std::size_t longer = std::max(mine.length, other.length);
  const std::size_t common = common_letters_bound(mine, other);
  const double bound = jaro_winkler_bound(mine, other);
  const bool may_be_similar = bound >= text_similar || common + 3 >= longer;
  if (may_be_similar) {
    const std::string_view left_value = values_->pool[left];
    const std::string_view right_value = values_->pool[right];
    const double similarity = bound >= text_similar ? jaro_winkler(left_value, right_value) : 0.0;
    if (similarity >= text_typing_error) return text_level::typing_error;
    const bool long_enough = std::min(left_value.size(), right_value.size()) >= 4;
    if (long_enough && within_one_edit(left_value, right_value)) return text_level::typing_error;
    if (similarity >= text_similar) return text_level::similar;
    // Strings within three edits have all but three letters of the longer in common.
    if (longer > 8 && common + 3 >= longer && osa_distance(left_value, right_value) <= 3)
      return text_level::similar;
  }
  return share_word(left, right) ? text_level::shared_word : text_level::different;
}

std::uint8_t ValueComparison::number(std::string_view left, std::string_view right) const {
  const auto leading_digits = [](std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length])) ++length;
    return text.substr(0, length);
  };
  const std::string_view mine = leading_digits(left);
  if (!mine.empty() && mine == leading_digits(right)) return number_level::same_digits;
  const bool long_enough = left.size() >= 2 && right.size() >= 2;
  return long_enough && within_one_edit(left, right) ? number_level::typing_error : number_level::different;
}

std::uint8_t ValueComparison::full_name(std::string_view left, std::string_view right) const {
  std::vector<std::string_view> mine = words(left);
  std::vector<std::string_view> others = words(right);
  if (mine.size() > others.size()) std::swap(mine, others);
  std::size_t shared = 0;
  std::vector<bool> taken(others.size());
  for (const std::string_view word : mine) {
    for (std::size_t at = 0; at < others.size(); ++at) {
      const bool initials = (word.size() == 1 || others[at].size() == 1) && word[0] == others[at][0];
      const bool edited = word.size() >= 4 && others[at].size() >= 4 && within_one_edit(word, others[at]);
      if (taken[at] || !(word == others[at] || initials || edited)) continue;
      taken[at] = true;
      ++shared;
      break;
    }
  }
  if (shared == mine.size() && mine.size() == others.size()) return level_same;
  if (shared == mine.size() && shared >= 2) return full_name_level::contained;
  if (shared >= 2) return full_name_level::two_words;
  return shared == 1 ? full_name_level::one_word : full_name_level::different;
}

}  // namespace scrutineer::linkage
