#include "contest/margins/all_outcomes.h"

#include <algorithm>
#include <set>

#include "contest/margins/margin_of_rule.h"

namespace scrutineer::contest {
namespace {

using Standing = std::vector<char>;

void add_tally(std::span<const Candidate> order, std::int64_t count, const Standing& in,
               std::vector<std::int64_t>& votes) {
  for (const Candidate c : order) {
    if (!in[c]) continue;
    votes[c] += count;
    return;
  }
}

// Continuing candidates by rising votes.
std::vector<Candidate> by_votes(const Standing& in, const std::vector<std::int64_t>& votes) {
  std::vector<Candidate> order;
  for (Candidate c = 0; c < in.size(); ++c)
    if (in[c]) order.push_back(c);
  std::stable_sort(order.begin(), order.end(), [&](Candidate a, Candidate b) { return votes[a] < votes[b]; });
  return order;
}

// Visits every reachable set once; `on_winner` says whether to go on. False if there were too many sets.
template <typename OnWinner>
bool walk_outcomes(const Profile& profile, std::span<const std::int64_t> counts,
                   std::span<const ExtraPaper> extra, std::size_t most_sets, OnWinner on_winner) {
  std::set<Standing> seen = {profile.standing};
  std::vector<Standing> open = {profile.standing};
  std::vector<std::int64_t> votes(profile.candidates);
  const auto visit = [&](Standing next) {
    if (seen.insert(next).second) open.push_back(std::move(next));
  };
  while (!open.empty()) {
    if (seen.size() > most_sets) return false;
    Standing in = std::move(open.back());
    open.pop_back();
    std::fill(votes.begin(), votes.end(), 0);
    for (std::size_t kind = 0; kind < profile.kinds(); ++kind)
      add_tally(profile.preferences(kind), counts[kind], in, votes);
    for (const ExtraPaper& paper : extra) add_tally(paper.order, paper.count, in, votes);
    const std::vector<Candidate> order = by_votes(in, votes);
    if (order.size() == 1) {
      if (!on_winner(order.front())) return true;
      continue;
    }
    // The longest prefix whose sum stays below the next tally goes out together. It includes all candidates
    // without a vote, unless everyone is without one.
    std::int64_t sum = 0;
    std::size_t together = 0;
    for (std::size_t j = 0; j + 1 < order.size(); ++j) {
      sum += votes[order[j]];
      if (sum < votes[order[j + 1]]) together = j + 1;
    }
    if (together > 0) {
      for (std::size_t j = 0; j < together; ++j) in[order[j]] = 0;
      visit(std::move(in));
      continue;
    }
    for (const Candidate c : order) {
      if (votes[c] != votes[order.front()]) break;
      Standing next = in;
      next[c] = 0;
      visit(std::move(next));
    }
  }
  return true;
}

}  // namespace

std::optional<std::vector<Candidate>> all_irv_winners(const Profile& profile,
                                                      std::span<const std::int64_t> counts,
                                                      std::span<const ExtraPaper> extra,
                                                      std::size_t most_sets) {
  std::set<Candidate> winners;
  const bool all = walk_outcomes(profile, counts, extra, most_sets, [&](Candidate c) {
    winners.insert(c);
    return true;
  });
  if (!all) return std::nullopt;
  return std::vector<Candidate>(winners.begin(), winners.end());
}

std::optional<bool> unseats(const Profile& profile, std::span<const std::int64_t> counts,
                            std::span<const ExtraPaper> extra, Candidate winner, bool change,
                            std::size_t most_sets) {
  std::optional<bool> decided;
  const bool all = walk_outcomes(profile, counts, extra, most_sets, [&](Candidate c) {
    if ((c == winner) == change) decided = !change;  // the winner still can; or another can
    return !decided;
  });
  if (decided) return decided;
  return all ? std::optional(change) : std::nullopt;
}

std::optional<std::vector<Candidate>> irv_possible_winners(const Ballots& ballots,
                                                           const CountOptions& options) {
  const Profile profile = read_papers(ballots, options.paper);
  return all_irv_winners(profile, profile.counts, {});
}

}  // namespace scrutineer::contest
