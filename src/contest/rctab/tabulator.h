// Ranked-choice counts of one or more seats with the options of RCTab (BrightSpots/rcv v2; MPL-2.0; this is
// our own implementation of its documented options, compared with its expected reports round by round).
#ifndef SCRUTINEER_CONTEST_RCTAB_TABULATOR_H_
#define SCRUTINEER_CONTEST_RCTAB_TABULATOR_H_

#include <functional>
#include <string>
#include <vector>

#include "contest/contest.h"
#include "contest/rctab/config.h"
#include "contest/rctab/records.h"

namespace scrutineer::contest::rctab {

// How a tie is settled where the configuration's way does not (stv): the index chosen of names in name order.
using Chooser = std::function<std::size_t(std::uint32_t round, const std::vector<std::string>& names)>;

struct Contest {
  std::vector<std::string> candidates;
  std::vector<char> excluded;
  Rules rules;
};

// One pass of a count: `weights` is how many papers of each record there are. Votes are decimals of
// Rules::decimals places; a transfer value is rounded down, and what rounding leaves is the round's residual
// surplus, so that votes are conserved. Ties as Rules::ties, with java.util.Random seeded by Rules::seed;
// `chooser`, if given, is asked instead. Refused where a tie waits for an answer (stopCountingAndAsk) and
// where all are below the minimum.
Result<Count> tabulate(const Contest& contest, const std::vector<Record>& records,
                       const std::vector<std::int64_t>& weights, const Chooser& chooser = {});

// All passes of a configuration: one, or one a seat under multiPassIrv (earlier winners are out of later
// passes).
struct CountedConfig {
  std::string contest;
  std::vector<Count> passes;
};
Result<CountedConfig> count_config(const std::filesystem::path& file, bool phantom_rows = false);

}  // namespace scrutineer::contest::rctab

#endif  // SCRUTINEER_CONTEST_RCTAB_TABULATOR_H_
