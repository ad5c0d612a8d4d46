// A declaration as CSV with a header, in any order of columns, in two layouts told from the header:
//
//   one row a candidate   candidate,votes             "first_pref", "first preferences" for votes; and where
//                         Ann Ash,1204                known second_pref, transfers, final_total, elected,
//                         ward ward,candidate,votes        one row a candidate and ward; a row without a ward
//                         is of North,Ann Ash,204           the whole contest
//   a college             round,section,weight,candidate,share_pct
//   one row a ward        ward,first_Ash,first_Birch,second_Ash,…,electorate,papers,valid,rejected
//
// A column "contest", "election" or "year" says that the file holds several contests. Columns that mean
// nothing here (party, date) are named in the notes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "contest/ballot_builder.h"
#include "contest/formats/csv_table.h"
#include "contest/formats/declaration_format.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

enum class Field : std::uint8_t {
  unused,
  contest,
  candidate,
  ward,
  borough,
  first,
  second,
  transfers,
  total,
  elected,
  section,
  weight,
  round,
  share,
  electorate,
  marked,
  papers,
  valid,
  rejected,
  first_of,  // one row a ward: a column for each candidate
  second_of
};

struct FieldName {
  std::string_view header;
  Field field;
};

constexpr FieldName field_names[] = {
    {"contest", Field::contest},
    {"election", Field::contest},
    {"year", Field::contest},
    {"candidate", Field::candidate},
    {"ward", Field::ward},
    {"borough", Field::borough},
    {"votes", Field::first},
    {"first", Field::first},
    {"first pref", Field::first},
    {"first preferences", Field::first},
    {"second", Field::second},
    {"second pref", Field::second},
    {"second pref all", Field::second},
    {"second preferences", Field::second},
    {"transfers", Field::transfers},
    {"transfers in runoff", Field::transfers},
    {"total", Field::total},
    {"final", Field::total},
    {"final total", Field::total},
    {"elected", Field::elected},
    {"section", Field::section},
    {"weight", Field::weight},
    {"round", Field::round},
    {"share", Field::share},
    {"share pct", Field::share},
    {"electorate", Field::electorate},
    {"marked", Field::marked},
    {"papers", Field::papers},
    {"ballots", Field::papers},
    {"valid", Field::valid},
    {"valid first", Field::valid},
    {"first total good", Field::valid},
    {"rejected", Field::rejected},
};

struct Column {
  Field field = Field::unused;
  std::string name;  // as in the header; of first_of and second_of the candidate
};

std::vector<Column> columns_of(const CsvRow& header) {
  std::vector<Column> columns;
  for (const std::string& cell : header.cells) {
    Column column{Field::unused, std::string(trimmed(cell))};
    std::string spelt = ascii_lower(column.name);
    std::replace(spelt.begin(), spelt.end(), '_', ' ');
    for (const FieldName& known : field_names)
      if (spelt == known.header) column.field = known.field;
    if (column.field == Field::unused && spelt.starts_with("first ")) {
      column = {Field::first_of, column.name.substr(6)};
    } else if (column.field == Field::unused && spelt.starts_with("second ")) {
      column = {Field::second_of, column.name.substr(7)};
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

bool has(const std::vector<Column>& columns, Field field) {
  return std::any_of(columns.begin(), columns.end(), [&](const Column& c) { return c.field == field; });
}

bool is_declaration(const std::vector<Column>& columns) {
  const bool by_candidate =
      has(columns, Field::candidate) && (has(columns, Field::first) || has(columns, Field::share));
  return by_candidate || (has(columns, Field::ward) && has(columns, Field::first_of));
}

class DeclarationReader {
 public:
  explicit DeclarationReader(const Source& source) : source_(source) {}

  Result<Declaration> read() {
    SCRUTINEER_TRY(const CsvTable table, read_csv_table(source_.bytes, source_.name, ','));
    if (!table.rows.empty()) columns_ = columns_of(table.rows.front());
    if (!is_declaration(columns_))
      return refused("the header has no candidate and votes", {source_.name, 1, 1}, "candidate,votes");
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
      const CsvRow& row = table.rows[i];
      const bool empty = std::all_of(row.cells.begin(), row.cells.end(),
                                     [](const std::string& cell) { return trimmed(cell).empty(); });
      if (!empty) rows_.push_back(&row);
    }
    SCRUTINEER_CHECK(choose_contest());
    for (const CsvRow* row : rows_) {
      row_ = row;
      SCRUTINEER_CHECK(has(columns_, Field::first_of) ? read_ward_row() : read_candidate_row());
    }
    note_unused();
    fill();
    return std::move(declaration_);
  }

 private:
  std::string_view cell(Field field) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].field == field) return cell(i);
    return {};
  }
  std::string_view cell(std::size_t i) const {
    return i < row_->cells.size() ? trimmed(row_->cells[i]) : std::string_view();
  }

  Place place(std::size_t column) const { return {source_.name, row_->line, column + 1}; }
  Place place(Field field) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].field == field) return place(i);
    return {source_.name, row_->line, 1};
  }

  // Where the file holds several contests only the rows of the one asked for stay.
  Status choose_contest() {
    if (!has(columns_, Field::contest)) {
      if (source_.contest) return wrong_usage("the file holds one contest without a name", "no --contest");
      return {};
    }
    std::vector<std::string> names;
    for (const CsvRow* row : rows_) {
      row_ = row;
      std::string name(cell(Field::contest));
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    SCRUTINEER_TRY(const std::string chosen, contest_named(names, source_));
    std::erase_if(rows_, [&](const CsvRow* row) {
      row_ = row;
      return cell(Field::contest) != chosen;
    });
    declaration_.title = chosen;
    return {};
  }

  Result<std::optional<std::int64_t>> figure(std::size_t column) const {
    if (cell(column).empty()) return std::nullopt;
    const auto number = parse_weight(cell(column));
    if (!number || number->decimals != 0)
      return refused(fmt::format("\"{}\" is not a number of votes", printable(cell(column), 40)),
                     place(column), "a whole number");
    return number->units;
  }

  Candidate candidate_of(std::string_view name) {
    const auto [number, is_new] =
        candidates_.try_emplace(std::string(name), static_cast<Candidate>(declaration_.candidates.size()));
    if (is_new) declaration_.candidates.emplace_back(name);
    return number->second;
  }

  // The ward of the row, or the whole contest; created on first sight.
  DeclaredArea& area() {
    std::string name(cell(Field::ward));
    if (!cell(Field::borough).empty()) name = fmt::format("{}: {}", cell(Field::borough), name);
    if (name.empty()) return declaration_.whole;
    const auto [number, is_new] = wards_.try_emplace(name, declaration_.wards.size());
    if (is_new) declaration_.wards.emplace_back().name = name;
    return declaration_.wards[number->second];
  }

  // The first statement of a figure stands; another one is a contradiction even where it says the same,
  // because a row that stands twice was added twice by whoever added them up.
  void state(std::optional<std::int64_t>& known, const std::optional<std::int64_t>& stated,
             const std::string& what) {
    if (known && stated) repeated_.push_back({what, *known, *stated});
    if (!known) known = stated;
  }

  void note_repeated() {
    for (const auto& [what, first, again] : repeated_)
      declaration_.contradictions.push_back(
          {"stated-twice",
           fmt::format("{} is stated twice, first as {} and again as {} in line {}", what, first, again,
                       row_->line),
           static_cast<double>(first), static_cast<double>(again)});
    repeated_.clear();
  }

  Status read_candidate_row() {
    if (cell(Field::candidate).empty())
      return refused("a row without a candidate", place(Field::candidate), "a name");
    const Candidate c = candidate_of(cell(Field::candidate));
    if (has(columns_, Field::share)) return read_share(c);
    DeclaredArea& here = area();
    if (here.votes.size() <= c) here.votes.resize(c + 1);
    DeclaredVotes& votes = here.votes[c];
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto known = [&]() -> std::optional<std::int64_t>* {
        switch (columns_[i].field) {
          case Field::first:
            return &votes.first;
          case Field::second:
            return &votes.second;
          case Field::transfers:
            return &votes.transfers;
          case Field::total:
            return &votes.total;
          default:
            return nullptr;
        }
      }();
      if (known == nullptr) continue;
      SCRUTINEER_TRY(const auto stated, figure(i));
      state(*known, stated,
            fmt::format("{} of {}{}", columns_[i].name, printable(declaration_.candidates[c], 80),
                        here.name.empty() ? "" : " in " + printable(here.name, 80)));
    }
    const std::string elected = ascii_lower(cell(Field::elected));
    if (elected == "1" || elected == "yes" || elected == "true" || elected == "elected")
      if (std::find(declaration_.elected.begin(), declaration_.elected.end(), c) ==
          declaration_.elected.end())
        declaration_.elected.push_back(c);
    note_repeated();
    return {};
  }

  Status read_share(Candidate c) {
    const std::string name(cell(Field::section));
    if (name.empty()) return refused("a share without a section", place(Field::section), "a name");
    auto section = std::find_if(declaration_.sections.begin(), declaration_.sections.end(),
                                [&](const DeclaredSection& s) { return s.name == name; });
    if (section == declaration_.sections.end()) {
      declaration_.sections.push_back({name, 1, {}});
      section = std::prev(declaration_.sections.end());
    }
    if (!cell(Field::weight).empty()) {
      auto weight = parse_fraction(cell(Field::weight));
      if (!weight || *weight <= 0)
        return refused(fmt::format("\"{}\" is not a weight", printable(cell(Field::weight), 40)),
                       place(Field::weight), "a fraction such as 1/3, or a number above 0");
      section->weight = *std::move(weight);
    }
    const auto round = cell(Field::round).empty() ? 1 : whole_number(cell(Field::round));
    if (!round || *round == 0 || *round > 1000)
      return refused(fmt::format("\"{}\" is not a round", printable(cell(Field::round), 40)),
                     place(Field::round), "a whole number from 1");
    auto share = parse_fraction(cell(Field::share));
    if (!share || *share > 100)
      return refused(fmt::format("\"{}\" is not a share", printable(cell(Field::share), 40)),
                     place(Field::share), "percent of the votes cast in the section");
    if (section->shares.size() < *round) section->shares.resize(*round);
    auto& shares = section->shares[*round - 1];
    if (shares.size() <= c) shares.resize(c + 1);
    if (shares[c]) {
      declaration_.contradictions.push_back(
          {"stated-twice",
           fmt::format("the share of {} in {} is stated twice, again in line {}",
                       printable(declaration_.candidates[c], 80), printable(name, 80), row_->line),
           static_cast<double>(*shares[c]), static_cast<double>(*share)});
    } else {
      shares[c] = *std::move(share);
    }
    return {};
  }

  Status read_ward_row() {
    if (cell(Field::ward).empty()) return refused("a row without a ward", place(Field::ward), "a name");
    DeclaredArea& here = area();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Field field = columns_[i].field;
      const bool rejected_for = field == Field::unused && columns_[i].name.starts_with("rej_");
      if (!rejected_for && field != Field::first_of && field != Field::second_of && field < Field::electorate)
        continue;
      SCRUTINEER_TRY(const auto stated, figure(i));
      const std::string what = fmt::format("{} in {}", columns_[i].name, printable(here.name, 80));
      if (field == Field::first_of || field == Field::second_of) {
        const Candidate c = candidate_of(columns_[i].name);
        if (here.votes.size() <= c) here.votes.resize(c + 1);
        state(field == Field::first_of ? here.votes[c].first : here.votes[c].second, stated, what);
      } else if (rejected_for) {
        here.papers.rejected = here.papers.rejected.value_or(0) + stated.value_or(0);
      } else {
        DeclaredPapers& papers = here.papers;
        state(field == Field::electorate ? papers.electorate
              : field == Field::marked   ? papers.marked
              : field == Field::papers   ? papers.papers
              : field == Field::valid    ? papers.valid
                                         : papers.rejected,
              stated, what);
      }
    }
    note_repeated();
    return {};
  }

  void note_unused() {
    std::vector<std::string> unused;
    for (const Column& column : columns_)
      if (column.field == Field::unused && !column.name.empty() && !column.name.starts_with("rej_"))
        unused.push_back(column.name);
    if (!unused.empty()) declaration_.notes.push_back("columns not used: " + join(unused, ", "));
  }

  // Every area has a place for every candidate, whether or not a figure was stated.
  void fill() {
    const std::size_t candidates = declaration_.candidates.size();
    declaration_.whole.votes.resize(candidates);
    for (DeclaredArea& ward : declaration_.wards) ward.votes.resize(candidates);
    for (DeclaredSection& section : declaration_.sections)
      for (auto& shares : section.shares) shares.resize(candidates);
  }

  struct Repeated {
    std::string what;
    std::int64_t first, again;
  };

  const Source& source_;
  std::vector<Column> columns_;
  std::vector<const CsvRow*> rows_;
  const CsvRow* row_ = nullptr;
  Declaration declaration_;
  std::map<std::string, Candidate> candidates_;
  std::map<std::string, std::size_t> wards_;
  std::vector<Repeated> repeated_;
};

}  // namespace

bool looks_like_declaration_csv(const Source& source) {
  const auto table = read_csv_table(source.bytes.substr(0, source.bytes.find('\n')), "", ',');
  return table && !table->rows.empty() && is_declaration(columns_of(table->rows.front()));
}

Result<Declaration> read_declaration_csv(const Source& source) {
  return DeclarationReader(source).read();
}

}  // namespace scrutineer::contest
