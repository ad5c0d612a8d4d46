#include "inquiry/canvass_stage.h"

#include <algorithm>
#include <set>

#include "canvass/draw_record.h"
#include "canvass/record.h"

namespace scrutineer::inquiry {
namespace {

// The ids of doors drawn at random, by the last draw.
Result<std::set<std::string>> random_doors(store::CaseFile& file, const canvass::DrawNote& draw) {
  SCRUTINEER_TRY(const canvass::Frame frame, canvass::frame_of(file, draw));
  SCRUTINEER_TRY(const auto doors, canvass::draw(frame, draw.seed, draw.doors));
  std::set<std::string> ids;
  for (const canvass::Door& door : doors)
    if (!door.targeted) ids.insert(frame.id(door.position));
  return ids;
}

}  // namespace

namespace {

// The number of the ledger's entry at which the canvass is looked at: entries from there on do not count.
Result<std::int64_t> end_of(store::CaseFile& file, bool as_written) {
  return file.database().integer(
      as_written ? "SELECT coalesce(max(number), 0) FROM ledger WHERE kind = 'case-written'"
                 : "SELECT coalesce(max(number), 0) + 1 FROM ledger");
}

// Rows recorded before that entry. Rows stand in the order of their entries, so what corrects a row that is
// kept and is not kept itself comes later.
void drop_later(std::vector<canvass::RecordedRow>& rows, std::int64_t end) {
  std::erase_if(rows, [end](const canvass::RecordedRow& row) { return row.ledger_entry >= end; });
  for (canvass::RecordedRow& row : rows)
    if (row.corrected_by && *row.corrected_by > static_cast<std::int64_t>(rows.size()))
      row.corrected_by.reset();
}

}  // namespace

Result<RecordedCanvass> recorded_canvass(const std::filesystem::path& folder, bool as_written) {
  RecordedCanvass found;
  std::error_code failed;
  if (folder.empty() || !std::filesystem::exists(folder / "case.sqlite", failed)) return found;
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(const auto problems, canvass::check_records(file));
  if (!problems.empty()) return refused(problems.front(), {.file = folder.string()});
  SCRUTINEER_TRY(const std::int64_t end, end_of(file, as_written));
  SCRUTINEER_TRY(auto rows, canvass::recorded_rows(file));
  drop_later(rows, end);
  SCRUTINEER_TRY(auto draws, canvass::draws_in(file));
  std::erase_if(draws, [end](const canvass::DrawNote& draw) {
    return static_cast<std::int64_t>(draw.ledger_number) >= end;
  });
  std::set<std::string> random;
  if (!draws.empty()) {
    auto ids = random_doors(file, draws.back());
    if (ids) {
      random = *std::move(ids);
      SCRUTINEER_TRY(found.status, canvass::status_of(file, canvass::standing_visits(rows, {}), draws));
    } else {
      found.note = "the doors drawn: " + ids.error().message();
    }
  }
  for (const canvass::RecordedRow& row : rows) {
    if (row.corrected_by) continue;
    found.visits.push_back({row.row.member, row.row.outcome,
                            Date::from_iso(std::string_view(row.row.visited_at).substr(0, 10)),
                            row.row.interviewer, static_cast<int>(std::min(row.row.attempt, 1000U)),
                            random.contains(row.row.member), static_cast<std::uint64_t>(row.number)});
  }
  return found;
}

}  // namespace scrutineer::inquiry
