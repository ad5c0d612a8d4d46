// Joins the contest with the findings: could what was found have changed the result?
#ifndef SCRUTINEER_INQUIRY_IMPACT_STAGE_H_
#define SCRUTINEER_INQUIRY_IMPACT_STAGE_H_

#include "base/result.h"
#include "inquiry/audit.h"
#include "inquiry/inquiry_file.h"

namespace scrutineer::inquiry {

// Fills audit.outcome.impact from the margins, the ballots, the findings attached to members, the what-ifs
// and the polls. Where the ballots are told by ward and the ward of every questioned member is one of these,
// no more papers of a ward are held to be questioned than members of it are. Refused if a what-if names what
// is not among the ballots.
Status run_impact_stage(const InquiryFile& file, Audit& audit);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_IMPACT_STAGE_H_
