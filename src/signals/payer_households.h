// Signal 8: one payer, several households. Tier A: what is listed are payment rows that a panel can be
// shown.
//
// Null: the degree law of the data's own payers. Paying for a second household is common (a carer, grown-up
// children away, an employer, a treasurer who collects cash); given two, the number goes on geometrically
// with a probability learned from the payers of two to eight households alone, so that a few very large
// payers cannot vouch for each other (stats/degree_law.h, whose validity applies). The prior is Beta(8, 24):
// as if 32 decisions to go on had been seen, one in four of them "yes"; the roll's own payers outweigh it as
// they grow in number.
//
// p is conditional on at least two households: the family tested is the payers that reached two, and
// selecting on that is paid for in p. e = 0.1 p^-0.9, the calibrator that VERDICT.md section 1 fixed
// beforehand; e-BH over the family. By simulation: beside three treasurers of six households and twelve
// carers, three accounts of twelve households are listed, or two of thirteen, or one of fourteen; an honest
// branch whose payers go on with probability 0.45 has one listed in fewer than 1 branch in 100
// (tests/signals/spine_signals_test.cc).
//
// A payer within one household is never in the family. Payers that the inquiry declares institutional are
// never listed. METHODS.md section 7 (8), 2.8.
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
