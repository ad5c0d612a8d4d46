// Members and pictures of the outcome, drawn from the evidence and the signals' reports.
#ifndef SCRUTINEER_INQUIRY_MEMBER_OUTCOMES_H_
#define SCRUTINEER_INQUIRY_MEMBER_OUTCOMES_H_

#include <vector>

#include "inquiry/duplicates.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/outcome.h"
#include "inquiry/register_status.h"
#include "signals/evidence.h"

namespace scrutineer::inquiry {

// One row a member, in the order of the members roll. `findings` are attached by attach_findings.
std::vector<MemberOutcome> member_outcomes(const InquiryFile& file, const signals::Evidence& evidence,
                                           const std::vector<MemberHistory>& histories,
                                           const Duplicates& duplicates);

// Writes the ids of listed findings into the members they are about.
void attach_findings(const std::vector<signals::SignalReport>& reports, std::vector<MemberOutcome>& members);

// Status of eligible members at each snapshot.
std::vector<SnapshotCounts> snapshot_counts(const std::vector<SnapshotLinks>& snapshots,
                                            const std::vector<MemberOutcome>& members);

// The data of the pictures: join days, occupancy, payers, canvass outcomes.
void add_pictures(const signals::Evidence& evidence, Outcome& outcome);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_MEMBER_OUTCOMES_H_
