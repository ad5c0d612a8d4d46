#include "linkage/name_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "linkage/fixed_point.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t cells_fitted = 100'000;
constexpr std::uint64_t pairs_drawn = 100'000;
constexpr double pseudo_pairs = 3.0;

std::optional<std::size_t> compared_name(const Comparison& comparison, Role role) {
  const auto compared = comparison.compared();
  for (std::size_t at = 0; at < compared.size(); ++at) {
    if (compared[at].role == role && compared[at].kind == Kind::name) return at;
  }
  return std::nullopt;
}

}  // namespace

NamePairs NamePairs::measure(const Comparison& comparison, std::uint64_t seed) {
  const auto given = compared_name(comparison, Role::given_name);
  const auto family = compared_name(comparison, Role::family_name);
  NamePairs pairs;
  if (!given || !family) return pairs;
  pairs.comparison_ = &comparison;
  pairs.given_ = *given;
  pairs.family_ = *family;
  pairs.count();
  if (pairs.empty()) return pairs;
  pairs.fit();
  const std::array both = {*given, *family};
  const std::span given_alone = std::span(both).first(1);
  const std::span family_alone = std::span(both).last(1);
  pairs.family_if_given_ = pairs.levels_if_same(given_alone, *family, seed ^ 0x9A17U);
  pairs.given_if_family_ = pairs.levels_if_same(family_alone, *given, seed ^ 0x9A18U);
  pairs.middle_ = compared_name(comparison, Role::middle_name);
  if (!pairs.middle_) return pairs;
  pairs.middle_if_given_ = pairs.levels_if_same(given_alone, *pairs.middle_, seed ^ 0x9A19U);
  pairs.middle_if_family_ = pairs.levels_if_same(family_alone, *pairs.middle_, seed ^ 0x9A1AU);
  pairs.middle_if_both_ = pairs.levels_if_same(both, *pairs.middle_, seed ^ 0x9A1BU);
  return pairs;
}

void NamePairs::count() {
  std::vector<std::uint64_t> keys;
  const std::size_t rows = comparison_->reference_rows(Side::right);
  keys.reserve(rows);
  for (std::size_t at = 0; at < rows; ++at) {
    const std::uint32_t row = comparison_->reference_row(Side::right, at);
    const std::uint64_t family = comparison_->code(family_, row, Side::right);
    const std::uint64_t given = comparison_->code(given_, row, Side::right);
    if (family != TextColumn::missing && given != TextColumn::missing) keys.push_back(family << 32U | given);
  }
  rows_ = keys.size();
  radix_sort(keys);
  given_rows_.assign(comparison_->values()[comparison_->compared()[given_].field].distinct(), 0);
  family_rows_.assign(comparison_->values()[comparison_->compared()[family_].field].distinct(), 0);
  family_forms_.assign(family_rows_.size(), 0);
  for (const std::uint64_t key : keys) {
    ++family_rows_[key >> 32U];
    ++given_rows_[key & 0xFFFFFFFFU];
    if (keys_.empty() || keys_.back() != key) {
      keys_.push_back(key);
      counts_.push_back(0);
      ++family_forms_[key >> 32U];
    }
    ++counts_.back();
  }
}

// The d and k under which each row's forename is likeliest, given its family name and all other rows.
void NamePairs::fit() {
  const std::size_t step = (keys_.size() + cells_fitted - 1) / cells_fitted;
  double best = 0;
  bool first = true;
  for (double d = 0; d < 0.95; d += 0.1) {
    for (double k = 1; k < 1e5; k *= 1.5) {
      const double likelihood = likelihood_of(d, k, step);
      if (!first && likelihood <= best) continue;
      first = false;
      best = likelihood;
      concentration_ = k;
      discount_ = d;
    }
  }
}

// log2 likelihood of every `step`th cell's rows, each left out in turn.
double NamePairs::likelihood_of(double discount, double concentration, std::size_t step) const {
  double likelihood = 0;
  for (std::size_t at = 0; at < keys_.size(); at += step) {
    const double of_family = family_rows_[keys_[at] >> 32U];
    if (of_family < 2) continue;
    const double both = counts_[at];
    const double forms = family_forms_[keys_[at] >> 32U] - (counts_[at] < 2 ? 1.0 : 0.0);
    const double share =
        static_cast<double>(given_rows_[keys_[at] & 0xFFFFFFFFU]) / static_cast<double>(rows_);
    const double others = std::max(both - 1 - discount, 0.0) + (concentration + discount * forms) * share;
    likelihood += both * std::log2(others / (of_family - 1 + concentration));
  }
  return likelihood;
}

std::uint32_t NamePairs::bearers(std::size_t right_row) const {
  const std::uint64_t family = comparison_->code(family_, right_row, Side::right);
  const std::uint64_t given = comparison_->code(given_, right_row, Side::right);
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), family << 32U | given);
  const bool there = found != keys_.end() && *found == (family << 32U | given);
  return there ? counts_[static_cast<std::size_t>(found - keys_.begin())] : 0U;
}

Weight NamePairs::log2_both(std::size_t right_row, std::uint32_t without) const {
  return log2_of(comparison_->code(family_, right_row, Side::right),
                 comparison_->code(given_, right_row, Side::right), bearers(right_row) - without, without);
}

Weight NamePairs::log2_of(std::uint32_t family, std::uint32_t given, double both,
                          std::uint32_t without) const {
  const auto rows = static_cast<double>(rows_);
  const double of_family = std::max<double>(family_rows_[family] - without, 1);
  const double share = std::max<double>(given_rows_[given] - without, 1) / rows;
  const double shared_out = concentration_ + discount_ * family_forms_[family];
  return to_weight(of_family / rows * (std::max(both - discount_, 0.0) + shared_out * share) /
                   (of_family + concentration_));
}

Weight NamePairs::most_beyond(const Chance& chance) const {
  const auto alone = [&](std::size_t field, std::uint32_t code) {
    return chance.least_log2_u(field, Side::right, code, level_same);
  };
  Weight most = 0;
  for (std::size_t at = 0; at < keys_.size(); ++at) {
    const auto family = static_cast<std::uint32_t>(keys_[at] >> 32U);
    const auto given = static_cast<std::uint32_t>(keys_[at]);
    most = std::max(most,
                    alone(family_, family) + alone(given_, given) - log2_of(family, given, counts_[at], 0));
  }
  return most;
}

std::span<const double> NamePairs::middle_if(Pattern pattern) const {
  const auto agrees = [&](std::size_t field) {
    const std::uint8_t level = level_in(pattern, field);
    return level == level_same || level == name_level::typing_error || level == name_level::variant ||
           level == name_level::similar;
  };
  if (agrees(given_)) return agrees(family_) ? middle_if_both_ : middle_if_given_;
  return agrees(family_) ? std::span<const double>(middle_if_family_) : std::span<const double>();
}

// A row is drawn at random, then another of the same values.
std::vector<double> NamePairs::levels_if_same(std::span<const std::size_t> same, std::size_t other,
                                              std::uint64_t seed) const {
  std::vector<std::uint64_t> by_value;  // code, or half a hash of two codes, << 32 | reference row
  for (std::uint32_t at = 0; at < comparison_->reference_rows(Side::right); ++at) {
    const std::uint32_t row = comparison_->reference_row(Side::right, at);
    std::uint64_t value = 0;
    bool told = true;
    for (const std::size_t field : same) {
      const std::uint64_t code = comparison_->code(field, row, Side::right);
      told = told && code != TextColumn::missing;
      value = same.size() == 1 ? code : mixed(value, code) >> 33U;
    }
    if (told) by_value.push_back(value << 32U | at);
  }
  radix_sort(by_value);
  const auto levels = levels_of(comparison_->compared()[other].kind);
  std::vector<double> found(levels.size(), 0.0);
  std::array<double, 2> totals{};
  for (std::uint64_t draw = 0; draw < pairs_drawn && !by_value.empty(); ++draw) {
    const std::uint64_t one = by_value[below(mixed(seed, 2 * draw), by_value.size())];
    const auto from = std::lower_bound(by_value.begin(), by_value.end(), one >> 32U << 32U);
    const auto to = std::lower_bound(from, by_value.end(), ((one >> 32U) + 1) << 32U);
    const auto size = static_cast<std::uint64_t>(to - from);
    if (size < 2) continue;
    const std::uint64_t two = from[static_cast<std::ptrdiff_t>(below(mixed(seed, 2 * draw + 1), size))];
    if (one == two) continue;
    const auto row_of = [&](std::uint64_t drawn) {
      return comparison_->reference_row(Side::right, static_cast<std::uint32_t>(drawn));
    };
    const std::uint8_t level =
        comparison_->compare_rows(other, row_of(one), Side::right, row_of(two), Side::right).level;
    if (level != level_missing) found[level] += 1;
  }
  for (std::size_t level = 1; level < levels.size(); ++level) {
    found[level] += pseudo_pairs / static_cast<double>(levels.size() - 1);
    totals[levels[level].group] += found[level];
  }
  for (std::size_t level = 1; level < levels.size(); ++level) found[level] /= totals[levels[level].group];
  return found;
}

}  // namespace scrutineer::linkage
