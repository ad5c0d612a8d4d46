// From rolls and links to what signals may see: everything coded, nothing that is a name of a person.
#ifndef SCRUTINEER_INQUIRY_BUILD_EVIDENCE_H_
#define SCRUTINEER_INQUIRY_BUILD_EVIDENCE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inquiry/canvass_stage.h"
#include "inquiry/duplicates.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/register_links.h"
#include "inquiry/register_status.h"
#include "inquiry/sources.h"
#include "signals/evidence.h"

namespace scrutineer::inquiry {

// True for a recruiter or payer value that means nobody in particular: web, online, head office, none, self.
bool means_nobody(std::string_view value);

// Everything but canvass outcomes, which add_canvass adds: the order in which things become known is kept.
// `notes` receives what had to be left out (payments of unknown members, contradictions).
signals::Evidence build_evidence(const InquiryFile& file, const Sources& sources,
                                 const std::vector<SnapshotLinks>& snapshots,
                                 const std::vector<MemberHistory>& histories, const Duplicates& duplicates,
                                 std::vector<std::string>& notes);

// Adds the outcomes of visits. Of several visits to one member the last one that met somebody counts;
// outcomes that cannot be read are notes.
// Rolls of kind canvass in the order of the inquiry file, then the visits recorded in the case.
void add_canvass(const Sources& sources, std::span<const RecordedVisit> recorded, signals::Evidence& evidence,
                 std::vector<std::string>& notes);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_BUILD_EVIDENCE_H_
