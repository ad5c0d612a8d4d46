// Supplementary vote: Greater London Authority Act 1999 Sch 2 Part I para 4 (until the Elections Act 2022).
// A candidate with more than half of the first preferences is returned. Otherwise the two with most first
// preferences remain; where an equality brings in three or more, all of them remain. Second preferences are
// added for those who remain, only from papers whose first preference did not remain. The greatest total is
// returned; an equality of totals is decided by lots. A second preference without a valid first one, or for
// the same candidate, does not count.
#include "contest/rules/supplementary.h"

#include <algorithm>

#include "contest/rules/counting.h"

namespace scrutineer::contest {

Profile read_supplementary_papers(const Ballots& ballots) {
  return read_papers(ballots, {.max_skipped_ranks = 0, .max_ranks = 2});
}

SupplementaryTotals supplementary_totals(const Profile& profile) {
  SupplementaryTotals totals;
  totals.first.assign(profile.candidates, 0);
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind)
    totals.first[profile.preferences(kind).front()] += profile.counts[kind];
  std::vector<std::int64_t> sorted;
  for (Candidate c = 0; c < profile.candidates; ++c)
    if (profile.standing[c]) sorted.push_back(totals.first[c]);
  std::sort(sorted.rbegin(), sorted.rend());
  const std::int64_t least = sorted.size() > 1 ? sorted[1] : sorted.at(0);
  totals.remains.assign(profile.candidates, 0);
  for (Candidate c = 0; c < profile.candidates; ++c)
    totals.remains[c] = profile.standing[c] && totals.first[c] >= least;
  totals.total = totals.first;
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const auto preferences = profile.preferences(kind);
    if (totals.remains[preferences[0]]) continue;
    if (preferences.size() > 1 && totals.remains[preferences[1]]) {
      totals.total[preferences[1]] += profile.counts[kind];
    } else {
      totals.exhausted += profile.counts[kind];
    }
  }
  return totals;
}

namespace {

std::vector<Candidate> standing_of(const Profile& profile) {
  std::vector<Candidate> standing;
  for (Candidate c = 0; c < profile.candidates; ++c)
    if (profile.standing[c]) standing.push_back(c);
  return standing;
}

Round first_round(const Ballots& ballots, const Profile& profile, const SupplementaryTotals& totals) {
  Round round;
  round.tally = named_votes(ballots, standing_of(profile), totals.first, profile.weight_scale);
  return round;
}

// Transfers of second preferences from each candidate who did not remain.
void add_transfers(const Ballots& ballots, const Profile& profile, const SupplementaryTotals& totals,
                   Round& round) {
  for (const Candidate from : standing_of(profile)) {
    if (totals.remains[from]) continue;
    round.eliminated.push_back(ballots.candidates[from]);
    std::vector<std::int64_t> moved(profile.candidates, 0);
    std::int64_t exhausted = 0;
    for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
      const auto preferences = profile.preferences(kind);
      if (preferences[0] != from) continue;
      const bool moves = preferences.size() > 1 && totals.remains[preferences[1]];
      (moves ? moved[preferences[1]] : exhausted) += profile.counts[kind];
    }
    std::vector<Candidate> receivers;
    for (Candidate c = 0; c < profile.candidates; ++c)
      if (moved[c] > 0) receivers.push_back(c);
    auto& row = round.transfers[ballots.candidates[from]];
    row = named_votes(ballots, receivers, moved, profile.weight_scale);
    if (exhausted > 0)
      row.emplace_back("", static_cast<double>(exhausted) / static_cast<double>(profile.weight_scale));
  }
  std::sort(round.eliminated.begin(), round.eliminated.end());
}

}  // namespace

Result<Count> count_supplementary(const Ballots& ballots, const CountOptions& options) {
  const Profile profile = read_supplementary_papers(ballots);
  const SupplementaryTotals totals = supplementary_totals(profile);
  Count count;
  count.rule = to_string(Rule::supplementary);
  const auto scale = static_cast<double>(profile.weight_scale);
  count.valid = static_cast<double>(profile.valid) / scale;
  count.invalid = static_cast<double>(profile.blank) / scale;
  Round first = first_round(ballots, profile, totals);
  for (const Candidate c : standing_of(profile)) {
    if (totals.first[c] <= profile.valid - totals.first[c]) continue;
    first.elected = {ballots.candidates[c]};
    first.reason = "More than half of the first preferences: returned (GLA Act 1999 Sch 2 para 3)";
    count.winners = first.elected;
    count.rounds.push_back(std::move(first));
    return count;
  }
  std::vector<Candidate> remaining;
  for (const Candidate c : standing_of(profile))
    if (totals.remains[c]) remaining.push_back(c);
  if (remaining.size() > 2) {
    // Who is above the tied place is not part of the tie.
    const std::int64_t least =
        totals.first[*std::min_element(remaining.begin(), remaining.end(), [&](Candidate a, Candidate b) {
          return totals.first[a] < totals.first[b];
        })];
    Tie tie;
    tie.round = 1;
    for (const Candidate c : remaining)
      if (totals.first[c] == least) tie.candidates.push_back(ballots.candidates[c]);
    std::sort(tie.candidates.begin(), tie.candidates.end());
    tie.settled_by = "all remain (GLA Act 1999 Sch 2 para 4(3))";
    count.ties.push_back(std::move(tie));
  }
  first.reason =
      "Nobody has more than half; the two with most first preferences remain (GLA Act 1999 Sch 2 para "
      "4(2))";
  add_transfers(ballots, profile, totals, first);
  count.rounds.push_back(std::move(first));

  Round second;
  second.number = 2;
  second.tally = named_votes(ballots, remaining, totals.total, profile.weight_scale);
  second.exhausted = static_cast<double>(totals.exhausted) / scale;
  second.reason =
      "Second preferences of those out are added; greatest total is returned (GLA Act 1999 Sch 2 para 3)";
  std::int64_t most = 0;
  for (const Candidate c : remaining) most = std::max(most, totals.total[c]);
  std::vector<Candidate> leaders;
  for (const Candidate c : remaining)
    if (totals.total[c] == most) leaders.push_back(c);
  const Candidate winner = leaders.size() == 1 ? leaders.front()
                                               : settle_by_lot(ballots, leaders, count.rule, 2, options.seed,
                                                               supplementary_clause.fate, count);
  second.reason = leaders.size() == 1 ? supplementary_clause.greatest : supplementary_clause.by_lot;
  second.elected = {ballots.candidates[winner]};
  count.winners = second.elected;
  count.rounds.push_back(std::move(second));
  return count;
}

}  // namespace scrutineer::contest
