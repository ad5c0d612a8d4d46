// What was learned: enough to score further pairs of the same kind, and to be read by a human.
#ifndef SCRUTINEER_LINKAGE_MODEL_H_
#define SCRUTINEER_LINKAGE_MODEL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/linkage.h"

namespace scrutineer::linkage {

// The probabilities of one field's levels. Index 0 is the level "missing", which carries no evidence.
struct FieldModel {
  std::string name;
  Role role = Role::exact;
  std::vector<std::string> levels;
  std::vector<double> m;  // P(level | one person); each group of levels (see levels.h) sums to 1
  std::vector<double> u;  // P(level | two people), over all values
};

// Dependence of two fields among pairs of different people (Chow and Liu, 1968): `weights[a * levels of
// second + b]` is added where the first field stands at level a and the second at level b.
struct Dependence {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::vector<Weight> weights;
};

struct Model {
  double prior = 0;  // P(a pair drawn from all pairs is one person)
  std::vector<FieldModel> fields;
  std::vector<Dependence> dependences;
  [[nodiscard]] bool empty() const { return fields.empty(); }
};

// "given_name" and so on; the names are written into models and must not change.
std::string_view to_string(Role role);
std::optional<Role> role_of(std::string_view name);

// JSON text, with a version number; numbers are written so that they read back exactly.
std::string to_json(const Model& model);
// Refused, with the place, if the text is not such a model; `file` is named in messages.
Result<Model> model_from_json(std::string_view text, const std::string& file);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_MODEL_H_
