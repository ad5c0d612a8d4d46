#include "linkage/splink_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "linkage/levels.h"
#include "linkage/splink_margins.h"

namespace scrutineer::linkage {
namespace {

bool has_part(std::string_view text, std::span<const std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

// How alike two values are at each level here, on the scale of SplinkLevel::strength.
std::vector<double> strengths(Role role) {
  switch (role) {
    case Role::given_name:
    case Role::middle_name:
    case Role::family_name:
      return {0, 1, .93, .9, .85, .86, .72, 0};
    case Role::date:
      return {0, 1, .93, .88, .85, .8, .79, 0};
    case Role::code:
      return {0, 1, .93, .85, .75, 0};
    case Role::text:
      return {0, 1, .93, .87, .7, .7, 0};
    case Role::number:
      return {0, 1, .95, .9, 0};
    case Role::category:
      return {0, 1, .9, 0};
    case Role::email:
      return {0, 1, .93, .85, .3, 0};
    case Role::full_name:
      return {0, 1, .93, .85, .7, 0};
    case Role::exact:
      return {0, 1, 0};
  }
  return {0, 1, 0};
}

// "Among the other names" (given and family name swapped), "in another column".
std::optional<std::size_t> swapped_level(Role role) {
  const Kind kind = kind_of(role);
  if (kind == Kind::name) return name_level::elsewhere;
  if (kind == Kind::text) return text_level::elsewhere;
  return std::nullopt;
}

// Their level for each of ours: the first, strongest first, whose strength ours reaches. `theirs` is not
// empty and holds one level that is not swapped.
std::size_t covering(const std::vector<ColumnLevel>& theirs, double strength) {
  std::size_t last = 0;
  for (std::size_t at = 0; at < theirs.size(); ++at) {
    if (theirs[at].swapped) continue;
    if (theirs[at].strength <= strength + 1e-9) return at;
    last = at;
  }
  return last;
}

// Levels that none of ours answers to count with the next weaker one that has an answer: a pair at them is at
// no stronger level of ours.
void fold_unanswered(std::vector<ColumnLevel>& theirs, const std::vector<double>& used,
                     std::vector<std::string>* notes) {
  const auto into = [&](std::size_t at) {
    std::size_t next = theirs[at].swapped ? 0 : at + 1;
    while (next < theirs.size() &&
           (used[next] == 0 || theirs[next].swapped || (theirs[at].swapped && theirs[next].strength > 0)))
      ++next;
    return next;
  };
  for (std::size_t at = 0; at < theirs.size(); ++at) {
    if (used[at] != 0) continue;
    const std::size_t next = into(at);
    if (notes != nullptr)
      notes->push_back("no level here answers to \"" + theirs[at].label + "\": its probabilities are " +
                       (next < theirs.size() ? "counted with \"" + theirs[next].label + "\"" : "dropped"));
    if (next == theirs.size()) continue;
    theirs[next].m += theirs[at].m;
    theirs[next].u += theirs[at].u;
  }
}

std::vector<double> shared_out(std::vector<ColumnLevel> theirs, Role role, double ColumnLevel::*value,
                               std::vector<std::string>* notes) {
  const auto levels = levels_of(kind_of(role));
  const std::vector<double> strength = strengths(role);
  const bool swaps =
      std::any_of(theirs.begin(), theirs.end(), [](const ColumnLevel& one) { return one.swapped; });
  std::vector<double> ours(levels.size(), 0.0);
  std::vector<double> used(theirs.size(), 0.0);  // shares given out: 1, 1/2, 1/4, ...
  std::vector<std::size_t> of(levels.size(), 0);
  std::vector<double> part(levels.size(), 0.0);
  for (std::size_t level = 1; level < strength.size(); ++level) {
    of[level] = swaps && swapped_level(role) == level ? theirs.size() - 1 : covering(theirs, strength[level]);
    part[level] = used[of[level]] == 0 ? 1.0 : 0.5;
    used[of[level]] += part[level];
  }
  fold_unanswered(theirs, used, notes);
  double total = 0;
  for (std::size_t level = 1; level < strength.size(); ++level) {
    ours[level] = std::max(theirs[of[level]].*value * part[level] / used[of[level]], 1e-5);
    total += ours[level];
  }
  for (std::size_t level = 1; level < strength.size(); ++level) ours[level] /= total;
  // Levels of values told in part (an initial, a year), which Splink does not know.
  const std::size_t partial = levels.size() - strength.size();
  for (std::size_t level = strength.size(); level < levels.size(); ++level) {
    const bool first = level == strength.size();
    ours[level] = first ? 0.95 : 0.05 / static_cast<double>(partial - 1);
  }
  return ours;
}

// Equally strong ones as one.
std::vector<ColumnLevel> merged(const std::vector<ColumnLevel>& levels) {
  std::vector<ColumnLevel> out;
  for (const ColumnLevel& level : levels) {
    const bool same = !out.empty() && out.back().swapped == level.swapped &&
                      std::abs(out.back().strength - level.strength) < 1e-9;
    if (!same) {
      out.push_back(level);
      continue;
    }
    out.back().m += level.m;
    out.back().u += level.u;
    out.back().label += " / " + level.label;
  }
  return out;
}

// The levels of the comparison that is about this column alone, else of the first that is about it.
std::vector<ColumnLevel> usable_levels(const SplinkSettings& settings, const std::string& column,
                                       std::vector<std::string>& notes) {
  const SplinkComparison* taken = nullptr;
  std::string others;
  for (const SplinkComparison& comparison : settings.comparisons) {
    if (std::find(comparison.columns.begin(), comparison.columns.end(), column) == comparison.columns.end())
      continue;
    const bool better = taken == nullptr || (taken->columns.size() > 1 && comparison.columns.size() == 1);
    const SplinkComparison* const other = better ? taken : &comparison;
    if (other != nullptr) others += (others.empty() ? "\"" : ", \"") + other->name + "\"";
    if (better) taken = &comparison;
  }
  if (taken == nullptr) return {};
  if (!others.empty())
    notes.push_back("column \"" + column + "\": m is that of comparison \"" + taken->name + "\", not of " +
                    others);
  return merged(column_levels(*taken, column, notes));
}

}  // namespace

Role role_of_column(const SplinkSettings& settings, std::string_view column) {
  constexpr auto given =
      std::to_array<std::string_view>({"given", "forename", "first_name", "firstname", "fname"});
  constexpr auto family =
      std::to_array<std::string_view>({"surname", "family", "last_name", "lastname", "lname"});
  constexpr auto middle = std::to_array<std::string_view>({"middle"});
  constexpr auto date = std::to_array<std::string_view>({"dob", "birth_date", "date", "birthdate"});
  constexpr auto code = std::to_array<std::string_view>({"postcode", "post_code", "zip"});
  constexpr auto email = std::to_array<std::string_view>({"email", "e_mail"});
  std::string lower(column);
  for (char& letter : lower)
    letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  if (has_part(lower, middle)) return Role::middle_name;
  if (has_part(lower, given)) return Role::given_name;
  if (has_part(lower, family)) return Role::family_name;
  if (has_part(lower, code)) return Role::code;
  if (has_part(lower, email)) return Role::email;
  if (has_part(lower, date)) return Role::date;
  for (const SplinkComparison& comparison : settings.comparisons) {
    if (std::find(comparison.columns.begin(), comparison.columns.end(), column) == comparison.columns.end())
      continue;
    for (const SplinkLevel& level : comparison.levels) {
      if (level.kind == SplinkLevel::Kind::similar) return Role::text;
    }
  }
  return Role::exact;
}

std::optional<Model> model_of_settings(const SplinkSettings& settings, std::span<const Field> fields,
                                       std::span<const std::string> columns,
                                       std::vector<std::string>& notes) {
  if (!settings.prior || !(*settings.prior > 0 && *settings.prior < 1)) return std::nullopt;
  Model model;
  model.prior = *settings.prior;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    const std::vector<ColumnLevel> theirs = usable_levels(settings, columns[at], notes);
    if (theirs.size() < 2) {
      notes.push_back("no m for column \"" + columns[at] +
                      "\" by itself: the model is learned from the data");
      return std::nullopt;
    }
    FieldModel field;
    field.name = fields[at].name;
    field.role = fields[at].role;
    for (const LevelDefinition& level : levels_of(kind_of(field.role))) field.levels.emplace_back(level.name);
    field.m = shared_out(theirs, field.role, &ColumnLevel::m, &notes);
    field.u = shared_out(theirs, field.role, &ColumnLevel::u, nullptr);
    const bool measured =
        std::any_of(theirs.begin(), theirs.end(), [](const ColumnLevel& one) { return one.u > 0; });
    if (!measured)
      notes.push_back(
          "no u for column \"" + columns[at] +
          "\": pairs are scored by u of the data, and what the model shows for it stands for nothing");
    model.fields.push_back(std::move(field));
  }
  return model;
}

}  // namespace scrutineer::linkage
