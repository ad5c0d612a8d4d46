#include "contest/margins/comparisons.h"

#include <algorithm>
#include <numeric>

#include "contest/profile.h"
#include "contest/rules/supplementary.h"

namespace scrutineer::contest {
namespace {

std::vector<Candidate> standing_of(const Profile& profile) {
  std::vector<Candidate> standing;
  for (Candidate c = 0; c < profile.candidates; ++c)
    if (profile.standing[c]) standing.push_back(c);
  return standing;
}

std::vector<std::int64_t> tally(const Profile& profile, const std::vector<char>& in) {
  std::vector<std::int64_t> votes(profile.candidates, 0);
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    for (const Candidate c : profile.preferences(kind)) {
      if (!in[c]) continue;
      votes[c] += profile.counts[kind];
      break;
    }
  }
  return votes;
}

// All of one side against all of the other side, one by one.
void compare(const std::vector<std::int64_t>& votes, const std::vector<Candidate>& ahead, std::int64_t behind,
             std::vector<Comparison>& all) {
  for (const Candidate c : ahead) all.push_back({votes[c], behind});
}

std::vector<Comparison> plurality(const Profile& profile) {
  const std::vector<std::int64_t> votes = tally(profile, profile.standing);
  std::vector<Candidate> order = standing_of(profile);
  const auto winner = *std::max_element(order.begin(), order.end(),
                                        [&](Candidate a, Candidate b) { return votes[a] < votes[b]; });
  std::vector<Comparison> all;
  for (const Candidate c : order)
    if (c != winner) all.push_back({votes[winner], votes[c]});
  return all;
}

std::vector<Comparison> supplementary(const Profile& profile) {
  const SupplementaryTotals totals = supplementary_totals(profile);
  std::vector<Candidate> remain;
  std::vector<Comparison> all;
  for (const Candidate c : standing_of(profile))
    if (totals.remains[c]) remain.push_back(c);
  if (remain.size() != 2) return {{0, 0}};
  for (const Candidate c : standing_of(profile))
    if (!totals.remains[c]) compare(totals.first, remain, totals.first[c], all);
  const std::int64_t one = totals.total[remain[0]];
  const std::int64_t other = totals.total[remain[1]];
  all.push_back({std::max(one, other), std::min(one, other)});
  return all;
}

std::vector<Comparison> instant_runoff(const Profile& profile) {
  std::vector<char> in = profile.standing;
  std::vector<Candidate> left = standing_of(profile);
  std::vector<Comparison> all;
  while (left.size() > 1) {
    const std::vector<std::int64_t> votes = tally(profile, in);
    std::stable_sort(left.begin(), left.end(), [&](Candidate a, Candidate b) { return votes[a] < votes[b]; });
    // The group whose sum is furthest below the next tally goes out together, in whatever order.
    std::int64_t sum = 0;
    std::int64_t behind = votes[left.front()];
    std::int64_t widest = -1;
    std::size_t out = 1;
    for (std::size_t i = 0; i + 1 < left.size(); ++i) {
      sum += votes[left[i]];
      if (votes[left[i + 1]] - sum <= widest) continue;
      widest = votes[left[i + 1]] - sum;
      behind = sum;
      out = i + 1;
    }
    const std::vector<Candidate> stay(left.begin() + static_cast<std::ptrdiff_t>(out), left.end());
    compare(votes, stay, behind, all);
    for (std::size_t i = 0; i < out; ++i) in[left[i]] = 0;
    left = stay;
  }
  return all;
}

}  // namespace

std::optional<Comparisons> comparisons(const Ballots& ballots, Rule rule, const CountOptions& options) {
  if (ballots.weight_scale != 1) return std::nullopt;
  Comparisons result;
  if (rule == Rule::plurality) {
    result = {plurality(read_papers(ballots, {.max_skipped_ranks = 0, .max_ranks = 1})), true};
  } else if (rule == Rule::supplementary) {
    result = {supplementary(read_supplementary_papers(ballots)), false};
  } else if (rule == Rule::irv) {
    result = {instant_runoff(read_papers(ballots, options.paper)), false};
  } else {
    return std::nullopt;
  }
  for (const Comparison& comparison : result.all)
    if (comparison.ahead <= comparison.behind) return std::nullopt;
  return result;
}

}  // namespace scrutineer::contest
