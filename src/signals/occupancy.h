// Signal 5: addresses with more members than the electors there make likely.
//
// Two nulls, one for each way in which members can crowd an address; e is the mean of their e-values (valid
// under any dependence), p twice the smaller of the two p.
//
// (a) Members among the electors: of the electors at an address the number who are members is beta-binomial,
// share and within-address correlation fitted on ALL addresses of the register. Households join together, so
// the correlation decides the result: eight of eight is 4e-18 under independence and 1.3e-4 with correlation
// 0.3 (METHODS.md 2.4 a). Robust: addresses with more than three such members are left out of the fit and the
// law is truncated there, so that what is judged does not inflate the dispersion; the correlation is then
// taken at its upper 95 % bound. p is conditional on at least two.
//
// (b) Members beyond the electors: given two members at an address who are not on the register there, the
// number of further ones is geometric with a probability learned from the addresses with two to five
// (stats/degree_law.h, whose validity applies).
//
// Family: addresses with at least two members; a part that an address did not reach counts e = 1. e by the
// mixture calibrator; e-BH.
//
// Not judged: an address that names no flat where its building has several units. That is an address written
// short or read badly, never a crowd; such addresses are counted in the notes.
//
// Innocent: shared house, students, large family, hostel or care home, numbers of flats dropped.
#ifndef SCRUTINEER_SIGNALS_OCCUPANCY_H_
#define SCRUTINEER_SIGNALS_OCCUPANCY_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal occupancy();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_OCCUPANCY_H_
