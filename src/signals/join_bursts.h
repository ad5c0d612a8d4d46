// Signal 4: days on which many joined, and whose people are not on the register as others are.
//
// Recruitment stalls, deadlines and events make days on which many join; they are how a lawful branch grows.
// So a large day alone lists nothing that a stall reaches. Two nulls are tested, and e is the mean of their
// e-values and of the product of these, valid for both holding (signals/register_excess.h):
//
//   size      Households joining on a day are the branch's own rate, and on a few days a stall besides.
//             The rate, with joins elsewhere given: of the joins of a day, here and elsewhere, each is here
//             with a probability that moves smoothly (local share over 60 days on either side, the day itself
//             left out) and varies from day to day as Beta: y | y + n is beta-binomial. That removes national
//             news, deadlines, payroll days and batches keyed centrally. Without it: negative binomial with
//             smooth level, day of the week and the weeks before the joining deadline
//             (stats/count_regression.h). Dispersion is fitted robustly and taken at its upper bound; never
//             Poisson: 24 joins on a day of mean 1.5 are 6e-21 under Poisson and 1.4e-3 under a realistic law
//             (METHODS.md 2.1). Stalls: a day has one with probability 1.5 %, and it brings a geometric
//             number of households with a mean of 1.5 % of the list's. Both are those of the honest branch on
//             which the verdict was calibrated (eleven stall days in two years, up to eighteen of 1,200
//             members each), fixed before any roll was read.
//   register  Those who joined on the day are on the register at their address as often as other households
//             like them (signals/register_excess.h): exact, whatever brought them.
//
// Households, not members, are counted: a family joins together.
//
// The family of tests is the days with at least two households; the size p is conditional on that, so the
// selection is paid for. p is twice the smaller of the two, e = 0.1 p^-0.9 for each; e-BH over days. The
// max-type p of the largest day (Sidak over the family) is in the notes.
//
// At most the three years before the last join (or the freeze date) are examined.
//
// Innocent: recruitment stall, deadline, campaign or event, forms keyed on one day; people who register less
// than others.
#ifndef SCRUTINEER_SIGNALS_JOIN_BURSTS_H_
#define SCRUTINEER_SIGNALS_JOIN_BURSTS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal join_bursts();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_JOIN_BURSTS_H_
