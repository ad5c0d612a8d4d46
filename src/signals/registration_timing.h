// Signal 3: entries of the register made about the time of joining.
//
// Null: given ward and half-year of joining, which member joined when has nothing to do with when their
// register entry was made. The dates of joining are permuted between households within ward and half-year
// (stats/permutation.h).
//
// Statistic: number of households whose entry was made within 30 days of joining. e: soft-rank e of exp(z),
// fixed beforehand; p: permutation.
//
// It takes the date of the register entry. A register that was loaded in bulk on one day makes the test
// weak, not wrong: the permutation keeps the days.
//
// Innocent: joined and registered at one stall, a move that prompted both, a registration drive.
#ifndef SCRUTINEER_SIGNALS_REGISTRATION_TIMING_H_
#define SCRUTINEER_SIGNALS_REGISTRATION_TIMING_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal registration_timing();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_REGISTRATION_TIMING_H_
