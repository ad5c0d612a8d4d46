// Signal 4: days on which more households joined than this branch's own history explains.
//
// Null, with joins elsewhere given: of the joins of a day, here and elsewhere, each is here with a
// probability that moves smoothly (local share over 60 days on either side, the day itself left out) and
// varies from day to day as Beta: y | y + n is beta-binomial. That removes national news, deadlines, payroll
// days and batches keyed centrally. Without it: negative binomial with smooth level, day of the week and the
// weeks before the joining deadline (stats/count_regression.h). Dispersion is fitted robustly and taken at
// its upper bound; never Poisson: 24 joins on a day of mean 1.5 are 6e-21 under Poisson and 1.4e-3 under a
// realistic law (METHODS.md 2.1).
//
// Households, not members, are counted: a family joins together.
//
// The family of tests is the days with at least two households; p is conditional on that, so the selection
// is paid for. e by the mixture calibrator, e-BH over days. The max-type p of the largest day (Sidak over
// the family) is in the notes.
//
// At most the three years before the last join (or the freeze date) are examined.
//
// Innocent: recruitment stall, deadline, campaign or event, forms keyed on one day.
#ifndef SCRUTINEER_SIGNALS_JOIN_BURSTS_H_
#define SCRUTINEER_SIGNALS_JOIN_BURSTS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal join_bursts();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_JOIN_BURSTS_H_
