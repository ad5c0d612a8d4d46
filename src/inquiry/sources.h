// The rolls of an inquiry except the registers: small enough to be held together. (Registers are read,
// linked and dropped one at a time.)
#ifndef SCRUTINEER_INQUIRY_SOURCES_H_
#define SCRUTINEER_INQUIRY_SOURCES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/outcome.h"
#include "rolls/read_roll.h"
#include "rolls/roll.h"
#include "rolls/standard_roll.h"

namespace scrutineer::inquiry {

struct StandardisedRoll {
  rolls::Roll raw;
  rolls::StandardRoll standard;
};

struct Sources {
  StandardisedRoll members;
  std::vector<StandardisedRoll> payments, canvass, marked, joins, branches, deceased, watchlist;
  // Member id, as typed and trimmed, to the row that first bears it.
  std::map<std::string, std::uint32_t, std::less<>> row_of_id;
  std::vector<std::uint32_t> repeated_ids;  // rows whose id an earlier row bears already
};

// Every roll that is held, the members roll first.
std::vector<StandardisedRoll*> all_rolls(Sources& sources);

// Reads and standardises one roll.
Result<StandardisedRoll> read_standardised(const rolls::RollSpec& spec, const rolls::ReadOptions& options);

// Reads every roll of the file but the registers, and the marked register that [contest] names.
Result<Sources> read_sources(const InquiryFile& file, const rolls::ReadOptions& options);

// What the report says about a roll. `folder` is taken off its file's path.
RollSummary summary_of(const rolls::Roll& roll, const std::filesystem::path& folder);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_SOURCES_H_
