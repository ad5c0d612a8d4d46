#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "contest/show.h"

namespace scrutineer::contest {
namespace {

constexpr std::size_t widest_name = 32;
constexpr std::size_t rounds_in_a_block = 8;

std::string votes_text(double votes) {
  if (std::nearbyint(votes) == votes) return fmt::format("{:.0f}", votes);
  std::string text = fmt::format("{:.4f}", votes);
  while (text.back() == '0') text.pop_back();
  return text;
}

// The number of characters, for aligning: code points, which is right for all but a few scripts.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string clipped(const std::string& name) {
  const std::string shown = printable(name, 200);
  if (width_of(shown) <= widest_name) return shown;
  std::string out;
  std::size_t width = 0;
  for (std::size_t i = 0; i < shown.size();) {
    std::size_t next = i + 1;
    while (next < shown.size() && (static_cast<unsigned char>(shown[next]) & 0xC0) == 0x80) ++next;
    if (++width == widest_name) return out + "…";
    out.append(shown, i, next - i);
    i = next;
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, width_of(text)), ' ');
}

// Candidates in the order in which they should stand: who lasted longest and had most comes first.
std::vector<std::string> row_order(const Count& count) {
  std::vector<std::string> order;
  for (auto round = count.rounds.rbegin(); round != count.rounds.rend(); ++round)
    for (const auto& [name, votes] : round->tally)
      if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
  return order;
}

std::string cell_of(const Round& round, const std::string& name) {
  for (const auto& [candidate, votes] : round.tally) {
    if (candidate != name) continue;
    const bool in = std::find(round.elected.begin(), round.elected.end(), name) != round.elected.end();
    const bool out =
        std::find(round.eliminated.begin(), round.eliminated.end(), name) != round.eliminated.end();
    return votes_text(votes) + (in ? " *" : out ? " -" : "  ");
  }
  return "  ";
}

// Rounds from .. to - 1 side by side.
std::string block_of(const Count& count, const std::vector<std::string>& names, std::size_t from,
                     std::size_t to) {
  std::size_t name_width = 9;
  for (const std::string& name : names) name_width = std::max(name_width, width_of(clipped(name)));
  std::vector<std::vector<std::string>> columns;
  for (std::size_t r = from; r < to; ++r) {
    std::vector<std::string> column = {fmt::format("Round {}  ", count.rounds[r].number)};
    for (const std::string& name : names) column.push_back(cell_of(count.rounds[r], name));
    column.push_back(votes_text(count.rounds[r].exhausted) + "  ");
    columns.push_back(std::move(column));
  }
  std::string out;
  for (std::size_t row = 0; row < names.size() + 2; ++row) {
    std::string line = padded(row == 0              ? ""
                              : row <= names.size() ? clipped(names[row - 1])
                                                    : "Exhausted",
                              name_width);
    for (const auto& column : columns) {
      std::size_t width = 0;
      for (const std::string& cell : column) width = std::max(width, cell.size());
      line += "  " + std::string(width - column[row].size(), ' ') + column[row];
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  return out;
}

std::string list_of(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const std::string& name : names) shown.push_back(printable(name, 200));
  return join(shown, ", ");
}

std::string papers(std::int64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "paper" : "papers");
}

// "Deleting 12 papers could bring a tie; 13 could change the winner."
std::string sentence_of(const char* verb, const Least& least, const char* effect) {
  if (least.impossible) return fmt::format("  {} papers cannot {}.\n", verb, effect);
  if (least.exact())
    return fmt::format("  {} {} is the least that can {}.\n", verb, papers(*least.high), effect);
  if (!least.high)
    return fmt::format("  {} fewer than {} cannot {}; how many can is not known.\n", verb, papers(least.low),
                       effect);
  return fmt::format("  {} fewer than {} cannot {}, {} can; between them it is not known.\n", verb,
                     papers(least.low), effect, papers(*least.high));
}

std::string witness_text(const Witness& witness, const Ballots& ballots) {
  std::string out;
  std::size_t shown = 0;
  for (const PaperChange& change : witness.changes) {
    if (++shown > 12) {
      out += fmt::format("      and {} further kinds of paper (see --json)\n", witness.changes.size() - 12);
      break;
    }
    std::string paper;
    const auto& ranks = change.source ? ballots.ballots[*change.source].ranks : change.ranks;
    for (const auto& rank : ranks) {
      std::string names;
      for (const Candidate c : rank)
        names += (names.empty() ? "" : " = ") + printable(ballots.candidates[c], 60);
      paper += (paper.empty() ? "" : " > ") + (names.empty() ? "-" : names);
    }
    const std::string& group = ballots.groups[change.group];
    out += fmt::format("      {} {} {}{}\n", change.added ? "add" : "take away", change.count,
                       paper.empty() ? "blank" : paper, group.empty() ? "" : " in " + printable(group, 60));
  }
  if (witness.then_winners.size() == 1)
    return out + fmt::format("      then {} wins\n", list_of(witness.then_winners));
  return out + fmt::format("      then these could win: {}\n", list_of(witness.then_winners));
}

}  // namespace

std::string to_text(const Count& count) {
  std::string out = fmt::format("Rule {}: ", count.rule);
  if (count.valid > 0)
    out += fmt::format("{} valid papers, {} without a valid preference.\n\n", votes_text(count.valid),
                       votes_text(count.invalid));
  else
    out += "shares are declared, papers are not.\n\n";
  const std::vector<std::string> names = row_order(count);
  for (std::size_t from = 0; from < count.rounds.size(); from += rounds_in_a_block)
    out += block_of(count, names, from, std::min(count.rounds.size(), from + rounds_in_a_block)) + "\n";
  out += "* elected   - goes out\n\n";
  for (const Round& round : count.rounds) {
    out += fmt::format("Round {}: {}.\n", round.number, printable(round.reason, 300));
    if (!round.elected.empty()) out += fmt::format("    Elected: {}\n", list_of(round.elected));
    if (!round.eliminated.empty()) out += fmt::format("    Out: {}\n", list_of(round.eliminated));
  }
  for (const Tie& tie : count.ties)
    out += fmt::format("Tie in round {} between {}: {}.\n", tie.round, list_of(tie.candidates),
                       printable(tie.settled_by, 300));
  out += fmt::format("\nElected: {}\n", count.winners.empty() ? "nobody yet" : list_of(count.winners));
  if (!count.contradictions.empty()) {
    out += fmt::format("\n{} of the figures do not agree with each other:\n", count.contradictions.size());
    for (const Contradiction& contradiction : count.contradictions)
      out += fmt::format("  - {}\n", printable(contradiction.text, 500));
  }
  return out;
}

std::string to_text(const Margins& margins, const Ballots& ballots) {
  std::string out = fmt::format("{} won under rule {} with {} valid papers.\n",
                                printable(margins.winner, 200), margins.rule, votes_text(margins.valid));
  if (margins.possible_winners.size() > 1)
    out += fmt::format("A tie was settled by lot; these could have won: {}.\n",
                       list_of(margins.possible_winners));
  const auto add = [&](const char* title, const char* verb, const std::optional<KindMargin>& kind) {
    if (!kind) return;
    out += fmt::format("\n{}\n", title);
    out += sentence_of(verb, kind->lots, "make the result depend on a lot");
    out += sentence_of(verb, kind->change, "make it certain that another wins");
    if (kind->change_witness) out += "    for instance:\n" + witness_text(*kind->change_witness, ballots);
    out += fmt::format("    lower bounds proved by {}\n", kind->proof);
  };
  add("Papers taken away (invalid votes)", "Deleting", margins.deletion);
  add("Papers added (lost votes)", "Adding", margins.addition);
  add("Papers changed", "Changing", margins.modification);
  add("Papers taken away and added together", "Deleting or adding", margins.mixed);
  if (!margins.note.empty()) out += "\n" + printable(margins.note) + "\n";
  return out;
}

}  // namespace scrutineer::contest
