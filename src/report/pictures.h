// The pictures of the report, one file each. A picture whose data are not there draws nothing and returns
// what it would need, for the line that says so.
#ifndef SCRUTINEER_REPORT_PICTURES_H_
#define SCRUTINEER_REPORT_PICTURES_H_

#include <optional>
#include <string>

#include "report/facts.h"
#include "report/html.h"

namespace scrutineer::report {

using Missing = std::optional<std::string>;

// Joins by day, weeks across and days down, half a year a band; listed days and the freeze date are marked.
// The busiest days stand below with what was expected of them.
Missing draw_join_calendar(Html& html, const Facts& facts);

// Eligible members by register status at each snapshot, stacked to the full width.
Missing draw_register_timeline(Html& html, const Facts& facts);

// How many addresses have so many electors and so many members. Frames mark more members than electors.
Missing draw_occupancy(Html& html, const Facts& facts);

// How many payers pay for so many households.
Missing draw_payers(Html& html, const Facts& facts);

// Canvass outcomes, as counted.
Missing draw_canvass(Html& html, const Facts& facts);

// Before a canvass: the doors it would take, by the number of ineligible entries there may be, for each
// design.
Missing draw_plan(Html& html, const Facts& facts);

// The martingale of the certificate against 1 / risk, door by door.
Missing draw_certificate(Html& html, const Facts& facts);

// The rounds of the count: votes of each candidate round by round, who was elected or eliminated.
Missing draw_rounds(Html& html, const Facts& facts);

// Which papers passed from whom to whom between the rounds, as bands.
Missing draw_transfers(Html& html, const Facts& facts);

// Majority, margin and questioned entries on one scale.
Missing draw_margin(Html& html, const Facts& facts);

// The votes between the first two of the last round; nothing without a contest or where seats were several.
std::optional<double> majority_of(const inquiry::Outcome& outcome);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_PICTURES_H_
