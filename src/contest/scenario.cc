#include "contest/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace scrutineer::contest {
namespace {

constexpr std::int64_t scale = 1000;
constexpr double largest_factor = 1000;

std::int64_t rounded_share(std::int64_t count, double share) {
  return std::llround(static_cast<double>(count) * share);
}

Result<std::size_t> place_of(const std::vector<std::string>& names, const std::string& name,
                             const char* what) {
  const auto place = std::find(names.begin(), names.end(), name);
  if (place != names.end()) return static_cast<std::size_t>(place - names.begin());
  return refused(fmt::format("\"{}\" is not a {} of the ballots", printable(name, 80), what), {},
                 "one of: " + printable(join(names, ", "), 300));
}

Result<std::vector<double>> factors_of(const Scenario& scenario, const Ballots& ballots) {
  std::vector<double> factors(ballots.groups.size(), 1.0);
  for (const TurnoutChange& change : scenario.turnout) {
    if (!(change.factor >= 0 && change.factor <= largest_factor))
      return refused("a factor of turnout is out of range", {}, fmt::format("from 0 to {}", largest_factor));
    for (const std::string& group : change.groups) {
      SCRUTINEER_TRY(const std::size_t place, place_of(ballots.groups, group, "ward or section"));
      factors[place] *= change.factor;
    }
  }
  return factors;
}

// Shares by candidate number; they must lie in [0, 1], and together be at most `most`.
Result<std::vector<double>> shares_of(const std::map<std::string, double>& shares, const Ballots& ballots,
                                      double most) {
  std::vector<double> by_candidate(ballots.candidates.size(), 0.0);
  double sum = 0;
  for (const auto& [name, share] : shares) {
    SCRUTINEER_TRY(const std::size_t place, place_of(ballots.candidates, name, "candidate"));
    if (!(share >= 0 && share <= 1)) return refused("a share is out of range", {}, "from 0 to 1");
    by_candidate[place] = share;
    sum += share;
  }
  if (sum > most + 1e-9)
    return refused("the transfers together exceed 1", {}, "shares that leave some over, or none");
  return by_candidate;
}

// The first rank that says something: one candidate; nothing for blank papers and ties.
std::optional<Candidate> first_of(const Ballot& ballot) {
  for (const auto& rank : ballot.ranks) {
    if (rank.empty()) continue;
    return rank.size() == 1 ? std::optional(rank.front()) : std::nullopt;
  }
  return std::nullopt;
}

void split_off(const Ballot& ballot, std::int64_t taken, Candidate newcomer, const FurtherCandidate& further,
               const std::vector<double>& transfers, std::vector<Ballot>& out) {
  if (further.transfers.empty()) {
    Ballot paper = ballot;
    paper.ranks.insert(paper.ranks.begin(), {newcomer});
    paper.count = taken;
    out.push_back(std::move(paper));
    return;
  }
  std::int64_t left = taken;
  for (Candidate c = 0; c < transfers.size(); ++c) {
    const std::int64_t here = std::min(left, rounded_share(taken, transfers[c]));
    if (here == 0) continue;
    out.push_back({{{newcomer}, {c}}, here, ballot.group});
    left -= here;
  }
  if (left > 0) out.push_back({{{newcomer}}, left, ballot.group});
}

}  // namespace

Result<Ballots> under(const Scenario& scenario, const Ballots& ballots) {
  SCRUTINEER_TRY(const std::vector<double> factors, factors_of(scenario, ballots));
  Ballots result = ballots;
  result.ballots.clear();
  result.weight_scale = ballots.weight_scale * scale;
  std::vector<double> takes(ballots.candidates.size(), 0.0);
  std::vector<double> transfers;
  if (scenario.further) {
    if (std::find(ballots.candidates.begin(), ballots.candidates.end(), scenario.further->name) !=
        ballots.candidates.end())
      return refused(fmt::format("\"{}\" stands already", printable(scenario.further->name, 80)), {},
                     "a further candidate's name");
    SCRUTINEER_TRY(
        takes, shares_of(scenario.further->takes, ballots, static_cast<double>(ballots.candidates.size())));
    SCRUTINEER_TRY(transfers, shares_of(scenario.further->transfers, ballots, 1.0));
    result.candidates.push_back(scenario.further->name);
  }
  const auto newcomer = static_cast<Candidate>(ballots.candidates.size());
  for (const Ballot& ballot : ballots.ballots) {
    Ballot paper = ballot;
    paper.count = rounded_share(ballot.count * scale, factors[ballot.group]);
    const auto first = first_of(ballot);
    const std::int64_t taken = first ? rounded_share(paper.count, takes[*first]) : 0;
    if (taken > 0) split_off(ballot, taken, newcomer, *scenario.further, transfers, result.ballots);
    paper.count -= taken;
    if (paper.count > 0) result.ballots.push_back(std::move(paper));
  }
  return result;
}

}  // namespace scrutineer::contest
