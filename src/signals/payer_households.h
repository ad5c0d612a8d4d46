// Signal 8: one payer, several households. Tier A: what is listed are payment rows that a panel can be
// shown.
//
// Null: the degree law of the data's own payers. Paying for a second household is common (a carer, grown-up
// children away, an employer, a treasurer who collects cash); given two, the number goes on geometrically
// with a probability learned from the payers of two to six households alone, so that a few very large payers
// cannot vouch for each other (stats/degree_law.h, whose validity applies). p is conditional on at least two
// households: the family tested is the payers that reached two, and selecting on that is paid for in p. e by
// the mixture calibrator; e-BH over the family.
//
// A payer within one household is never in the family. Payers that the inquiry declares institutional are
// never listed.
//
// METHODS.md section 7 (8), 2.8.
//
// Innocent: carer, employer, union, family living apart, collected cash, joint account, a code of the
// payment gateway.
#ifndef SCRUTINEER_SIGNALS_PAYER_HOUSEHOLDS_H_
#define SCRUTINEER_SIGNALS_PAYER_HOUSEHOLDS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal payer_households();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_PAYER_HOUSEHOLDS_H_
