// Best-first search over the ends of elimination orders for the least number of papers that unseats the
// winner.
//
// A node is a suffix of an order whose last candidate is not the winner; its children put one more candidate
// in front. Each node has a proved lower bound on the papers needed by any order that ends in it:
//   stage     the first candidate of the suffix must have no more than each later one when only they stand
//   outside   each candidate x outside went out earlier, so with its first preferences alone it had no more
//   than
//             each member of the suffix had while x stood, which is at most the papers where that member is
//             ahead of x and of the others
//   program   the dual bound of the suffix's program, checked in integers (bounded_program.h)
// The node with the least bound is looked at first; its program's whole solution, turned into papers and
// counted again with every way of settling ties, is an upper bound. When the bounds meet the margin is exact.
#ifndef SCRUTINEER_CONTEST_MARGINS_IRV_SEARCH_H_
#define SCRUTINEER_CONTEST_MARGINS_IRV_SEARCH_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <vector>

#include "contest/margin.h"
#include "contest/margins/irv_suffix.h"

namespace scrutineer::contest {

struct SearchResult {
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
  bool impossible = false;
  SuffixProgram::Changed witness;  // where there is a high
  std::uint64_t suffixes = 0;      // looked at
  std::uint64_t programs = 0;      // linear programs solved
  TreeProof proof;                 // of `low`; only where it was asked for
};

struct SearchSettings {
  bool change = false;    // else lots
  std::int64_t work = 0;  // budget, in matrix entries and preferences touched
  std::optional<double> seconds;
  bool keep_proof = false;
};

// REQUIRES at most 64 candidates.
SearchResult search_irv(const SuffixProblem& problem, const SearchSettings& settings);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_IRV_SEARCH_H_
