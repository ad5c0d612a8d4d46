// The values of one field, left and right in one dictionary, folded so that what never distinguishes people
// (case, punctuation) is gone. Everything that depends on a value alone is worked out once per distinct
// value.
#ifndef SCRUTINEER_LINKAGE_FIELD_VALUES_H_
#define SCRUTINEER_LINKAGE_FIELD_VALUES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_column.h"
#include "linkage/linkage.h"
#include "linkage/reference_rows.h"

namespace scrutineer::linkage {

// Names, text: ASCII letters lower-cased, apostrophes left out, other ASCII punctuation as single spaces.
// Codes: letters and digits only. Dates: digits only. E-mail, category: lower-cased and trimmed. Exact:
// trimmed. Bytes beyond ASCII are kept as they are.
std::string folded(Role role, std::string_view text);

struct FieldValues {
  std::string name;
  Role role = Role::exact;
  StringPool pool;                          // folded values; code 0 is missing
  std::vector<std::uint32_t> left;          // code of each row
  std::vector<std::uint32_t> right;         // empty where the table is linked with itself
  std::vector<std::uint32_t> left_counts;   // rows by code, of those that chance is measured by
  std::vector<std::uint32_t> right_counts;  // empty where the table is linked with itself
  std::uint64_t left_present = 0;           // rows with a value, of the same
  std::uint64_t right_present = 0;
  bool same_table = false;

  [[nodiscard]] std::uint32_t left_code(std::size_t row) const { return left[row]; }
  [[nodiscard]] std::uint32_t right_code(std::size_t row) const {
    return same_table ? left[row] : right[row];
  }
  [[nodiscard]] const std::vector<std::uint32_t>& counts_right() const {
    return same_table ? left_counts : right_counts;
  }
  [[nodiscard]] std::size_t distinct() const { return pool.size(); }
};

FieldValues field_values(const Field& field);

// Row codes of a column in a dictionary of folded values, to which it adds what is new.
std::vector<std::uint32_t> recoded(const TextColumn& column, Role role, StringPool& pool);

// Sets how many rows hold each value. Called again where values were added or the reference is another.
void count_values(FieldValues& values, const ReferenceRows& reference);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_FIELD_VALUES_H_
