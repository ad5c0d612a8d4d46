// Candidate pairs: those worth comparing in full.
#ifndef SCRUTINEER_LINKAGE_CANDIDATES_H_
#define SCRUTINEER_LINKAGE_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "linkage/diagnostics.h"

namespace scrutineer::linkage {

// A pair as left << 32 | right; sorted and each once. In a table linked with itself left < right.
using PairKey = std::uint64_t;

constexpr PairKey pair_key(std::uint32_t left, std::uint32_t right) {
  return static_cast<PairKey>(left) << 32U | right;
}
constexpr std::uint32_t left_of(PairKey pair) {
  return static_cast<std::uint32_t>(pair >> 32U);
}
constexpr std::uint32_t right_of(PairKey pair) {
  return static_cast<std::uint32_t>(pair);
}

struct Candidates {
  std::vector<PairKey> pairs;
  std::vector<BlockReport> blocks;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_CANDIDATES_H_
