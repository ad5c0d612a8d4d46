// The runs test: do the marked items of a sequence keep together?
//
// Null: every order of the marks is equally likely given their number (Wald & Wolfowitz, Annals of
// Mathematical Statistics 11, 1940). Exact; one-sided for too few runs, i.e. for marks that come in blocks.
#ifndef SCRUTINEER_STATS_RUNS_H_
#define SCRUTINEER_STATS_RUNS_H_

#include <cstdint>
#include <vector>

namespace scrutineer::stats {

struct RunsTest {
  std::uint64_t marked = 0;
  std::uint64_t unmarked = 0;
  std::uint64_t runs = 0;      // maximal stretches of equal marks
  std::uint64_t longest = 0;   // longest stretch of marked ones
  std::size_t longest_at = 0;  // where it starts
  double expected = 0;         // number of runs: 2 n m / (n + m) + 1
  double p = 1;                // P(runs <= observed), exact
};

RunsTest runs_test(const std::vector<bool>& marks);

// P(R <= runs) for n marked and m unmarked items; 1 if either is 0.
double runs_lower_tail(std::uint64_t runs, std::uint64_t n, std::uint64_t m);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_RUNS_H_
