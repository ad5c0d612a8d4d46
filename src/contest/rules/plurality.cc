// Plurality ("first past the post"): each paper is one vote for its first preference; most votes wins; a tie
// is decided by lot (Representation of the People Act 1983 Sch 1 rule 49; Local Elections Rules 2006 rule
// 49).
#include <algorithm>

#include "contest/rules/counting.h"

namespace scrutineer::contest {

Result<Count> count_plurality(const Ballots& ballots, const CountOptions& options) {
  const Profile profile = read_papers(ballots, {.max_skipped_ranks = 0, .max_ranks = 1});
  std::vector<std::int64_t> votes(profile.candidates, 0);
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind)
    votes[profile.preferences(kind).front()] += profile.counts[kind];

  Count count;
  count.rule = to_string(Rule::plurality);
  const auto scale = static_cast<double>(profile.weight_scale);
  count.valid = static_cast<double>(profile.valid) / scale;
  count.invalid = static_cast<double>(profile.blank) / scale;
  std::vector<Candidate> standing;
  for (Candidate c = 0; c < profile.candidates; ++c)
    if (profile.standing[c]) standing.push_back(c);
  std::int64_t most = 0;
  for (const Candidate c : standing) most = std::max(most, votes[c]);
  std::vector<Candidate> leaders;
  for (const Candidate c : standing)
    if (votes[c] == most) leaders.push_back(c);

  Round round;
  round.tally = named_votes(ballots, standing, votes, profile.weight_scale);
  round.reason = leaders.size() == 1 ? plurality_clause.greatest : plurality_clause.by_lot;
  const Candidate winner = leaders.size() == 1 ? leaders.front()
                                               : settle_by_lot(ballots, leaders, count.rule, 1, options.seed,
                                                               plurality_clause.fate, count);
  round.elected = {ballots.candidates[winner]};
  count.winners = round.elected;
  count.rounds.push_back(std::move(round));
  return count;
}

}  // namespace scrutineer::contest
