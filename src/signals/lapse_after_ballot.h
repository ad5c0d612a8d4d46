// Signal 23: do those who joined shortly before the deadline lapse sooner after the ballot than the others?
// Context.
//
// Null: within a ward, leaving after the ballot has nothing to do with having joined in the 183 days before
// the last day to join in time. Households, one member each.
//
// Statistic: the log-rank z of late joiners (stats/log_rank.h) from the ballot to the date of the roll; p by
// permuting the labels within wards; e: soft-rank e of exp(z).
//
// New members lapse more than old ones everywhere, so a small p is no evidence against anyone: without the
// same months' joiners of other branches this is context, and nothing is listed.
//
// Innocent: single-issue joiners, first-year members lapse more everywhere, a card that expired.
#ifndef SCRUTINEER_SIGNALS_LAPSE_AFTER_BALLOT_H_
#define SCRUTINEER_SIGNALS_LAPSE_AFTER_BALLOT_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal lapse_after_ballot();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_LAPSE_AFTER_BALLOT_H_
