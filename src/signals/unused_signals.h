// Signals 7, 16, 17 and 28: what is computed, at most, only to show that it is not used. Weight 0: no p, no
// e, nothing listed, nobody named.
//
// 7, different family names at one address: never computed. In many naming traditions the members of one
// family bear different names, so the rule measures origin (METHODS.md 2.5, 6.1). Signals see no name, so
// they could not.
//
// 16, nobody met after several visits: counted. It enters the certificate as the worst case, never as guilt.
//
// 17, same name as a listed person: observed against expected coincidences (METHODS.md 1.2, formula 3),
// computed by the matcher; without date of birth and address a handful is exactly what chance gives.
//
// 28, last digits: Pearson's chi-squared of the last digits of result counts of at least 100. Shown because
// it fires on clean elections (the winner of London 2016: 20.1 on 9 degrees, p = 0.018), which is the reason
// why it is not used.
#ifndef SCRUTINEER_SIGNALS_UNUSED_SIGNALS_H_
#define SCRUTINEER_SIGNALS_UNUSED_SIGNALS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal surname_heterogeneity();
Signal non_contact();
Signal listed_names();
Signal last_digits();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_UNUSED_SIGNALS_H_
