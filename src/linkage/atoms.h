// The atoms of a value: the pieces by which rows that may be one person can find each other (RECIPE of
// doc/linkage.md: name words, their Soundex and trigrams; dates and their parts; codes and their parts;
// words).
#ifndef SCRUTINEER_LINKAGE_ATOMS_H_
#define SCRUTINEER_LINKAGE_ATOMS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "linkage/linkage.h"

namespace scrutineer::linkage {

// Appends the atoms of a folded value as 64-bit hashes. Names share one name space, and so do texts, so that
// swapped columns meet; other fields have each their own (`field`). Categories have no atoms.
void add_atoms(Role role, std::size_t field, std::string_view folded_value,
               std::vector<std::uint64_t>& atoms);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_ATOMS_H_
