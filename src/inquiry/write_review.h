// Writes into the case what the review app shows: people and addresses, links with how they were weighed, and
// the order in which to decide.
#ifndef SCRUTINEER_INQUIRY_WRITE_REVIEW_H_
#define SCRUTINEER_INQUIRY_WRITE_REVIEW_H_

#include "base/result.h"
#include "inquiry/audit.h"
#include "store/case_file.h"

namespace scrutineer::inquiry {

// Members and findings must have been added. The queue: listed findings, links of the newest register that
// are neither settled nor out of the question (0.05 to 0.95, of each member the best and any above 0.3), and
// pairs of members below 0.95. Its order: by how many entries deciding would take off the number that stands
// against the margin, where an entry that k of them question counts 1/k in each, and a link in doubt counts
// for 1 - |2p - 1|.
Status write_review(store::CaseBuilder& builder, const Audit& audit);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_WRITE_REVIEW_H_
