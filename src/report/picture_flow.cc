#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/pictures.h"
#include "report/svg.h"

namespace scrutineer::report {
namespace {

// Rounds drawn: the last ones, where the result is made.
constexpr std::size_t most_rounds = 7;
constexpr double bar_height = 14;
constexpr double label_height = 15;
constexpr double flow_height = 52;  // room for two lines of words over the bands
constexpr double round_height = bar_height + flow_height;
constexpr double gap = 2;

const std::string exhausted;  // its transfers are to the candidate without a name

struct Segment {
  double left = 0, width = 0, votes = 0;
};
using Row = std::map<std::string, Segment>;

std::string votes_in_words(double number) {
  return number == static_cast<double>(static_cast<std::int64_t>(number)) ? decimal(number, 0)
                                                                          : decimal(number, 2);
}

// From left to right: who lasted longest and had most first, those without a further choice last.
std::vector<std::string> order_of(const contest::Count& count) {
  std::vector<std::string> order;
  for (auto round = count.rounds.rbegin(); round != count.rounds.rend(); ++round)
    for (const auto& [name, votes] : round->tally)
      if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
  order.push_back(exhausted);
  return order;
}

double total_of(const contest::Round& round) {
  double total = round.exhausted;
  for (const auto& [name, votes] : round.tally) total += votes;
  return total;
}

Row row_of(const contest::Round& round, const std::vector<std::string>& order, double unit) {
  Row row;
  double left = 0;
  for (const std::string& name : order) {
    double votes = name.empty() ? round.exhausted : 0;
    bool stands = name.empty() && votes > 0;
    for (const auto& [candidate, number] : round.tally) {
      if (candidate != name) continue;
      votes = number;
      stands = true;
    }
    if (!stands) continue;
    row[name] = {left, votes * unit, votes};
    left += votes * unit + gap;
  }
  return row;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void draw_row(Svg& svg, const contest::Round& round, const Row& row, double top) {
  for (const auto& [name, segment] : row) {
    const bool elected = holds(round.elected, name);
    const bool out = holds(round.eliminated, name);
    const std::string who = name.empty() ? "no further choice" : shortened(name, 40);
    const std::string fate = elected ? ", elected" : out ? ", goes out" : "";
    svg.box(segment.left, top, segment.width, bar_height,
            name.empty() ? "shade1"
            : elected    ? "at-address"
            : out        ? "unclear"
                         : "plain-fill",
            fmt::format("Round {}: {} {}{}", round.number, who, votes_in_words(segment.votes), fate));
    const std::string label =
        fmt::format("{} {}", name.empty() ? "none" : shortened(name, 18), votes_in_words(segment.votes));
    const std::string number = votes_in_words(segment.votes);
    if (width_of(label) <= segment.width) {
      svg.words(segment.left, top - 4, label, elected ? "strong" : "");
    } else if (width_of(number) <= segment.width) {
      svg.words(segment.left, top - 4, number, elected ? "strong" : "");
    }
  }
}

// Ribbons from one row to the next: what stays, then what passes on, side by side in each segment.
void draw_flow(Svg& svg, const contest::Round& round, const Row& from, const Row& to, double unit,
               double top) {
  std::map<std::string, double> used_from;
  std::map<std::string, double> used_to;
  std::map<std::string, double> incoming;
  for (const auto& [giver, receivers] : round.transfers)
    for (const auto& [name, votes] : receivers) incoming[name] += votes;
  const auto ribbon = [&](const std::string& giver, const std::string& receiver, double votes,
                          std::string_view style) {
    const auto here = from.find(giver);
    const auto there = to.find(receiver);
    if (here == from.end() || there == to.end() || votes <= 0) return;
    const double width = votes * unit;
    svg.ribbon(
        here->second.left + used_from[giver], there->second.left + used_to[receiver], width, top,
        flow_height - label_height, style,
        fmt::format("{} to {}: {}", giver.empty() ? "no further choice" : shortened(giver, 40),
                    receiver.empty() ? "no further choice" : shortened(receiver, 40), votes_in_words(votes)));
    used_from[giver] += width;
    used_to[receiver] += width;
  };
  for (const auto& [name, segment] : to) {
    const auto before = from.find(name);
    if (before == from.end()) continue;
    ribbon(name, name, std::min(before->second.votes, segment.votes - incoming[name]), "flow-kept");
  }
  for (const auto& [giver, receivers] : round.transfers)
    for (const auto& [name, votes] : receivers) ribbon(giver, name, votes, "flow-moved");
}

// "Round 2: Candidate C goes out".
std::string title_of(const contest::Round& round) {
  std::string title = fmt::format("Round {}", round.number);
  if (!round.eliminated.empty()) {
    std::vector<std::string> out;
    for (const std::string& name : round.eliminated) out.push_back(shortened(name, 24));
    title += out.size() > 2 ? fmt::format(": {} candidates go out", out.size())
                            : fmt::format(": {} {} out", enumerated(out), out.size() == 1 ? "goes" : "go");
  } else if (!round.elected.empty()) {
    title += fmt::format(": {} is elected", shortened(round.elected.front(), 30));
  }
  return title;
}

}  // namespace

Missing draw_transfers(Html& html, const Facts& facts) {
  if (!facts.outcome.contest || facts.outcome.contest->count.rounds.size() < 2) {
    return "The flow of transfers: a count of two rounds or more";
  }
  const contest::Count& counted_votes = facts.outcome.contest->count;
  const std::size_t rounds = counted_votes.rounds.size();
  const std::size_t first = rounds > most_rounds ? rounds - most_rounds : 0;
  const std::vector<std::string> order = order_of(counted_votes);
  double largest = 0;
  std::size_t widest = 0;
  for (std::size_t r = first; r < rounds; ++r) {
    largest = std::max(largest, total_of(counted_votes.rounds[r]));
    widest = std::max(widest, counted_votes.rounds[r].tally.size());
  }
  if (largest <= 0) return "The flow of transfers: a count with votes";
  const double unit = (picture_width - gap * static_cast<double>(widest)) / largest;
  std::vector<Row> rows;
  for (std::size_t r = first; r < rounds; ++r) rows.push_back(row_of(counted_votes.rounds[r], order, unit));
  const std::string description = fmt::format(
      "{} below each other, each a line of all papers; bands show which papers passed from whom to whom. "
      "Elected: {}.",
      counted(rows.size(), "round"),
      counted_votes.winners.empty() ? "nobody" : shortened(counted_votes.winners.front(), 60));
  figure(
      html, "picture-flow", "Where the votes went from round to round", description,
      label_height * 2 + static_cast<double>(rows.size()) * round_height - flow_height + 2,
      [&](Svg& svg) {
        // Bands first: the words stand over them.
        for (std::size_t r = 0; r + 1 < rows.size(); ++r)
          draw_flow(svg, counted_votes.rounds[first + r], rows[r], rows[r + 1], unit,
                    label_height * 2 + static_cast<double>(r) * round_height + bar_height);
        double top = 0;
        for (std::size_t r = 0; r < rows.size(); ++r) {
          const contest::Round& round = counted_votes.rounds[first + r];
          svg.words(0, top + 11, title_of(round), "tiny");
          draw_row(svg, round, rows[r], top + label_height * 2);
          top += round_height;
        }
      },
      [&] {
        remark(html,
               first > 0
                   ? fmt::format("The last {} of {} rounds. The names and numbers of all rounds stand in the "
                                 "table of the count.",
                                 rows.size(), rounds)
                   : "Hovering or touching names each part; the numbers stand in the table of the count.");
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
