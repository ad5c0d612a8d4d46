// Electoral college: each section (the groups of the ballots) has a weight, shared among candidates by their
// share of the votes cast in it. A candidate with more than half of the weight in play is elected; otherwise
// the candidate with the smallest share goes out, the papers pass to their next preference within the
// section, and the shares are formed anew (the Labour Party's colleges of 1981 to 2010; London 2000). Shares
// are exact fractions.
#include "contest/rules/college.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contest/rules/counting.h"

namespace scrutineer::contest {

Result<std::vector<std::int64_t>> section_weights(const Ballots& ballots, const CountOptions& options) {
  std::vector<std::int64_t> weights(ballots.groups.size(), 1);
  if (options.section_weights.empty()) return weights;
  for (const auto& [name, weight] : options.section_weights) {
    const auto place = std::find(ballots.groups.begin(), ballots.groups.end(), name);
    if (place == ballots.groups.end())
      return wrong_usage(fmt::format("section \"{}\" is not among the ballots", printable(name, 60)),
                         "one of " + printable(join(ballots.groups, ", "), 300));
    if (weight < 1 || weight > 1'000'000) return wrong_usage("the weight of a section is from 1 to 1000000");
    weights[static_cast<std::size_t>(place - ballots.groups.begin())] = weight;
  }
  if (options.section_weights.size() != ballots.groups.size())
    return wrong_usage("some sections have no weight", "a weight for each section");
  return weights;
}

CollegeShares college_shares(const Profile& profile, const std::vector<std::int64_t>& weights,
                             const std::vector<char>& in) {
  std::vector<std::vector<std::int64_t>> votes(profile.groups,
                                               std::vector<std::int64_t>(profile.candidates, 0));
  std::vector<std::int64_t> cast(profile.groups, 0);
  CollegeShares shares;
  shares.exhausted.assign(profile.groups, 0);
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const auto preferences = profile.preferences(kind);
    const auto first =
        std::find_if(preferences.begin(), preferences.end(), [&](Candidate c) { return in[c]; });
    const std::uint32_t group = profile.group[kind];
    if (first == preferences.end()) {
      shares.exhausted[group] += profile.counts[kind];
      continue;
    }
    votes[group][*first] += profile.counts[kind];
    cast[group] += profile.counts[kind];
  }
  shares.share.assign(profile.candidates, Fraction(0));
  for (std::uint32_t group = 0; group < profile.groups; ++group) {
    if (cast[group] == 0) continue;
    shares.in_play += weights[group];
    for (Candidate c = 0; c < profile.candidates; ++c)
      if (votes[group][c] != 0) shares.share[c] += Fraction(votes[group][c]) * weights[group] / cast[group];
  }
  return shares;
}

namespace {

Round round_of(const Ballots& ballots, const Profile& profile, const std::vector<Candidate>& continuing,
               const CollegeShares& shares, std::size_t number) {
  Round round;
  round.number = static_cast<std::uint32_t>(number);
  for (const Candidate c : continuing)
    round.tally.emplace_back(ballots.candidates[c],
                             static_cast<double>(Fraction(shares.share[c] * 100 / shares.in_play)));
  std::sort(round.tally.begin(), round.tally.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  std::int64_t exhausted = 0;
  for (const std::int64_t papers : shares.exhausted) exhausted += papers;
  round.exhausted = static_cast<double>(exhausted) / static_cast<double>(profile.weight_scale);
  return round;
}

}  // namespace

Result<Count> count_college(const Ballots& ballots, const CountOptions& options) {
  SCRUTINEER_TRY(const std::vector<std::int64_t> weights, section_weights(ballots, options));
  const Profile profile = read_papers(ballots, options.paper);
  Count count;
  count.rule = to_string(Rule::college);
  const auto scale = static_cast<double>(profile.weight_scale);
  count.valid = static_cast<double>(profile.valid) / scale;
  count.invalid = static_cast<double>(profile.blank) / scale;
  std::vector<char> in = profile.standing;
  std::vector<Candidate> continuing;
  for (Candidate c = 0; c < profile.candidates; ++c)
    if (in[c]) continuing.push_back(c);
  if (profile.valid == 0) return count;  // refused by the caller
  for (;;) {
    const CollegeShares shares = college_shares(profile, weights, in);
    // Where every paper is exhausted nobody has a share and lots alone are left to decide.
    if (shares.in_play == 0) return refused("every paper is exhausted before anyone is elected");
    Round round = round_of(ballots, profile, continuing, shares, count.rounds.size() + 1);
    for (const Candidate c : continuing)
      if (shares.share[c] * 2 > shares.in_play) round.elected = {ballots.candidates[c]};
    if (!round.elected.empty()) {
      round.reason = "More than half of the college (in percent of its weight): elected";
      count.winners = round.elected;
      count.rounds.push_back(std::move(round));
      return count;
    }
    Fraction least = shares.in_play;
    for (const Candidate c : continuing) least = std::min(least, shares.share[c]);
    std::vector<Candidate> out;
    for (const Candidate c : continuing)
      if (shares.share[c] == least) out.push_back(c);
    if (out.size() > 1 && least > 0)
      out = {settle_by_lot(ballots, out, count.rule, round.number, options.seed, "goes out", count)};
    for (const Candidate c : out) {
      in[c] = 0;
      round.eliminated.push_back(ballots.candidates[c]);
    }
    std::sort(round.eliminated.begin(), round.eliminated.end());
    std::erase_if(continuing, [&](Candidate c) { return !in[c]; });
    round.reason =
        "Nobody has more than half; smallest share of the college (in percent) goes out, papers pass on "
        "within their section";
    count.rounds.push_back(std::move(round));
  }
}

}  // namespace scrutineer::contest
