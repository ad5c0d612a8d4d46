#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/bars.h"
#include "report/numbers.h"
#include "report/parts.h"
#include "report/pictures.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

// Rounds drawn: the first and the last ones; the table below has all of them.
constexpr std::size_t most_rounds = 6;
constexpr std::size_t most_candidates = 12;
constexpr std::size_t longest_name = 60;

std::string votes(double number) {
  return number == std::floor(number) ? decimal(number, 0) : decimal(number, 2);
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<const contest::Round*> rounds_drawn(const contest::Count& count) {
  std::vector<const contest::Round*> drawn;
  for (std::size_t i = 0; i < count.rounds.size(); ++i) {
    const bool first = i == 0;
    const bool late = i + most_rounds > count.rounds.size();
    if (first || late) drawn.push_back(&count.rounds[i]);
  }
  return drawn;
}

std::vector<Bar> bars_of(const contest::Round& round) {
  std::vector<Bar> bars;
  for (const auto& [name, number] : round.tally) {
    if (bars.size() == most_candidates) break;
    const bool elected = holds(round.elected, name);
    const bool eliminated = holds(round.eliminated, name);
    bars.push_back({shortened(name, 18), number,
                    fmt::format("{}{}", votes(number),
                                elected      ? " elected"
                                : eliminated ? " eliminated"
                                             : ""),
                    elected      ? "at-address"
                    : eliminated ? "unclear"
                                 : "plain-fill"});
  }
  if (round.exhausted > 0)
    bars.push_back({"no further choice", round.exhausted, votes(round.exhausted), "shade1"});
  return bars;
}

void write_rounds_table(Html& html, const contest::Count& count) {
  std::vector<TableColumn> columns = {{"Candidate"}};
  for (const contest::Round& round : count.rounds)
    columns.push_back({fmt::format("Round {}", round.number), true});
  Table table("Votes in every round", columns);
  std::vector<std::string> names;
  for (const contest::Round& round : count.rounds) {
    for (const auto& [name, number] : round.tally) {
      if (!holds(names, name)) names.push_back(name);
    }
  }
  for (const std::string& name : names) {
    std::vector<std::string> cells = {shortened(name, longest_name)};
    for (const contest::Round& round : count.rounds) {
      const auto found = std::find_if(round.tally.begin(), round.tally.end(),
                                      [&](const auto& candidate) { return candidate.first == name; });
      cells.push_back(found == round.tally.end() ? "–" : votes(found->second));
    }
    table.row(std::move(cells), holds(count.winners, name) ? "marked" : "");
  }
  std::vector<std::string> exhausted = {"No further choice"};
  for (const contest::Round& round : count.rounds) exhausted.push_back(votes(round.exhausted));
  table.row(std::move(exhausted));
  table.write(html);
}

}  // namespace

std::optional<double> majority_of(const inquiry::Outcome& outcome) {
  if (!outcome.contest || outcome.contest->count.winners.size() != 1) return std::nullopt;
  const auto& rounds = outcome.contest->count.rounds;
  if (rounds.empty() || rounds.back().tally.size() < 2) return std::nullopt;
  return rounds.back().tally[0].second - rounds.back().tally[1].second;
}

Missing draw_rounds(Html& html, const Facts& facts) {
  if (!facts.outcome.contest || facts.outcome.contest->count.rounds.empty()) {
    return "The rounds of the count: a [contest] with ballots";
  }
  const contest::Count& counted_votes = facts.outcome.contest->count;
  const auto drawn = rounds_drawn(counted_votes);
  std::vector<Bar> all;
  for (const contest::Round* round : drawn) {
    for (Bar& bar : bars_of(*round)) all.push_back(std::move(bar));
  }
  constexpr double head = 24;
  const std::string description =
      fmt::format("Bars of the votes in {} of {}. Elected: {}.", counted(drawn.size(), "round"),
                  count(static_cast<std::uint64_t>(counted_votes.rounds.size())),
                  counted_votes.winners.empty() ? "nobody" : counted_votes.winners.front());
  figure(
      html, "picture-rounds", "The count, round by round", description,
      static_cast<double>(drawn.size()) * head + static_cast<double>(all.size()) * bar_step,
      [&](Svg& svg) {
        const BarFrame frame = frame_of(all);
        double top = 0;
        for (const contest::Round* round : drawn) {
          svg.words(0, top + 15, fmt::format("Round {}", round->number), "strong");
          top = draw_bars(svg, bars_of(*round), top + head - 4, frame) + 4;
        }
      },
      [&] { folded(html, "The numbers", [&] { write_rounds_table(html, counted_votes); }); });
  return std::nullopt;
}

}  // namespace scrutineer::report
