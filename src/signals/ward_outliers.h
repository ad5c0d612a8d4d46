// Signal 26: wards whose turnout or share of votes moved unlike all other wards. Context.
//
// Null: every ward follows one robust line of its logit on the logit before (Theil-Sen), with a scale from
// the median absolute residual; z is compared with all wards, not with normal tails: p = (1 + #{|z| >= own})
// / (1 + wards). Wards with |z| above 3.5 are shown. METHODS.md 4, with the check that London 2022 to 2026
// shows none of 679.
//
// Results of wards say nothing about who voted how. Nothing is listed.
//
// Innocent: a change of candidate or boundary, an opponent who withdrew, a local issue, a postal drive.
#ifndef SCRUTINEER_SIGNALS_WARD_OUTLIERS_H_
#define SCRUTINEER_SIGNALS_WARD_OUTLIERS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal ward_outliers();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_WARD_OUTLIERS_H_
