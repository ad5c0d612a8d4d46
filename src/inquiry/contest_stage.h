// The contest of an inquiry: counted, its margins, and what does not add up.
#ifndef SCRUTINEER_INQUIRY_CONTEST_STAGE_H_
#define SCRUTINEER_INQUIRY_CONTEST_STAGE_H_

#include "base/result.h"
#include "inquiry/audit.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/sources.h"

namespace scrutineer::inquiry {

// Reads and counts the ballots and computes how many papers would have to go or come to change the winner.
// Fills audit.outcome.contest and audit.margins; nothing happens where the inquiry has no contest. Figures
// that contradict each other (more papers than members marked as having voted, more marked than eligible) are
// notes, never errors.
Status run_contest_stage(const InquiryFile& file, const Sources& sources, Audit& audit);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_CONTEST_STAGE_H_
