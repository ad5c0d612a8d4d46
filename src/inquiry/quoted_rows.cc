#include "inquiry/quoted_rows.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace scrutineer::inquiry {
namespace {

using rolls::Column;

constexpr int statement_level = 4;  // of the wording ladder

std::optional<std::size_t> row_at(const rolls::Roll& roll, std::uint64_t line) {
  const auto found = std::lower_bound(roll.lines.begin(), roll.lines.end(), line);
  if (found == roll.lines.end() || *found != line) return std::nullopt;
  return static_cast<std::size_t>(found - roll.lines.begin());
}

QuotedRow quoted(const rolls::Roll& roll, std::size_t row) {
  QuotedRow fields;
  for (const auto& [column, headers] : roll.recognition.columns) {
    const TextColumn* cells = roll.column(column);
    const std::string_view text = cells && row < cells->size() ? (*cells)[row] : std::string_view();
    if (!text.empty()) fields.emplace_back(join(headers, ", "), std::string(text));
  }
  for (const auto& [header, cells] : roll.extra) {
    if (row < cells.size() && !cells[row].empty()) fields.emplace_back(header, std::string(cells[row]));
  }
  return fields;
}

void quote(const rolls::Roll& roll, const std::set<signals::Exhibit>& cited, Outcome& outcome) {
  for (auto at = cited.lower_bound({roll.spec.name, 0}); at != cited.end() && at->roll == roll.spec.name;
       ++at) {
    if (const auto row = row_at(roll, at->line)) outcome.quoted.emplace(*at, quoted(roll, *row));
  }
}

}  // namespace

bool has_exhibit_page(const signals::Finding& finding) {
  return finding.tier == signals::Tier::exhibit && (finding.listed || finding.level >= statement_level);
}

void quote_cited_rows(Sources& sources, Outcome& outcome) {
  std::set<signals::Exhibit> cited;
  for (const signals::SignalReport& report : outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      if (has_exhibit_page(finding)) cited.insert(finding.exhibits.begin(), finding.exhibits.end());
    }
  }
  for (const StandardisedRoll* roll : all_rolls(sources)) quote(roll->raw, cited, outcome);
}

void quote_register_rows(const rolls::Roll& snapshot, const SnapshotLinks& links,
                         const std::set<std::uint32_t>& rows, Outcome& outcome) {
  std::set<signals::Exhibit> cited;
  for (const std::uint32_t row : rows) {
    if (row >= links.members.size()) continue;
    for (const EntryLink& link : links.members[row]) cited.insert(link.source);
  }
  quote(snapshot, cited, outcome);
}

std::set<std::uint32_t> denied_rows(const Sources& sources, std::span<const RecordedVisit> recorded) {
  std::set<std::uint32_t> rows;
  for (const StandardisedRoll& roll : sources.canvass) {
    for (std::size_t row = 0; row < roll.raw.rows(); ++row) {
      if (signals::outcome_of(ascii_lower(roll.raw.text(Column::outcome, row))) != signals::Outcome::denied)
        continue;
      const auto found = sources.row_of_id.find(roll.raw.text(Column::id, row));
      if (found != sources.row_of_id.end()) rows.insert(found->second);
    }
  }
  for (const RecordedVisit& visit : recorded) {
    const auto found = sources.row_of_id.find(visit.id);
    if (found != sources.row_of_id.end() && visit.answer == canvass::Answer::denied)
      rows.insert(found->second);
  }
  return rows;
}

}  // namespace scrutineer::inquiry
