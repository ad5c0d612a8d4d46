#include "contest/rules/counting.h"

#include <fmt/format.h>

#include <algorithm>

#include "contest/lots.h"

namespace scrutineer::contest {

const Clause plurality_clause = {
    "Most votes: elected (Representation of the People Act 1983 Sch 1 rule 18)",
    "Equal votes: a lot decides (Representation of the People Act 1983 Sch 1 rule 49)", "is elected"};
const Clause supplementary_clause = {
    "Second preferences of those out are added; the greatest total is returned (GLA Act 1999 Sch 2 para "
    "4(5) to (7))",
    "Second preferences of those out are added; equal totals are decided by lot (GLA Act 1999 Sch 2 para "
    "4(5) to (8))",
    "is returned"};

NamedVotes named_votes(const Ballots& ballots, std::span<const Candidate> candidates,
                       std::span<const std::int64_t> votes, std::int64_t scale) {
  NamedVotes named;
  for (const Candidate candidate : candidates)
    named.emplace_back(ballots.candidates[candidate],
                       static_cast<double>(votes[candidate]) / static_cast<double>(scale));
  std::sort(named.begin(), named.end(), [](const auto& left, const auto& right) {
    return left.second != right.second ? left.second > right.second : left.first < right.first;
  });
  return named;
}

Candidate settle_by_lot(const Ballots& ballots, std::vector<Candidate> tied, const std::string& rule,
                        std::uint32_t round, std::uint64_t seed, const std::string& fate, Count& count) {
  std::sort(tied.begin(), tied.end(),
            [&](Candidate a, Candidate b) { return ballots.candidates[a] < ballots.candidates[b]; });
  Tie tie;
  tie.round = round;
  for (const Candidate candidate : tied) tie.candidates.push_back(ballots.candidates[candidate]);
  const Candidate drawn = tied[draw_lot(seed, fmt::format("{} {}", rule, round), tie.candidates)];
  tie.chosen = ballots.candidates[drawn];
  tie.settled_by = fmt::format("lot from seed {}: {} {}", seed, tie.chosen, fate);
  count.ties.push_back(std::move(tie));
  return drawn;
}

std::uint32_t seats_to_fill(const Ballots& ballots, const CountOptions& options) {
  return options.seats != 0 ? options.seats : ballots.seats;
}

}  // namespace scrutineer::contest
