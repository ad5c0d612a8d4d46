// How many polling stations report a percentage that is all but whole, against how many would by chance
// (Kobak, Shpilkin & Pshenichnikov, "Integer percentages as electoral falsification fingerprints", Annals of
// Applied Statistics 10, 2016).
//
// Null: at each station the part is binomial with the station's own share, x ~ Bin(whole, x_observed /
// whole), and turnout and result vary independently of each other. The published figures are means of a
// thousand Monte Carlo draws from it; here the binomial is summed exactly, so that there is no Monte Carlo
// error.
//
// Assumption that matters: electors decide independently. Where households or wards vote together the counts
// are more variable, not more whole; the expectation hardly moves, the spread does.
//
// It says that some percentages were chosen before the votes were, never by whom, and nothing about any one
// station. Small wholes give whole percentages of themselves (50 of 100): they are in the expectation.
#ifndef SCRUTINEER_STATS_INTEGER_PERCENTAGES_H_
#define SCRUTINEER_STATS_INTEGER_PERCENTAGES_H_

#include <cstdint>
#include <span>

namespace scrutineer::stats {

inline constexpr double integer_tolerance = 0.05;  // percentage points either side, as in the paper

// Whether 100 part / whole lies within the tolerance of a whole number; false if whole is 0.
bool is_integer_percentage(std::uint64_t part, std::uint64_t whole, double tolerance = integer_tolerance);

// P(is_integer_percentage(X, whole)) for X ~ Bin(whole, share): terms beyond 1e-12 of the largest are left
// out. 0 if whole is 0.
double integer_percentage_probability(std::uint64_t whole, double share,
                                      double tolerance = integer_tolerance);

struct Station {
  std::uint64_t voters = 0;    // entitled
  std::uint64_t given = 0;     // papers given out: turnout is given / voters
  std::uint64_t received = 0;  // papers counted: the result is leader / received
  std::uint64_t leader = 0;
};

struct IntegerExcess {
  std::uint64_t observed = 0;
  double expected = 0;
  // Under the null, the stations being independent.
  double deviation = 0;
  [[nodiscard]] double excess() const { return static_cast<double>(observed) - expected; }
};

struct IntegerPercentages {
  std::uint64_t stations = 0;  // used: at least 100 voters, papers counted, turnout and result at most 99 %
  IntegerExcess turnout, result, either;
};

IntegerPercentages integer_percentages(std::span<const Station> stations,
                                       double tolerance = integer_tolerance);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_INTEGER_PERCENTAGES_H_
