// Signal 1: members who are not on the newest electoral register at the address they gave.
//
// Null: an honest range of base rates. People move (about 9.5 % a year out of an inner-London borough and
// 5.3 % inside it) and many eligible people are not registered at all, so without a range in the inquiry
// file 9 to 15 % is used (METHODS.md section 0, the two sides' own arithmetic). The e-value is against the
// UPPER end: the verdict on 149 of 1,217 flips inside this range. See rate_against_range.h for the test and
// its validity.
//
// A count alone cannot tell accident from co-ordination, and the text says so. One member gets at most
// "Record needs updating." Members whose status is unclear are in no denominator.
//
// Innocent: moved, unregistered tenant, not a citizen, just come of age, spelling, old snapshot, address not
// read.
#ifndef SCRUTINEER_SIGNALS_OFF_REGISTER_H_
#define SCRUTINEER_SIGNALS_OFF_REGISTER_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal off_register();

// The range used where the inquiry gives none.
BaseRate default_off_register_rate();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_OFF_REGISTER_H_
