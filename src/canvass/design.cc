#include "canvass/design.h"

#include <array>

namespace scrutineer::canvass {
namespace {

constexpr std::array<std::string_view, design_count> names = {"simple", "stratified", "weighted",
                                                              "strip-and-sample"};

}  // namespace

std::string_view to_string(Design design) {
  return names[static_cast<std::size_t>(design)];
}

std::optional<Design> design_of(std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == text) return static_cast<Design>(i);
  return std::nullopt;
}

}  // namespace scrutineer::canvass
