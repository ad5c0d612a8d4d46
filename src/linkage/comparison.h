// Compares rows field by field: level of each field, packed into one pattern.
#ifndef SCRUTINEER_LINKAGE_COMPARISON_H_
#define SCRUTINEER_LINKAGE_COMPARISON_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "linkage/compare_values.h"
#include "linkage/field_values.h"
#include "linkage/levels.h"
#include "linkage/linkage.h"
#include "linkage/name_words.h"
#include "linkage/reference_rows.h"

namespace scrutineer::linkage {

// Four bits a field, the first field lowest: its level.
using Pattern = std::uint64_t;

constexpr std::uint8_t level_in(Pattern pattern, std::size_t field) {
  return static_cast<std::uint8_t>(pattern >> (4 * field) & 0xFU);
}
constexpr Pattern at_level(std::size_t field, std::uint8_t level) {
  return static_cast<Pattern>(level) << (4 * field);
}

// One thing compared: a field, or the nested blocking fields taken together.
struct Compared {
  std::string name;
  Role role = Role::exact;
  Kind kind = Kind::exact;
  std::size_t field = 0;            // into the values; of the first where nested
  std::vector<std::size_t> nested;  // Kind::nested: its fields, finest first
};

struct Agreement {
  std::uint8_t level = level_missing;
  std::uint32_t word = NameWords::none;  // the word that agrees, where the level rests on one word of a name
  std::uint32_t value = 0;               // text found in another column: its code there
  std::uint32_t value_field = 0;
};

class Comparison {
 public:
  // `nested`: fields that count as one comparison (may be empty). Refused as documented at link().
  static Result<Comparison> make(std::span<const Field> fields, std::size_t left_rows, std::size_t right_rows,
                                 std::span<const std::size_t> nested, unsigned threads = 1);
  // The same from values that are coded and counted already (count_values by the same reference).
  static Comparison make(std::vector<FieldValues> values, std::size_t left_rows, std::size_t right_rows,
                         std::span<const std::size_t> nested, ReferenceRows reference, unsigned threads = 1);

  [[nodiscard]] std::span<const Compared> compared() const { return compared_; }
  [[nodiscard]] std::span<const FieldValues> values() const { return *values_; }
  [[nodiscard]] const NameWords& words() const { return *words_; }
  // Of a compared field that is neither nested nor other_words.
  [[nodiscard]] const ValueComparison& by_value(std::size_t compared) const { return *by_value_[compared]; }
  [[nodiscard]] std::size_t left_rows() const { return left_rows_; }
  [[nodiscard]] std::size_t right_rows() const { return right_rows_; }
  [[nodiscard]] bool same_table() const { return same_table_; }

  // Rows by which chance is measured, in their order: how many, and where each stands in the table.
  [[nodiscard]] bool all_are_reference() const { return !reference_.left && !reference_.right; }
  [[nodiscard]] std::size_t reference_rows(Side side) const;
  [[nodiscard]] std::uint32_t reference_row(Side side, std::size_t at) const {
    const auto& told = reference_of(side);
    return told ? told->rows[at] : static_cast<std::uint32_t>(at);
  }
  // Rows that are linked; later ones are there for reference alone.
  [[nodiscard]] std::size_t active_rows(Side side) const;

  // Takes the values out: of a comparison that is not used any more.
  [[nodiscard]] std::vector<FieldValues> release_values() && { return std::move(*values_); }

  // `left_row` of the left table with `right_row` of the right one; symmetric where the two are one table.
  [[nodiscard]] Agreement compare(std::size_t compared, std::size_t left_row, std::size_t right_row) const {
    return compare_rows(compared, left_row, Side::left, right_row, Side::right);
  }
  // Rows of any sides: to learn how people of one table agree with each other.
  [[nodiscard]] Agreement compare_rows(std::size_t compared, std::size_t row, Side side,
                                       std::size_t other_row, Side other_side) const;

  // Fetches what comparing two rows looks at, so that it is at hand by then: first their codes, then, when
  // these are at hand, what is kept of their values.
  void prefetch_codes(std::size_t left_row, std::size_t right_row) const;
  void prefetch_values(std::size_t left_row, std::size_t right_row) const;

  // Code of the row's value; not for nested.
  [[nodiscard]] std::uint32_t code(std::size_t compared, std::size_t row, Side side) const {
    const FieldValues& values = (*values_)[compared_[compared].field];
    return side == Side::left ? values.left_code(row) : values.right_code(row);
  }

  // True if two compared name fields are both "among the other names" (or would be) because of one and the
  // same word: names turned about are two.
  [[nodiscard]] bool by_one_word(std::size_t first, std::size_t second, std::size_t left_row,
                                 std::size_t right_row) const;

 private:
  [[nodiscard]] const std::optional<TableReference>& reference_of(Side side) const {
    return reference_.of(same_table_ ? Side::left : side);
  }
  [[nodiscard]] Agreement nested(const Compared& what, std::size_t row, Side side, std::size_t other_row,
                                 Side other_side) const;
  [[nodiscard]] Agreement other_words(std::size_t row, Side side, std::size_t other_row,
                                      Side other_side) const;
  // Words of one compared name field that stand in another column of the other row: of `row` in the other,
  // and the reverse. None where the two values agree by themselves.
  struct Shifted {
    std::uint32_t forward = NameWords::none;
    std::uint32_t backward = NameWords::none;
    [[nodiscard]] bool empty() const { return forward == NameWords::none && backward == NameWords::none; }
  };
  [[nodiscard]] Shifted shifted_words(std::size_t compared, std::size_t row, Side side, std::size_t other_row,
                                      Side other_side) const;
  [[nodiscard]] Agreement name_elsewhere(std::size_t compared, std::size_t row, Side side,
                                         std::size_t other_row, Side other_side) const;
  [[nodiscard]] Agreement text_elsewhere(std::size_t field, std::size_t row, Side side, std::size_t other_row,
                                         Side other_side) const;

  std::vector<Compared> compared_;
  // Behind pointers because the parts refer to each other and a Comparison is moved.
  std::unique_ptr<std::vector<FieldValues>> values_;
  std::unique_ptr<NameWords> words_;
  std::vector<std::unique_ptr<ValueComparison>> by_value_;
  std::vector<std::size_t> text_fields_;
  // [a][b][code of a text in field a] = its code in field b, or StringPool::absent.
  std::vector<std::vector<std::vector<std::uint32_t>>> text_codes_;
  std::size_t left_rows_ = 0;
  std::size_t right_rows_ = 0;
  bool same_table_ = false;
  ReferenceRows reference_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_COMPARISON_H_
