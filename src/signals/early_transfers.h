// Signal 21: members who joined elsewhere and were transferred in within six months, their address
// unchanged.
//
// Null: the share of such members is that of the other branches: beta-binomial (branch_rates.h), where their
// rates are given. Without them the rows are shown and nothing is tested.
//
// A transfer with a change of address is a move and is not counted; where it is not known whether the
// address changed, the member is counted and the note says how many those are.
//
// Innocent: a real move entered late, a change of boundaries, a correction of the branch.
#ifndef SCRUTINEER_SIGNALS_EARLY_TRANSFERS_H_
#define SCRUTINEER_SIGNALS_EARLY_TRANSFERS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal early_transfers();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_EARLY_TRANSFERS_H_
