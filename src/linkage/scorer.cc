#include "linkage/scorer.h"

#include <algorithm>

#include "linkage/fixed_point.h"

namespace scrutineer::linkage {

Weight weight_of_probability(double probability) {
  constexpr double nearly = 1e-15;  // 0 and 1 have no logarithm of their odds
  const double within = std::clamp(probability, nearly, 1.0 - nearly);
  return to_weight(within / (1.0 - within));
}

Weight dependence_of(std::span<const Dependence> dependences, std::span<const std::vector<double>> m,
                     Pattern pattern) {
  Weight sum = 0;
  for (const Dependence& edge : dependences) {
    const std::size_t levels = m[edge.second].size();
    sum += edge.weights[level_in(pattern, edge.first) * levels + level_in(pattern, edge.second)];
  }
  return sum;
}

void Scorer::set_model(double prior, const std::vector<std::vector<double>>& m,
                       std::vector<Dependence> dependences) {
  prior_ = weight_of_probability(prior);
  dependences_ = std::move(dependences);
  m_.assign(m.size(), {});
  level_counts_.clear();
  for (std::size_t field = 0; field < m.size(); ++field) {
    level_counts_.push_back(m[field].size());
    for (std::size_t level = 1; level < m[field].size(); ++level)
      m_[field][level] = to_weight(m[field][level]);
  }
}

Pattern Scorer::compare(std::size_t left_row, std::size_t right_row, Agreements& agreements) const {
  Pattern pattern = 0;
  for (std::size_t field = 0; field < comparison_->compared().size(); ++field) {
    agreements[field] = comparison_->compare(field, left_row, right_row);
    pattern |= at_level(field, agreements[field].level);
  }
  return pattern;
}

Weight Scorer::field_u(std::size_t field, const Agreement& agreement, Pattern pattern, std::size_t left_row,
                       std::size_t right_row) const {
  const std::span<const double> together = companions_->conditional(field, pattern);
  const Weight u = chance_->log2_u(field, agreement, left_row, right_row, together);
  if (names_ == nullptr) return u;
  if (agreement.level == name_level::elsewhere && is_told_already(field, pattern, left_row, right_row))
    return 0;
  if (names_->is_middle(field)) {
    return std::max(u, chance_->log2_u(field, agreement, left_row, right_row, names_->middle_if(pattern)));
  }
  if (field != names_->given() && field != names_->family()) return u;
  const Weight by_names = name_u(field, agreement, pattern, left_row, right_row);
  // Two who share an address agree by that too.
  return together.empty() ? by_names : std::max(u, by_names);
}

// One word of one row that stands in another column of the other row bears on two columns, its own in either
// row. It is one coincidence, and counts with the first of them.
bool Scorer::is_told_already(std::size_t field, Pattern pattern, std::size_t left_row,
                             std::size_t right_row) const {
  if (comparison_->compared()[field].kind != Kind::name) return false;
  for (std::size_t before = 0; before < field; ++before) {
    if (comparison_->compared()[before].kind == Kind::name &&
        level_in(pattern, before) == name_level::elsewhere &&
        comparison_->by_one_word(before, field, left_row, right_row))
      return true;
  }
  return false;
}

// u of one of the two names given how the other agrees; of the forename, where both agree exactly, by itself.
Weight Scorer::name_u(std::size_t field, const Agreement& agreement, Pattern pattern, std::size_t left_row,
                      std::size_t right_row) const {
  const bool given_same = level_in(pattern, names_->given()) == level_same;
  const bool family_same = level_in(pattern, names_->family()) == level_same;
  const Weight alone = chance_->log2_u(field, agreement, left_row, right_row);
  if (field == names_->family() && given_same) {
    if (family_same) {
      return names_->log2_both(right_row) -
             chance_->log2_u(names_->given(), {level_same}, left_row, right_row);
    }
    return chance_->log2_u(field, agreement, left_row, right_row, names_->family_if_given());
  }
  if (field == names_->given() && family_same && !given_same)
    return chance_->log2_u(field, agreement, left_row, right_row, names_->given_if_family());
  return alone;
}

void Scorer::prefetch_values(std::size_t left_row, std::size_t right_row) const {
  comparison_->prefetch_values(left_row, right_row);
  for (std::size_t field = 0; field < comparison_->compared().size(); ++field) {
    chance_->prefetch(field, level_same, comparison_->code(field, left_row, Side::left),
                      comparison_->code(field, right_row, Side::right));
  }
}

Evidence Scorer::evidence(std::size_t left_row, std::size_t right_row) const {
  Agreements agreements;
  Evidence result;
  result.pattern = compare(left_row, right_row, agreements);
  std::array<Weight, most_fields> u{};
  for (std::size_t field = 0; field < comparison_->compared().size(); ++field) {
    if (agreements[field].level == level_missing) continue;
    u[field] = field_u(field, agreements[field], result.pattern, left_row, right_row);
    result.log2_u += u[field];
  }
  if (kin_ != nullptr) result.log2_u += kin_->rise(result.pattern, u);
  return result;
}

Weight Scorer::log2_u(Pattern pattern, std::size_t left_row, std::size_t right_row) const {
  Weight sum = 0;
  std::array<Weight, most_fields> u{};
  for (std::size_t field = 0; field < comparison_->compared().size(); ++field) {
    Agreement agreement{level_in(pattern, field)};
    if (agreement.level == level_missing) continue;
    // Only these rest on more than the two values; the others need not be compared again.
    const Kind kind = comparison_->compared()[field].kind;
    const bool rests_on_rows = (kind == Kind::name && agreement.level == name_level::elsewhere) ||
                               (kind == Kind::text && agreement.level == text_level::elsewhere) ||
                               kind == Kind::other_words;
    if (rests_on_rows) agreement = comparison_->compare(field, left_row, right_row);
    u[field] = field_u(field, agreement, pattern, left_row, right_row);
    sum += u[field];
  }
  if (kin_ != nullptr) sum += kin_->rise(pattern, u);
  return sum;
}

Weight Scorer::dependence(Pattern pattern) const {
  Weight sum = 0;
  for (const Dependence& edge : dependences_) {
    sum += edge.weights[level_in(pattern, edge.first) * level_counts_[edge.second] +
                        level_in(pattern, edge.second)];
  }
  return sum;
}

Weight Scorer::weight(const Evidence& evidence) const {
  Weight sum = prior_ - evidence.log2_u;
  for (std::size_t field = 0; field < m_.size(); ++field) sum += m_[field][level_in(evidence.pattern, field)];
  return sum + dependence(evidence.pattern);
}

Scorer::Parts Scorer::parts(std::size_t left_row, std::size_t right_row) const {
  Agreements agreements;
  Parts result;
  result.pattern = compare(left_row, right_row, agreements);
  std::array<Weight, most_fields> u{};
  for (std::size_t field = 0; field < m_.size(); ++field) {
    const std::uint8_t level = agreements[field].level;
    if (level == level_missing) continue;
    u[field] = field_u(field, agreements[field], result.pattern, left_row, right_row);
    result.weights[field] = m_[field][level] - u[field];
  }
  result.dependence = dependence(result.pattern);
  if (kin_ != nullptr) result.dependence -= kin_->rise(result.pattern, u);
  return result;
}

}  // namespace scrutineer::linkage
