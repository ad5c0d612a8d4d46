// Single transferable vote with the weighted inclusive Gregory method: whoever reaches the quota is elected;
// all papers of an elected candidate pass on at a reduced value (surplus / votes, times the paper's value,
// rounded down to four decimals), and where nobody reaches it the candidate with fewest votes goes out at the
// papers' present value. Quota: Droop, exact Droop or Hare (rules.h). Residuals of rounding are shown as
// such. With one seat and RankedOptions it is an instant run-off with the choices of RCTab.
#include <fmt/format.h>

#include "contest/lots.h"
#include "contest/rctab/tabulator.h"
#include "contest/rules/counting.h"

namespace scrutineer::contest {
namespace {

rctab::Rules rules_of(const CountOptions& options, std::uint32_t seats) {
  rctab::Rules rules;
  rules.mode = seats == 1 ? rctab::WinnerMode::single : rctab::WinnerMode::many_per_round;
  rules.winners = seats;
  rules.hare = options.quota == Quota::hare;
  rules.fractional_threshold = options.quota == Quota::droop_exact;
  rules.batch = options.ranked.batch_elimination;
  rules.until_two = options.ranked.until_two;
  rules.first_round_threshold = options.ranked.first_round_threshold;
  rules.minimum_votes = options.ranked.minimum_votes;
  if (options.ranked.stop_after_round > 0) rules.stop_after_round = options.ranked.stop_after_round;
  if (options.ranked.ties == Ties::previous_rounds) rules.ties = rctab::TieMode::previous_then_random;
  if (options.ranked.ties == Ties::java_random) rules.ties = rctab::TieMode::random;
  rules.seed = options.seed;
  return rules;
}

// Papers as they are marked, withdrawn candidates struck out: what an overvote says is for each round to
// find.
void raw_records(const Ballots& ballots, const CountOptions& options, const std::vector<char>& standing,
                 std::vector<rctab::Record>& records, std::vector<std::int64_t>& counts) {
  for (const Ballot& ballot : ballots.ballots) {
    rctab::Record& record = records.emplace_back();
    std::uint32_t rank = 0;
    for (const auto& marked : ballot.ranks) {
      std::vector<std::uint32_t> left;
      for (const Candidate c : marked)
        if (standing[c]) left.push_back(c);
      if (left.empty() && !marked.empty()) continue;  // held only the withdrawn: closes up
      if (rank++ >= options.paper.max_ranks) break;
      if (!left.empty()) record.rankings.push_back({rank, std::move(left)});
    }
    counts.push_back(ballot.count);
  }
}

}  // namespace

Result<Count> count_ranked(const Ballots& ballots, const CountOptions& options, Rule rule) {
  if (ballots.weight_scale != 1)
    return refused("the ballots have decimal weights, which are not counted by this rule", {},
                   "whole papers");
  rctab::Contest contest;
  contest.candidates = ballots.candidates;
  contest.excluded.assign(ballots.candidates.size(), 0);
  for (const Candidate c : ballots.withdrawn) contest.excluded[c] = 1;
  std::vector<char> standing;
  std::uint32_t number = 0;
  for (const char excluded : contest.excluded) {
    standing.push_back(excluded ? 0 : 1);
    number += excluded ? 0 : 1;
  }
  const std::uint32_t seats = seats_to_fill(ballots, options);
  if (number < seats)
    return refused(fmt::format("{} candidates for {} seats", number, seats), {},
                   "at least as many candidates");
  contest.rules = rules_of(options, seats);
  std::vector<rctab::Record> records;
  std::vector<std::int64_t> counts;
  std::int64_t blank = 0;
  if (options.paper.overvote == Overvote::exhaust_if_several) {
    contest.rules.overvote = rctab::OvervoteRule::exhaust_if_multiple;
    contest.rules.max_skipped = options.paper.max_skipped_ranks;
    contest.rules.exhaust_on_duplicate = options.paper.exhaust_on_duplicate;
    raw_records(ballots, options, standing, records, counts);
  } else {
    const Profile profile = read_papers(ballots, options.paper);
    for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
      std::uint32_t rank = 0;
      rctab::Record& record = records.emplace_back();
      for (const Candidate c : profile.preferences(kind)) record.rankings.push_back({++rank, {c}});
    }
    counts = profile.counts;
    blank = profile.blank;
  }
  rctab::Chooser by_lot;
  if (options.ranked.ties != Ties::java_random)
    by_lot = [&](std::uint32_t round, const std::vector<std::string>& names) {
      return draw_lot(options.seed, fmt::format("{} {}", to_string(rule), round), names);
    };
  SCRUTINEER_TRY(Count count, rctab::tabulate(contest, records, counts, by_lot));
  count.rule = to_string(rule);
  count.invalid += static_cast<double>(blank);
  return count;
}

Result<Count> count_stv(const Ballots& ballots, const CountOptions& options) {
  return count_ranked(ballots, options, Rule::stv);
}

}  // namespace scrutineer::contest
