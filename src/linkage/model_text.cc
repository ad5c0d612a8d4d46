#include "linkage/model_text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"

namespace scrutineer::linkage {
namespace {

template <typename... Values>
std::string formatted(const char* format, Values... values) {
  char line[160];
  const int size = std::snprintf(line, sizeof(line), format, values...);
  return {line, static_cast<std::size_t>(std::clamp(size, 0, static_cast<int>(sizeof(line)) - 1))};
}

}  // namespace

std::string to_text(const Model& model) {
  std::string text = formatted("prior: one pair in %.0f is one person (%.1f bits)\n", 1.0 / model.prior,
                               std::log2(model.prior / (1 - model.prior)));
  text += formatted("%-16s %-28s %9s %9s %8s\n", "field", "level", "m", "u", "weight");
  for (const FieldModel& field : model.fields) {
    for (std::size_t level = 1; level < field.levels.size(); ++level) {
      text +=
          formatted("%-16s %-28s %9.5f %9.2g %+8.2f\n", level == 1 ? printable(field.name, 16).c_str() : "",
                    printable(field.levels[level], 28).c_str(), field.m[level], field.u[level],
                    std::log2(field.m[level] / field.u[level]));
    }
  }
  for (const Dependence& edge : model.dependences) {
    const auto greatest =
        std::max_element(edge.weights.begin(), edge.weights.end(),
                         [](Weight one, Weight other) { return std::abs(one) < std::abs(other); });
    if (greatest == edge.weights.end() || *greatest == 0) continue;
    const FieldModel& first = model.fields[edge.first];
    const FieldModel& second = model.fields[edge.second];
    const auto at = static_cast<std::size_t>(greatest - edge.weights.begin());
    text += formatted("together: %s %s with %s %s: %+.2f bits\n", printable(first.name, 16).c_str(),
                      printable(first.levels[at / second.levels.size()], 28).c_str(),
                      printable(second.name, 16).c_str(),
                      printable(second.levels[at % second.levels.size()], 28).c_str(),
                      static_cast<double>(*greatest) / weight_scale);
  }
  return text;
}

}  // namespace scrutineer::linkage
