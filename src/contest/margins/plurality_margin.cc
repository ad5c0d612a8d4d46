// Plurality in closed form, for each challenger c with d = votes(winner) - votes(c):
//   delete   one paper of the winner lowers d by 1; at most R = sum over wards of min(cap, winner's papers
//   there) add      one paper for c lowers d by 1; at most the sum of the caps modify   a winner's paper
//   turned to c lowers d by 2, at most R of them; another's paper lowers it by 1
//   mixed    a paper of the winner gone, or one for c put in, lowers d by 1: at most R and the papers that
//   may come
// A tie (lots) needs d to reach 0, a change needs -1. The least over challengers is exact, because no other
// paper moves d further (COUNTING.md section 3).
#include <algorithm>
#include <numeric>

#include "contest/margins/margin_of_rule.h"
#include "contest/margins/means.h"

namespace scrutineer::contest {
namespace {

struct Tally {
  Profile profile;
  std::vector<std::int64_t> votes;
  std::vector<std::vector<std::int64_t>> by_group;  // [candidate][group]
};

Tally tally_of(const Ballots& ballots) {
  Tally tally;
  tally.profile = read_papers(ballots, {.max_skipped_ranks = 0, .max_ranks = 1});
  const Profile& profile = tally.profile;
  tally.votes.assign(profile.candidates, 0);
  tally.by_group.assign(profile.candidates, std::vector<std::int64_t>(profile.groups, 0));
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const Candidate first = profile.preferences(kind).front();
    tally.votes[first] += profile.counts[kind];
    tally.by_group[first][profile.group[kind]] += profile.counts[kind];
  }
  return tally;
}

class PluralityMargin {
 public:
  PluralityMargin(const Tally& tally, Candidate winner, const MarginOptions& options, Means means)
      : tally_(tally), winner_(winner), caps_(options.caps), means_(means), most_added_(options.most_added) {
    for (std::uint32_t g = 0; g < tally.profile.groups; ++g)
      from_winner_ += std::min(cap(g), tally.by_group[winner][g]);
  }

  KindMargin margin() const {
    KindMargin margin;
    margin.proof = "closed form";
    fill(0, margin.lots, margin.lots_witness);
    fill(1, margin.change, margin.change_witness);
    return margin;
  }

 private:
  // Mixed: how many of `fall` papers must come, since no more can go; the last paper of all goes only if one
  // comes.
  std::int64_t must_come(std::int64_t fall) const {
    const std::int64_t last = from_winner_ == tally_.profile.valid && fall >= from_winner_ ? 1 : 0;
    return std::max(fall - from_winner_, last);
  }

  std::int64_t cap(std::uint32_t group) const { return caps_.empty() ? tally_.profile.valid : caps_[group]; }

  // The least number of papers that lowers the lead over `c` by `fall`; nothing where it cannot be.
  std::optional<std::int64_t> least(Candidate c, std::int64_t fall) const {
    if (fall <= 0) return 0;
    if (means_ == Means::mixed)
      return !most_added_ || must_come(fall) <= *most_added_ ? std::optional(fall) : std::nullopt;
    if (means_ == Means::addition) {
      const std::int64_t room = std::accumulate(caps_.begin(), caps_.end(), std::int64_t{0});
      return caps_.empty() || fall <= room ? std::optional(fall) : std::nullopt;
    }
    if (means_ == Means::deletion)
      return fall <= from_winner_ && fall < tally_.profile.valid ? std::optional(fall) : std::nullopt;
    std::int64_t all = 0;
    for (std::uint32_t g = 0; g < tally_.profile.groups; ++g) {
      std::int64_t others = 0;
      for (Candidate x = 0; x < tally_.profile.candidates; ++x)
        if (x != c) others += tally_.by_group[x][g];
      all += std::min(cap(g), others);
    }
    if (fall <= 2 * from_winner_) return (fall + 1) / 2;
    const std::int64_t rest = fall - 2 * from_winner_;
    return rest <= all - from_winner_ ? std::optional(from_winner_ + rest) : std::nullopt;
  }

  void fill(std::int64_t beyond, Least& result, std::optional<Witness>& witness) const {
    std::optional<Candidate> best;
    for (Candidate c = 0; c < tally_.profile.candidates; ++c) {
      if (c == winner_ || !tally_.profile.standing[c]) continue;
      const auto papers = least(c, tally_.votes[winner_] - tally_.votes[c] + beyond);
      if (!papers || (result.high && *papers >= *result.high)) continue;
      result.high = papers;
      best = c;
    }
    result.impossible = !best;
    if (!best) return;
    result.low = *result.high;
    witness = witness_for(*best, *result.high);
  }

  // Takes `papers` papers, the winner's first, each ward within its cap.
  Witness witness_for(Candidate challenger, std::int64_t papers) const {
    Witness witness;
    const Profile& profile = tally_.profile;
    std::vector<std::int64_t> room(profile.groups);
    for (std::uint32_t g = 0; g < profile.groups; ++g) room[g] = cap(g);
    const auto put_in = [&](std::uint32_t group, std::int64_t count) {
      witness.changes.push_back({true, std::nullopt, {{challenger}}, group, count});
    };
    if (means_ == Means::addition) {
      for (std::uint32_t g = 0; g < profile.groups && papers > 0; ++g) {
        const std::int64_t here = caps_.empty() ? papers : std::min(papers, room[g]);
        if (here > 0) put_in(g, here);
        papers -= here;
      }
      return witness;
    }
    if (means_ == Means::mixed && must_come(papers) > 0) {
      put_in(0, must_come(papers));
      papers -= must_come(papers);
    }
    for (const bool of_winner : {true, false}) {
      for (std::size_t kind = 0; kind < profile.kinds() && papers > 0; ++kind) {
        const Candidate first = profile.preferences(kind).front();
        if (first == challenger || (first == winner_) != of_winner) continue;
        const std::int64_t here = std::min({papers, profile.counts[kind], room[profile.group[kind]]});
        if (here == 0) continue;
        witness.changes.push_back({false, profile.source[kind], {{first}}, profile.group[kind], here});
        if (means_ == Means::modification) put_in(profile.group[kind], here);
        room[profile.group[kind]] -= here;
        papers -= here;
      }
    }
    return witness;
  }

  const Tally& tally_;
  Candidate winner_;
  const Caps& caps_;
  Means means_;
  std::optional<std::int64_t> most_added_;
  std::int64_t from_winner_ = 0;  // how many of the winner's papers may be touched
};

}  // namespace

Status plurality_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options,
                         Margins& margins) {
  const Tally tally = tally_of(ballots);
  const auto by = [&](Means means) { return PluralityMargin(tally, winner, options, means).margin(); };
  if (options.deletion) margins.deletion = by(Means::deletion);
  if (options.addition) margins.addition = by(Means::addition);
  if (options.modification) margins.modification = by(Means::modification);
  if (options.mixed) margins.mixed = by(Means::mixed);
  return {};
}

std::optional<std::vector<Candidate>> plurality_possible_winners(const Ballots& ballots,
                                                                 const CountOptions&) {
  const Tally tally = tally_of(ballots);
  std::int64_t most = 0;
  for (Candidate c = 0; c < tally.profile.candidates; ++c)
    if (tally.profile.standing[c]) most = std::max(most, tally.votes[c]);
  std::vector<Candidate> leaders;
  for (Candidate c = 0; c < tally.profile.candidates; ++c)
    if (tally.profile.standing[c] && tally.votes[c] == most) leaders.push_back(c);
  return leaders;
}

}  // namespace scrutineer::contest
