// Signal 12: how far recruiting is concentrated. Context alone: an energetic recruiter is normal, and in
// every healthy branch a few people bring in most members. There is no null, no p and no e here, nothing is
// ever listed, and the subject is the roll, not the recruiter. What can tell is whether CONFIRMED
// irregularity concentrates in one recruiter's people (signals 13 and 25).
//
// Computed: the largest share, and the Herfindahl-Hirschman index sum s_i^2 of the shares (1 / it is the
// number of equal recruiters that would be as concentrated).
//
// METHODS.md section 7 (12).
#ifndef SCRUTINEER_SIGNALS_RECRUITER_CONCENTRATION_H_
#define SCRUTINEER_SIGNALS_RECRUITER_CONCENTRATION_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal recruiter_concentration();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_RECRUITER_CONCENTRATION_H_
