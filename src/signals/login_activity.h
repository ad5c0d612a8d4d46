// Signal 22: days on which one login changed far more records than on its other days. Tier A: log lines.
//
// Null: a login's changes on a day are negative binomial, and a day without any leaves no line, so that those
// of the days on which it works are that law given at least one change; mean and dispersion fitted on its own
// days under the law truncated at both ends (stats/negative_binomial.h, fit_positive_counts). Family: days of
// logins with at least 20 active days; p is the upper tail given at least one change; e by the mixture
// calibrator; e-BH over the family.
//
// Work outside office hours (before 7 or from 20 o'clock) is counted in the notes and not tested.
//
// Innocent: a shared login, a data project or an import, a clock in another zone, a deadline.
#ifndef SCRUTINEER_SIGNALS_LOGIN_ACTIVITY_H_
#define SCRUTINEER_SIGNALS_LOGIN_ACTIVITY_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal login_activity();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_LOGIN_ACTIVITY_H_
