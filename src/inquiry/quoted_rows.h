// The rows that exhibits cite, as they stood in their files: for exhibits.html, which a panel reads without
// the files. Values are the trimmed text of the cells under the file's own headers; columns that the audit
// does not use are not quoted.
#ifndef SCRUTINEER_INQUIRY_QUOTED_ROWS_H_
#define SCRUTINEER_INQUIRY_QUOTED_ROWS_H_

#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "inquiry/canvass_stage.h"
#include "inquiry/outcome.h"
#include "inquiry/register_links.h"
#include "inquiry/sources.h"
#include "rolls/roll.h"
#include "signals/finding.h"

namespace scrutineer::inquiry {

// Whether exhibits.html has a page for it: tier A, and either listed or a statement made at the door.
bool has_exhibit_page(const signals::Finding& finding);

// Rows of the rolls in memory that the findings with a page cite.
void quote_cited_rows(Sources& sources, Outcome& outcome);

// Register rows linked to members whom the canvass heard deny: registers are dropped before findings are
// known, so these are kept when their snapshot is read. `rows` are rows of the members roll.
void quote_register_rows(const rolls::Roll& snapshot, const SnapshotLinks& links,
                         const std::set<std::uint32_t>& rows, Outcome& outcome);

// Rows of the members roll for whom a canvass roll, or a visit recorded in the case, holds "denied".
std::set<std::uint32_t> denied_rows(const Sources& sources, std::span<const RecordedVisit> recorded);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_QUOTED_ROWS_H_
