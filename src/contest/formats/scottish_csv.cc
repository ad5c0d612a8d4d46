// The CSV files of Scottish council elections (as in the VoteKit collection):
//
//   4,3,                            candidates, seats
//   155,1,                          how many, candidates in order of preference
//   52,1,2,
//   "Candidate 1","Name","Party",   one line each
//   "Ward",
#include <fmt/format.h>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/csv_table.h"
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
      ballots.notes.push_back(fmt::format("party of {}: {}", cells[1], cells.size() > 2 ? cells[2] : ""));
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

}  // namespace

Format scottish_format() {
  return {"scottish", "CSV of Scottish council elections", looks_like_scottish, read_scottish, nullptr};
}

}  // namespace scrutineer::contest
