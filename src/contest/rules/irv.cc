// Instant run-off (alternative vote, preferential voting). Each paper counts for its first continuing
// preference. A candidate with more than half of the votes still in play is elected; otherwise the candidate
// with fewest votes goes out and the papers pass on. A tie for last is decided by lot. Candidates without any
// vote go out together: as no paper moves, no order among them can matter and no lot is needed.
//
// Papers lie in piles by candidate and only the pile of who goes out is moved, so each paper is touched once
// a preference: linear in papers.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "contest/rules/counting.h"

namespace scrutineer::contest {
namespace {

class InstantRunoff {
 public:
  InstantRunoff(const Ballots& ballots, const CountOptions& options)
      : ballots_(ballots), options_(options), profile_(read_papers(ballots, options.paper)) {}

  Count run() {
    start();
    if (profile_.valid == 0) return std::move(count_);  // nothing to count: refused by the caller
    while (!round_is_last()) eliminate();
    return std::move(count_);
  }

 private:
  void start() {
    count_.rule = to_string(Rule::irv);
    const auto scale = static_cast<double>(profile_.weight_scale);
    count_.valid = static_cast<double>(profile_.valid) / scale;
    count_.invalid = static_cast<double>(profile_.blank) / scale;
    votes_.assign(profile_.candidates, 0);
    piles_.resize(profile_.candidates);
    in_ = profile_.standing;
    at_.assign(profile_.kinds(), 0);
    for (Candidate c = 0; c < profile_.candidates; ++c)
      if (in_[c]) continuing_.push_back(c);
    for (std::size_t kind = 0; kind < profile_.kinds(); ++kind) {
      const Candidate first = profile_.preferences(kind).front();
      votes_[first] += profile_.counts[kind];
      piles_[first].push_back(static_cast<std::uint32_t>(kind));
    }
  }

  // Opens a round with the tallies as they are; true if it elects.
  bool round_is_last() {
    Round round;
    round.number = static_cast<std::uint32_t>(count_.rounds.size() + 1);
    round.tally = named_votes(ballots_, continuing_, votes_, profile_.weight_scale);
    std::int64_t in_play = 0;
    for (const Candidate c : continuing_) in_play += votes_[c];
    round.exhausted =
        static_cast<double>(profile_.valid - in_play) / static_cast<double>(profile_.weight_scale);
    Candidate elected = std::numeric_limits<Candidate>::max();
    for (const Candidate c : continuing_)
      if (votes_[c] > in_play - votes_[c] || continuing_.size() == 1) elected = c;
    const bool last = elected != std::numeric_limits<Candidate>::max();
    if (last) {
      round.elected = {ballots_.candidates[elected]};
      round.reason =
          "More than half of the votes still in play: elected (rule 45A(2) of the alternative vote, "
          "Parliamentary Voting System and Constituencies Act 2011 s.9)";
      count_.winners = round.elected;
    }
    count_.rounds.push_back(std::move(round));
    return last;
  }

  void eliminate() {
    std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
    for (const Candidate c : continuing_) fewest = std::min(fewest, votes_[c]);
    std::vector<Candidate> out;
    for (const Candidate c : continuing_)
      if (votes_[c] == fewest) out.push_back(c);
    Round& round = count_.rounds.back();
    if (fewest > 0 && out.size() > 1)
      out = {settle_by_lot(ballots_, out, count_.rule, round.number, options_.seed, "goes out", count_)};
    round.reason =
        fewest == 0
            ? "Candidates without any vote go out: no paper moves, so their order is nothing to decide"
            : "Nobody has more than half; fewest votes goes out and the papers pass on (rule 45A(3))";
    for (const Candidate c : out) {
      in_[c] = 0;
      round.eliminated.push_back(ballots_.candidates[c]);
    }
    std::sort(round.eliminated.begin(), round.eliminated.end());
    std::erase_if(continuing_, [&](Candidate c) { return !in_[c]; });
    for (const Candidate c : out)
      if (votes_[c] > 0) transfer(c, round);
  }

  void transfer(Candidate from, Round& round) {
    std::vector<std::int64_t> moved(profile_.candidates, 0);
    std::int64_t exhausted = 0;
    for (const std::uint32_t kind : piles_[from]) {
      const auto preferences = profile_.preferences(kind);
      std::uint32_t at = at_[kind] + 1;
      while (at < preferences.size() && !in_[preferences[at]]) ++at;
      at_[kind] = at;
      if (at == preferences.size()) {
        exhausted += profile_.counts[kind];
        continue;
      }
      const Candidate to = preferences[at];
      moved[to] += profile_.counts[kind];
      piles_[to].push_back(kind);
    }
    std::vector<std::uint32_t>().swap(piles_[from]);
    std::vector<Candidate> receivers;
    for (Candidate c = 0; c < profile_.candidates; ++c) {
      votes_[c] += moved[c];
      if (moved[c] > 0) receivers.push_back(c);
    }
    auto& row = round.transfers[ballots_.candidates[from]];
    row = named_votes(ballots_, receivers, moved, profile_.weight_scale);
    if (exhausted > 0)
      row.emplace_back("", static_cast<double>(exhausted) / static_cast<double>(profile_.weight_scale));
  }

  const Ballots& ballots_;
  const CountOptions& options_;
  const Profile profile_;
  Count count_;
  std::vector<std::int64_t> votes_;
  std::vector<std::vector<std::uint32_t>> piles_;  // by candidate: kinds that count for them now
  std::vector<std::uint32_t> at_;                  // by kind: the preference that counts now
  std::vector<char> in_;
  std::vector<Candidate> continuing_;
};

}  // namespace

Result<Count> count_irv(const Ballots& ballots, const CountOptions& options) {
  if (options.ranked != RankedOptions{} || options.paper.overvote == Overvote::exhaust_if_several)
    return count_ranked(ballots, options, Rule::irv);
  return InstantRunoff(ballots, options).run();
}

}  // namespace scrutineer::contest
