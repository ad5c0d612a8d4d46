// Forename and family name turned about are one event, not two: where one of the names is found among the
// other names, so is the other, nearly always. Taken as two, the evidence for a person whose names are
// swapped falls short by all of the second.
#ifndef SCRUTINEER_LINKAGE_SWAPPED_NAMES_H_
#define SCRUTINEER_LINKAGE_SWAPPED_NAMES_H_

#include <span>
#include <vector>

#include "linkage/chance.h"
#include "linkage/comparison.h"
#include "linkage/model.h"

namespace scrutineer::linkage {

// Adds to the dependences, for pairs with both names at the level "among the other names",
//   log2(P(family name there | forename there, one person) / m of that level),
// the probability being counted among `matches` by their own, with one pair for and one against. Nothing
// where there are not both names.
void add_swapped_names(std::span<const Chance::Match> matches, std::span<const Compared> compared,
                       std::span<const std::vector<double>> m, std::vector<Dependence>& dependences);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_SWAPPED_NAMES_H_
