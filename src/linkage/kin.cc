#include "linkage/kin.h"

#include <cmath>

#include "linkage/companions.h"
#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr double twins = 1.0 / 150;
constexpr double one_forename = 1.0 / 50;

bool plainly_different_name(std::uint8_t level) {
  return level == name_level::different || level == name_level::initial_differs;
}

bool plainly_different_date(std::uint8_t level) {
  return level == date_level::different || level == date_level::year_differs;
}

}  // namespace

Kin Kin::measure(const Comparison& comparison, std::uint64_t seed) {
  constexpr std::size_t none = most_fields;
  Kin kin;
  kin.given_ = kin.family_ = kin.date_ = none;
  for (std::size_t field = 0; field < comparison.compared().size(); ++field) {
    const Compared& what = comparison.compared()[field];
    if (what.kind == Kind::name && what.role == Role::given_name && kin.given_ == none) kin.given_ = field;
    if (what.kind == Kind::name && what.role == Role::family_name && kin.family_ == none) kin.family_ = field;
    if (what.kind == Kind::date && kin.date_ == none) kin.date_ = field;
    if (what.kind == Kind::code || what.kind == Kind::number) kin.places_.push_back(field);
    if (what.kind == Kind::text) kin.shared_.push_back(field);
  }
  if (kin.places_.empty()) kin.places_.swap(kin.shared_);
  if (kin.given_ == none || kin.family_ == none || kin.date_ == none || kin.places_.empty()) return {};
  std::vector<std::size_t> household = kin.places_;
  household.push_back(kin.family_);
  const double share = Companions::share_of_kin(comparison, household, seed);
  if (share <= 0) return {};
  kin.log2_share_ = to_weight(share);
  return kin;
}

Weight Kin::log2_rate(Pattern pattern) const {
  if (level_in(pattern, family_) != level_same) return 0;
  bool together = false;
  for (const std::size_t place : places_) {
    const std::uint8_t level = level_in(pattern, place);
    if (level != level_same && level != level_missing) return 0;
    together = together || level == level_same;
  }
  if (!together) return 0;
  const std::uint8_t given = level_in(pattern, given_);
  const std::uint8_t date = level_in(pattern, date_);
  if (plainly_different_name(given) && date == level_same) return to_weight(twins);
  if (given == level_same && plainly_different_date(date)) return to_weight(one_forename);
  return 0;
}

Weight Kin::rise(Pattern pattern, std::span<const Weight> log2_u) const {
  if (empty()) return 0;
  const Weight rate = log2_rate(pattern);
  if (rate == 0) return 0;
  // What kin share is no coincidence between them: it leaves the sum.
  Weight ratio = log2_share_ + rate - log2_u[given_] - log2_u[family_] - log2_u[date_];
  for (const std::size_t place : places_) {
    if (level_in(pattern, place) == level_same) ratio -= log2_u[place];
  }
  for (const std::size_t text : shared_) {
    if (level_in(pattern, text) == level_same) ratio -= log2_u[text];
  }
  return to_weight(1.0 + std::exp2(static_cast<double>(ratio) / weight_scale));
}

}  // namespace scrutineer::linkage
