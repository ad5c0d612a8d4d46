#include "linkage/swapped_names.h"

#include <algorithm>
#include <optional>

#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

std::optional<std::uint32_t> name_field(std::span<const Compared> compared, Role role) {
  for (std::uint32_t at = 0; at < compared.size(); ++at) {
    if (compared[at].role == role && compared[at].kind == Kind::name) return at;
  }
  return std::nullopt;
}

}  // namespace

void add_swapped_names(std::span<const Chance::Match> matches, std::span<const Compared> compared,
                       std::span<const std::vector<double>> m, std::vector<Dependence>& dependences) {
  const auto given = name_field(compared, Role::given_name);
  const auto family = name_field(compared, Role::family_name);
  if (!given || !family) return;
  double one = 2;
  double both = 1;
  for (const Chance::Match& match : matches) {
    if (level_in(match.pattern, *given) != name_level::elsewhere) continue;
    one += match.probability;
    if (level_in(match.pattern, *family) == name_level::elsewhere) both += match.probability;
  }
  const Weight weight = to_weight(both / one / m[*family][name_level::elsewhere]);
  if (weight <= 0) return;
  const std::uint32_t first = std::min(*given, *family);
  const std::uint32_t second = std::max(*given, *family);
  const std::size_t levels = levels_of(Kind::name).size();
  auto edge = std::find_if(dependences.begin(), dependences.end(), [&](const Dependence& known) {
    return known.first == first && known.second == second;
  });
  if (edge == dependences.end()) {
    dependences.push_back({first, second, std::vector<Weight>(levels * levels, 0)});
    edge = dependences.end() - 1;
  }
  edge->weights[name_level::elsewhere * levels + name_level::elsewhere] += weight;
}

}  // namespace scrutineer::linkage
