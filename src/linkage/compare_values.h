// At which level two values of a field stand to each other: symmetric, and told from the two values alone.
#ifndef SCRUTINEER_LINKAGE_COMPARE_VALUES_H_
#define SCRUTINEER_LINKAGE_COMPARE_VALUES_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "linkage/field_values.h"
#include "linkage/jaro_winkler.h"
#include "linkage/levels.h"
#include "linkage/name_variants.h"

namespace scrutineer::linkage {

// What is worked out once for each distinct value of a name or text.
struct TextFeatures {
  LetterMask mask;
  std::uint64_t skeleton = 0;  // hash of transliteration_skeleton; 0 for none
  std::uint32_t soundex = 0;
  VariantGroups groups{};
  bool initial = false;  // a single letter
};

struct DateFeatures {
  std::array<char, 8> digits{};  // YYYYMMDD
  std::int16_t year = 0;         // 0: not a date, compared as text
  std::int8_t month = 0;         // 0 where only the year is told
  std::int8_t day = 0;
};

struct CodeFeatures {
  std::uint8_t outward = 0;  // length of the first part
  std::uint8_t area = 0;     // length of the area within it
};

class ValueComparison {
 public:
  // `values` must outlive this. Kind::other_words and Kind::nested compare rows, not values: not here.
  ValueComparison(const FieldValues& values, Kind kind);

  // Codes of the common dictionary; missing on either side gives level_missing.
  [[nodiscard]] std::uint8_t level(std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] const TextFeatures& text_features(std::uint32_t code) const { return text_[code]; }
  [[nodiscard]] const DateFeatures& date_features(std::uint32_t code) const { return dates_[code]; }
  [[nodiscard]] const CodeFeatures& code_features(std::uint32_t code) const { return codes_[code]; }
  // Fetches what `level` looks at of a value, so that it is at hand by then.
  void prefetch(std::uint32_t code) const {
    if (!text_.empty()) __builtin_prefetch(&text_[code]);
    if (!dates_.empty()) __builtin_prefetch(&dates_[code]);
    if (!codes_.empty()) __builtin_prefetch(&codes_[code]);
    if (dates_.empty()) values_->pool.prefetch(code);
  }
  // True for a date of which only the year is known, and for an initial: values whose pairs form level
  // group 1.
  [[nodiscard]] bool is_partial(std::uint32_t code) const;

 private:
  void index_words();
  [[nodiscard]] std::uint8_t name(std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] std::uint8_t date(std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] std::uint8_t code(std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] std::uint8_t text(std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] bool share_word(std::uint32_t left, std::uint32_t right) const;
  [[nodiscard]] std::uint8_t number(std::string_view left, std::string_view right) const;
  [[nodiscard]] std::uint8_t full_name(std::string_view left, std::string_view right) const;

  const FieldValues* values_;
  Kind kind_;
  std::vector<TextFeatures> text_;
  std::vector<DateFeatures> dates_;
  std::vector<CodeFeatures> codes_;
  std::vector<std::uint32_t>
      word_starts_;  // Kind::text: hashes of the words long enough to be shared, by code
  std::vector<std::uint32_t> word_hashes_;  // ascending within a value
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_COMPARE_VALUES_H_
