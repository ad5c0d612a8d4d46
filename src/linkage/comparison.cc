#include "linkage/comparison.h"

#include <algorithm>

#include "base/parallel.h"

namespace scrutineer::linkage {
namespace {

Status check(std::span<const Field> fields, std::size_t left_rows, std::size_t right_rows) {
  if (fields.empty()) return refused("no field to compare", {}, "at least one field");
  if (fields.size() > most_fields) {
    return refused("too many fields to compare", {}, "at most " + std::to_string(most_fields));
  }
  for (const Field& field : fields) {
    if (field.left == nullptr || field.right == nullptr) {
      return refused("field \"" + field.name + "\" has no column on one side");
    }
    if (field.left->size() != left_rows || field.right->size() != right_rows) {
      return refused("field \"" + field.name + "\" has another number of rows than its table");
    }
  }
  return {};
}

std::uint32_t code_of(const FieldValues& values, std::size_t row, Side side) {
  return side == Side::left ? values.left_code(row) : values.right_code(row);
}

bool is_split_name(const FieldValues& values) {
  return values.role == Role::given_name || values.role == Role::family_name;
}

}  // namespace

Result<Comparison> Comparison::make(std::span<const Field> fields, std::size_t left_rows,
                                    std::size_t right_rows, std::span<const std::size_t> nested,
                                    unsigned threads) {
  SCRUTINEER_CHECK(check(fields, left_rows, right_rows));
  std::vector<FieldValues> values(fields.size());
  parallel_for(threads, fields.size(),
               [&](std::size_t field) { values[field] = field_values(fields[field]); });
  return make(std::move(values), left_rows, right_rows, nested, {}, threads);
}

Comparison Comparison::make(std::vector<FieldValues> values, std::size_t left_rows, std::size_t right_rows,
                            std::span<const std::size_t> nested, ReferenceRows reference, unsigned threads) {
  Comparison made;
  made.left_rows_ = left_rows;
  made.right_rows_ = right_rows;
  made.same_table_ = values.front().same_table;
  made.reference_ = std::move(reference);
  made.values_ = std::make_unique<std::vector<FieldValues>>(std::move(values));
  made.words_ = std::make_unique<NameWords>(*made.values_, made.reference_);
  const std::vector<FieldValues>& fields = *made.values_;

  const bool split_names = std::any_of(fields.begin(), fields.end(), is_split_name);
  for (std::size_t field = 0; field < fields.size(); ++field) {
    const bool is_nested = std::find(nested.begin(), nested.end(), field) != nested.end();
    if (is_nested && field != nested.front()) continue;
    Compared what{
        fields[field].name, fields[field].role, kind_of(fields[field].role, split_names), field, {}};
    if (is_nested) {
      what.kind = Kind::nested;
      what.nested.assign(nested.begin(), nested.end());
      what.name.clear();
      for (const std::size_t part : nested) what.name += (what.name.empty() ? "" : " | ") + fields[part].name;
    }
    if (what.kind == Kind::other_words) made.words_->find_other_words(field);
    if (what.kind == Kind::text) made.text_fields_.push_back(field);
    made.compared_.push_back(what);
  }
  made.by_value_.resize(made.compared_.size());
  parallel_for(threads, made.compared_.size(), [&](std::size_t at) {
    const Compared& what = made.compared_[at];
    if (what.kind != Kind::nested && what.kind != Kind::other_words)
      made.by_value_[at] = std::make_unique<ValueComparison>(fields[what.field], what.kind);
  });
  made.text_codes_.resize(fields.size());
  for (const std::size_t from : made.text_fields_) {
    made.text_codes_[from].resize(fields.size());
    for (const std::size_t to : made.text_fields_) {
      if (from == to) continue;
      const StringPool& pool = (*made.values_)[from].pool;
      std::vector<std::uint32_t>& codes = made.text_codes_[from][to];
      for (std::uint32_t code = 0; code < pool.size(); ++code) {
        codes.push_back((*made.values_)[to].pool.find(pool[code]));
      }
    }
  }
  return made;
}

std::size_t Comparison::reference_rows(Side side) const {
  const auto& told = reference_of(side);
  return told ? told->rows.size() : side == Side::left ? left_rows_ : right_rows_;
}

std::size_t Comparison::active_rows(Side side) const {
  const auto& told = reference_of(side);
  return told ? told->active : side == Side::left ? left_rows_ : right_rows_;
}

void Comparison::prefetch_codes(std::size_t left_row, std::size_t right_row) const {
  for (const FieldValues& values : *values_) {
    __builtin_prefetch(&values.left[left_row]);
    __builtin_prefetch(&(values.same_table ? values.left : values.right)[right_row]);
  }
}

void Comparison::prefetch_values(std::size_t left_row, std::size_t right_row) const {
  for (std::size_t at = 0; at < compared_.size(); ++at) {
    if (by_value_[at] == nullptr) continue;
    const FieldValues& values = (*values_)[compared_[at].field];
    for (const std::uint32_t code : {values.left_code(left_row), values.right_code(right_row)}) {
      by_value_[at]->prefetch(code);
      words_->prefetch(compared_[at].field, code);
    }
  }
}

Agreement Comparison::compare_rows(std::size_t compared, std::size_t row, Side side, std::size_t other_row,
                                   Side other_side) const {
  const Compared& what = compared_[compared];
  if (what.kind == Kind::nested) return nested(what, row, side, other_row, other_side);
  if (what.kind == Kind::other_words) return other_words(row, side, other_row, other_side);
  const FieldValues& values = (*values_)[what.field];
  const std::uint32_t mine = code_of(values, row, side);
  const std::uint32_t other = code_of(values, other_row, other_side);
  const std::uint8_t level = by_value_[compared]->level(mine, other);
  if (what.kind == Kind::name && level >= name_level::similar && level <= name_level::different) {
    const Agreement found = name_elsewhere(compared, row, side, other_row, other_side);
    if (found.level != level_missing) return found;
  } else if (what.kind == Kind::text && level >= text_level::shared_word && text_fields_.size() > 1) {
    const Agreement found = text_elsewhere(what.field, row, side, other_row, other_side);
    if (found.level != level_missing) return found;
  }
  return {level};
}

Agreement Comparison::nested(const Compared& what, std::size_t row, Side side, std::size_t other_row,
                             Side other_side) const {
  bool told = false;
  for (std::size_t depth = 0; depth < what.nested.size(); ++depth) {
    const FieldValues& values = (*values_)[what.nested[depth]];
    const std::uint32_t mine = code_of(values, row, side);
    const std::uint32_t other = code_of(values, other_row, other_side);
    if (mine == TextColumn::missing || other == TextColumn::missing) continue;
    if (mine == other) return {static_cast<std::uint8_t>(depth + 1)};
    told = true;
  }
  const auto none = static_cast<std::uint8_t>(levels_of(Kind::nested).size() - 1);
  return {told ? none : level_missing};
}

Agreement Comparison::other_words(std::size_t row, Side side, std::size_t other_row, Side other_side) const {
  const auto mine = words_->other_words(row, side);
  const auto others = words_->other_words(other_row, other_side);
  if (mine.empty() || others.empty()) return {};
  std::uint32_t rarest = NameWords::none;
  for (const std::uint32_t word : mine) {
    if (std::find(others.begin(), others.end(), word) == others.end()) continue;
    if (rarest == NameWords::none ||
        words_->frequency(word, other_side) < words_->frequency(rarest, other_side)) {
      rarest = word;
    }
  }
  if (rarest == NameWords::none) return {other_words_level::none_shared};
  return {other_words_level::shared, rarest};
}

Comparison::Shifted Comparison::shifted_words(std::size_t compared, std::size_t row, Side side,
                                              std::size_t other_row, Side other_side) const {
  const Compared& what = compared_[compared];
  const FieldValues& values = (*values_)[what.field];
  const std::uint32_t mine = code_of(values, row, side);
  const std::uint32_t other = code_of(values, other_row, other_side);
  const std::uint8_t level = by_value_[compared]->level(mine, other);
  if (level < name_level::similar || level > name_level::different) return {};
  return {words_->found_elsewhere(what.field, mine, other_row, other_side),
          words_->found_elsewhere(what.field, other, row, side)};
}

bool Comparison::by_one_word(std::size_t first, std::size_t second, std::size_t left_row,
                             std::size_t right_row) const {
  std::uint32_t word = NameWords::none;
  for (const std::size_t compared : {first, second}) {
    const Shifted found = shifted_words(compared, left_row, Side::left, right_row, Side::right);
    for (const std::uint32_t one : {found.forward, found.backward}) {
      if (one == NameWords::none) continue;
      if (word != NameWords::none && one != word) return false;
      word = one;
    }
  }
  return word != NameWords::none;
}

Agreement Comparison::name_elsewhere(std::size_t compared, std::size_t row, Side side, std::size_t other_row,
                                     Side other_side) const {
  const Shifted found = shifted_words(compared, row, side, other_row, other_side);
  if (found.empty()) return {};
  std::uint32_t word = found.forward == NameWords::none ? found.backward : found.forward;
  // Both found: the more frequent word, so that the weight is not overstated.
  if (found.forward != NameWords::none && found.backward != NameWords::none &&
      words_->frequency(found.backward, other_side) > words_->frequency(found.forward, other_side)) {
    word = found.backward;
  }
  return {name_level::elsewhere, word};
}

Agreement Comparison::text_elsewhere(std::size_t field, std::size_t row, Side side, std::size_t other_row,
                                     Side other_side) const {
  const std::uint32_t mine = code_of((*values_)[field], row, side);
  const std::uint32_t theirs = code_of((*values_)[field], other_row, other_side);
  for (const std::size_t other : text_fields_) {
    if (other == field) continue;
    const std::uint32_t mine_there = text_codes_[field][other][mine];
    if (mine_there == code_of((*values_)[other], other_row, other_side)) {
      return {text_level::elsewhere, NameWords::none, mine_there, static_cast<std::uint32_t>(other)};
    }
    const std::uint32_t theirs_there = text_codes_[field][other][theirs];
    if (theirs_there == code_of((*values_)[other], row, side)) {
      return {text_level::elsewhere, NameWords::none, theirs_there, static_cast<std::uint32_t>(other)};
    }
  }
  return {};
}

}  // namespace scrutineer::linkage
