// Why the winner won, as comparisons of two tallies each: as long as every one of them holds, nothing can
// change the result, whatever else happens to the papers.
#ifndef SCRUTINEER_CONTEST_MARGINS_COMPARISONS_H_
#define SCRUTINEER_CONTEST_MARGINS_COMPARISONS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "contest/contest.h"
#include "contest/rules.h"

namespace scrutineer::contest {

// Papers that count for one side and for the other at one moment of the count; no paper counts for both.
struct Comparison {
  std::int64_t ahead = 0;
  std::int64_t behind = 0;
};

struct Comparisons {
  std::vector<Comparison> all;  // each now ahead > behind
  bool necessary = false;       // the winner is sure only if all hold (plurality); else they are only enough
};

//   plurality  the winner before each other candidate
//   sv         both who remain before each who does not, then the winner's total before the other's
//   irv        whoever goes out behind each who stays; where several together have fewer than each who stays,
//   they are
//              taken together
// Nothing under other rules, where a tie decided or could have, and for decimal weights.
std::optional<Comparisons> comparisons(const Ballots& ballots, Rule rule, const CountOptions& options);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_COMPARISONS_H_
