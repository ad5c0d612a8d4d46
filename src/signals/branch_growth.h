// Signal 20: growth of this branch against all others. Context.
//
// Null: this branch is one more of all branches. g is the logarithm of the ratio of members in the last two
// years that this branch has; its variance is 1 / n0 + 1 / n1 + tau^2, tau^2 the between-branch variance by
// the method of moments on the other branches (DerSimonian & Laird, Controlled Clinical Trials 7, 1986). p
// is the rank of z among all branches, (1 + #{z >= own}) / (1 + L): no law of z is assumed. METHODS.md 2.7.
//
// A branch that was chosen because it grew is the largest of many: a p of 1 / (1 + L) is then expected. So
// nothing is listed, and the note says it.
//
// Innocent: a local issue, a by-election or a selection, a merger of branches.
#ifndef SCRUTINEER_SIGNALS_BRANCH_GROWTH_H_
#define SCRUTINEER_SIGNALS_BRANCH_GROWTH_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal branch_growth();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_BRANCH_GROWTH_H_
