#include "linkage/name_words.h"

#include <algorithm>

#include "base/text.h"

namespace scrutineer::linkage {
namespace {

bool holds_names(Role role) {
  return role == Role::given_name || role == Role::middle_name || role == Role::family_name ||
         role == Role::full_name;
}

bool contains(std::span<const std::uint32_t> words, std::uint32_t word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

NameWords::NameWords(std::span<const FieldValues> fields, const ReferenceRows& reference)
    : fields_(fields), by_field_(fields.size()) {
  for (std::size_t field = 0; field < fields.size(); ++field) {
    const FieldValues& values = fields[field];
    if (!holds_names(values.role)) continue;
    same_table_ = values.same_table;
    name_fields_.push_back(field);
    Words& found = by_field_[field];
    found.starts.push_back(0);
    for (std::uint32_t value = 0; value < values.distinct(); ++value) {
      for (const std::string_view word : words(values.pool[value])) {
        if (word.size() >= 2) found.words.push_back(pool_.intern(word));
      }
      found.starts.push_back(static_cast<std::uint32_t>(found.words.size()));
    }
  }
  count_rows(reference);
}

std::uint32_t NameWords::code(std::size_t field, std::size_t row, Side side) const {
  return side == Side::left ? fields_[field].left_code(row) : fields_[field].right_code(row);
}

std::size_t NameWords::rows(Side side) const {
  if (name_fields_.empty()) return 0;
  const FieldValues& values = fields_[name_fields_.front()];
  return side == Side::left || values.same_table ? values.left.size() : values.right.size();
}

void NameWords::count_rows(const ReferenceRows& reference) {
  const auto count = [&](Side side, double& total) {
    const auto& told = reference.of(side);
    const std::size_t counted = told ? told->rows.size() : rows(side);
    total = static_cast<double>(std::max<std::size_t>(counted, 1));
    std::vector<std::uint32_t> counts(pool_.size(), 0);
    std::vector<std::uint32_t> last_row(pool_.size(), 0);
    for (std::uint32_t at = 0; at < counted; ++at) {
      const std::uint32_t row = told ? told->rows[at] : at;
      for (const std::size_t field : name_fields_) {
        for (const std::uint32_t word : words_of(field, code(field, row, side))) {
          if (last_row[word] == at + 1) continue;
          last_row[word] = at + 1;
          ++counts[word];
        }
      }
    }
    return counts;
  };
  left_rows_ = count(Side::left, left_total_);
  if (!same_table_) right_rows_ = count(Side::right, right_total_);
}

std::span<const std::uint32_t> NameWords::words_of(std::size_t field, std::uint32_t code) const {
  const Words& found = by_field_[field];
  if (found.starts.empty()) return {};
  return std::span(found.words).subspan(found.starts[code], found.starts[code + 1] - found.starts[code]);
}

std::uint32_t NameWords::found_elsewhere(std::size_t field, std::uint32_t code_here, std::size_t other_row,
                                         Side other_side) const {
  const auto mine = words_of(field, code_here);
  std::uint32_t best = none;
  for (const std::uint32_t word : mine) {
    if (best != none && frequency(word, other_side) >= frequency(best, other_side)) continue;
    for (const std::size_t other : name_fields_) {
      const auto theirs = words_of(other, code(other, other_row, other_side));
      if (other == field && mine.size() < 2 && theirs.size() < 2) continue;
      if (contains(theirs, word)) {
        best = word;
        break;
      }
    }
  }
  return best;
}

void NameWords::all_words(std::size_t row, Side side, std::vector<std::uint32_t>& words) const {
  words.clear();
  for (const std::size_t field : name_fields_) {
    const auto found = words_of(field, code(field, row, side));
    words.insert(words.end(), found.begin(), found.end());
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

double NameWords::frequency(std::uint32_t word, Side side) const {
  const bool left = side == Side::left || same_table_;
  return static_cast<double>((left ? left_rows_ : right_rows_)[word]) / (left ? left_total_ : right_total_);
}

NameWords::RowWords NameWords::other_words_of(std::size_t full_name_field, Side side) const {
  RowWords found;
  found.starts.push_back(0);
  for (std::size_t row = 0; row < rows(side); ++row) {
    for (const std::uint32_t word : words_of(full_name_field, code(full_name_field, row, side))) {
      const bool known = std::any_of(name_fields_.begin(), name_fields_.end(), [&](std::size_t field) {
        return field != full_name_field && contains(words_of(field, code(field, row, side)), word);
      });
      if (!known) found.words.push_back(word);
    }
    found.starts.push_back(found.words.size());
  }
  return found;
}

void NameWords::find_other_words(std::size_t full_name_field) {
  left_other_ = other_words_of(full_name_field, Side::left);
  if (!same_table_) right_other_ = other_words_of(full_name_field, Side::right);
}

std::span<const std::uint32_t> NameWords::other_words(std::size_t row, Side side) const {
  const RowWords& found = side == Side::left || same_table_ ? left_other_ : right_other_;
  return std::span(found.words).subspan(found.starts[row], found.starts[row + 1] - found.starts[row]);
}

}  // namespace scrutineer::linkage
