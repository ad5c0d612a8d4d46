// Tables of cast vote records as voting systems export them, one paper a row:
//
//   ess           an XLSX workbook (its first sheet), or CSV that starts with "Cast Vote Record": columns
//   such
//                 as "Mayor Choice 1 (45)", "1st Choice"; cells name a candidate, "undervote" or "overvote"
//   clear-ballot  CSV: columns "Choice_3_1:Contest:rank:Vote For 1:Name:Party"; 1 is a mark
//
// A cell that says "overvote" marks more than one candidate without saying whom: it is held as all of them
// ranked equal, which every rule reads as a rank that marks several, and a note says how many there are.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/csv_table.h"
#include "contest/formats/sheet.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

constexpr std::uint32_t most_ranks = 1000;

bool is_empty(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return trimmed(cell).empty(); });
}

std::string_view cell_of(const CsvRow& row, std::size_t column) {
  return column < row.cells.size() ? trimmed(row.cells[column]) : std::string_view();
}

// Marks of one paper by rank, and the papers as they are gathered.
class Papers {
 public:
  Candidate candidate_of(std::string_view name) {
    const auto [place, is_new] =
        numbers_.try_emplace(std::string(name), static_cast<Candidate>(ballots_.candidates.size()));
    if (is_new) ballots_.candidates.emplace_back(name);
    return place->second;
  }

  using Ranks = std::map<std::uint32_t, std::vector<Candidate>>;
  static constexpr Candidate unnamed = 0xfffffffe;  // an overvote that does not say whom it marks

  static void mark(Ranks& ranks, std::uint32_t rank, Candidate candidate) {
    auto& marked = ranks[rank];
    if (std::find(marked.begin(), marked.end(), candidate) == marked.end()) marked.push_back(candidate);
  }

  Status add(const Ranks& ranks, std::string_view ward, const Place& where) {
    flat_.clear();
    std::uint32_t next = 1;
    bool overvote = false;
    for (const auto& [rank, marked] : ranks) {
      for (; next < rank; ++next) flat_.push_back(BallotBuilder::rank_end);
      if (std::find(marked.begin(), marked.end(), unnamed) != marked.end()) {
        overvote = true;
        for (Candidate c = 0; c < ballots_.candidates.size(); ++c) flat_.push_back(c);
      } else {
        flat_.insert(flat_.end(), marked.begin(), marked.end());
      }
      flat_.push_back(BallotBuilder::rank_end);
      ++next;
    }
    overvotes_ += overvote ? 1 : 0;
    auto added = builder_.add(flat_, {}, builder_.group_of(ward));
    if (!added) added.error().where = where;
    return added;
  }

  Result<Ballots> finish(std::string title) {
    ballots_.title = std::move(title);
    if (overvotes_ > 0)
      ballots_.notes.push_back(
          fmt::format("{} papers have a rank marked \"overvote\", held as all candidates equal", overvotes_));
    builder_.finish(ballots_);
    return std::move(ballots_);
  }

 private:
  Ballots ballots_;
  BallotBuilder builder_;
  std::map<std::string, Candidate> numbers_;
  std::vector<Candidate> flat_;
  std::int64_t overvotes_ = 0;
};

// ---- ES&S

struct ChoiceHeader {
  std::string contest;
  std::uint32_t rank = 0;
};

// "Mayor Choice 3 (55)" and "3RD CHOICE MAYOR" are rank 3 of Mayor; "2nd Choice", "2nd", "Rank 2" and "2" are
// ranks of the only contest.
std::optional<ChoiceHeader> choice_of(std::string_view header) {
  std::string_view text = trimmed(header);
  if (text.ends_with(')')) text = trimmed(text.substr(0, std::min(text.size(), text.rfind('('))));
  const auto parts = words(text);
  if (parts.empty()) return std::nullopt;
  const auto ordinal = [](std::string_view word) -> std::optional<std::uint32_t> {
    const std::string lower = ascii_lower(word);
    for (const std::string_view suffix : {"st", "nd", "rd", "th"})
      if (lower.ends_with(suffix)) return whole_number(std::string_view(lower).substr(0, lower.size() - 2));
    return std::nullopt;
  };
  const auto is_word = [](std::string_view word) {
    const std::string lower = ascii_lower(word);
    return lower == "choice" || lower == "rank" || lower == "ranking" || lower == "preference";
  };
  std::optional<std::uint32_t> rank;
  std::size_t from = 0;
  std::size_t used = 0;  // words that say the rank; the others name the contest
  for (std::size_t i = 0; i < parts.size() && used == 0; ++i) {
    const bool pair = i + 1 < parts.size();
    from = i;
    if (pair && is_word(parts[i])) rank = whole_number(parts[i + 1]);
    if (pair && !rank && is_word(parts[i + 1])) rank = ordinal(parts[i]);
    if (rank) used = 2;
  }
  if (used == 0 && parts.size() == 1) {
    from = 0;
    rank = ordinal(parts[0]);
    if (!rank) rank = whole_number(parts[0]);
    if (rank) used = 1;
  }
  if (used == 0 || *rank == 0 || *rank > most_ranks) return std::nullopt;
  ChoiceHeader choice{"", *rank};
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (i < from || i >= from + used)
      choice.contest += (choice.contest.empty() ? "" : " ") + std::string(parts[i]);
  return choice;
}

bool looks_like_ess(const Source& source) {
  if (source.bytes.starts_with("PK\x03\x04")) return true;
  std::string_view line = source.bytes.substr(0, source.bytes.find('\n'));
  const auto table = read_csv_table(line, "", ',');
  if (!table || table->rows.empty() || ascii_lower(cell_of(table->rows[0], 0)) != "cast vote record")
    return false;
  const auto& cells = table->rows[0].cells;
  return std::any_of(cells.begin(), cells.end(),
                     [](const auto& cell) { return choice_of(cell).has_value(); });
}

struct EssColumns {
  std::string contest;
  std::vector<std::pair<std::size_t, std::uint32_t>> ranks;  // column, rank
  std::optional<std::size_t> precinct;
};

Result<EssColumns> ess_columns(const CsvRow& header, const Source& source) {
  std::vector<std::string> contests;
  for (const std::string& cell : header.cells)
    if (const auto choice = choice_of(cell))
      if (std::find(contests.begin(), contests.end(), choice->contest) == contests.end())
        contests.push_back(choice->contest);
  if (contests.empty())
    return refused("no column of the header is a choice", {source.name, header.line, 1},
                   "\"Contest Choice 1\" or \"1st Choice\"");
  EssColumns columns;
  SCRUTINEER_TRY(columns.contest, contest_named(contests, source));
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const auto choice = choice_of(header.cells[i]);
    if (choice && choice->contest == columns.contest) columns.ranks.emplace_back(i, choice->rank);
    const std::string name = ascii_lower(trimmed(header.cells[i]));
    if ((name == "precinct" || name == "ward") && !columns.precinct) columns.precinct = i;
  }
  return columns;
}

Result<Ballots> read_ess_ballots(const Source& source) {
  const bool workbook = source.bytes.starts_with("PK\x03\x04");
  SCRUTINEER_TRY(const CsvTable table, workbook ? read_sheet(source.bytes, source.name)
                                                : read_csv_table(source.bytes, source.name, ','));
  std::size_t at = 0;
  while (at < table.rows.size() && is_empty(table.rows[at])) ++at;
  if (at == table.rows.size()) return refused("an empty table", {source.name, 1, 1}, "a header and papers");
  SCRUTINEER_TRY(const EssColumns columns, ess_columns(table.rows[at], source));
  Papers papers;
  const auto says = [](std::string_view cell, std::string_view word) { return ascii_lower(cell) == word; };
  // Everyone first: an overvote stands for all of them.
  for (std::size_t i = at + 1; i < table.rows.size(); ++i)
    for (const auto& [column, rank] : columns.ranks) {
      const std::string_view cell = cell_of(table.rows[i], column);
      if (!cell.empty() && !says(cell, "undervote") && !says(cell, "overvote") && !says(cell, "skipped"))
        papers.candidate_of(cell);
    }
  for (std::size_t i = at + 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    if (is_empty(row) && !source.phantom_rows) continue;
    Papers::Ranks ranks;
    for (const auto& [column, rank] : columns.ranks) {
      const std::string_view cell = cell_of(row, column);
      if (cell.empty() || says(cell, "undervote") || says(cell, "skipped")) continue;
      Papers::mark(ranks, rank, says(cell, "overvote") ? Papers::unnamed : papers.candidate_of(cell));
    }
    const std::string_view ward = columns.precinct ? cell_of(row, *columns.precinct) : std::string_view();
    SCRUTINEER_CHECK(papers.add(ranks, ward, {source.name, row.line, 1}));
  }
  return papers.finish(columns.contest);
}

// ---- Clear Ballot

bool looks_like_clear_ballot(const Source& source) {
  const std::string_view line = source.bytes.substr(0, source.bytes.find('\n'));
  return line.find("Choice_") != std::string_view::npos && line.find("BallotID") != std::string_view::npos;
}

struct ClearBallotChoice {
  std::size_t column;
  std::uint32_t rank;
  Candidate candidate;
};

Result<Ballots> read_clear_ballot_ballots(const Source& source) {
  SCRUTINEER_TRY(const CsvTable table, read_csv_table(source.bytes, source.name, ','));
  const CsvRow header = table.rows.empty() ? CsvRow{} : table.rows.front();
  std::vector<std::string> contests;
  std::optional<std::size_t> precinct;
  for (std::size_t column = 0; column < header.cells.size(); ++column) {
    const auto fields = split(header.cells[column], ':');
    if (trimmed(header.cells[column]) == "PrecinctID") precinct = column;
    if (fields.size() < 5 || !fields[0].starts_with("Choice_")) continue;
    std::string contest(fields[1]);
    if (std::find(contests.begin(), contests.end(), contest) == contests.end())
      contests.push_back(std::move(contest));
  }
  if (contests.empty())
    return refused("no column of the header is a choice", {source.name, 1, 1},
                   "Choice_1_1:contest:rank:vote for:name:party");
  SCRUTINEER_TRY(const std::string contest, contest_named(contests, source));
  Papers papers;
  std::vector<ClearBallotChoice> choices;
  for (std::size_t column = 0; column < header.cells.size(); ++column) {
    const auto fields = split(header.cells[column], ':');
    if (fields.size() < 5 || !fields[0].starts_with("Choice_") || fields[1] != contest) continue;
    const auto rank = whole_number(fields[2]);
    if (!rank || *rank == 0 || *rank > most_ranks)
      return refused("a choice without a rank", {source.name, 1, column + 1},
                     "Choice_1_1:contest:rank:vote for:name:party");
    choices.push_back({column, *rank, papers.candidate_of(fields[4])});
  }
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    Papers::Ranks ranks;
    bool any = false;  // a paper without a cell of the contest did not hold it
    for (const ClearBallotChoice& choice : choices) {
      const std::string_view cell = cell_of(row, choice.column);
      any = any || !cell.empty();
      if (cell == "1") Papers::mark(ranks, choice.rank, choice.candidate);
    }
    if (!any) continue;
    const std::string_view ward = precinct ? cell_of(row, *precinct) : std::string_view();
    SCRUTINEER_CHECK(papers.add(ranks, ward, {source.name, row.line, 1}));
  }
  return papers.finish(contest);
}

}  // namespace

Format ess_format() {
  return {"ess", "ES&S cast vote records, XLSX or CSV", looks_like_ess, read_ess_ballots, nullptr};
}

Format clear_ballot_format() {
  return {"clear-ballot", "Clear Ballot cast vote records, CSV", looks_like_clear_ballot,
          read_clear_ballot_ballots, nullptr};
}

}  // namespace scrutineer::contest
