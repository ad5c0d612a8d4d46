#include "linkage/model.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "linkage/levels.h"

namespace scrutineer::linkage {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "scrutineer linkage model";
constexpr int format_version = 1;

constexpr auto role_names =
    std::to_array<std::pair<Role, std::string_view>>({{Role::given_name, "given_name"},
                                                      {Role::middle_name, "middle_name"},
                                                      {Role::family_name, "family_name"},
                                                      {Role::full_name, "full_name"},
                                                      {Role::date, "date"},
                                                      {Role::code, "code"},
                                                      {Role::number, "number"},
                                                      {Role::text, "text"},
                                                      {Role::category, "category"},
                                                      {Role::email, "email"},
                                                      {Role::exact, "exact"}});

// What makes a model unusable is thrown inside this file and becomes an Error at its one entrance.
struct Unusable {
  std::string what;
};

const Json& member(const Json& object, const char* key) {
  if (!object.is_object() || !object.contains(key)) throw Unusable{std::string("\"") + key + "\" is missing"};
  return object.at(key);
}

double probability(const Json& value, const std::string& what) {
  if (!value.is_number()) throw Unusable{what + " is not a number"};
  const auto number = value.get<double>();
  if (!(number > 0 && number <= 1)) throw Unusable{what + " is not a probability above 0"};
  return number;
}

std::string text(const Json& value, const std::string& what) {
  if (!value.is_string()) throw Unusable{what + " is not text"};
  return value.get<std::string>();
}

FieldModel field_from(const Json& json) {
  FieldModel field;
  field.name = text(member(json, "field"), "\"field\"");
  const std::string role = text(member(json, "role"), "\"role\"");
  const auto known = role_of(role);
  if (!known) throw Unusable{"no role is called \"" + role + "\""};
  field.role = *known;
  const Json& levels = member(json, "levels");
  if (!levels.is_array() || levels.empty() || levels.size() >= most_levels) {
    throw Unusable{"field \"" + field.name + "\" has no levels, or too many"};
  }
  field.levels.emplace_back("missing");
  field.m.push_back(0);
  field.u.push_back(0);
  for (const Json& level : levels) {
    field.levels.push_back(text(member(level, "level"), "\"level\""));
    field.m.push_back(probability(member(level, "m"), "m of field \"" + field.name + "\""));
    field.u.push_back(probability(member(level, "u"), "u of field \"" + field.name + "\""));
  }
  return field;
}

std::uint32_t field_number(const Json& json, const char* key, std::size_t fields) {
  const Json& value = member(json, key);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() >= fields) {
    throw Unusable{std::string("\"") + key + "\" of a dependence is not the number of a field"};
  }
  return value.get<std::uint32_t>();
}

Dependence dependence_from(const Json& json, const Model& model) {
  Dependence edge;
  edge.first = field_number(json, "first", model.fields.size());
  edge.second = field_number(json, "second", model.fields.size());
  const Json& weights = member(json, "weights");
  const std::size_t wanted = model.fields[edge.first].levels.size() * model.fields[edge.second].levels.size();
  if (!weights.is_array() || weights.size() != wanted)
    throw Unusable{"a dependence has the wrong number of weights"};
  constexpr Weight greatest = 100 * weight_scale;
  for (const Json& weight : weights) {
    if (!weight.is_number_integer()) throw Unusable{"a weight of a dependence is not an integer"};
    const auto number = weight.get<std::int64_t>();
    if (number > greatest || number < -greatest) throw Unusable{"a weight of a dependence is out of range"};
    edge.weights.push_back(static_cast<Weight>(number));
  }
  return edge;
}

Model model_from(const Json& json) {
  if (text(member(json, "format"), "\"format\"") != format_name) throw Unusable{"this is no linkage model"};
  if (member(json, "version") != format_version) throw Unusable{"the model has a version that is not known"};
  Model model;
  model.prior = probability(member(json, "prior"), "the prior");
  if (model.prior >= 1) throw Unusable{"the prior is not below 1"};
  const Json& fields = member(json, "fields");
  if (!fields.is_array() || fields.empty() || fields.size() > most_fields)
    throw Unusable{"no fields, or too many"};
  for (const Json& field : fields) model.fields.push_back(field_from(field));
  const Json& dependences = member(json, "dependences");
  if (!dependences.is_array()) throw Unusable{"\"dependences\" is not a list"};
  for (const Json& edge : dependences) model.dependences.push_back(dependence_from(edge, model));
  return model;
}

}  // namespace

std::string_view to_string(Role role) {
  for (const auto& [known, name] : role_names) {
    if (known == role) return name;
  }
  return "exact";
}

std::optional<Role> role_of(std::string_view name) {
  for (const auto& [role, known] : role_names) {
    if (known == name) return role;
  }
  return std::nullopt;
}

std::string to_json(const Model& model) {
  Json json;
  json["format"] = format_name;
  json["version"] = format_version;
  json["prior"] = model.prior;
  json["fields"] = Json::array();
  for (const FieldModel& field : model.fields) {
    Json levels = Json::array();
    for (std::size_t level = 1; level < field.levels.size(); ++level) {
      levels.push_back({{"level", field.levels[level]}, {"m", field.m[level]}, {"u", field.u[level]}});
    }
    json["fields"].push_back(
        {{"field", field.name}, {"role", to_string(field.role)}, {"levels", std::move(levels)}});
  }
  json["dependences"] = Json::array();
  for (const Dependence& edge : model.dependences) {
    json["dependences"].push_back(
        {{"first", edge.first}, {"second", edge.second}, {"weights", edge.weights}});
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Model> model_from_json(std::string_view text, const std::string& file) {
  try {
    return model_from(Json::parse(text));
  } catch (const Unusable& unusable) {
    return refused(unusable.what, {file}, "a model that --model saved");
  } catch (const Json::exception&) {
    return refused("not JSON", {file}, "a model that --model saved");
  }
}

}  // namespace scrutineer::linkage
