// A declaration: nothing but totals of first preferences, as CSV with a header.
//
//   candidate,votes            or  ward,candidate,votes  in any order of columns
//   Ann Ash,1204
//
// Each vote becomes a paper with that one preference. That is all a declaration says, so it is all that may
// be counted: plurality, or an electoral college between two. Other columns (party, date, elected, …) are
// left out and named in the notes; a row without votes is a candidate without papers.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/csv_table.h"

namespace scrutineer::contest {
namespace {

struct Columns {
  std::optional<std::size_t> candidate, votes, group;
  std::vector<std::string> others;
};

Columns columns_of(const CsvRow& header) {
  Columns columns;
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::string name = ascii_lower(trimmed(header.cells[i]));
    if (name == "candidate" && !columns.candidate) {
      columns.candidate = i;
    } else if ((name == "votes" || name == "first_pref" || name == "first preferences") && !columns.votes) {
      columns.votes = i;
    } else if ((name == "ward" || name == "section") && !columns.group) {
      columns.group = i;
    } else {
      columns.others.emplace_back(trimmed(header.cells[i]));
    }
  }
  return columns;
}

bool looks_like_totals(const Source& source) {
  const auto table = read_csv_table(source.bytes.substr(0, source.bytes.find('\n')), "", ',');
  if (!table || table->rows.empty()) return false;
  const Columns columns = columns_of(table->rows.front());
  return columns.candidate && columns.votes;
}

Result<Ballots> read_totals(const Source& source) {
  SCRUTINEER_TRY(const CsvTable table, read_csv_table(source.bytes, source.name, ','));
  const Columns columns = table.rows.empty() ? Columns{} : columns_of(table.rows.front());
  if (!columns.candidate || !columns.votes)
    return refused("the header has no candidate and votes", {source.name, 1, 1}, "candidate,votes");
  Ballots ballots;
  BallotBuilder builder;
  std::map<std::string, Candidate> numbers;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    const auto cell = [&](std::optional<std::size_t> column) {
      return column && *column < row.cells.size() ? trimmed(row.cells[*column]) : std::string_view();
    };
    if (row.cells.size() == 1 && trimmed(row.cells[0]).empty()) continue;
    const std::string name(cell(columns.candidate));
    if (name.empty())
      return refused("a row without a candidate", {source.name, row.line, *columns.candidate + 1}, "a name");
    const auto [place, is_new] = numbers.try_emplace(name, static_cast<Candidate>(ballots.candidates.size()));
    if (is_new) {
      ballots.candidates.push_back(name);
    } else if (!columns.group) {
      return refused(fmt::format("\"{}\" has two totals", printable(name, 80)),
                     {source.name, row.line, *columns.candidate + 1},
                     "one row a candidate, or a column ward");
    }
    const std::uint32_t group = columns.group ? builder.group_of(cell(columns.group)) : 0;
    if (cell(columns.votes).empty()) continue;
    const auto votes = parse_weight(cell(columns.votes));
    if (!votes || votes->decimals != 0)
      return refused(fmt::format("\"{}\" is not a number of votes", printable(cell(columns.votes), 40)),
                     {source.name, row.line, *columns.votes + 1}, "a whole number");
    const std::vector<Candidate> flat = {place->second, BallotBuilder::rank_end};
    if (auto added = builder.add(flat, *votes, group); !added) {
      added.error().where = {source.name, row.line, 1};
      return std::unexpected(added.error());
    }
  }
  ballots.notes.emplace_back("a declaration: first preferences alone are known");
  if (!columns.others.empty()) ballots.notes.push_back("columns not used: " + join(columns.others, ", "));
  builder.finish(ballots);
  return ballots;
}

}  // namespace

Format totals_format() {
  return {"totals", "a declaration: votes by candidate, by ward where known", looks_like_totals, read_totals,
          nullptr};
}

}  // namespace scrutineer::contest
