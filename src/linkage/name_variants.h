// Forenames that one person uses for another: nicknames, short forms, abbreviations.
//
// A small table of groups, written for this project from general knowledge (no licence to carry). Being in
// one group is a level of comparison whose weight is learned; it is never a match by itself.
#ifndef SCRUTINEER_LINKAGE_NAME_VARIANTS_H_
#define SCRUTINEER_LINKAGE_NAME_VARIANTS_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace scrutineer::linkage {

// The groups that a name belongs to, at most three, 0 where there are fewer ("alex" is Alexander and
// Alexandra).
using VariantGroups = std::array<std::uint16_t, 3>;

VariantGroups variant_groups(std::string_view lower_case_name);

// True if the two have a group in common.
inline bool share_variant_group(const VariantGroups& left, const VariantGroups& right) {
  if (left[0] == 0 || right[0] == 0) return false;
  for (const std::uint16_t mine : left) {
    if (mine == 0) break;
    for (const std::uint16_t other : right) {
      if (mine == other) return true;
    }
  }
  return false;
}

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_NAME_VARIANTS_H_
