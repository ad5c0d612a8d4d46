// Signal 2: members who were on no register snapshot at the address they gave.
//
// Null and test: as signal 1 (rate_against_range.h), against the range of rates of people who live at an
// address and are never registered there. Without a range in the inquiry file 5 to 18 % is used: 18 % of
// eligible inner Londoners are unregistered, 5 % where registers are most complete (METHODS.md section 0).
//
// It needs snapshots that span at least a year: a single register cannot tell "never" from "not now". A
// member who joined from the address after the last snapshot cannot be judged and is left out.
//
// Innocent: lodger, family home, new building, registered elsewhere as of right (student), archive
// incomplete.
#ifndef SCRUTINEER_SIGNALS_NEVER_REGISTERED_H_
#define SCRUTINEER_SIGNALS_NEVER_REGISTERED_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal never_registered();
BaseRate default_never_registered_rate();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_NEVER_REGISTERED_H_
