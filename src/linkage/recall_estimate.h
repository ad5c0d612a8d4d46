// How many of the pairs that are one person the candidates hold, estimated before anything is scored, by
// capture and recapture (Chapman 1951; for record linkage Ding and Fienberg 1994).
//
// A pass is an exact key of two fields of which at least one is a person's own (forename, date, e-mail). What
// it captures, less what chance would bring (all pairs x the two fields' chances of agreeing), is taken for
// pairs of one person. Two passes without a field in common recapture each other:
//   people = (n1 + 1)(n2 + 1) / (n12 + 1) - 1
// and the median over such pairs of passes is the number of pairs there are. It is a lower bound: a person
// whose entries lack values, or differ in all of them, is in no pass, so that every recall told is an upper
// bound.
#ifndef SCRUTINEER_LINKAGE_RECALL_ESTIMATE_H_
#define SCRUTINEER_LINKAGE_RECALL_ESTIMATE_H_

#include <cstdint>
#include <span>

#include "linkage/candidates.h"
#include "linkage/comparison.h"
#include "linkage/diagnostics.h"

namespace scrutineer::linkage {

// `pairs` ascending. Passes with too little in them (fewer than 30 pairs beyond chance) are left out; without
// two passes that share no field nothing is estimated of the whole.
RecallEstimate estimate_recall(const Comparison& comparison, std::span<const PairKey> pairs,
                               unsigned threads);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_RECALL_ESTIMATE_H_
