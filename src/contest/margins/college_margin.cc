// Electoral college between two candidates, exactly. With W_s the weight of section s, w_s and c_s the votes
// of the winner and the challenger there and V_s = w_s + c_s, the lead is  D = sum_s W_s (w_s - c_s) / V_s.
//
//   delete   k winner's papers in s make the term W_s (1 - 2 c_s / (V_s - k)): concave in k, so an optimum
//            deletes all it may in some sections, some in at most one and none in the rest (a concave
//            function on a box cut by one sum is least at a vertex): every choice of full sections and of the
//            partial one is tried. A section left without papers gives nothing to anyone.
//   add      k challenger's papers make it W_s (2 w_s / (V_s + k) - 1): convex, so the greatest fall first is
//   best. modify   a winner's paper turned to the challenger lowers it by 2 W_s / V_s: linear, greatest
//   first.
//
// With more than two candidates, or more sections than can be tried: college_bounds.h.
#include <algorithm>
#include <numeric>
#include <set>

#include "contest/margins/college_bounds.h"
#include "contest/margins/margin_of_rule.h"
#include "contest/margins/means.h"
#include "contest/rules/college.h"

namespace scrutineer::contest {
namespace {

constexpr std::size_t most_sections = 12;
constexpr std::size_t most_sets = 3000;

struct Section {
  std::int64_t weight = 1, winner = 0, challenger = 0, room = 0;
};

// The section's term with `winner` and `challenger` votes.
Fraction term_of(const Section& section, std::int64_t winner, std::int64_t challenger) {
  if (winner + challenger == 0) return 0;
  return Fraction(winner - challenger) * section.weight / (winner + challenger);
}

Fraction lead_after_deleting(const std::vector<Section>& sections, const std::vector<std::int64_t>& gone) {
  Fraction lead = 0;
  for (std::size_t s = 0; s < sections.size(); ++s)
    lead += term_of(sections[s], sections[s].winner - gone[s], sections[s].challenger);
  return lead;
}

struct Plan {
  std::vector<std::int64_t> papers;  // by section
  std::int64_t total = 0;
};

bool enough(const Fraction& lead, bool change) {
  return change ? lead < 0 : lead <= 0;
}

// Least k in [0, most] with f(k) true for a rising f; nothing if not even f(most).
template <typename Holds>
std::optional<std::int64_t> least_that(std::int64_t most, Holds holds) {
  if (!holds(most)) return std::nullopt;
  std::int64_t low = -1;
  while (most - low > 1) {
    const std::int64_t middle = low + (most - low) / 2;
    (holds(middle) ? most : low) = middle;
  }
  return most;
}

std::optional<Plan> deleting(const std::vector<Section>& sections, bool change) {
  std::int64_t all = 0;
  for (const Section& section : sections) all += section.winner + section.challenger;
  std::optional<Plan> best;
  for (std::size_t full = 0; full < std::size_t{1} << sections.size(); ++full) {
    Plan plan;
    for (std::size_t s = 0; s < sections.size(); ++s)
      plan.papers.push_back(full >> s & 1U ? std::min(sections[s].room, sections[s].winner) : 0);
    const std::int64_t base = std::accumulate(plan.papers.begin(), plan.papers.end(), std::int64_t{0});
    if (best && base >= best->total) continue;
    for (std::size_t s = 0; s < sections.size(); ++s) {
      if (full >> s & 1U) continue;
      std::vector<std::int64_t> gone = plan.papers;
      const auto k = least_that(std::min(sections[s].room, sections[s].winner), [&](std::int64_t papers) {
        gone[s] = papers;
        return enough(lead_after_deleting(sections, gone), change);
      });
      if (!k || base + *k >= all || (best && base + *k >= best->total)) continue;
      gone[s] = *k;
      best = Plan{gone, base + *k};
    }
  }
  return best;
}

// Takes the section where the next paper lowers the lead most, until it is low enough.
std::optional<Plan> greedily(std::vector<Section> sections, bool change, bool modify, std::int64_t room) {
  Plan plan{std::vector<std::int64_t>(sections.size(), 0), 0};
  Fraction lead = lead_after_deleting(sections, plan.papers);
  while (!enough(lead, change)) {
    std::optional<std::size_t> best;
    Fraction best_fall = 0;
    for (std::size_t s = 0; s < sections.size(); ++s) {
      const Section& now = sections[s];
      if (now.room == 0 || (modify && now.winner == 0)) continue;
      const Fraction fall = term_of(now, now.winner, now.challenger) -
                            term_of(now, now.winner - (modify ? 1 : 0), now.challenger + 1);
      if (!best || fall > best_fall) {
        best = s;
        best_fall = fall;
      }
    }
    if (!best || best_fall <= 0 || plan.total == room) return std::nullopt;
    Section& chosen = sections[*best];
    if (modify) --chosen.winner;
    ++chosen.challenger;
    --chosen.room;
    ++plan.papers[*best];
    ++plan.total;
    lead -= best_fall;
  }
  return plan;
}

class CollegeMargin {
 public:
  CollegeMargin(const Profile& profile, const std::vector<std::int64_t>& weights, Candidate winner,
                Candidate challenger, const Caps& caps)
      : profile_(profile), winner_(winner), challenger_(challenger), caps_(caps) {
    for (std::uint32_t g = 0; g < profile.groups; ++g)
      sections_.push_back({weights[g], 0, 0, caps.empty() ? std::int64_t{1} << 40 : caps[g]});
    for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
      Section& section = sections_[profile.group[kind]];
      (profile.preferences(kind).front() == winner ? section.winner : section.challenger) +=
          profile.counts[kind];
    }
  }

  KindMargin margin(Means means) const {
    KindMargin margin;
    margin.proof = "closed form";
    fill(means, false, margin.lots, margin.lots_witness);
    fill(means, true, margin.change, margin.change_witness);
    return margin;
  }

 private:
  void fill(Means means, bool change, Least& least, std::optional<Witness>& witness) const {
    const std::int64_t room =
        caps_.empty() ? profile_.valid * 1'000 : std::accumulate(caps_.begin(), caps_.end(), std::int64_t{0});
    const std::optional<Plan> plan = means == Means::deletion
                                         ? deleting(sections_, change)
                                         : greedily(sections_, change, means == Means::modification, room);
    if (!plan) {
      least.impossible = true;
      return;
    }
    least.low = plan->total;
    least.high = plan->total;
    witness.emplace();
    for (std::uint32_t g = 0; g < profile_.groups; ++g) {
      if (means != Means::addition) take_away(g, plan->papers[g], *witness);
      if (means != Means::deletion && plan->papers[g] > 0)
        witness->changes.push_back({true, std::nullopt, {{challenger_}}, g, plan->papers[g]});
    }
  }

  void take_away(std::uint32_t group, std::int64_t papers, Witness& witness) const {
    for (std::size_t kind = 0; kind < profile_.kinds() && papers > 0; ++kind) {
      if (profile_.group[kind] != group || profile_.preferences(kind).front() != winner_) continue;
      const std::int64_t here = std::min(papers, profile_.counts[kind]);
      witness.changes.push_back({false, profile_.source[kind], {}, group, here});
      papers -= here;
    }
  }

  const Profile& profile_;
  const Candidate winner_, challenger_;
  const Caps& caps_;
  std::vector<Section> sections_;
};

}  // namespace

Status college_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options,
                       Margins& margins) {
  SCRUTINEER_TRY(const std::vector<std::int64_t> weights, section_weights(ballots, options.count));
  const Profile profile = read_papers(ballots, options.count.paper);
  std::vector<Candidate> rivals;
  for (Candidate c = 0; c < profile.candidates; ++c)
    if (profile.standing[c] && c != winner) rivals.push_back(c);
  const bool two = rivals.size() == 1;
  const bool few = profile.groups <= most_sections;
  const auto by = [&](Means means) {
    if (!two || means == Means::mixed || (means == Means::deletion && !few))
      return college_bounds(ballots, profile, weights, winner, means, options,
                            margins.possible_winners.size() > 1);
    return CollegeMargin(profile, weights, winner, rivals.front(), options.caps).margin(means);
  };
  if (options.deletion) margins.deletion = by(Means::deletion);
  if (options.addition) margins.addition = by(Means::addition);
  if (options.modification) margins.modification = by(Means::modification);
  if (options.mixed) margins.mixed = by(Means::mixed);
  return {};
}

std::optional<std::vector<Candidate>> college_possible_winners(const Ballots& ballots,
                                                               const CountOptions& options) {
  const auto weights = section_weights(ballots, options);
  if (!weights) return std::nullopt;
  const Profile profile = read_papers(ballots, options.paper);
  std::set<std::vector<char>> seen = {profile.standing};
  std::vector<std::vector<char>> open = {profile.standing};
  std::set<Candidate> winners;
  while (!open.empty()) {
    if (seen.size() > most_sets) return std::nullopt;
    const std::vector<char> in = std::move(open.back());
    open.pop_back();
    const CollegeShares shares = college_shares(profile, *weights, in);
    std::vector<Candidate> left;
    for (Candidate c = 0; c < profile.candidates; ++c)
      if (in[c]) left.push_back(c);
    if (left.size() == 1) {
      winners.insert(left.front());
      continue;
    }
    Fraction least = shares.share[left.front()];
    for (const Candidate c : left) least = std::min(least, shares.share[c]);
    for (const Candidate c : left) {
      if (shares.share[c] != least) continue;
      std::vector<char> next = in;
      next[c] = 0;
      if (seen.insert(next).second) open.push_back(std::move(next));
    }
  }
  return std::vector<Candidate>(winners.begin(), winners.end());
}

}  // namespace scrutineer::contest
