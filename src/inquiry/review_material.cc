#include "inquiry/review_material.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace scrutineer::inquiry {
namespace {

using rolls::Column;

// The cells of a row in these columns, those that are empty left out.
std::string joined(const rolls::Roll& roll, std::size_t row, std::initializer_list<Column> columns,
                   std::string_view separator) {
  std::string text;
  for (const Column column : columns) {
    const std::string_view cell = roll.text(column, row);
    if (cell.empty()) continue;
    if (!text.empty()) text += separator;
    text += cell;
  }
  return text;
}

std::string entry_says(const rolls::Roll& roll, std::size_t row) {
  return display_name(roll, row) + "\n" + display_address(roll, row) + "\n" +
         std::string(roll.text(Column::postcode, row));
}

std::uint32_t member_row(const Sources& sources, const std::string& id) {
  const auto found = sources.row_of_id.find(id);
  return found == sources.row_of_id.end() ? signals::none : found->second;
}

}  // namespace

std::string display_name(const rolls::Roll& roll, std::size_t row) {
  const std::string_view whole = roll.text(Column::name, row);
  if (!whole.empty()) return std::string(whole);
  return joined(roll, row, {Column::given, Column::middle, Column::family}, " ");
}

std::string display_address(const rolls::Roll& roll, std::size_t row) {
  const std::string_view whole = roll.text(Column::address, row);
  if (!whole.empty()) return std::string(whole);
  return joined(roll, row, {Column::house_number, Column::street, Column::locality}, ", ");
}

std::vector<DecidedLink> DecidedEntries::on(const RegisterSnapshot& snapshot) const {
  std::vector<DecidedLink> decided;
  if (decisions_.links.empty()) return decided;
  std::map<std::string, std::vector<std::uint32_t>> rows_that_say;
  std::map<signals::Exhibit, std::uint32_t> row_of_line;
  for (const LinkDecision& decision : decisions_.links) {
    if (!decision.entry_says.empty()) rows_that_say[decision.entry_says];
    row_of_line[{decision.roll, decision.line}] = signals::none;
  }
  for (std::uint32_t row = 0; row < snapshot.roll.rows(); ++row) {
    const auto line = row_of_line.find(snapshot.source(row));
    if (line != row_of_line.end()) line->second = row;
    const auto says = rows_that_say.find(entry_says(snapshot.roll, row));
    if (says != rows_that_say.end()) says->second.push_back(row);
  }
  for (const LinkDecision& decision : decisions_.links) {
    const std::uint32_t member = member_row(sources_, decision.member);
    if (member == signals::none) continue;
    const std::uint32_t exact = row_of_line[{decision.roll, decision.line}];
    if (exact != signals::none) decided.push_back({member, exact, decision.link});
    if (exact != signals::none && decision.link) continue;  // one entry on one register is the member
    const auto says = rows_that_say.find(decision.entry_says);
    if (says == rows_that_say.end()) continue;
    for (const std::uint32_t row : says->second) {
      if (row == exact) continue;
      decided.push_back({member, row, decision.link});
      if (decision.link) break;
    }
  }
  return decided;
}

std::vector<DecidedPair> decided_pairs(const LinkDecisions& decisions, const Sources& sources) {
  std::vector<DecidedPair> decided;
  for (const LinkDecision& decision : decisions.pairs) {
    const std::uint32_t first = member_row(sources, decision.member);
    const std::uint32_t second = member_row(sources, decision.other);
    if (first == signals::none || second == signals::none || first == second) continue;
    decided.push_back({std::min(first, second), std::max(first, second), decision.link});
  }
  return decided;
}

void keep_for_review(RegisterSnapshot& snapshot, rolls::StandardRoll& entries,
                     const rolls::StandardRoll& members, ReviewMaterial& material) {
  constexpr std::size_t most_names = 200;
  const std::size_t bit = material.dates.size();
  if (bit < 64) {
    material.dates.push_back(snapshot.date);
    std::vector<std::optional<bool>> lived_in(
        entries.unit_key.distinct());  // by a member, by code of the unit
    for (std::uint32_t row = 0; row < snapshot.roll.rows(); ++row) {
      if (entries.unit_key.is_missing(row)) continue;
      auto& member_there = lived_in[entries.unit_key.code(row)];
      if (!member_there)
        member_there = members.unit_key.pool().find(entries.unit_key[row]) != StringPool::absent;
      if (!*member_there) continue;
      auto& at_address = material.occupants[std::string(entries.unit_key[row])];
      std::string name = display_name(snapshot.roll, row);
      if (at_address.size() >= most_names && !at_address.contains(name)) continue;
      const auto [occupant, added] = at_address.try_emplace(std::move(name));
      if (added) occupant->second.source = snapshot.source(row);  // newest first
      occupant->second.present |= std::uint64_t{1} << bit;
    }
  }
  if (material.newest.name.empty()) {
    material.newest.name = snapshot.name;
    material.newest.date = snapshot.date;
    material.newest.files = snapshot.files;
    material.newest.from_file = snapshot.from_file;
    material.newest.roll.columns = std::move(snapshot.roll.columns);
    material.newest.roll.lines = snapshot.roll.lines;
    material.newest_standard = std::move(entries);
  }
}

void keep_members_for_review(Sources sources, Duplicates duplicates, const LinkDecisions& decisions,
                             ReviewMaterial& material) {
  material.sources = std::move(sources);
  material.duplicates = std::move(duplicates);
  material.decisions = decisions;
}

std::vector<DecisionEffect> effects_of(const ReviewMaterial& material,
                                       const std::vector<MemberOutcome>& members) {
  std::vector<DecisionEffect> effects;
  const auto sentence = [&](const LinkDecision& decision, const std::string& what) {
    const std::uint32_t row = member_row(material.sources, decision.member);
    if (row == signals::none) {
      return fmt::format("decision {} is about member {}, who is no longer on the roll", decision.number,
                         printable(decision.member));
    }
    const std::string now(signals::to_string(members[row].status));
    const std::string change =
        decision.status_before.empty() || now == decision.status_before
            ? fmt::format("the register status stays {}", now)
            : fmt::format("the register status was {} and is {}", decision.status_before, now);
    return fmt::format("by decision {} {}: {}", decision.number, what, change);
  };
  for (const LinkDecision& decision : material.decisions.links) {
    DecisionEffect effect{decision.number,
                          "link",
                          decision.member,
                          "",
                          decision.roll,
                          decision.line,
                          "",
                          decision.entry_says,
                          decision.status_before};
    effect.text = sentence(
        decision, fmt::format("{}, line {}, is {} member {}", printable(decision.roll), decision.line,
                              decision.link ? "held to be" : "not", printable(decision.member)));
    effects.push_back(std::move(effect));
  }
  for (const LinkDecision& decision : material.decisions.pairs) {
    DecisionEffect effect{decision.number,       "pair", decision.member, decision.other, "", 0, "", "",
                          decision.status_before};
    effect.text =
        sentence(decision, fmt::format("members {} and {} are {}one person", printable(decision.member),
                                       printable(decision.other), decision.link ? "" : "not "));
    effects.push_back(std::move(effect));
  }
  return effects;
}

}  // namespace scrutineer::inquiry
