// Single transferable vote. With one seat it elects whom the instant run-off elects (who has more than half
// of the papers in play is never last), and its margins are the same. With several seats no exact margin is
// known to be computable (Blom et al. 2025, arXiv 2501.14847, give bounds); here, for the last candidate to
// be elected:
//
//   low   if they reached the Droop quota with first preferences: fewest papers with which they no longer do,
//   since
//         whoever has the quota at the first count is elected. Else that nothing touched leaves them elected.
//   high  by trial, counted again without a tie: their own papers away, papers for the last one not elected
//   put in, or
//         both
#include <algorithm>

#include "contest/margins/found_by_trial.h"
#include "contest/margins/margin_of_rule.h"
#include "contest/margins/means.h"
#include "contest/rules/counting.h"

namespace scrutineer::contest {
namespace {

constexpr std::size_t most_preferences = 200'000;  // of the papers, for trials: each counts them anew

class TransferableMargin {
 public:
  TransferableMargin(const Ballots& ballots, Candidate winner, const MarginOptions& options,
                     const Count& counted)
      : ballots_(ballots),
        winner_(winner),
        options_(options),
        tied_(!counted.ties.empty()),
        seats_(seats_to_fill(ballots, options.count)),
        profile_(read_papers(ballots, options.count.paper)) {
    for (std::size_t kind = 0; kind < profile_.kinds(); ++kind) {
      if (profile_.preferences(kind).front() != winner) continue;
      own_.push_back(kind);
      first_ += profile_.counts[kind];
    }
    for (const Round& round : counted.rounds)
      for (const auto& [name, votes] : round.tally) {
        const bool elected =
            std::find(counted.winners.begin(), counted.winners.end(), name) != counted.winners.end();
        if (!elected) last_out_ = name;
        if (!elected) break;  // tallies fall: the strongest of those not elected in the latest round
      }
  }

  KindMargin margin(Means means) const {
    KindMargin margin;
    margin.lots.low = low(means);
    margin.proof = margin.lots.low > 1 ? "the quota, reached at the first count" : "the count itself";
    margin.change.low = margin.lots.low;
    if (!options_.caps.empty() || profile_.flat.size() > most_preferences || means == Means::mixed)
      return margin;
    const std::int64_t most =
        means == Means::addition ? profile_.valid : std::min(first_, profile_.valid - 1);
    const auto k = found_by_trial(most, [&](std::int64_t papers) { return unseats(trial(means, papers)); });
    if (!k || *k < margin.lots.low) return margin;
    margin.lots.high = margin.change.high = k;
    margin.lots_witness = margin.change_witness = trial(means, *k);
    margin.proof += "; the upper bound by trial";
    return margin;
  }

 private:
  // Fewer than this many papers leave the winner the quota at the first count.
  std::int64_t low(Means means) const {
    if (tied_) return 0;
    if (options_.count.quota != Quota::droop) return 1;
    const auto quota = [&](std::int64_t valid) {
      return valid / (static_cast<std::int64_t>(seats_) + 1) + 1;
    };
    const auto lost = [&](std::int64_t k) {
      if (means == Means::addition) return first_ < quota(profile_.valid + k);
      if (means == Means::modification) return first_ - k < quota(profile_.valid);
      return first_ - k <
             quota(profile_.valid - k);  // one that comes raises the quota by less than one that goes
    };
    if (lost(0)) return 1;
    std::int64_t kept = 0;
    std::int64_t k = profile_.valid * (static_cast<std::int64_t>(seats_) + 1);
    if (means != Means::addition) k = std::min(k, profile_.valid);
    while (k - kept > 1) {
      const std::int64_t middle = kept + (k - kept) / 2;
      (lost(middle) ? k : kept) = middle;
    }
    return std::max<std::int64_t>(k, 1);
  }

  Witness trial(Means means, std::int64_t papers) const {
    Witness witness;
    std::int64_t left = takes_away(means) ? papers : 0;
    for (const std::size_t kind : own_) {
      const std::int64_t here = std::min(left, profile_.counts[kind]);
      if (here > 0)
        witness.changes.push_back({false, profile_.source[kind], {{winner_}}, profile_.group[kind], here});
      left -= here;
    }
    if (!puts_in(means)) return witness;
    const auto rival = std::find(ballots_.candidates.begin(), ballots_.candidates.end(), last_out_);
    const auto candidate = static_cast<Candidate>(rival - ballots_.candidates.begin());
    witness.changes.push_back({true, std::nullopt, {{candidate}}, 0, papers});
    return witness;
  }

  bool unseats(const Witness& witness) const {
    if (last_out_.empty()) return false;
    const auto after = apply(witness, ballots_);
    if (!after) return false;
    const auto counted = count_stv(*after, options_.count);
    return counted && counted->ties.empty() &&
           std::find(counted->winners.begin(), counted->winners.end(), ballots_.candidates[winner_]) ==
               counted->winners.end();
  }

  const Ballots& ballots_;
  const Candidate winner_;
  const MarginOptions& options_;
  const bool tied_;
  const std::uint32_t seats_;
  const Profile profile_;
  std::vector<std::size_t> own_;  // kinds that put the winner first
  std::int64_t first_ = 0;        // such papers
  std::string last_out_;          // the strongest of those not elected; empty if all are
};

}  // namespace

Status stv_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options, Margins& margins) {
  if (seats_to_fill(ballots, options.count) == 1) return irv_margins(ballots, winner, options, margins);
  SCRUTINEER_TRY(const Count counted, count_stv(ballots, options.count));
  const TransferableMargin by(ballots, winner, options, counted);
  if (options.deletion) margins.deletion = by.margin(Means::deletion);
  if (options.addition) margins.addition = by.margin(Means::addition);
  if (options.modification) margins.modification = by.margin(Means::modification);
  if (options.mixed) margins.mixed = by.margin(Means::mixed);
  margins.note =
      "With several seats the margins are those of the last candidate to be elected, and only bounds are "
      "known.";
  return {};
}

// With several seats: those elected, where no tie came up.
std::optional<std::vector<Candidate>> stv_possible_winners(const Ballots& ballots,
                                                           const CountOptions& options) {
  if (seats_to_fill(ballots, options) == 1) return irv_possible_winners(ballots, options);
  const auto counted = count_stv(ballots, options);
  if (!counted || !counted->ties.empty()) return std::nullopt;
  std::vector<Candidate> winners;
  for (Candidate c = 0; c < ballots.candidates.size(); ++c)
    if (std::find(counted->winners.begin(), counted->winners.end(), ballots.candidates[c]) !=
        counted->winners.end())
      winners.push_back(c);
  return winners;
}

}  // namespace scrutineer::contest
