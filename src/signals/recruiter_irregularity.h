// Signal 13: recruiters whose people were found irregular at the door more often than others'.
//
// Null: within a ward, which of the visited households are irregular has nothing to do with who recruited
// them: the recruiter's irregular households are a sum of hypergeometric counts over wards (the exact
// Mantel-Haenszel test, stats/hypergeometric.h). Strictly irregular alone counts (denied in person, or not
// known and never on a register there; moved never does), households collapsed, random arm where there is
// one. e by the mixture calibrator, e-BH over recruiters with at least three answered households.
//
// Somebody who only recruits a great deal is never listed: the number recruited is given, not tested.
//
// Innocent: a patch with many moves, students, uneven visiting, enrolment that was careless and not planned.
#ifndef SCRUTINEER_SIGNALS_RECRUITER_IRREGULARITY_H_
#define SCRUTINEER_SIGNALS_RECRUITER_IRREGULARITY_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal recruiter_irregularity();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_RECRUITER_IRREGULARITY_H_
