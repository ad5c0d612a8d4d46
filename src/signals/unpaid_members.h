// Signal 9: eligible members for whom no payment is recorded.
//
// Null: the share of such members is that of the other branches (branch_rates.h), where their rates are
// given. Without them nothing is tested: the count is shown, each such member's record needs updating, and
// nothing is listed.
//
// Tier A: what is shown are ledger rows, or their absence.
//
// Innocent: concession, arrears, paid in cash and not entered, direct debit under an old number, migrated
// ledger.
#ifndef SCRUTINEER_SIGNALS_UNPAID_MEMBERS_H_
#define SCRUTINEER_SIGNALS_UNPAID_MEMBERS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal unpaid_members();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_UNPAID_MEMBERS_H_
