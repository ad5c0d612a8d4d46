#include "linkage/pair_gate.h"

#include <algorithm>
#include <array>

#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr Weight most_units = 250;

using LevelWeights = std::array<Weight, most_levels>;

// The most that dependences on fields later in the tree add at each level of a field.
LevelWeights most_dependence(const Scorer& scorer, std::size_t field) {
  LevelWeights most{};
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

// The most that a field says at each level, where the asking row has this value.
LevelWeights most_of_value(const PairFilter& filter, std::size_t field, std::size_t levels,
                           std::uint32_t code, const LevelWeights& dependence) {
  LevelWeights most{};
  most[level_missing] = dependence[level_missing];
  Weight best = -256 * weight_scale;
  for (std::uint8_t level = level_same; level < levels; ++level) {
    if (filter.rests_on_rows(field, level)) continue;  // told by no kernel
    most[level] = filter.most_of(field, code, level) + dependence[level];
    if (level != level_same) best = std::max(best, most[level]);
  }
  most[level_asked] = best;
  return most;
}

LevelDeficits deficits_from(const LevelWeights& weights, Weight most, std::int64_t unit) {
  LevelDeficits deficits{};
  for (std::size_t level = 0; level < most_levels; ++level) {
    const std::int64_t deficit = std::max<std::int64_t>(most - weights[level], 0) / unit;
    deficits[level] = static_cast<std::uint8_t>(std::min<std::int64_t>(deficit, 255));
  }
  deficits[level_unbounded] = 0;
  return deficits;
}

}  // namespace

PairGate::PairGate(const Scorer& scorer, const PairFilter& filter, Weight floor) {
  const Comparison& comparison = scorer.comparison();
  const std::size_t fields = comparison.compared().size();
  deficits_.resize(fields);
  by_code_.resize(fields);
  std::vector<LevelWeights> dependence;
  std::vector<Weight> most(fields, -256 * weight_scale);
  const auto codes_of = [&](std::size_t field) {
    return by_code_[field] ? comparison.values()[comparison.compared()[field].field].distinct() : 1;
  };
  const auto levels = [&](std::size_t field) { return levels_of(comparison.compared()[field].kind).size(); };
  std::int64_t budget = std::int64_t{scorer.prior()} - floor;
  for (std::size_t field = 0; field < fields; ++field) {
    by_code_[field] = filter.tells_by_value(field);
    dependence.push_back(most_dependence(scorer, field));
    for (std::uint32_t code = 0; code < codes_of(field); ++code) {
      const LevelWeights weights = most_of_value(filter, field, levels(field), code, dependence[field]);
      most[field] = std::max(most[field], *std::max_element(weights.begin(), weights.end()));
    }
    budget += most[field];
  }
  if (budget < 0) {  // nothing can reach the floor: the filter says so as fast
    by_code_.assign(fields, false);
    deficits_.assign(fields, std::vector<LevelDeficits>(1));
    return;
  }
  const std::int64_t unit = budget / most_units + 1;
  budget_ = static_cast<std::uint8_t>(budget / unit);
  for (std::size_t field = 0; field < fields; ++field) {
    deficits_[field].resize(codes_of(field));
    for (std::uint32_t code = 0; code < codes_of(field); ++code) {
      const LevelWeights weights = most_of_value(filter, field, levels(field), code, dependence[field]);
      deficits_[field][code] = deficits_from(weights, most[field], unit);
    }
  }
}

}  // namespace scrutineer::linkage
