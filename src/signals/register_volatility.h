// Signal 27: does the register here swell before elections and shrink after them more than elsewhere?
// Context.
//
// (i) Superposed epochs. x is the change of the logarithm of electors between two snapshots. The contrast is
// the mean of x over intervals that end in the 183 days before an election minus the mean over those that
// end in the 183 days after.
//
// Null: this area is one more of all areas: p = (1 + #{contrast >= own}) / (1 + others).
//
// (ii) Survival of late additions.
//
// Null: entries added in the 56 days before an election are removed with the same hazard as others
// (log-rank, stats/log_rank.h; the z is given, without p, since entries of one house are removed together).
//
// Registration peaks before every deadline: nothing is listed. METHODS.md 4.
//
// Innocent: deadline drives, a mobile population, the cycle of the annual canvass.
#ifndef SCRUTINEER_SIGNALS_REGISTER_VOLATILITY_H_
#define SCRUTINEER_SIGNALS_REGISTER_VOLATILITY_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal register_volatility();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_REGISTER_VOLATILITY_H_
