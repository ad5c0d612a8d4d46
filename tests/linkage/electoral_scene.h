// A made-up register and a list of members drawn from it, with known truth: families that share a surname,
// fathers and sons, couples with like initials, movers, members who are on no register, and the usual errors.
#ifndef SCRUTINEER_TESTS_LINKAGE_ELECTORAL_SCENE_H_
#define SCRUTINEER_TESTS_LINKAGE_ELECTORAL_SCENE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/text_column.h"

namespace scrutineer::tests {

struct SceneTable {
  TextColumn given, middle, family, sex, number, street, postcode, unit, building;
  [[nodiscard]] std::size_t rows() const { return given.size(); }
};

struct ElectoralScene {
  static constexpr std::uint32_t nobody = 0xFFFFFFFFU;
  SceneTable members;
  SceneTable electors;                    // no birth dates, as a UK register
  std::vector<std::uint32_t> at_address;  // per member: their row at the address given, or nobody
  std::vector<std::uint32_t> anywhere;    // per member: their row anywhere, or nobody
};

// About `electors` electors and exactly `members` members: of ten, eight at their address, one registered
// elsewhere, one not registered. The same for the same seed.
ElectoralScene electoral_scene(std::size_t electors, std::size_t members, std::uint64_t seed);

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_LINKAGE_ELECTORAL_SCENE_H_
