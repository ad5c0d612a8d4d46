#include <fmt/format.h>

#include <algorithm>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

constexpr std::size_t most_rows = 50;
constexpr std::size_t longest_value = 60;

// Values of these columns say nothing about who a person is and may be quoted; all others may not.
bool may_be_quoted(rolls::Column column) {
  using rolls::Column;
  constexpr Column open[] = {Column::joined,        Column::left,    Column::keyed,      Column::signed_on,
                             Column::registered_on, Column::paid_on, Column::amount,     Column::method,
                             Column::voted,         Column::change,  Column::changed_on, Column::outcome,
                             Column::visited_on,    Column::arm,     Column::attempts,   Column::date,
                             Column::count,         Column::year,    Column::members,    Column::attains_on};
  return std::find(std::begin(open), std::end(open), column) != std::end(open);
}

void write_recognition(Html& html, const inquiry::RollSummary& roll) {
  const rolls::Recognition& how = roll.recognition;
  Values facts = {{"Recognised as", how.layout.empty() ? std::string(not_known) : how.layout},
                  {"Encoding", how.encoding.empty() ? std::string(not_known) : how.encoding}};
  if (!how.delimiter.empty()) {
    facts.emplace_back("Delimiter", how.delimiter == "\t"  ? "tabulator"
                                    : how.delimiter == "," ? "comma"
                                                           : how.delimiter);
  }
  facts.emplace_back("Size", bytes(roll.account.bytes));
  values(html, facts);
  if (!how.columns.empty()) {
    Table table(fmt::format("Columns taken from {}", roll.name), {{"Column"}, {"Headers of the file"}});
    for (const auto& [column, headers] : how.columns) {
      std::vector<std::string> shown;
      for (const std::string& header : headers) shown.push_back(shortened(header, longest_value));
      table.row({std::string(rolls::to_string(column)), enumerated(shown)});
    }
    table.write(html);
  }
  if (!how.unused.empty()) {
    std::vector<std::string> shown;
    for (const std::string& header : how.unused) shown.push_back(shortened(header, longest_value));
    paragraph(html, fmt::format("Not used: {}.", enumerated(shown)));
  }
  bullets(html, how.notes);
  bullets(html, roll.notes);
}

void write_rejects(Html& html, const inquiry::RollSummary& roll) {
  if (roll.account.rejected == 0 && roll.rejects.empty()) return;
  Table table(fmt::format("Records of {} that could not be placed", roll.name),
              {{"Line", true}, {"Column", true}, {"Reason"}, {"Size", true}});
  const std::size_t shown = std::min(most_rows, roll.rejects.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const rolls::Reject& reject = roll.rejects[i];
    table.row({count(reject.line), reject.column == 0 ? "–" : count(reject.column), reject.reason,
               bytes(reject.raw_bytes)});
  }
  table.write(html);
  left_out(html, std::max<std::uint64_t>(roll.account.rejected, shown) - shown, "the case");
}

void write_problems(Html& html, const inquiry::RollSummary& roll) {
  if (roll.problems_total == 0 && roll.problems.empty()) return;
  Table table(fmt::format("Values of {} that could not be read", roll.name),
              {{"Line", true}, {"Column"}, {"Value"}, {"Reason"}});
  const std::size_t shown = std::min(most_rows, roll.problems.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const rolls::ValueProblem& problem = roll.problems[i];
    table.row({count(problem.line), std::string(rolls::to_string(problem.column)),
               may_be_quoted(problem.column) ? shortened(problem.text, longest_value) : "not shown",
               problem.reason});
  }
  table.write(html);
  left_out(html, std::max<std::uint64_t>(roll.problems_total, shown) - shown, "the case");
}

}  // namespace

void write_rolls(Html& html, const Facts& facts) {
  Table table("What was read", {{"Roll"},
                                {"Kind"},
                                {"As of"},
                                {"Records", true},
                                {"Rows", true},
                                {"Rejected", true},
                                {"Headers", true},
                                {"Blank", true},
                                {"Values not read", true}});
  for (const inquiry::RollSummary& roll : facts.outcome.rolls) {
    table.row({roll.name, std::string(rolls::to_string(roll.kind)), date(roll.as_of),
               count(roll.account.physical_records), count(roll.account.rows), count(roll.account.rejected),
               count(roll.account.header_records), count(roll.account.blank_records),
               count(roll.problems_total)});
  }
  if (table.empty()) {
    paragraph(html, "No roll was read.");
    return;
  }
  table.write(html);
  remark(html,
         "Records are counted a second time by a pass of its own: records = rows + rejected + headers + "
         "blank. A value "
         "that could not be read is treated as missing, its row is kept. Raw records are not quoted here, "
         "because they "
         "hold names.");
  for (const inquiry::RollSummary& roll : facts.outcome.rolls) {
    folded(html,
           fmt::format("{}: {}, {} rejected, {} not read", roll.name, counted(roll.account.rows, "row"),
                       count(roll.account.rejected), counted(roll.problems_total, "value")),
           [&] {
             write_recognition(html, roll);
             write_rejects(html, roll);
             write_problems(html, roll);
           });
  }
}

}  // namespace scrutineer::report
