// Records in tables: ES&S (XLSX or CSV), generic CSV, Clear Ballot CSV.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contest/formats/sheet.h"
#include "contest/formats/text_scanner.h"
#include "contest/rctab/records.h"
#include "contest/read_ballots.h"

namespace scrutineer::contest::rctab {
namespace {

Result<CsvTable> csv_of(const std::filesystem::path& file) {
  SCRUTINEER_TRY(const std::string text, bytes_of(file));
  return read_csv_table(text, file.string(), ',');
}

Result<CsvTable> workbook_of(const std::filesystem::path& file) {
  SCRUTINEER_TRY(const std::string bytes, bytes_of(file));
  return read_sheet(bytes, file.string());
}

std::vector<std::string> parts_of(const std::string& cell, const std::string& delimiter) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (!delimiter.empty()) {
    const std::size_t next = cell.find(delimiter, at);
    if (next == std::string::npos) break;
    parts.emplace_back(trimmed(std::string_view(cell).substr(at, next - at)));
    at = next + delimiter.size();
  }
  parts.emplace_back(trimmed(std::string_view(cell).substr(at)));
  return parts;
}

Result<std::uint32_t> candidate_of(const Config& config, const std::string& name, Place where) {
  const auto found = config.names.find(name);
  if (found != config.names.end()) return found->second;
  return refused(fmt::format("\"{}\" is not a candidate of the configuration", printable(name, 80)),
                 std::move(where), "a declared name or alias");
}

Status read_ess_cell(const Config& config, const Source& source, const std::string& cell, std::uint32_t rank,
                     const Place& where, Record& record) {
  if (trimmed(cell).empty()) {
    if (source.blank_is_undeclared) add_mark(record, rank, config.names.at(undeclared));
    return {};
  }
  for (const std::string& part : parts_of(cell, source.overvote_delimiter)) {
    if (part == source.skipped_label && !part.empty()) continue;
    const auto is = [&](const std::string& label) { return !label.empty() && part == label; };
    if (part.empty())
      return refused("a cell that marks several holds an empty mark", where, "names between the delimiters");
    if (is(source.overvote_label)) {
      add_mark(record, rank, explicit_overvote);
    } else if (is(source.undeclared_label)) {
      add_mark(record, rank, config.names.at(undeclared));
    } else {
      SCRUTINEER_TRY(const std::uint32_t candidate, candidate_of(config, part, where));
      add_mark(record, rank, candidate);
    }
  }
  return {};
}

}  // namespace

void add_mark(Record& record, std::uint32_t rank, std::uint32_t candidate) {
  auto place =
      std::lower_bound(record.rankings.begin(), record.rankings.end(), rank,
                       [](const Record::Ranking& ranking, std::uint32_t r) { return ranking.rank < r; });
  if (place == record.rankings.end() || place->rank != rank)
    place = record.rankings.insert(place, {rank, {}});
  auto& candidates = place->candidates;
  if (std::find(candidates.begin(), candidates.end(), candidate) == candidates.end())
    candidates.push_back(candidate);
}

Status read_ess(const Config& config, const Source& source, bool phantom_rows, std::vector<Record>& records) {
  const bool csv = ascii_lower(source.file.extension().string()) == ".csv";
  SCRUTINEER_TRY(const CsvTable table, csv ? csv_of(source.file) : workbook_of(source.file));
  for (const CsvRow& row : table.rows) {
    if (row.line < *source.first_vote_row) continue;
    const bool empty = std::all_of(row.cells.begin(), row.cells.end(),
                                   [](const std::string& cell) { return trimmed(cell).empty(); });
    if (empty && !phantom_rows) continue;
    Record record;
    for (std::uint32_t rank = 1; rank <= config.rules.max_ranks; ++rank) {
      const std::size_t column = *source.first_vote_column - 1 + rank - 1;
      // Beyond the last cell of the row everything is blank: only blanks that mean something are read on.
      if (column >= row.cells.size() && (!source.blank_is_undeclared || rank > 10'000)) break;
      const std::string cell = column < row.cells.size() ? row.cells[column] : std::string();
      SCRUTINEER_CHECK(
          read_ess_cell(config, source, cell, rank, {source.file.string(), row.line, column + 1}, record));
    }
    records.push_back(std::move(record));
  }
  return {};
}

Status read_generic_csv(const Config& config, const Source& source, std::vector<Record>& records) {
  SCRUTINEER_TRY(const CsvTable table, csv_of(source.file));
  if (table.rows.empty())
    return refused("empty file of records", {source.file.string()}, "a header and rows");
  const std::vector<std::string>& header = table.rows.front().cells;
  std::vector<std::uint32_t> candidates;
  for (std::size_t column = *source.first_vote_column - 1; column < header.size(); ++column) {
    std::string name(trimmed(header[column]));
    if (!source.undeclared_label.empty() && name == source.undeclared_label) name = undeclared;
    SCRUTINEER_TRY(const std::uint32_t candidate,
                   candidate_of(config, name, {source.file.string(), 1, column + 1}));
    candidates.push_back(candidate);
  }
  for (std::size_t i = *source.first_vote_row - 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    if (row.cells.size() == 1 && trimmed(row.cells[0]).empty()) continue;
    Record record;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const std::size_t column = *source.first_vote_column - 1 + c;
      const std::string_view text =
          column < row.cells.size() ? trimmed(row.cells[column]) : std::string_view();
      if (text.empty()) continue;
      const auto rank = whole_number(text);
      if (!rank || *rank == 0)
        return refused(fmt::format("\"{}\" is not a rank", printable(text, 40)),
                       {source.file.string(), row.line, column + 1}, "a whole number from 1, or nothing");
      if (*rank <= config.rules.max_ranks) add_mark(record, *rank, candidates[c]);
    }
    records.push_back(std::move(record));
  }
  return {};
}

// "Choice_3_1:Contest:rank:Vote For 1:Name:Party"; a 1 below marks that candidate at that rank. A paper that
// has no choice of the contest (all its cells empty) is not a record of it.
Status read_clear_ballot(const Config& config, const Source& source, std::vector<Record>& records) {
  SCRUTINEER_TRY(const CsvTable table, csv_of(source.file));
  if (table.rows.empty())
    return refused("empty file of records", {source.file.string()}, "a header and rows");
  struct Choice {
    std::size_t column;
    std::uint32_t rank;
    std::uint32_t candidate;
  };
  std::vector<Choice> choices;
  const std::vector<std::string>& header = table.rows.front().cells;
  for (std::size_t column = 0; column < header.size(); ++column) {
    const auto fields = split(header[column], ':');
    if (fields.size() < 5 || !fields[0].starts_with("Choice_") || fields[1] != source.contest) continue;
    const auto rank = whole_number(fields[2]);
    const Place where{source.file.string(), 1, column + 1};
    if (!rank || *rank == 0)
      return refused("a choice without a rank", where, "Choice_1_1:contest:rank:vote for:name:party");
    std::string name(fields[4]);
    if (!source.undeclared_label.empty() && name == source.undeclared_label) name = undeclared;
    SCRUTINEER_TRY(const std::uint32_t candidate, candidate_of(config, name, where));
    choices.push_back({column, *rank, candidate});
  }
  if (choices.empty())
    return refused(fmt::format("contest \"{}\" is not in the header", printable(source.contest, 80)),
                   {source.file.string(), 1, 1}, "a Choice_ column of the contest");
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    Record record;
    bool any = false;
    for (const Choice& choice : choices) {
      const std::string_view text = choice.column < table.rows[i].cells.size()
                                        ? trimmed(table.rows[i].cells[choice.column])
                                        : std::string_view();
      any = any || !text.empty();
      if (text == "1" && choice.rank <= config.rules.max_ranks)
        add_mark(record, choice.rank, choice.candidate);
    }
    if (any) records.push_back(std::move(record));
  }
  return {};
}

Result<std::vector<Record>> read_records(const Config& config, bool phantom_rows) {
  std::vector<Record> records;
  for (const Source& source : config.sources) {
    if (source.provider == "ess") SCRUTINEER_CHECK(read_ess(config, source, phantom_rows, records));
    if (source.provider == "genericCsv") SCRUTINEER_CHECK(read_generic_csv(config, source, records));
    if (source.provider == "clearBallot") SCRUTINEER_CHECK(read_clear_ballot(config, source, records));
    if (source.provider == "cdf") SCRUTINEER_CHECK(read_cdf(config, source, records));
  }
  return records;
}

}  // namespace scrutineer::contest::rctab
