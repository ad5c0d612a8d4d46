#include "contest/margins/college_bounds.h"

#include <algorithm>
#include <limits>

#include "contest/margins/found_by_trial.h"
#include "contest/margins/margin_of_rule.h"
#include "contest/rules/college.h"

namespace scrutineer::contest {
namespace {

constexpr std::size_t most_trials = 200;  // sections times rivals

struct Stage {
  std::vector<Candidate> left;                   // by rising share; the first goes out
  std::vector<std::vector<std::int64_t>> votes;  // [section][candidate]
  std::vector<std::int64_t> in_play;             // by section
};

Stage stage_of(const Profile& profile, const std::vector<std::int64_t>& weights,
               const std::vector<char>& in) {
  Stage stage;
  stage.votes.assign(profile.groups, std::vector<std::int64_t>(profile.candidates, 0));
  stage.in_play.assign(profile.groups, 0);
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    for (const Candidate c : profile.preferences(kind)) {
      if (!in[c]) continue;
      stage.votes[profile.group[kind]][c] += profile.counts[kind];
      stage.in_play[profile.group[kind]] += profile.counts[kind];
      break;
    }
  }
  const CollegeShares shares = college_shares(profile, weights, in);
  for (Candidate c = 0; c < profile.candidates; ++c)
    if (in[c]) stage.left.push_back(c);
  std::stable_sort(stage.left.begin(), stage.left.end(),
                   [&](Candidate a, Candidate b) { return shares.share[a] < shares.share[b]; });
  return stage;
}

// The most by which k papers lower the lead of a over b.
Fraction most_fall(const Stage& stage, const std::vector<std::int64_t>& weights, Candidate a, Candidate b,
                   Means means, std::int64_t k) {
  Fraction most = 0;
  for (std::size_t s = 0; s < stage.in_play.size(); ++s) {
    const std::int64_t papers = stage.in_play[s];
    if (papers == 0) continue;
    const Fraction weight = weights[s];
    const Fraction lead = stage.votes[s][a] - stage.votes[s][b];
    Fraction fall = 2 * weight * k / (papers - k);
    if (means == Means::addition) fall = weight * k * (papers + lead) / (Fraction(papers) * papers);
    if (means == Means::deletion) fall = weight * (lead / papers - (lead - k) / (papers - k));
    most = std::max(most, fall);
  }
  return most;
}

Fraction lead_of(const Stage& stage, const std::vector<std::int64_t>& weights, Candidate a, Candidate b) {
  Fraction lead = 0;
  for (std::size_t s = 0; s < stage.in_play.size(); ++s)
    if (stage.in_play[s] > 0)
      lead += Fraction(stage.votes[s][a] - stage.votes[s][b]) * weights[s] / stage.in_play[s];
  return lead;
}

// Sections without papers in play could gain some: nothing is proved there, so at least one paper is all that
// is said.
std::int64_t proved_low(const Profile& profile, const std::vector<std::int64_t>& weights, Means means) {
  std::vector<char> in = profile.standing;
  std::int64_t low = std::numeric_limits<std::int64_t>::max();
  for (;;) {
    const Stage stage = stage_of(profile, weights, in);
    if (stage.left.size() < 2) break;
    const std::int64_t fewest = *std::min_element(stage.in_play.begin(), stage.in_play.end());
    if (fewest <= 1) return 1;
    low = std::min(low, fewest);
    const Candidate out = stage.left.front();
    for (const Candidate stays : stage.left) {
      if (stays == out) continue;
      const Fraction lead = lead_of(stage, weights, stays, out);
      std::int64_t enough = low;
      std::int64_t too_few = 0;
      while (enough - too_few > 1) {
        const std::int64_t k = too_few + (enough - too_few) / 2;
        (most_fall(stage, weights, stays, out, means, k) >= lead ? enough : too_few) = k;
      }
      low = std::min(low, enough);
    }
    in[out] = 0;
  }
  return std::max<std::int64_t>(low == std::numeric_limits<std::int64_t>::max() ? 1 : low, 1);
}

struct Trial {
  std::uint32_t section = 0;
  Candidate rival = 0;
};

Witness witness_of(const Profile& profile, Candidate winner, Means means, const Trial& trial,
                   std::int64_t papers) {
  Witness witness;
  std::int64_t left = takes_away(means) ? papers : 0;
  for (std::size_t kind = 0; kind < profile.kinds() && left > 0; ++kind) {
    if (profile.group[kind] != trial.section || profile.preferences(kind).front() != winner) continue;
    const std::int64_t here = std::min(left, profile.counts[kind]);
    witness.changes.push_back({false, profile.source[kind], {{winner}}, trial.section, here});
    left -= here;
  }
  if (puts_in(means)) witness.changes.push_back({true, std::nullopt, {{trial.rival}}, trial.section, papers});
  return witness;
}

void try_all(const Ballots& ballots, const Profile& profile, Candidate winner, Means means,
             const MarginOptions& options, bool change, Least& least, std::optional<Witness>& witness) {
  std::vector<std::int64_t> own(profile.groups, 0);
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind)
    if (profile.preferences(kind).front() == winner) own[profile.group[kind]] += profile.counts[kind];
  std::size_t trials = 0;
  for (std::uint32_t section = 0; section < profile.groups; ++section) {
    for (Candidate rival = 0; rival < profile.candidates; ++rival) {
      if (rival == winner || !profile.standing[rival]) continue;
      if (++trials > most_trials) return;
      const Trial trial{section, rival};
      std::int64_t most = means == Means::addition ? profile.valid : own[section];
      if (means == Means::deletion) most = std::min(most, profile.valid - 1);
      if (!options.caps.empty()) most = std::min(most, options.caps[section]);
      if (least.high) most = std::min(most, *least.high - 1);
      const auto k = found_by_trial(most, [&](std::int64_t papers) {
        const auto after = apply(witness_of(profile, winner, means, trial, papers), ballots);
        if (!after) return false;
        const auto winners = college_possible_winners(*after, options.count);
        if (!winners) return false;
        const bool still = std::find(winners->begin(), winners->end(), winner) != winners->end();
        return change ? !still : !still || winners->size() > 1;
      });
      if (k && (!least.high || *k < *least.high)) {
        least.high = k;
        witness = witness_of(profile, winner, means, trial, *k);
      }
      if (means == Means::deletion) break;  // no rival is named
    }
  }
}

}  // namespace

KindMargin college_bounds(const Ballots& ballots, const Profile& profile,
                          const std::vector<std::int64_t>& weights, Candidate winner, Means means,
                          const MarginOptions& options, bool tied) {
  KindMargin margin;
  margin.change.low = 1;
  if (tied) {
    margin.lots.high = 0;
    margin.lots_witness.emplace();
  } else {
    margin.lots.low = means == Means::mixed ? 1 : proved_low(profile, weights, means);
    margin.change.low = margin.lots.low;
  }
  margin.proof = margin.lots.low > 1 ? "no comparison of the count can turn with fewer" : "the count itself";
  if (means == Means::mixed) return margin;
  if (!tied) try_all(ballots, profile, winner, means, options, false, margin.lots, margin.lots_witness);
  try_all(ballots, profile, winner, means, options, true, margin.change, margin.change_witness);
  if (margin.change.high || margin.lots.high) margin.proof += "; the upper bounds by trial";
  return margin;
}

}  // namespace scrutineer::contest
