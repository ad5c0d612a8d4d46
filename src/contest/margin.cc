#include "contest/margin.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/csv_table.h"
#include "contest/margins/margin_of_rule.h"

namespace scrutineer::contest {
namespace {

struct MarginEntry {
  Rule rule;
  Status (*margins)(const Ballots&, Candidate, const MarginOptions&, Margins&);
  std::optional<std::vector<Candidate>> (*possible)(const Ballots&, const CountOptions&);
};

constexpr std::array all_margins = {
    MarginEntry{Rule::plurality, plurality_margins, plurality_possible_winners},
    MarginEntry{Rule::supplementary, supplementary_margins, supplementary_possible_winners},
    MarginEntry{Rule::irv, irv_margins, irv_possible_winners},
    MarginEntry{Rule::stv, stv_margins, stv_possible_winners},
    MarginEntry{Rule::college, college_margins, college_possible_winners},
};

const MarginEntry* entry_of(Rule rule) {
  for (const MarginEntry& entry : all_margins)
    if (entry.rule == rule) return &entry;
  return nullptr;
}

std::vector<std::string> names_of(const Ballots& ballots, const std::vector<Candidate>& candidates) {
  std::vector<std::string> names;
  for (const Candidate c : candidates) names.push_back(ballots.candidates[c]);
  std::sort(names.begin(), names.end());
  return names;
}

// Replays a witness through the counter and writes down who can then win.
Status replay(const Ballots& ballots, Rule rule, const MarginOptions& options, const std::string& winner,
              bool change, std::optional<Witness>& witness) {
  if (!witness) return {};
  SCRUTINEER_TRY(const Ballots after, apply(*witness, ballots));
  SCRUTINEER_TRY(const auto winners, possible_winners(after, rule, options.count));
  if (!winners) return internal_error("a witness has too many ties to be replayed");
  witness->then_winners = *winners;
  const bool still = std::binary_search(winners->begin(), winners->end(), winner);
  if (change ? still : (still && winners->size() == 1))
    return internal_error("a witness does not do what it should when it is counted again");
  return {};
}

// Of several to be elected the counter knows only what happens without a tie: there lots are shown by a
// change.
Status replay_all(const Ballots& ballots, Rule rule, const MarginOptions& options, bool several,
                  Margins& margins) {
  for (std::optional<KindMargin>* kind :
       {&margins.deletion, &margins.addition, &margins.modification, &margins.mixed}) {
    if (!*kind) continue;
    SCRUTINEER_CHECK(replay(ballots, rule, options, margins.winner, several, (*kind)->lots_witness));
    SCRUTINEER_CHECK(replay(ballots, rule, options, margins.winner, true, (*kind)->change_witness));
  }
  return {};
}

}  // namespace

Result<Margins> margins(const Ballots& ballots, Rule rule, const MarginOptions& options) {
  const MarginEntry* entry = entry_of(rule);
  if (entry == nullptr)
    return wrong_usage(fmt::format("margins are not known for rule \"{}\"", to_string(rule)), "another rule");
  if (ballots.weight_scale != 1)
    return refused("the ballots have decimal weights, and part of a paper cannot be deleted", {},
                   "whole papers");
  if (!options.caps.empty() && options.caps.size() != ballots.groups.size())
    return wrong_usage(fmt::format("{} caps for {} wards", options.caps.size(), ballots.groups.size()));
  // The searches know the rule itself, not these choices of a count.
  if (!(options.count.ranked == RankedOptions{}) ||
      options.count.paper.overvote == Overvote::exhaust_if_several)
    return wrong_usage("margins are known for the rule as it stands, without choices of a count",
                       "a count without such choices");
  if (options.most_added && *options.most_added < 0)
    return wrong_usage("fewer than no papers to be added", "0 or more");
  SCRUTINEER_TRY(const Count counted, count(ballots, rule, options.count));
  Margins result;
  result.rule = to_string(rule);
  // Where several are elected the margins are those of the last of them.
  result.winner = counted.winners.back();
  const bool several = counted.winners.size() > 1;
  result.valid = counted.valid;
  SCRUTINEER_TRY(const auto possible, possible_winners(ballots, rule, options.count));
  result.possible_winners = possible && !several ? *possible : std::vector<std::string>{result.winner};
  if (!possible) result.note = "too many ties to follow every way of settling them";
  const auto place = std::find(ballots.candidates.begin(), ballots.candidates.end(), result.winner);
  SCRUTINEER_CHECK(
      entry->margins(ballots, static_cast<Candidate>(place - ballots.candidates.begin()), options, result));
  SCRUTINEER_CHECK(replay_all(ballots, rule, options, several, result));
  return result;
}

Result<Ballots> apply(const Witness& witness, const Ballots& ballots) {
  Ballots after = ballots;
  for (const PaperChange& change : witness.changes) {
    if (change.added) {
      after.ballots.push_back({change.ranks, change.count, change.group});
      continue;
    }
    if (!change.source || *change.source >= ballots.ballots.size() ||
        after.ballots[*change.source].count < change.count)
      return internal_error("a witness takes away papers that are not there");
    after.ballots[*change.source].count -= change.count;
  }
  std::erase_if(after.ballots, [](const Ballot& ballot) { return ballot.count == 0; });
  return after;
}

Result<std::optional<std::vector<std::string>>> possible_winners(const Ballots& ballots, Rule rule,
                                                                 const CountOptions& options) {
  const MarginEntry* entry = entry_of(rule);
  if (entry == nullptr)
    return wrong_usage(fmt::format("ways of settling ties are not known for rule \"{}\"", to_string(rule)));
  const auto winners = entry->possible(ballots, options);
  if (!winners) return std::optional<std::vector<std::string>>{};
  return std::optional(names_of(ballots, *winners));
}

Result<Caps> read_caps(const std::filesystem::path& file, const Ballots& ballots) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refused("cannot be read", {file.string()}, "a CSV file of wards and numbers");
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  SCRUTINEER_TRY(const CsvTable table, read_csv_table(text, file.string(), ','));
  std::map<std::string, std::uint32_t> numbers;
  for (std::uint32_t g = 0; g < ballots.groups.size(); ++g) numbers[ballots.groups[g]] = g;
  Caps caps(ballots.groups.size(), 0);
  std::vector<char> named(ballots.groups.size(), 0);
  for (std::size_t row = 1; row < table.rows.size(); ++row) {
    const CsvRow& fields = table.rows[row];
    const Place where{file.string(), fields.line, 1};
    if (fields.cells.size() < 2) return refused("a row without a number", where, "ward,questioned");
    const auto group = numbers.find(std::string(trimmed(fields.cells[0])));
    if (group == numbers.end())
      return refused(fmt::format("\"{}\" is not a ward of the ballots", printable(fields.cells[0], 60)),
                     where, "one of: " + printable(join(ballots.groups, ", "), 300));
    if (named[group->second]) return refused("the ward is named twice", where, "each ward once");
    named[group->second] = 1;
    const auto weight = parse_weight(trimmed(fields.cells[1]));
    if (!weight || weight->decimals != 0)
      return refused(fmt::format("\"{}\" is not a number of papers", printable(fields.cells[1], 40)),
                     {file.string(), fields.line, 2}, "a whole number");
    caps[group->second] = weight->units;
  }
  return caps;
}

}  // namespace scrutineer::contest
