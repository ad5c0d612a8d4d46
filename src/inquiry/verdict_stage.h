// The last link of the chain: do the confirmed irregularities hang together?
#ifndef SCRUTINEER_INQUIRY_VERDICT_STAGE_H_
#define SCRUTINEER_INQUIRY_VERDICT_STAGE_H_

#include "inquiry/audit.h"

namespace scrutineer::inquiry {

// Fills audit.outcome.verdict from the linkage test and, among its reasons, the order of knowing.
void run_verdict_stage(const impact::VerdictSettings& settings, Audit& audit);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_VERDICT_STAGE_H_
