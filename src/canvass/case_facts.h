// What a canvass needs to know of a case: whom it could visit, and the margin that matters.
#ifndef SCRUTINEER_CANVASS_CASE_FACTS_H_
#define SCRUTINEER_CANVASS_CASE_FACTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "canvass/frame.h"
#include "store/case_file.h"

namespace scrutineer::canvass {

// The ids of the eligible members at the freeze date, sorted by their bytes. An id that stands on several
// rows of the roll stands here as often: each row is an entry that may be drawn. Refused if an id holds a
// control character, which no list of lines could carry, or if nobody is eligible.
Result<std::vector<std::string>> eligible_entries(store::CaseFile& file);

// The same entries for a design (frame.h). Weighted: lots from the greatest e-value of any finding that names
// the member. Strip and sample: turns of those that a listed finding names, greatest e-value first, then by
// id. Stratified: the stratum of each id from `strata`, or, if that is empty, "questioned" for those that a
// listed finding names and "other". Refused if `strata` lacks an eligible id.
using StrataOfIds = std::map<std::string, std::string, std::less<>>;
Result<std::vector<FrameEntry>> entries_for(store::CaseFile& file, Design design, const StrataOfIds& strata);

struct CaseFacts {
  std::string title;
  std::string freeze_date;              // ISO, or empty
  std::uint64_t eligible = 0;           // entries
  std::uint64_t questioned = 0;         // eligible entries named by a listed finding
  std::optional<std::uint64_t> margin;  // impact.margin of findings.json: deletions after which the winner
                                        // is no longer sole winner for certain
};

// Refused if findings.json is not there or not what an audit writes.
Result<CaseFacts> facts_of(store::CaseFile& file);

// The margin asked for, else that of the case. Wrong usage if there is neither, or if no canvass could
// certify it: 0, or more than the eligible entries (which then cannot change the result at all).
Result<std::uint64_t> margin_to_use(const CaseFacts& facts, std::optional<std::uint64_t> wanted);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_CASE_FACTS_H_
