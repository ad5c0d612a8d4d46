// The CSV files of Scottish council elections (as in the VoteKit collection):
//
//   4,3,                            candidates, seats
//   155,1,                          how many, candidates in order of preference
//   52,1,2,
//   "Candidate 1","Name","Party",   one line each
//   "Ward",
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/csv_table.h"
#include "contest/formats/losses.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

std::vector<std::string> cells_of(const CsvRow& row) {
  std::vector<std::string> cells = row.cells;
  while (!cells.empty() && trimmed(cells.back()).empty()) cells.pop_back();
  return cells;
}

bool looks_like_scottish(const Source& source) {
  if (source.bytes.find("\"Candidate 1\"") == std::string_view::npos) return false;
  TextScanner scan(source.bytes, "");
  const auto parts = split(trimmed(scan.take_line()), ',');
  return parts.size() >= 2 && whole_number(trimmed(parts[0])) && whole_number(trimmed(parts[1]));
}

constexpr std::string_view party_note = "party of ";

Result<Ballots> read_scottish(const Source& source) {
  SCRUTINEER_TRY(const CsvTable table, read_csv_table(source.bytes, source.name, ','));
  Ballots ballots;
  BallotBuilder builder;
  std::vector<std::string> parties;
  std::vector<Candidate> flat;
  std::optional<std::uint32_t> candidates;
  for (const CsvRow& row : table.rows) {
    const std::vector<std::string> cells = cells_of(row);
    if (cells.empty()) continue;
    const Place where{source.name, row.line, 1};
    if (!candidates) {
      candidates = whole_number(trimmed(cells[0]));
      const auto seats = cells.size() > 1 ? whole_number(trimmed(cells[1])) : std::nullopt;
      if (!candidates || *candidates == 0 || !seats || *seats == 0)
        return refused("the first line is not candidates and seats", where, "candidates,seats,");
      ballots.seats = *seats;
      continue;
    }
    if (cells[0].starts_with("Candidate ")) {
      if (cells.size() < 2)
        return refused("a candidate without a name", where, "\"Candidate 1\",\"Name\",\"Party\",");
      ballots.candidates.push_back(cells[1]);
      if (cells.size() > 2 && !cells[2].empty())
        ballots.notes.push_back(fmt::format("{}{}: {}", party_note, cells[1], cells[2]));
      continue;
    }
    const auto weight = parse_weight(trimmed(cells[0]));
    if (!weight) {
      ballots.title = cells[0];
      continue;
    }
    flat.clear();
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const auto number = whole_number(trimmed(cells[i]));
      if (!number || *number == 0 || *number > *candidates)
        return refused(fmt::format("\"{}\" is not a candidate", printable(cells[i], 40)),
                       {source.name, row.line, i + 1}, fmt::format("a number from 1 to {}", *candidates));
      flat.push_back(*number - 1);
      flat.push_back(BallotBuilder::rank_end);
    }
    if (auto added = builder.add(flat, *weight); !added) {
      added.error().where = where;
      return std::unexpected(added.error());
    }
  }
  if (!candidates || ballots.candidates.size() != *candidates)
    return refused(
        fmt::format("{} names for {} candidates", ballots.candidates.size(), candidates.value_or(0)),
        {source.name}, "a line for each candidate");
  builder.finish(ballots);
  return ballots;
}

// Text in quotation marks; a quotation mark within is doubled.
std::string quoted_cell(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

Result<Written> write_scottish(const Ballots& ballots) {
  if (ballots.weight_scale != 1)
    return refused("whole papers only are written as Scottish CSV", {}, "no decimal weights");
  std::map<std::string, std::string> parties;
  bool notes = false;
  for (const std::string& note : ballots.notes) {
    const auto candidate = std::find_if(
        ballots.candidates.begin(), ballots.candidates.end(),
        [&](const std::string& name) { return note.starts_with(fmt::format("{}{}: ", party_note, name)); });
    notes = notes || candidate == ballots.candidates.end();
    if (candidate != ballots.candidates.end())
      parties[*candidate] = note.substr(party_note.size() + candidate->size() + 2);
  }
  Written written;
  std::string& out = written.bytes;
  out = fmt::format("{},{},\n", ballots.candidates.size(), ballots.seats);
  for (const Ballot& ballot : ballots.ballots) {
    out += fmt::format("{},", ballot.count);
    for (const auto& rank : ballot.ranks) {
      if (rank.size() > 1) break;  // the order ends where it is no longer one
      if (rank.size() == 1) out += fmt::format("{},", rank.front() + 1);
    }
    out += '\n';
  }
  for (std::size_t i = 0; i < ballots.candidates.size(); ++i)
    out += fmt::format("\"Candidate {}\",{},{},\n", i + 1, quoted_cell(ballots.candidates[i]),
                       quoted_cell(parties[ballots.candidates[i]]));
  // A title that is blank or a number, or looks like a candidate's line, would be read as that.
  const bool title =
      ballots.title.empty() || (!trimmed(ballots.title).empty() && !parse_weight(trimmed(ballots.title)) &&
                                !ballots.title.starts_with("Candidate "));
  if (title && !ballots.title.empty()) out += quoted_cell(ballots.title) + ",\n";
  written.lost = losses(ballots, {.title = title, .seats = true, .blank = true, .repeated = true});
  if (notes) written.lost.emplace_back("notes");
  return written;
}

}  // namespace

Format scottish_format() {
  return {"scottish", "CSV of Scottish council elections", looks_like_scottish, read_scottish,
          write_scottish};
}

}  // namespace scrutineer::contest
