// Signal 5: addresses with more members than the electors there make likely.
//
// Null: of the people known at an address (its electors on the newest register, and members who give it but
// are not on the register there) the number of members is beta-binomial, with share and within-address
// correlation fitted on ALL addresses of the register, members or not. Households join together, so the
// correlation decides the result: eight of eight is 4e-18 under independence and 1.3e-4 with correlation 0.3
// (METHODS.md 2.4 a). Robust: addresses with more than three members are left out of the fit and the law
// truncated there, so that what is judged does not inflate the dispersion; the correlation is then taken at
// its upper 95 % bound. Family: addresses with at least two members; p conditional on that. e by the mixture
// calibrator; e-BH. Not judged: an address that names no flat where its building has several units. That is
// an address written short or read badly, never a crowd; such addresses are counted in the notes. Innocent:
// shared house, students, large family, hostel or care home, numbers of flats dropped.
#ifndef SCRUTINEER_SIGNALS_OCCUPANCY_H_
#define SCRUTINEER_SIGNALS_OCCUPANCY_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal occupancy();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_OCCUPANCY_H_
