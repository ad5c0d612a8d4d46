// Signal 11: members who are off the register on neighbouring form numbers.
//
// Null: within a quarter-year of joining, which household is off the register has nothing to do with the
// number of its form: labels are permuted between households of one quarter (stats/permutation.h).
// Off-register shares change with time, so the strata matter.
//
// Statistic: pairs of neighbours in the order of form numbers that are both off the register. e: soft-rank e
// of exp(z); p: permutation. The exact runs test of Wald and Wolfowitz, without strata, is in the notes for
// comparison.
//
// Neighbours are neighbours in the order of the numbers at hand, at most ten numbers apart.
//
// Innocent: forms handed out in pads by one helper, a block of flats canvassed together, forms renumbered
// centrally.
#ifndef SCRUTINEER_SIGNALS_FORM_RUNS_H_
#define SCRUTINEER_SIGNALS_FORM_RUNS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal form_runs();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_FORM_RUNS_H_
