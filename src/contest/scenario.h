// What if: the same papers, with more or fewer of them in named groups, or with a further candidate whose
// votes and transfers are stated. A scenario is an assumption that someone makes and the program works out;
// it proves nothing about what happened.
#ifndef SCRUTINEER_CONTEST_SCENARIO_H_
#define SCRUTINEER_CONTEST_SCENARIO_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contest/contest.h"

namespace scrutineer::contest {

// Papers of these groups (wards, sections) times `factor`, their preferences as cast.
struct TurnoutChange {
  std::vector<std::string> groups;
  double factor = 1;
};

// Takes a share of the papers that put each candidate first; of what it takes, a stated share goes on to each
// candidate as next preference and the rest goes no further. Without transfers, such a paper goes on as it
// was cast.
struct FurtherCandidate {
  std::string name;
  std::map<std::string, double> takes;      // candidate -> share of their first preferences, 0 to 1
  std::map<std::string, double> transfers;  // candidate -> share, together at most 1
};

struct Scenario {
  std::string name;
  std::vector<TurnoutChange> turnout;
  std::optional<FurtherCandidate> further;
};

// Papers become thousandths, rounded to the nearest, so that shares of a paper can be counted
// (Ballots::weight_scale). Refused if a group or a candidate is not among the ballots', a share or a factor
// is out of range, or shares exceed 1.
Result<Ballots> under(const Scenario& scenario, const Ballots& ballots);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_SCENARIO_H_
