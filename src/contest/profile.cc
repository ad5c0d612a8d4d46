#include "contest/profile.h"

#include <algorithm>

namespace scrutineer::contest {
namespace {

// Reads one paper into `order`; `seen` is all zero before and after.
void read_paper(const Ballot& ballot, const PaperRules& rules, const std::vector<char>& standing,
                std::vector<char>& seen, std::vector<Candidate>& order) {
  order.clear();
  std::uint32_t skipped = 0;
  std::uint32_t read = 0;
  for (const auto& rank : ballot.ranks) {
    Candidate only = 0;
    std::uint32_t marked = 0;
    for (const Candidate candidate : rank) {
      if (!standing[candidate]) continue;
      if (marked == 0 || candidate != only) ++marked;
      only = candidate;
    }
    if (marked == 0 && !rank.empty()) continue;  // held only the withdrawn: closes up
    if (read++ == rules.max_ranks) break;
    if (marked == 0) {
      if (++skipped > rules.max_skipped_ranks) break;
      continue;
    }
    skipped = 0;
    if (marked > 1) {
      if (rules.overvote != Overvote::skip) break;
      continue;
    }
    if (seen[only]) {
      if (rules.exhaust_on_duplicate) break;
      continue;
    }
    seen[only] = 1;
    order.push_back(only);
  }
  for (const Candidate candidate : order) seen[candidate] = 0;
}

}  // namespace

Profile read_papers(const Ballots& ballots, const PaperRules& rules) {
  Profile profile;
  profile.candidates = static_cast<std::uint32_t>(ballots.candidates.size());
  profile.groups = static_cast<std::uint32_t>(ballots.groups.size());
  profile.weight_scale = ballots.weight_scale;
  profile.standing.assign(profile.candidates, 1);
  for (const Candidate candidate : ballots.withdrawn) profile.standing[candidate] = 0;
  profile.counts.reserve(ballots.ballots.size());
  std::vector<char> seen(profile.candidates, 0);
  std::vector<Candidate> order;
  for (std::size_t i = 0; i < ballots.ballots.size(); ++i) {
    const Ballot& ballot = ballots.ballots[i];
    read_paper(ballot, rules, profile.standing, seen, order);
    if (order.empty()) {
      profile.blank += ballot.count;
      continue;
    }
    profile.flat.insert(profile.flat.end(), order.begin(), order.end());
    profile.offsets.push_back(profile.flat.size());
    profile.counts.push_back(ballot.count);
    profile.group.push_back(ballot.group);
    profile.source.push_back(static_cast<std::uint32_t>(i));
    profile.valid += ballot.count;
  }
  return profile;
}

}  // namespace scrutineer::contest
