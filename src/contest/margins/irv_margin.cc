// Instant run-off: the six thresholds by search (irv_search.h).
#include <fmt/format.h>

#include <algorithm>

#include "contest/margins/irv_search.h"
#include "contest/margins/margin_of_rule.h"

namespace scrutineer::contest {
namespace {

constexpr std::size_t most_candidates = 64;  // positions of a suffix are bits of a word

std::vector<std::vector<Candidate>> as_ranks(const std::vector<Candidate>& order) {
  std::vector<std::vector<Candidate>> ranks;
  for (const Candidate c : order) ranks.push_back({c});
  return ranks;
}

Witness as_witness(const Profile& profile, const SuffixProgram::Changed& changed) {
  Witness witness;
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const std::int64_t gone = profile.counts[kind] - changed.counts[kind];
    if (gone == 0) continue;
    const auto preferences = profile.preferences(kind);
    witness.changes.push_back({false, profile.source[kind],
                               as_ranks({preferences.begin(), preferences.end()}), profile.group[kind],
                               gone});
  }
  for (std::size_t i = 0; i < changed.put_in.size(); ++i)
    witness.changes.push_back({true, std::nullopt, as_ranks(changed.put_in[i].order), changed.put_groups[i],
                               changed.put_in[i].count});
  return witness;
}

void take(const SearchResult& found, const Profile& profile, Least& least, std::optional<Witness>& witness) {
  least.low = found.low;
  least.high = found.high;
  least.impossible = found.impossible;
  if (found.high) witness = as_witness(profile, found.witness);
}

KindMargin margin_by(Means means, const Profile& profile, Candidate winner, const MarginOptions& options,
                     bool tied) {
  const SuffixProblem problem{profile, means, winner, options.caps,
                              means == Means::mixed ? options.most_added : std::nullopt};
  SearchSettings settings;
  settings.keep_proof = options.keep_proofs;
  settings.work = options.steps;
  settings.seconds = options.seconds;
  KindMargin margin;
  std::uint64_t suffixes = 0;
  std::uint64_t programs = 0;
  if (tied) {  // lots have decided already
    margin.lots.high = 0;
    margin.lots_witness.emplace();
  } else {
    SearchResult lots = search_irv(problem, settings);
    if (options.keep_proofs) margin.lots_proof = std::move(lots.proof);
    take(lots, profile, margin.lots, margin.lots_witness);
    margin.lots.low = std::max<std::int64_t>(margin.lots.low, 1);
    suffixes += lots.suffixes;
    programs += lots.programs;
  }
  settings.change = true;
  SearchResult change = search_irv(problem, settings);
  if (options.keep_proofs) margin.change_proof = std::move(change.proof);
  take(change, profile, margin.change, margin.change_witness);
  suffixes += change.suffixes;
  programs += change.programs;
  // One paper more or less moves one tally by one at a stage, so two neighbouring sets of ballots always
  // share a possible order: a certain change needs at least one paper more than a possible one (not so when
  // papers are modified, which moves two tallies).
  const std::int64_t gap = means == Means::modification ? 0 : 1;
  margin.change.low = std::max(margin.change.low, margin.lots.low + gap);
  if (margin.lots.impossible) margin.change.impossible = true;
  margin.proof =
      fmt::format("a search over {} ends of elimination orders with {} linear programs, checked in integers",
                  suffixes, programs);
  return margin;
}

}  // namespace

Status irv_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options, Margins& margins) {
  const Profile profile = read_papers(ballots, options.count.paper);
  if (static_cast<std::size_t>(std::count(profile.standing.begin(), profile.standing.end(), 1)) >
      most_candidates)
    return refused(fmt::format("margins of instant run-off are known up to {} candidates", most_candidates));
  const bool tied = margins.possible_winners.size() > 1;
  if (options.deletion) margins.deletion = margin_by(Means::deletion, profile, winner, options, tied);
  if (options.addition) margins.addition = margin_by(Means::addition, profile, winner, options, tied);
  if (options.modification)
    margins.modification = margin_by(Means::modification, profile, winner, options, tied);
  if (options.mixed) margins.mixed = margin_by(Means::mixed, profile, winner, options, tied);
  return {};
}

}  // namespace scrutineer::contest
