#include "canvass/status.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "canvass/certify.h"

namespace scrutineer::canvass {
namespace {

enum class Standing : std::uint8_t { verified, against, silent };

Standing standing_of(Answer answer) {
  if (answer == Answer::verified) return Standing::verified;
  return speaks_against(answer) ? Standing::against : Standing::silent;
}

// What all visits at one door come to.
struct DoorRecord {
  std::uint64_t visits = 0;
  bool verified = false;
  std::optional<Answer> against;  // the last such answer
  bool refused = false;
  std::map<std::string_view, Standing> last_by_visitor;

  void add(const Visit& visit) {
    ++visits;
    verified = verified || visit.answer == Answer::verified;
    if (speaks_against(visit.answer)) against = visit.answer;
    refused = refused || visit.answer == Answer::refused;
    // A second call of the same visitor that met somebody replaces one that met nobody.
    const Standing now = standing_of(visit.answer);
    const auto [place, added] = last_by_visitor.emplace(visit.visitor, now);
    if (!added && now != Standing::silent) place->second = now;
  }
  [[nodiscard]] bool contradicted() const { return verified && against; }
  [[nodiscard]] Answer answer() const {
    if (verified) return Answer::verified;
    if (against) return *against;
    return refused ? Answer::refused : Answer::no_contact;
  }
};

using DoorOfId = std::unordered_map<std::string_view, std::size_t>;

// Sorts the visits to their doors; an id that was drawn twice belongs to the door drawn first.
std::vector<DoorRecord> records_of(const Frame& frame, const std::vector<Door>& doors, const Visits& visits,
                                   CanvassStatus& status) {
  DoorOfId door_of_id;
  for (std::size_t i = 0; i < doors.size(); ++i) {
    if (!door_of_id.emplace(frame.id(doors[i].position), i).second) ++status.repeated_ids;
  }
  std::vector<DoorRecord> records(doors.size());
  std::map<std::string_view, VisitorRecord> visitors;
  for (const Visit& visit : visits.visits) {
    const auto found = door_of_id.find(visit.id);
    if (found == door_of_id.end()) {
      ++(frame.holds(visit.id) ? status.elsewhere : status.unknown);
      continue;
    }
    records[found->second].add(visit);
    VisitorRecord& visitor = visitors[visit.visitor];
    visitor.visitor = visit.visitor;
    ++visitor.answers[static_cast<std::size_t>(visit.answer)];
  }
  for (auto& [name, visitor] : visitors) status.visitors.push_back(std::move(visitor));
  return records;
}

void count_doors(const std::vector<Door>& doors, const std::vector<DoorRecord>& records,
                 CanvassStatus& status) {
  for (std::size_t i = 0; i < doors.size(); ++i) {
    const DoorRecord& record = records[i];
    if (record.visits == 0) {
      ++status.waiting;
      if (i < status.doors) ++status.passed_over;
    } else if (record.contradicted()) {
      ++status.contradicted;
    } else {
      ++status.answers[static_cast<std::size_t>(record.answer())];
    }
    if (doors[i].revisit) ++status.revisits_drawn;
    if (record.last_by_visitor.size() < 2) continue;
    ++status.revisited;
    const Standing first = record.last_by_visitor.begin()->second;
    const bool agree = std::all_of(record.last_by_visitor.begin(), record.last_by_visitor.end(),
                                   [first](const auto& one) { return one.second == first; });
    if (agree) ++status.revisits_agree;
  }
}

void count_certificate(const Frame& frame, const std::vector<Door>& doors,
                       const std::vector<DoorRecord>& records, CanvassStatus& status) {
  std::vector<CountedDoor> counted;
  for (std::size_t i = 0; i < status.doors; ++i) {
    const DoorRecord& record = records[i];
    counted.push_back({record.verified && !record.against, record.against && !record.verified});
  }
  Certified found = certify(frame, doors, counted, status.draw.claim);
  status.reached = found.reached;
  status.reached_at = found.reached_at;
  status.out_of_reach = found.out_of_reach;
  status.clean_needed = found.clean_needed;
  status.p = found.p;
  status.log_martingale = std::move(found.log_martingale);
  status.least = found.least;
  status.most = found.most;
  status.bounds_contradicted = found.contradicted;
}

}  // namespace

CanvassStatus assess(const Frame& frame, const std::vector<Door>& doors, const DrawNote& draw,
                     const Visits& visits) {
  CanvassStatus status;
  status.draw = draw;
  status.rows = visits.visits.size() + visits.unreadable.size();
  status.unreadable = visits.unreadable;
  const std::vector<DoorRecord> records = records_of(frame, doors, visits, status);
  for (std::size_t i = 0; i < records.size(); ++i)
    if (records[i].visits > 0) status.doors = i + 1;
  count_doors(doors, records, status);
  count_certificate(frame, doors, records, status);
  return status;
}

Result<CanvassStatus> status_of(store::CaseFile& file, const Visits& visits) {
  SCRUTINEER_TRY(const auto draws, draws_in(file));
  if (draws.empty()) {
    return refused("the ledger holds no draw: doors that nobody drew certify nothing",
                   {.file = file.folder().string()}, "scrutineer canvass draw first");
  }
  const DrawNote& last = draws.back();
  SCRUTINEER_TRY(const Frame frame, frame_of(file, last));
  SCRUTINEER_TRY(const auto doors, draw(frame, last.seed, last.doors));
  CanvassStatus status = assess(frame, doors, last, visits);
  for (const DrawNote& note : draws)
    if (!note.again.empty()) ++status.earlier_draws;
  return status;
}

}  // namespace scrutineer::canvass
