// Signal 8: one payer, several households. Tier A: what is listed are payment rows that a panel can be
// shown.
//
// Paying for many households is lawful and common: carers, employers, and above all treasurers who collect
// cash and pay it in. So the number alone lists nothing that an honest collection reaches. Two nulls are
// tested, and e is the mean of their e-values and of the product of these, which is valid for both holding
// (signals/register_excess.h):
//
//   size      Given two households, the number of further ones is at most geometric, with the mean that an
//             honest collection may have: Evidence::collected_households, by default 20. The default is that
//             of the honest branch on which the verdict was calibrated (three accounts that pay for one
//             member in twenty of 1,200), fixed before any roll was read. p is the geometric tail: valid for
//             every law that is stochastically smaller.
//   register  Those it pays for are on the register at their address as often as other households like them
//             (signals/register_excess.h): exact, whatever the law of sizes.
//
// p is twice the smaller of the two. e = 0.1 p^-0.9 for each, the calibrator that the verdict uses; e-BH over
// the payers of two or more households. By simulation (tests/signals/spine_signals_test.cc): honest
// treasurers of 14 and of 20 households are listed in none of 300 branches; accounts of 14 households, six in
// ten of which have somebody never on a register there, are.
//
// A payer within one household is never in the family. Payers that the inquiry declares institutional are
// never listed. METHODS.md section 7 (8), 2.8.
//
// Innocent: carer, employer, union, family living apart, collected cash, joint account, a code of the
// payment gateway; people who register less than others (students, tenants, those not entitled).
#ifndef SCRUTINEER_SIGNALS_PAYER_HOUSEHOLDS_H_
#define SCRUTINEER_SIGNALS_PAYER_HOUSEHOLDS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

// Households that an honest collection pays for on average, where the inquiry does not say.
inline constexpr double default_collected_households = 20;

Signal payer_households();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_PAYER_HOUSEHOLDS_H_
