#include "linkage/splink_settings.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "linkage/levels.h"
#include "linkage/splink_sql.h"

namespace scrutineer::linkage {
namespace {

using Json = nlohmann::json;

struct Unusable {
  std::string what;
};

std::string text_of(const Json& object, const char* key) {
  return object.contains(key) && object.at(key).is_string() ? object.at(key).get<std::string>()
                                                            : std::string();
}

std::optional<double> probability_of_key(const Json& object, const char* key) {
  if (!object.contains(key) || !object.at(key).is_number()) return std::nullopt;
  const double value = object.at(key).get<double>();
  if (!(value >= 0 && value <= 1)) throw Unusable{std::string("\"") + key + "\" is not a probability"};
  return value;
}

void add_column(std::vector<std::string>& columns, const std::string& column) {
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
}

SplinkComparison comparison_from(const Json& json, std::vector<std::string>& not_taken) {
  if (!json.is_object() || !json.contains("comparison_levels") || !json.at("comparison_levels").is_array())
    throw Unusable{"a comparison has no \"comparison_levels\""};
  SplinkComparison comparison;
  comparison.name = text_of(json, "output_column_name");
  for (const Json& entry : json.at("comparison_levels")) {
    if (!entry.is_object() || text_of(entry, "sql_condition").empty())
      throw Unusable{"a level of comparison \"" + comparison.name + "\" has no \"sql_condition\""};
    SplinkLevel level = read_level(text_of(entry, "sql_condition"));
    level.label = text_of(entry, "label_for_charts");
    level.m = probability_of_key(entry, "m_probability");
    level.u = probability_of_key(entry, "u_probability");
    if (entry.value("is_null_level", false)) level.kind = SplinkLevel::Kind::null;
    for (const std::string& column : level.columns) add_column(comparison.columns, column);
    if (level.kind == SplinkLevel::Kind::not_taken)
      not_taken.push_back("comparison \"" + comparison.name + "\": no level here stands for " + level.sql);
    if (level.kind != SplinkLevel::Kind::null) comparison.levels.push_back(std::move(level));
  }
  if (comparison.name.empty() && !comparison.columns.empty()) comparison.name = comparison.columns.front();
  return comparison;
}

std::string sql_of_rule(const Json& entry) {
  if (entry.is_string()) return entry.get<std::string>();
  if (entry.is_object()) return text_of(entry, "blocking_rule");
  return {};
}

SplinkSettings settings_from(const Json& json) {
  if (!json.is_object() || !json.contains("comparisons") || !json.at("comparisons").is_array() ||
      json.at("comparisons").empty())
    throw Unusable{"no \"comparisons\""};
  SplinkSettings settings;
  settings.link_type = text_of(json, "link_type");
  settings.unique_id = text_of(json, "unique_id_column_name");
  settings.prior = probability_of_key(json, "probability_two_random_records_match");
  for (const Json& comparison : json.at("comparisons"))
    settings.comparisons.push_back(comparison_from(comparison, settings.not_taken));
  if (!json.contains("blocking_rules_to_generate_predictions")) return settings;
  for (const Json& entry : json.at("blocking_rules_to_generate_predictions")) {
    const std::string sql = sql_of_rule(entry);
    const bool explodes = entry.is_object() && entry.contains("arrays_to_explode") &&
                          entry.at("arrays_to_explode").is_array() && !entry.at("arrays_to_explode").empty();
    SplinkRule rule{sql, explodes ? std::vector<SplinkRulePart>{} : read_rule(sql)};
    if (rule.parts.empty()) {
      settings.not_taken.push_back("blocking rule " + sql +
                                   (explodes ? ": arrays are not exploded here" : ""));
    } else {
      settings.rules.push_back(std::move(rule));
    }
  }
  return settings;
}

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

Kind kind_of_role(Role role) {
  switch (role) {
    case Role::given_name:
    case Role::middle_name:
    case Role::family_name:
      return Kind::name;
    case Role::date:
      return Kind::date;
    case Role::code:
      return Kind::code;
    case Role::text:
      return Kind::text;
    case Role::number:
      return Kind::number;
    case Role::category:
      return Kind::category;
    case Role::email:
      return Kind::email;
    case Role::full_name:
      return Kind::full_name;
    case Role::exact:
      return Kind::exact;
  }
  return Kind::exact;
}

// Their level for each of ours: the first, strongest first, whose strength ours reaches.
std::size_t covering(const std::vector<const SplinkLevel*>& theirs, double strength) {
  for (std::size_t at = 0; at < theirs.size(); ++at) {
    if (theirs[at]->strength <= strength + 1e-9) return at;
  }
  return theirs.size() - 1;
}

using Value = std::optional<double> SplinkLevel::*;

std::vector<double> shared_out(const std::vector<const SplinkLevel*>& theirs, Role role, Value value,
                               std::vector<std::string>* notes) {
  const auto levels = levels_of(kind_of_role(role));
  const std::vector<double> strength = strengths(role);
  std::vector<double> ours(levels.size(), 0.0);
  std::vector<double> used(theirs.size(), 0.0);  // shares given out: 1, 1/2, 1/4, ...
  std::vector<std::size_t> of(levels.size(), 0);
  std::vector<double> part(levels.size(), 0.0);
  for (std::size_t level = 1; level < strength.size(); ++level) {
    of[level] = covering(theirs, strength[level]);
    part[level] = used[of[level]] == 0 ? 1.0 : 0.5;
    used[of[level]] += part[level];
  }
  double total = 0;
  for (std::size_t level = 1; level < strength.size(); ++level) {
    ours[level] = std::max((theirs[of[level]]->*value).value_or(0) * part[level] / used[of[level]], 1e-5);
    total += ours[level];
  }
  for (std::size_t level = 1; level < strength.size(); ++level) ours[level] /= total;
  // Levels of values told in part (an initial, a year), which Splink does not know.
  const std::size_t partial = levels.size() - strength.size();
  for (std::size_t level = strength.size(); level < levels.size(); ++level) {
    const bool first = level == strength.size();
    ours[level] = first ? 0.95 : 0.05 / static_cast<double>(partial - 1);
  }
  if (notes != nullptr) {
    for (std::size_t at = 0; at < theirs.size(); ++at) {
      if (used[at] == 0)
        notes->push_back("no level here answers to \"" + theirs[at]->label +
                         "\": its probabilities are dropped");
    }
  }
  return ours;
}

// The levels of the comparison that are about this column alone, strongest first; empty if any lacks m.
std::vector<const SplinkLevel*> usable_levels(const SplinkSettings& settings, const std::string& column) {
  using LevelKind = SplinkLevel::Kind;
  for (const SplinkComparison& comparison : settings.comparisons) {
    if (comparison.columns.size() != 1 || comparison.columns.front() != column) continue;
    std::vector<const SplinkLevel*> levels;
    for (const SplinkLevel& level : comparison.levels) {
      const bool taken = level.kind != LevelKind::not_taken && level.kind != LevelKind::null;
      if (taken && !level.m) return {};
      if (taken) levels.push_back(&level);
    }
    std::stable_sort(levels.begin(), levels.end(),
                     [](const SplinkLevel* a, const SplinkLevel* b) { return a->strength > b->strength; });
    return levels;
  }
  return {};
}

}  // namespace

Result<SplinkSettings> splink_settings(std::string_view json, const std::string& file) {
  constexpr const char* expected = "settings that Splink 4 or 5 saved";
  try {
    return settings_from(Json::parse(json));
  } catch (const Unusable& unusable) {
    return refused(unusable.what, {file}, expected);
  } catch (const Json::exception&) {
    return refused("not JSON, or not of the shape of settings", {file}, expected);
  }
}

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
    const std::vector<const SplinkLevel*> theirs = usable_levels(settings, columns[at]);
    if (theirs.size() < 2) {
      notes.push_back("no m for column \"" + columns[at] +
                      "\" by itself: the model is learned from the data");
      return std::nullopt;
    }
    FieldModel field;
    field.name = fields[at].name;
    field.role = fields[at].role;
    for (const LevelDefinition& level : levels_of(kind_of_role(field.role)))
      field.levels.emplace_back(level.name);
    field.m = shared_out(theirs, field.role, &SplinkLevel::m, &notes);
    field.u = shared_out(theirs, field.role, &SplinkLevel::u, nullptr);
    model.fields.push_back(std::move(field));
  }
  return model;
}

}  // namespace scrutineer::linkage
