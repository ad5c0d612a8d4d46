// Single transferable vote with the weighted inclusive Gregory method: whoever reaches the quota is elected;
// all papers of an elected candidate pass on at a reduced value (surplus / votes, times the paper's value,
// rounded down to four decimals), and where nobody reaches it the candidate with fewest votes goes out at the
// papers' present value. Quota: Droop, exact Droop or Hare (rules.h). Residuals of rounding are shown as
// such.
#include <fmt/format.h>

#include "contest/lots.h"
#include "contest/rctab/tabulator.h"
#include "contest/rules/counting.h"

namespace scrutineer::contest {

Result<Count> count_stv(const Ballots& ballots, const CountOptions& options) {
  if (ballots.weight_scale != 1)
    return refused("the ballots have decimal weights, which are not counted by this rule", {},
                   "whole papers");
  const Profile profile = read_papers(ballots, options.paper);
  rctab::Contest contest;
  contest.candidates = ballots.candidates;
  std::uint32_t standing = 0;
  for (const char stands : profile.standing) {
    contest.excluded.push_back(stands ? 0 : 1);
    standing += stands ? 1 : 0;
  }
  const std::uint32_t seats = seats_to_fill(ballots, options);
  if (standing < seats)
    return refused(fmt::format("{} candidates for {} seats", standing, seats), {},
                   "at least as many candidates");
  contest.rules.mode = seats == 1 ? rctab::WinnerMode::single : rctab::WinnerMode::many_per_round;
  contest.rules.winners = seats;
  contest.rules.hare = options.quota == Quota::hare;
  contest.rules.fractional_threshold = options.quota == Quota::droop_exact;
  std::vector<rctab::Record> records(profile.kinds());
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    std::uint32_t rank = 0;
    for (const Candidate c : profile.preferences(kind)) records[kind].rankings.push_back({++rank, {c}});
  }
  const rctab::Chooser by_lot = [&](std::uint32_t round, const std::vector<std::string>& names) {
    return draw_lot(options.seed, fmt::format("stv {}", round), names);
  };
  SCRUTINEER_TRY(Count count, rctab::tabulate(contest, records, profile.counts, by_lot));
  count.rule = to_string(Rule::stv);
  count.invalid += static_cast<double>(profile.blank);
  return count;
}

}  // namespace scrutineer::contest
