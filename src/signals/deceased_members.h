// Signal 19: members who may be deceased, and renewals after a death.
//
// Null: coincidence. E matches as good as this one are expected between the roll and the list of deaths
// (METHODS.md 1.2, formula 3, computed by the matcher); p = min(1, E) by Markov; e by the mixture
// calibrator; e-BH over matches.
//
// Tier A only after a person has looked at both rows; until then the strongest wording is that the record
// needs updating, and for a payment or a joining after the death rung 2.
//
// Innocent: a namesake, a direct debit that ran on, a partner who pays under the same number, a late notice.
#ifndef SCRUTINEER_SIGNALS_DECEASED_MEMBERS_H_
#define SCRUTINEER_SIGNALS_DECEASED_MEMBERS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal deceased_members();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_DECEASED_MEMBERS_H_
