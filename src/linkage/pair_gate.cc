#include "linkage/pair_gate.h"

#include <algorithm>

#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr Weight most_units = 250;
constexpr Weight least = -256 * weight_scale;

// The most that dependences on fields later in the tree add at each level of a field.
std::array<Weight, most_levels> most_dependence(const Scorer& scorer, std::size_t field) {
  std::array<Weight, most_levels> most{};
  for (const Dependence& edge : scorer.dependences()) {
    if (edge.first != field) continue;
    const std::size_t seconds = levels_of(scorer.comparison().compared()[edge.second].kind).size();
    for (std::size_t level = 0; level * seconds < edge.weights.size(); ++level) {
      const auto from = edge.weights.begin() + static_cast<std::ptrdiff_t>(level * seconds);
      most[level] += *std::max_element(from, from + static_cast<std::ptrdiff_t>(seconds));
    }
  }
  return most;
}

}  // namespace

PairGate::PairGate(const Scorer& scorer, const PairFilter& filter, Weight floor) : filter_(&filter) {
  const Comparison& comparison = scorer.comparison();
  std::int64_t budget = std::int64_t{scorer.prior()} - floor;
  for (std::size_t field = 0; field < comparison.compared().size(); ++field) {
    const Compared& what = comparison.compared()[field];
    levels_.push_back(levels_of(what.kind).size());
    dependence_.push_back(most_dependence(scorer, field));
    most_.push_back(least);
    const std::size_t codes = filter.tells_by_value(field) ? comparison.values()[what.field].distinct() : 1;
    for (std::uint32_t code = 0; code < codes; ++code) {
      const LevelWeights weights = most_of_value(field, code);
      most_.back() = std::max(most_.back(), *std::max_element(weights.begin(), weights.end()));
    }
    budget += most_.back();
  }
  if (budget < 0) return;  // nothing can reach the floor: the filter says so as fast
  unit_ = budget / most_units + 1;
  budget_ = static_cast<std::uint8_t>(budget / unit_);
}

PairGate::LevelWeights PairGate::most_of_value(std::size_t compared, std::uint32_t code) const {
  LevelWeights most{};
  most[level_missing] = dependence_[compared][level_missing];
  Weight best = least;
  const auto levels = static_cast<std::uint8_t>(levels_[compared]);
  for (std::uint8_t level = level_same; level < levels; ++level) {
    if (filter_->rests_on_rows(compared, level)) continue;  // told by no kernel
    most[level] = filter_->most_of(compared, code, level) + dependence_[compared][level];
    if (level != level_same) best = std::max(best, most[level]);
  }
  most[level_asked] = best;
  return most;
}

LevelDeficits PairGate::deficits(std::size_t compared, std::uint32_t code) const {
  const LevelWeights weights = most_of_value(compared, code);
  LevelDeficits deficits{};
  for (std::size_t level = 0; level < most_levels; ++level) {
    const std::int64_t deficit = std::max<std::int64_t>(most_[compared] - weights[level], 0) / unit_;
    deficits[level] = static_cast<std::uint8_t>(std::min<std::int64_t>(deficit, 255));
  }
  deficits[level_unbounded] = 0;
  return deficits;
}

}  // namespace scrutineer::linkage
