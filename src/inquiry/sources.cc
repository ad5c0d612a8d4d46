#include "inquiry/sources.h"

#include <fmt/format.h>

#include <algorithm>

namespace scrutineer::inquiry {
namespace {

// Rejects and problems shown in the report; all of them are in the case.
constexpr std::size_t examples_shown = 20;

std::vector<StandardisedRoll>* place_for(Sources& sources, rolls::RollKind kind) {
  switch (kind) {
    case rolls::RollKind::payments:
      return &sources.payments;
    case rolls::RollKind::canvass:
      return &sources.canvass;
    case rolls::RollKind::marked:
      return &sources.marked;
    case rolls::RollKind::joins:
      return &sources.joins;
    case rolls::RollKind::branches:
      return &sources.branches;
    case rolls::RollKind::deceased:
      return &sources.deceased;
    case rolls::RollKind::watchlist:
      return &sources.watchlist;
    case rolls::RollKind::members:
    case rolls::RollKind::register_:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

std::vector<StandardisedRoll*> all_rolls(Sources& sources) {
  std::vector<StandardisedRoll*> rolls = {&sources.members};
  for (auto* group : {&sources.payments, &sources.canvass, &sources.marked, &sources.joins, &sources.branches,
                      &sources.deceased, &sources.watchlist}) {
    for (StandardisedRoll& roll : *group) rolls.push_back(&roll);
  }
  return rolls;
}

Result<StandardisedRoll> read_standardised(const rolls::RollSpec& spec, const rolls::ReadOptions& options) {
  StandardisedRoll roll;
  SCRUTINEER_TRY(roll.raw, rolls::read_roll(spec, options));
  SCRUTINEER_TRY(roll.standard, rolls::standardise(roll.raw, options.threads));
  return roll;
}

Result<Sources> read_sources(const InquiryFile& file, const rolls::ReadOptions& options) {
  Sources sources;
  for (const rolls::RollSpec& spec : file.rolls) {
    if (spec.kind == rolls::RollKind::register_) continue;
    SCRUTINEER_TRY(StandardisedRoll roll, read_standardised(spec, options));
    if (spec.kind == rolls::RollKind::members) {
      sources.members = std::move(roll);
    } else {
      place_for(sources, spec.kind)->push_back(std::move(roll));
    }
  }
  if (file.contest && file.contest->marked) {
    rolls::RollSpec spec;
    spec.name = "marked";
    spec.kind = rolls::RollKind::marked;
    spec.file = *file.contest->marked;
    SCRUTINEER_TRY(StandardisedRoll roll, read_standardised(spec, options));
    sources.marked.push_back(std::move(roll));
  }
  const rolls::Roll& members = sources.members.raw;
  for (std::uint32_t row = 0; row < members.rows(); ++row) {
    const std::string_view id = members.text(rolls::Column::id, row);
    if (id.empty()) continue;
    if (!sources.row_of_id.emplace(std::string(id), row).second) sources.repeated_ids.push_back(row);
  }
  return sources;
}

RollSummary summary_of(const rolls::Roll& roll, const std::filesystem::path& folder) {
  RollSummary summary;
  summary.name = roll.spec.name;
  summary.kind = roll.spec.kind;
  summary.file = roll.spec.file.lexically_relative(folder).generic_string();
  if (summary.file.empty()) summary.file = roll.spec.file.filename().generic_string();
  summary.as_of = roll.spec.as_of;
  summary.account = roll.account;
  summary.recognition = roll.recognition;
  summary.rejects.assign(
      roll.rejects.begin(),
      roll.rejects.begin() + static_cast<std::ptrdiff_t>(std::min(roll.rejects.size(), examples_shown)));
  summary.problems_total = roll.problems.size();
  summary.problems.assign(
      roll.problems.begin(),
      roll.problems.begin() + static_cast<std::ptrdiff_t>(std::min(roll.problems.size(), examples_shown)));
  return summary;
}

}  // namespace scrutineer::inquiry
