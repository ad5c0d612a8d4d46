// CSV tables of ballots, one paper a row, in two layouts told from the header:
//
//   rank columns        "rank 1","rank 2",…  (also "choice 1", "preference 1", "1st choice", "1"): the cell
//   names a
//                       candidate; several separated by "|" or ";" are ranked equal; an empty cell, "skipped"
//                       or "undervote" is a skipped rank; "overvote" alone is a rank that marks more than one
//   candidate columns   every other header is a candidate; the cell is the rank given, empty for none
//
// Besides, in both: "count" (also "weight", "papers"): how many such papers; "ward" (also "section",
// "precinct", "group", "branch"): where; "id" (also "ballot", "ballot id", "voter", and an empty first
// header): not kept.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/all_formats.h"
#include "contest/formats/csv_table.h"
#include "contest/formats/losses.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

constexpr std::uint32_t most_ranks = 1000;

enum class Column : std::uint8_t { rank, candidate, count, group, ignored };

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// "rank 3", "choice3", "3rd choice", "preference_3", "3".
std::optional<std::uint32_t> rank_of_header(std::string_view header) {
  std::string digits;
  std::string letters;
  for (const char c : ascii_lower(header)) {
    if (c >= '0' && c <= '9') digits += c;
    if (c >= 'a' && c <= 'z') letters += c;
  }
  const auto rank = whole_number(digits);
  if (!rank || *rank == 0 || *rank > most_ranks) return std::nullopt;
  for (const std::string_view suffix : {"st", "nd", "rd", "th"})
    if (letters.starts_with(suffix)) letters.erase(0, 2);
  if (!is_one_of(letters, {"", "rank", "choice", "preference", "pref"})) return std::nullopt;
  return rank;
}

Column kind_of(std::string_view header, bool first) {
  const std::string name = ascii_lower(trimmed(header));
  if (rank_of_header(name)) return Column::rank;
  if (is_one_of(name, {"count", "weight", "papers", "ballots", "votes"})) return Column::count;
  if (is_one_of(name, {"ward", "section", "precinct", "group", "branch", "precinct_id"}))
    return Column::group;
  if (is_one_of(name,
                {"id", "ballot", "ballot id", "ballot_id", "voter", "voter id", "response id", "batch_id"}) ||
      (first && name.empty()))
    return Column::ignored;
  return Column::candidate;
}

std::vector<Column> columns_of(const CsvRow& header) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < header.cells.size(); ++i) columns.push_back(kind_of(header.cells[i], i == 0));
  const bool ranks = std::find(columns.begin(), columns.end(), Column::rank) != columns.end();
  for (Column& column : columns)
    if (ranks && column == Column::candidate) column = Column::ignored;
  return columns;
}

char delimiter_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char c : {',', '\t', ';'})
    if (std::count(line.begin(), line.end(), c) > std::count(line.begin(), line.end(), best)) best = c;
  return best;
}

class TableReader {
 public:
  explicit TableReader(const Source& source) : source_(source) {}

  Result<Ballots> read() {
    SCRUTINEER_TRY(const CsvTable table,
                   read_csv_table(source_.bytes, source_.name, delimiter_of(source_.bytes)));
    if (table.rows.size() < 2)
      return refused("no ballots after the header", {source_.name, 2, 1}, "one row a paper");
    columns_ = columns_of(table.rows.front());
    SCRUTINEER_CHECK(set_up(table.rows.front()));
    for (std::size_t row = 1; row < table.rows.size(); ++row) SCRUTINEER_CHECK(read_row(table.rows[row]));
    builder_.finish(ballots_);
    return std::move(ballots_);
  }

 private:
  Status set_up(const CsvRow& header) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string name(trimmed(header.cells[i]));
      if (columns_[i] == Column::rank) {
        const std::uint32_t rank = rank_of_header(name).value_or(0);
        if (!ranks_.emplace(rank, i).second)
          return refused(fmt::format("rank {} has two columns", rank), {source_.name, 1, i + 1},
                         "one column a rank");
      }
      if (columns_[i] == Column::candidate) {
        if (!candidates_.emplace(name, static_cast<Candidate>(ballots_.candidates.size())).second)
          return refused(fmt::format("candidate \"{}\" has two columns", printable(name, 60)),
                         {source_.name, 1, i + 1}, "one column a candidate");
        ballots_.candidates.push_back(name);
      }
    }
    if (ranks_.empty() && ballots_.candidates.empty())
      return refused("neither ranks nor candidates in the header", {source_.name, 1, 1},
                     "\"rank 1\" or candidates");
    return {};
  }

  Status read_row(const CsvRow& row) {
    if (row.cells.size() == 1 && trimmed(row.cells[0]).empty() && columns_.size() > 1) return {};
    if (row.cells.size() > columns_.size())
      return refused(fmt::format("{} cells under {} headers", row.cells.size(), columns_.size()),
                     {source_.name, row.line, columns_.size() + 1}, "no more cells than headers");
    const auto cell = [&](std::size_t i) {
      return i < row.cells.size() ? trimmed(row.cells[i]) : std::string_view();
    };
    Weight weight;
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] == Column::count) {
        auto read = parse_weight(cell(i));
        if (!read)
          return refused(fmt::format("\"{}\" is not a number of papers", printable(cell(i), 40)),
                         {source_.name, row.line, i + 1}, "a whole number or a decimal");
        weight = *read;
      }
      if (columns_[i] == Column::group) group = builder_.group_of(cell(i));
    }
    flat_.clear();
    if (ranks_.empty()) {
      SCRUTINEER_CHECK(read_numbers(row));
    } else {
      read_names(row);
    }
    if (auto added = builder_.add(flat_, weight, group); !added) {
      added.error().where = {source_.name, row.line, 1};
      return added;
    }
    return {};
  }

  Candidate candidate_of(std::string_view name) {
    const auto [place, is_new] =
        candidates_.try_emplace(std::string(name), static_cast<Candidate>(ballots_.candidates.size()));
    if (is_new) ballots_.candidates.emplace_back(name);
    return place->second;
  }

  void read_names(const CsvRow& row) {
    std::uint32_t next = 1;
    for (const auto& [rank, column] : ranks_) {
      for (; next < rank; ++next) flat_.push_back(BallotBuilder::rank_end);
      ++next;
      const std::string_view text =
          column < row.cells.size() ? trimmed(row.cells[column]) : std::string_view();
      const std::string lower = ascii_lower(text);
      if (!text.empty() && !is_one_of(lower, {"skipped", "undervote", "blank", "overvote"})) {
        std::string names(text);
        std::replace(names.begin(), names.end(), '|', ';');
        for (const std::string_view name : split(names, ';'))
          if (!trimmed(name).empty()) flat_.push_back(candidate_of(trimmed(name)));
      }
      flat_.push_back(BallotBuilder::rank_end);
      // Which candidates an overvote marked is not said; nothing after it can be read with certainty.
      if (lower == "overvote") {
        flat_.pop_back();
        break;
      }
    }
  }

  Status read_numbers(const CsvRow& row) {
    std::map<std::uint32_t, std::vector<Candidate>> by_rank;
    Candidate candidate = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] != Column::candidate) continue;
      const Candidate c = candidate++;
      const std::string_view text = i < row.cells.size() ? trimmed(row.cells[i]) : std::string_view();
      if (text.empty()) continue;
      const auto rank = whole_number(text);
      if (!rank || *rank > most_ranks)
        return refused(fmt::format("\"{}\" is not a rank", printable(text, 40)),
                       {source_.name, row.line, i + 1},
                       fmt::format("a whole number from 1 to {}, or nothing", most_ranks));
      if (*rank > 0) by_rank[*rank].push_back(c);
    }
    std::uint32_t next = 1;
    for (const auto& [rank, candidates] : by_rank) {
      for (; next < rank; ++next) flat_.push_back(BallotBuilder::rank_end);
      flat_.insert(flat_.end(), candidates.begin(), candidates.end());
      flat_.push_back(BallotBuilder::rank_end);
      ++next;
    }
    return {};
  }

  const Source& source_;
  std::vector<Column> columns_;
  std::map<std::uint32_t, std::size_t> ranks_;  // rank -> column
  std::map<std::string, Candidate> candidates_;
  Ballots ballots_;
  BallotBuilder builder_;
  std::vector<Candidate> flat_;
};

bool looks_like_table(const Source& source) {
  if (source.bytes.starts_with("PK\x03\x04") || trimmed(source.bytes.substr(0, 64)).starts_with('{'))
    return false;
  const auto table =
      read_csv_table(source.bytes.substr(0, source.bytes.find('\n')), "", delimiter_of(source.bytes));
  return table && !table->rows.empty() && table->rows[0].cells.size() >= 2;
}

Result<Ballots> read_table(const Source& source) {
  return TableReader(source).read();
}

// What a cell gives back as it was written: no delimiter of names, no word with a meaning, nothing that is
// trimmed away or that a spreadsheet would run.
bool fits_a_cell(const std::string& name) {
  return !name.empty() && fits_a_line(name) && name.find_first_of("|;") == std::string::npos &&
         !is_one_of(ascii_lower(name), {"skipped", "undervote", "blank", "overvote"}) &&
         !csv_field(name).starts_with('\'') && !csv_field(name).starts_with("\"'");
}

Result<Written> write_table(const Ballots& ballots) {
  for (const std::string& name : ballots.candidates)
    if (!fits_a_cell(name))
      return refused("CSV cannot hold the name \"" + printable(name, 80) + "\"", {},
                     "names without | or ;, line breaks and outer blanks, that start as no formula does");
  for (const std::string& ward : ballots.groups)
    if (!ward.empty() && !fits_a_cell(ward))
      return refused("CSV cannot hold the ward \"" + printable(ward, 80) + "\"", {}, "another name");
  std::size_t ranks = 1;
  for (const Ballot& ballot : ballots.ballots) ranks = std::max(ranks, ballot.ranks.size());
  if (ranks > most_ranks)
    return refused(fmt::format("CSV holds {} ranks, not {}", most_ranks, ranks), {}, "fewer ranks");
  const bool groups = has_wards(ballots);
  Written written;
  std::string& out = written.bytes;
  out = groups ? "count,ward" : "count";
  for (std::size_t r = 1; r <= ranks; ++r) out += fmt::format(",rank {}", r);
  out += '\n';
  for (const Ballot& ballot : ballots.ballots) {
    out += decimal_weight(ballot.count, ballots.weight_scale);
    if (groups) out += ',' + csv_field(ballots.groups[ballot.group]);
    for (std::size_t r = 0; r < ranks; ++r) {
      std::string cell;
      for (const Candidate c : r < ballot.ranks.size() ? ballot.ranks[r] : std::vector<Candidate>{})
        cell += (cell.empty() ? "" : "|") + ballots.candidates[c];
      out += ',' + csv_field(cell);
    }
    out += '\n';
  }
  written.lost = losses(
      ballots,
      {.wards = true, .blank = true, .equal = true, .skipped = true, .repeated = true, .unmentioned = false});
  if (!ballots.notes.empty()) written.lost.emplace_back("notes");
  return written;
}

}  // namespace

Format ranked_csv_format() {
  return {"csv", "CSV with rank columns or a column for each candidate", looks_like_table, read_table,
          write_table};
}

}  // namespace scrutineer::contest
