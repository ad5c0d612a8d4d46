#include "linkage/splink_settings.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "linkage/splink_sql.h"

namespace scrutineer::linkage {
namespace {

using Json = nlohmann::json;

using Path = std::vector<std::string>;  // keys, and positions within arrays, from the outermost in

constexpr double unobserved = 1e-6;  // how Splink scores a level that training met no pair of

struct Unusable {
  std::string what;
  Path path;
};

Path below(Path path, std::string key) {
  path.push_back(std::move(key));
  return path;
}

// Finds the value at a path in text that is known to be JSON.
class JsonPlaces {
 public:
  explicit JsonPlaces(std::string_view text) : text_(text) {}

  // The offset of the value, or of the innermost one on the way that is there.
  std::size_t offset_of(const Path& path) {
    at_ = 0;
    skip_space();
    for (const std::string& step : path) {
      const std::size_t start = at_;
      if (enter(step)) continue;
      return start;
    }
    return at_;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n,:").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  std::string_view skip_string() {
    const std::size_t start = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
    const std::size_t end = std::min(at_, text_.size());
    at_ = std::min(end + 1, text_.size());
    return text_.substr(start, end - start);
  }

  void skip_value() {
    std::size_t depth = 0;
    do {
      const char letter = at_ < text_.size() ? text_[at_] : '\0';
      if (letter == '"') {
        (void)skip_string();
      } else {
        depth += letter == '{' || letter == '[' ? 1U : 0U;
        depth -= (letter == '}' || letter == ']') && depth > 0 ? 1U : 0U;
        ++at_;
      }
      const bool ends =
          at_ >= text_.size() || std::string_view(",]}").find(text_[at_]) != std::string_view::npos;
      if (depth == 0 && (ends || letter == '"' || letter == '}' || letter == ']')) return;
    } while (at_ < text_.size());
  }

  // Steps from a value into the one of this key or position.
  bool enter(const std::string& step) {
    const char open = at_ < text_.size() ? text_[at_] : '\0';
    if (open != '{' && open != '[') return false;
    ++at_;
    for (std::size_t position = 0;; ++position) {
      skip_space();
      if (at_ >= text_.size() || text_[at_] == '}' || text_[at_] == ']') return false;
      const std::string key = open == '{' ? std::string(skip_string()) : std::to_string(position);
      skip_space();
      if (key == step) return true;
      skip_value();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

Place place_of(std::string_view text, std::size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  return {file, static_cast<std::uint64_t>(lines) + 1,
          before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1};
}

std::string text_of(const Json& object, const char* key) {
  return object.contains(key) && object.at(key).is_string() ? object.at(key).get<std::string>()
                                                            : std::string();
}

std::optional<double> probability_of_key(const Json& object, const char* key, const Path& path) {
  if (!object.contains(key) || object.at(key).is_null()) return std::nullopt;
  const Json& found = object.at(key);
  if (found.is_string() && found.get<std::string>().starts_with("level not observed")) return unobserved;
  const double value = found.is_number() ? found.get<double>() : -1;
  if (!(value >= 0 && value <= 1))
    throw Unusable{std::string("\"") + key + "\" is not a probability", below(path, key)};
  return value;
}

const Json& array_of_key(const Json& object, const char* key, const Path& path) {
  if (!object.at(key).is_array())
    throw Unusable{std::string("\"") + key + "\" is not a list", below(path, key)};
  return object.at(key);
}

void add_column(std::vector<std::string>& columns, const std::string& column) {
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
}

bool is_in(const std::vector<std::string>& columns, const std::string& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

// Term frequencies: every field here weighs each of its values by how common it is.
void note_term_frequencies(const Json& entry, const std::string& where, std::vector<std::string>& not_taken) {
  if (text_of(entry, "tf_adjustment_column").empty()) return;
  const auto number = [&](const char* key, double otherwise) {
    return entry.contains(key) && entry.at(key).is_number() ? entry.at(key).get<double>() : otherwise;
  };
  if (number("tf_adjustment_weight", 1) != 1)
    not_taken.push_back(where + "tf_adjustment_weight: how common a value is counts in full here");
  if (number("tf_minimum_u_value", 0) != 0)
    not_taken.push_back(where + "tf_minimum_u_value: there is no such least value here");
}

SplinkLevel level_from(const Json& entry, const std::string& comparison, const Path& path,
                       std::vector<std::string>& not_taken) {
  if (!entry.is_object() || text_of(entry, "sql_condition").empty())
    throw Unusable{"a level of comparison \"" + comparison + "\" has no \"sql_condition\"", path};
  SplinkLevel level = read_level(text_of(entry, "sql_condition"));
  level.label = text_of(entry, "label_for_charts");
  level.m = probability_of_key(entry, "m_probability", path);
  level.u = probability_of_key(entry, "u_probability", path);
  if (entry.contains("is_null_level") && !entry.at("is_null_level").is_boolean())
    throw Unusable{"\"is_null_level\" is not true or false", below(path, "is_null_level")};
  if (entry.value("is_null_level", false)) level.kind = SplinkLevel::Kind::null;
  note_term_frequencies(entry, "comparison \"" + comparison + "\", " + on_one_line(level.sql) + ": ",
                        not_taken);
  return level;
}

void rename_phonetic(SplinkCondition& condition, const std::vector<std::string>& columns, bool& renamed) {
  for (SplinkCondition& part : condition.parts) rename_phonetic(part, columns, renamed);
  if (condition.kind != SplinkCondition::Kind::reaches || !is_phonetic_column(condition.column)) return;
  const auto owner = std::find_if(columns.begin(), columns.end(), [&](const std::string& column) {
    return !is_phonetic_column(column) && condition.column.starts_with(column);
  });
  if (owner == columns.end()) return;
  condition.column = *owner;
  condition.strength = .85;
  renamed = true;
}

// Columns made from others for Splink's sake: codes of sound, and the names in one column. They are not
// compared here beside the columns that they were made of, which would count the same evidence twice.
void replace_made_columns(SplinkComparison& comparison, const std::vector<std::string>& tested,
                          std::vector<std::string>& notes) {
  using Kind = SplinkCondition::Kind;
  std::vector<std::string> all = tested;
  for (const SplinkLevel& level : comparison.levels) {
    for (const std::string& column : level.columns) add_column(all, column);
  }
  const std::string start = "comparison \"" + comparison.name + "\": ";
  for (SplinkLevel& level : comparison.levels) {
    bool renamed = false;
    rename_phonetic(level.condition, all, renamed);
    if (!renamed) continue;
    notes.push_back(start + on_one_line(level.sql) + " is read as \"sounds alike\"");
    if (level.condition.kind == Kind::reaches) {
      level.columns = {level.condition.column};
      level.strength = level.condition.strength;
    }
  }
  if (comparison.levels.empty() || tested.size() < 2) return;
  SplinkLevel& first = comparison.levels.front();
  const std::string column = first.condition.column;
  if (first.kind != SplinkLevel::Kind::exact || first.condition.kind != Kind::reaches ||
      is_in(tested, column))
    return;
  const bool elsewhere = std::any_of(comparison.levels.begin() + 1, comparison.levels.end(),
                                     [&](const SplinkLevel& level) { return is_in(level.columns, column); });
  if (elsewhere) return;
  SplinkCondition both;
  both.kind = Kind::all;
  for (const std::string& one : tested) {
    SplinkCondition same;
    same.kind = Kind::reaches;
    same.column = one;
    same.strength = 1;
    both.parts.push_back(std::move(same));
  }
  first.condition = std::move(both);
  first.columns = tested;
  notes.push_back(start + on_one_line(first.sql) + " is read as agreement of all its columns");
}

void add_compared(const SplinkCondition& condition, std::vector<std::string>& columns) {
  if (condition.kind == SplinkCondition::Kind::reaches) add_column(columns, condition.column);
  for (const SplinkCondition& part : condition.parts) add_compared(part, columns);
}

bool mentions_swap(const SplinkLevel& level) {
  return level.kind == SplinkLevel::Kind::swapped;
}

// `tested`: the columns of the null level.
void set_columns(SplinkComparison& comparison, const std::vector<std::string>& tested,
                 std::vector<std::string>& not_taken) {
  std::vector<std::string> all = tested;
  for (const SplinkLevel& level : comparison.levels) {
    for (const std::string& column : level.columns) add_column(all, column);
  }
  if (all.size() < 2) {
    comparison.columns = all;
    return;
  }
  for (const SplinkLevel& level : comparison.levels) {
    add_compared(level.condition, comparison.columns);
    if (!mentions_swap(level)) continue;
    for (const std::string& column : level.columns) add_column(comparison.columns, column);
  }
  for (const std::string& column : all) {
    if (!is_in(comparison.columns, column))
      not_taken.push_back("comparison \"" + comparison.name + "\": column \"" + column +
                          "\" is not compared here");
  }
}

// Training leaves levels that it met no pair of without m. They get, in equal parts, what the others leave.
void fill_untrained(SplinkComparison& comparison, std::vector<std::string>& notes) {
  double left = 1;
  std::size_t untrained = 0;
  for (const SplinkLevel& level : comparison.levels) {
    left -= level.m.value_or(0);
    untrained += level.m ? 0U : 1U;
  }
  if (untrained == 0 || untrained == comparison.levels.size()) return;
  const double share = std::max(left, unobserved) / static_cast<double>(untrained);
  for (SplinkLevel& level : comparison.levels) {
    if (level.m) continue;
    level.m = share;
    notes.push_back("comparison \"" + comparison.name + "\": no m for " + on_one_line(level.sql) +
                    ": it gets its part of what the other levels leave");
  }
}

SplinkComparison comparison_from(const Json& json, const Path& path, std::vector<std::string>& not_taken) {
  if (!json.is_object() || !json.contains("comparison_levels"))
    throw Unusable{"a comparison has no \"comparison_levels\"", path};
  SplinkComparison comparison;
  comparison.name = text_of(json, "output_column_name");
  std::vector<std::string> tested;
  const Path levels = below(path, "comparison_levels");
  std::size_t number = 0;
  for (const Json& entry : array_of_key(json, "comparison_levels", path)) {
    SplinkLevel level =
        level_from(entry, comparison.name, below(levels, std::to_string(number++)), not_taken);
    if (level.kind == SplinkLevel::Kind::null) {
      for (const std::string& column : level.columns) add_column(tested, column);
      continue;
    }
    if (level.kind == SplinkLevel::Kind::not_taken)
      not_taken.push_back("comparison \"" + comparison.name + "\": no level here stands for " +
                          on_one_line(level.sql));
    comparison.levels.push_back(std::move(level));
  }
  fill_untrained(comparison, not_taken);
  replace_made_columns(comparison, tested, not_taken);
  set_columns(comparison, tested, not_taken);
  if (comparison.name.empty() && !comparison.columns.empty()) comparison.name = comparison.columns.front();
  return comparison;
}

void add_rule(const Json& entry, const Path& path, SplinkSettings& settings) {
  const std::string sql = entry.is_string()   ? entry.get<std::string>()
                          : entry.is_object() ? text_of(entry, "blocking_rule")
                                              : std::string();
  if (sql.empty()) throw Unusable{"a blocking rule is neither SQL nor has a \"blocking_rule\"", path};
  const std::string start = "blocking rule " + on_one_line(sql);
  if (entry.is_object() && entry.contains("arrays_to_explode") && entry.at("arrays_to_explode").is_array() &&
      !entry.at("arrays_to_explode").empty()) {
    settings.not_taken.push_back(start + ": arrays are not exploded here");
    return;
  }
  std::vector<std::string> wider;
  std::vector<SplinkRule> rules = read_rules(sql, wider);
  if (rules.empty()) {
    settings.not_taken.push_back(start);
    return;
  }
  std::string left_out;
  for (const std::string& part : wider) left_out.append(left_out.empty() ? "" : ", ").append(part);
  if (!wider.empty())
    settings.not_taken.push_back(start + ": taken over without " + left_out +
                                 ", so that it finds more pairs");
  for (SplinkRule& rule : rules) settings.rules.push_back(std::move(rule));
}

// What Splink 3 to 5 write; the rest has no counterpart here and no bearing on which records are linked.
void note_unknown_keys(const Json& json, std::vector<std::string>& not_taken) {
  constexpr auto known = std::to_array<std::string_view>(
      {"link_type", "probability_two_random_records_match", "em_convergence", "max_iterations",
       "unique_id_column_name", "source_dataset_column_name", "retain_matching_columns",
       "retain_intermediate_calculation_columns", "comparisons", "blocking_rules_to_generate_predictions",
       "additional_columns_to_retain", "bayes_factor_column_prefix", "match_weight_column_prefix",
       "term_frequency_adjustment_column_prefix", "comparison_vector_value_column_prefix", "sql_dialect",
       "linker_uid"});
  for (const auto& [key, value] : json.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      not_taken.push_back("\"" + key + "\" is no setting of Splink 3 to 5, and was not read");
  }
}

SplinkSettings settings_from(const Json& json) {
  if (json.is_object() && json.contains("comparison_columns"))
    throw Unusable{"settings of Splink 2 (\"comparison_columns\")", {"comparison_columns"}};
  if (!json.is_object() || !json.contains("comparisons") || array_of_key(json, "comparisons", {}).empty())
    throw Unusable{"no \"comparisons\"", {"comparisons"}};
  SplinkSettings settings;
  settings.link_type = text_of(json, "link_type");
  settings.unique_id = text_of(json, "unique_id_column_name");
  settings.prior = probability_of_key(json, "probability_two_random_records_match", {});
  note_unknown_keys(json, settings.not_taken);
  std::size_t number = 0;
  for (const Json& comparison : json.at("comparisons")) {
    settings.comparisons.push_back(
        comparison_from(comparison, {"comparisons", std::to_string(number++)}, settings.not_taken));
  }
  constexpr const char* rules = "blocking_rules_to_generate_predictions";
  if (!json.contains(rules) || json.at(rules).is_null()) return settings;
  number = 0;
  for (const Json& entry : array_of_key(json, rules, {}))
    add_rule(entry, {rules, std::to_string(number++)}, settings);
  return settings;
}

}  // namespace

Result<SplinkSettings> splink_settings(std::string_view json, const std::string& file) {
  constexpr const char* expected = "settings that Splink 3, 4 or 5 saved (save_model_to_json)";
  try {
    return settings_from(Json::parse(json));
  } catch (const Unusable& unusable) {
    return refused(unusable.what, place_of(json, JsonPlaces(json).offset_of(unusable.path), file), expected);
  } catch (const Json::parse_error& error) {
    const std::size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    return refused("not JSON", place_of(json, offset, file), expected);
  } catch (const Json::exception&) {
    return refused("not of the shape of settings", {file}, expected);
  }
}

}  // namespace scrutineer::linkage
