// Optimal string alignment: the number of single-character insertions, deletions, substitutions and swaps of
// neighbours that turn one string into another, no character touched twice.
#ifndef SCRUTINEER_LINKAGE_EDIT_DISTANCE_H_
#define SCRUTINEER_LINKAGE_EDIT_DISTANCE_H_

#include <cstddef>
#include <string_view>

namespace scrutineer::linkage {

// Bit-parallel where the shorter string has at most 64 bytes (Hyyro 2003, "A bit-vector algorithm for
// computing Levenshtein and Damerau edit distances", Nordic J. Computing 10, figure 5); else the textbook's
// three rows.
std::size_t osa_distance(std::string_view left, std::string_view right);

// osa_distance(left, right) <= 1, in one pass over the strings.
bool within_one_edit(std::string_view left, std::string_view right);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_EDIT_DISTANCE_H_
