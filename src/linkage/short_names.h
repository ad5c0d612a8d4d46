// Names of at most sixteen bytes, side by side, so that the letters two of them have in common within
// Jaro-Winkler's window are counted with one comparison of sixteen bytes a letter.
#ifndef SCRUTINEER_LINKAGE_SHORT_NAMES_H_
#define SCRUTINEER_LINKAGE_SHORT_NAMES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "base/text_column.h"
#include "linkage/level_kernels.h"

namespace scrutineer::linkage {

// Jaro's m of two strings of at most sixteen bytes, padded with NULs: characters in common, each within half
// the longer length of its partner.
unsigned common_in_window(const std::array<char, 16>& left, unsigned left_length,
                          const std::array<char, 16>& right, unsigned right_length);

class ShortNames {
 public:
  ShortNames() = default;
  explicit ShortNames(const StringPool& values);

  // True only if two different values are at the level "different" whatever else is looked at: Jaro-Winkler
  // similarity below "weakly similar", neither an initial, and nothing of their sounds in common. False says
  // nothing. The keys are those of values of the pool.
  [[nodiscard]] bool surely_different(const ValueKey& mine, const ValueKey& other) const;

 private:
  std::vector<std::array<char, 16>> texts_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SHORT_NAMES_H_
