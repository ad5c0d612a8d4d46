#include "linkage/pair_filter.h"

#include <algorithm>
#include <cmath>

#include "linkage/fixed_point.h"
#include "linkage/level_kernels.h"

namespace scrutineer::linkage {
namespace {

constexpr Weight unbounded = 256 * weight_scale;
constexpr Weight rounding = 6;  // of logarithms taken on different ways to the same number

bool more_than_values(Kind kind, std::uint8_t level) {
  return (kind == Kind::name && level == name_level::elsewhere) ||
         (kind == Kind::text && level == text_level::elsewhere) ||
         (kind == Kind::other_words && level == other_words_level::shared);
}

bool by_value(Kind kind) {
  return kind != Kind::nested && kind != Kind::other_words;
}

}  // namespace

PairFilter::PairFilter(const Scorer& scorer)
    : scorer_(&scorer),
      same_(scorer.comparison().compared().size()),
      greatest_(same_.size()),
      greatest_same_(same_.size(), 0),
      most_raised_(same_.size()) {
  const Comparison& comparison = scorer.comparison();
  const Chance& chance = scorer.chance();
  if (scorer.name_pairs() != nullptr)  // other rows may bear names together that no reference row does
    beyond_names_ = comparison.all_are_reference() ? scorer.name_pairs()->most_beyond(chance) : unbounded;
  for (std::size_t field = 0; field < same_.size(); ++field) {
    const Compared& what = comparison.compared()[field];
    const FieldValues& values = comparison.values()[what.field];
    const auto levels = static_cast<std::uint8_t>(levels_of(what.kind).size());
    greatest_[field].fill(unbounded);
    most_raised_[field].fill(rounding);
    for (std::uint8_t level = 1; level < levels; ++level) {
      Weight& most = most_raised_[field][level];
      for (const std::span<const double> conditional : scorer.companions().conditionals(field))
        most = std::max(most, rounding + raised_by(field, level, conditional));
      most = std::max(most, rounding + raised_by_names(field, level));
    }
    for (std::uint8_t level = 1; level < levels; ++level) {
      if (more_than_values(what.kind, level)) continue;
      greatest_[field][level] =
          by_value(what.kind) ? -unbounded : scorer.m(field, level) - to_weight(chance.mean_u(field)[level]);
    }
    if (!by_value(what.kind)) continue;
    same_[field].assign(values.distinct(), 0);
    greatest_same_[field] = -unbounded;
    for (std::uint32_t code = 1; code < values.distinct(); ++code) {
      // Values that no reference row holds are not counted: any row may hold them.
      const bool anywhere = !comparison.all_are_reference();
      const bool on_left = anywhere || values.left_counts[code] > 0;
      const bool on_right = anywhere || values.counts_right()[code] > 0;
      if (on_left && on_right) {
        same_[field][code] =
            scorer.m(field, level_same) - chance.least_log2_u(field, Side::left, code, level_same);
        greatest_same_[field] = std::max(greatest_same_[field], same_[field][code]);
      }
      for (std::uint8_t level = 2; level < levels; ++level) {
        if (more_than_values(what.kind, level)) continue;
        const auto take = [&](Side side) {
          const Weight u = chance.least_log2_u(field, side, code, level);
          greatest_[field][level] = std::max(greatest_[field][level], scorer.m(field, level) - u);
        };
        if (on_left) take(Side::left);
        if (on_right && !values.same_table) take(Side::right);
      }
    }
  }
}

Weight PairFilter::raised_by(std::size_t compared, std::uint8_t level,
                             std::span<const double> conditional) const {
  if (conditional.empty()) return 0;
  const double before = scorer_->chance().mean_u(compared)[level];
  return conditional[level] < before ? to_weight(before / conditional[level]) : 0;
}

Weight PairFilter::raised_by_names(std::size_t compared, std::uint8_t level) const {
  const NamePairs* const names = scorer_->name_pairs();
  if (names == nullptr) return 0;
  if (compared == names->given()) return raised_by(compared, level, names->given_if_family());
  if (compared != names->family()) return 0;
  return level == level_same ? beyond_names_ : raised_by(compared, level, names->family_if_given());
}

void PairFilter::set_conditional(std::size_t compared, Pattern pattern, PatternBound& bound) const {
  bound.raised[compared] = rounding;
  bound.most[compared] = unbounded;
  const auto conditional = scorer_->companions().conditional(compared, pattern);
  const std::uint8_t level = level_in(pattern, compared);
  if (conditional.empty()) {  // else what is shared counts at least
    bound.raised[compared] += raised_by_names(compared, level);
    return;
  }
  bound.raised[compared] += raised_by(compared, level, conditional);
  const double before = scorer_->chance().mean_u(compared)[level];
  const double after = conditional[level];
  if (before < 1.0 && after > before) {
    // Chance agreement is at least what is shared, whatever the value.
    const double shared = (after - before) / (1.0 - before);
    if (shared > 1e-12) bound.most[compared] = scorer_->m(compared, level) - to_weight(shared) + rounding;
  }
}

PairFilter::PatternBound PairFilter::bound(Pattern pattern) const {
  PatternBound result;
  result.rest = scorer_->prior() + scorer_->dependence(pattern);
  for (std::size_t field = 0; field < same_.size(); ++field) {
    const std::uint8_t level = level_in(pattern, field);
    if (level == level_missing) continue;
    set_conditional(field, pattern, result);
    const auto bit = static_cast<std::uint16_t>(1U << field);
    if (level == level_same && !same_[field].empty()) {
      result.same |= bit;
      result.highest += std::min(greatest_same_[field] + result.raised[field], result.most[field]);
      continue;
    }
    result.rest += std::min(greatest_[field][level] + result.raised[field], result.most[field]);
    if (!same_[field].empty() && !rests_on_rows(field, level)) result.loose |= bit;
  }
  result.highest += result.rest;
  return result;
}

PairFilter::PatternBound PairFilter::bound_of_asked(Pattern pattern) const {
  const std::span<const Compared> compared = scorer_->comparison().compared();
  std::size_t asked = 0;
  while (asked < compared.size() && level_in(pattern, asked) != level_asked) ++asked;
  if (asked == compared.size()) {
    PatternBound told = bound(pattern);
    told.loose = 0;
    return told;
  }
  PatternBound best;
  best.rest = best.highest = -unbounded;
  const Kind kind = compared[asked].kind;
  if (!by_value(kind)) {
    best.rest = best.highest = unbounded;
    return best;
  }
  // The best of all levels of the first field asked, and so on for the others: which fields are the same is
  // told by the pattern already, so that only `rest` differs.
  const auto levels = static_cast<std::uint8_t>(levels_of(kind).size());
  for (std::uint8_t level = level_same + 1; level < levels; ++level) {
    if (more_than_values(kind, level)) continue;
    const PatternBound one =
        bound_of_asked((pattern & ~at_level(asked, level_asked)) | at_level(asked, level));
    if (one.rest > best.rest) best = one;
  }
  return best;
}

bool PairFilter::rests_on_rows(std::size_t compared, std::uint8_t level) const {
  return more_than_values(scorer_->comparison().compared()[compared].kind, level);
}

Weight PairFilter::most_of(std::size_t compared, std::uint32_t code, std::uint8_t level) const {
  const Weight raised = most_raised_[compared][level];
  if (!tells_by_value(compared)) return greatest_[compared][level] + raised;
  if (level == level_same) return same_[compared][code] + raised;
  const Weight u = scorer_->chance().least_log2_u(compared, Side::left, code, level);
  return std::min(greatest_[compared][level], scorer_->m(compared, level) - u) + raised;
}

Weight PairFilter::closer_by(const PatternBound& bound, std::size_t compared, std::uint8_t level,
                             std::uint32_t left_code, std::uint32_t right_code) const {
  const Chance& chance = scorer_->chance();
  const Weight u = std::max(chance.least_log2_u(compared, Side::left, left_code, level),
                            chance.least_log2_u(compared, Side::right, right_code, level));
  const Weight raised = bound.raised[compared];
  const Weight most = bound.most[compared];
  return std::min(greatest_[compared][level] + raised, most) -
         std::min(scorer_->m(compared, level) - u + raised, most);
}

}  // namespace scrutineer::linkage
