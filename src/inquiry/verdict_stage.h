// The last link of the chain: could what was found have changed the result, and do the confirmed
// irregularities hang together?
#ifndef SCRUTINEER_INQUIRY_VERDICT_STAGE_H_
#define SCRUTINEER_INQUIRY_VERDICT_STAGE_H_

#include "inquiry/audit.h"

namespace scrutineer::inquiry {

// Fills audit.outcome.impact and audit.outcome.verdict from the margins, the findings attached to members and
// the linkage test.
void run_verdict_stage(Audit& audit);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_VERDICT_STAGE_H_
