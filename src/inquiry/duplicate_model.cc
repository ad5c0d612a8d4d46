#include "inquiry/duplicate_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "linkage/levels.h"

namespace scrutineer::inquiry {
namespace {

using linkage::FieldModel;
using linkage::Role;
namespace name_level = linkage::name_level;
namespace date_level = linkage::date_level;

struct Stated {
  std::uint8_t level;
  double m;
};

constexpr std::array stated_given = {
    Stated{linkage::level_same, 0.90},        Stated{name_level::typing_error, 0.03},
    Stated{name_level::variant, 0.03},        Stated{name_level::similar, 0.01},
    Stated{name_level::elsewhere, 0.02},      Stated{name_level::weak, 0.005},
    Stated{name_level::different, 0.005},     Stated{name_level::initial_agrees, 0.97},
    Stated{name_level::initial_differs, 0.03}};
constexpr std::array stated_family = {
    Stated{linkage::level_same, 0.91},        Stated{name_level::typing_error, 0.04},
    Stated{name_level::variant, 0.015},       Stated{name_level::similar, 0.005},
    Stated{name_level::elsewhere, 0.015},     Stated{name_level::weak, 0.005},
    Stated{name_level::different, 0.01},  // a name changed on marriage
    Stated{name_level::initial_agrees, 0.97}, Stated{name_level::initial_differs, 0.03}};
constexpr std::array stated_middle = {
    Stated{linkage::level_same, 0.85},        Stated{name_level::typing_error, 0.03},
    Stated{name_level::variant, 0.02},        Stated{name_level::similar, 0.01},
    Stated{name_level::elsewhere, 0.03},      Stated{name_level::weak, 0.01},
    Stated{name_level::different, 0.05},      Stated{name_level::initial_agrees, 0.95},
    Stated{name_level::initial_differs, 0.05}};
constexpr std::array stated_date = {
    Stated{linkage::level_same, 0.93},    Stated{date_level::one_digit, 0.03},
    Stated{date_level::two_parts, 0.02},  Stated{date_level::two_digits, 0.005},
    Stated{date_level::same_year, 0.005}, Stated{date_level::within_400_days, 0.003},
    Stated{date_level::different, 0.007}, Stated{date_level::year_agrees, 0.94},
    Stated{date_level::year_near, 0.04},  Stated{date_level::year_differs, 0.02}};
constexpr std::array stated_category = {Stated{linkage::level_same, 0.985},
                                        Stated{linkage::category_level::typing_error, 0.005},
                                        Stated{linkage::category_level::different, 0.01}};
// A quarter of those who join again have moved since.
constexpr std::array stated_dwelling = {Stated{linkage::level_same, 0.75},
                                        Stated{linkage::exact_level::different, 0.25}};

std::span<const Stated> stated_for(const FieldModel& field) {
  switch (field.role) {
    case Role::given_name:
      return stated_given;
    case Role::family_name:
      return stated_family;
    case Role::middle_name:
      return stated_middle;
    case Role::date:
      return stated_date;
    case Role::category:
      return stated_category;
    case Role::exact:
      return stated_dwelling;
    default:
      return {};
  }
}

// P(two different people of one dwelling bear the same surname), from the list: pairs of one dwelling, with
// one pair of each kind added so that a list without families still gives a number.
double shared_surname_in_dwelling(const rolls::StandardRoll& members) {
  std::map<std::uint32_t, std::map<std::uint32_t, double>> surnames;
  for (std::size_t row = 0; row < members.rows; ++row) {
    if (members.unit_key.is_missing(row) || members.family.is_missing(row)) continue;
    ++surnames[members.unit_key.code(row)][members.family.code(row)];
  }
  double pairs = 2;
  double same = 1;
  for (const auto& [dwelling, counts] : surnames) {
    double people = 0;
    for (const auto& [surname, n] : counts) {
      people += n;
      same += n * (n - 1) / 2;
    }
    pairs += people * (people - 1) / 2;
  }
  return same / pairs;
}

// Weighs the joint agreement of surname and dwelling as what it is between two people: a family.
void add_family_dependence(const rolls::StandardRoll& members, linkage::Model& model) {
  const auto index_of = [&](Role role) {
    const auto found = std::find_if(model.fields.begin(), model.fields.end(),
                                    [&](const FieldModel& field) { return field.role == role; });
    return static_cast<std::uint32_t>(found - model.fields.begin());
  };
  const std::uint32_t family = index_of(Role::family_name);
  const std::uint32_t dwelling = index_of(Role::exact);
  if (family >= model.fields.size() || dwelling >= model.fields.size()) return;
  const double by_chance = std::max(model.fields[family].u[linkage::level_same], 1e-6);
  const double at_home = shared_surname_in_dwelling(members);
  if (at_home <= by_chance) return;
  const std::size_t dwelling_levels = model.fields[dwelling].levels.size();
  linkage::Dependence dependence{std::min(family, dwelling), std::max(family, dwelling), {}};
  dependence.weights.assign(model.fields[family].levels.size() * dwelling_levels, 0);
  const std::size_t both =
      linkage::level_same * model.fields[dependence.second].levels.size() + linkage::level_same;
  dependence.weights[both] =
      static_cast<linkage::Weight>(std::lround(std::log2(by_chance / at_home) * linkage::weight_scale));
  model.dependences.push_back(std::move(dependence));
}

}  // namespace

linkage::Model stated_duplicate_model(const linkage::Model& learned, const rolls::StandardRoll& members) {
  linkage::Model model = learned;
  const auto rows = static_cast<double>(members.rows);
  model.prior = assumed_listed_twice * rows / std::max(1.0, rows * (rows - 1) / 2);
  for (FieldModel& field : model.fields) {
    for (const Stated& stated : stated_for(field)) {
      if (stated.level < field.m.size()) field.m[stated.level] = stated.m;
    }
  }
  model.dependences.clear();
  add_family_dependence(members, model);
  return model;
}

}  // namespace scrutineer::inquiry
