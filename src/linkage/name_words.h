// The words of a row's names, so that a name can be found where it does not belong: forename and surname
// swapped, a middle name used as first name, a maiden name in the full name.
#ifndef SCRUTINEER_LINKAGE_NAME_WORDS_H_
#define SCRUTINEER_LINKAGE_NAME_WORDS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/text_column.h"
#include "linkage/field_values.h"
#include "linkage/reference_rows.h"

namespace scrutineer::linkage {

class NameWords {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  // Of those of `fields` that hold names; the fields must outlive this.
  NameWords(std::span<const FieldValues> fields, const ReferenceRows& reference);

  // Words of one value of one field, in order; single letters are left out. Empty for fields without names.
  [[nodiscard]] std::span<const std::uint32_t> words_of(std::size_t field, std::uint32_t code) const;

  // Fetches what words_of looks at first.
  void prefetch(std::size_t field, std::uint32_t code) const {
    if (!by_field_[field].starts.empty()) __builtin_prefetch(&by_field_[field].starts[code]);
  }

  // The rarest word of the value of `field` in one row that is a word of another name of the other row, or of
  // the same field's value where either has several words; `none` if there is none.
  [[nodiscard]] std::uint32_t found_elsewhere(std::size_t field, std::uint32_t code, std::size_t other_row,
                                              Side other_side) const;

  // Words of the full name in `field` that are in none of the row's other name fields.
  [[nodiscard]] std::span<const std::uint32_t> other_words(std::size_t row, Side side) const;
  // Prepares other_words; called once, before, with the field of the full name.
  void find_other_words(std::size_t full_name_field);

  [[nodiscard]] std::size_t distinct() const { return pool_.size(); }
  // All words of a row's names, ascending, each once.
  void all_words(std::size_t row, Side side, std::vector<std::uint32_t>& words) const;

  // Rows of a side that hold the word in any of their names, divided by the rows of that side; of those that
  // chance is measured by.
  [[nodiscard]] double frequency(std::uint32_t word, Side side) const;

 private:
  struct Words {
    std::vector<std::uint32_t> starts;  // by code
    std::vector<std::uint32_t> words;
  };
  struct RowWords {
    std::vector<std::uint64_t> starts;
    std::vector<std::uint32_t> words;
  };
  [[nodiscard]] std::uint32_t code(std::size_t field, std::size_t row, Side side) const;
  [[nodiscard]] std::size_t rows(Side side) const;
  void count_rows(const ReferenceRows& reference);
  [[nodiscard]] RowWords other_words_of(std::size_t full_name_field, Side side) const;

  std::span<const FieldValues> fields_;
  std::vector<std::size_t> name_fields_;
  std::vector<Words> by_field_;
  StringPool pool_;
  bool same_table_ = false;
  double left_total_ = 1;  // rows counted, at least 1
  double right_total_ = 1;
  std::vector<std::uint32_t> left_rows_;  // rows that hold each word
  std::vector<std::uint32_t> right_rows_;
  RowWords left_other_;
  RowWords right_other_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_NAME_WORDS_H_
