// Signal 14: do a recruiter's people live nearer to each other than chance within wards? Context.
//
// Null: within a ward, who recruited whom has nothing to do with where they live: recruiter labels are
// permuted between households of one ward (stats/permutation.h).
//
// Statistic: minus the mean distance of a recruiter's households from their centre, weighted by households,
// over recruiters with at least three. p: permutation.
//
// Neighbours recruit neighbours: a small p is what an honest branch gives too. Therefore nothing is listed
// and nobody is named; maps of single addresses are for those who may see addresses.
//
// Innocent: neighbours recruit neighbours, one block of flats, one stall.
#ifndef SCRUTINEER_SIGNALS_RECRUIT_DISTANCE_H_
#define SCRUTINEER_SIGNALS_RECRUIT_DISTANCE_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal recruit_distance();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_RECRUIT_DISTANCE_H_
