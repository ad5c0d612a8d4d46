#include "canvass/status.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "canvass/certify.h"
#include "stats/binomial.h"
#include "stats/chi_squared.h"

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

bool answered(const DoorRecord& record) {
  return record.verified || record.against;
}

void count_responses(const Frame& frame, const std::vector<Door>& doors,
                     const std::vector<DoorRecord>& records, const ClassesOfIds& classes,
                     CanvassStatus& status) {
  std::map<std::pair<std::string, std::string>, Response> found;
  for (std::size_t i = 0; i < doors.size(); ++i) {
    if (records[i].visits == 0) continue;
    const auto place = classes.find(frame.id(doors[i].position));
    if (place == classes.end()) continue;
    for (const auto& [kind, name] : place->second) {
      Response& response = found[{kind, name}];
      ++response.visited;
      response.answered += answered(records[i]) ? 1U : 0U;
      response.verified += records[i].verified && !records[i].against ? 1U : 0U;
    }
  }
  for (auto& [key, response] : found) {
    response.kind = key.first;
    response.name = key.second;
    const auto interval =
        stats::wilson(static_cast<double>(response.answered), static_cast<double>(response.visited));
    response.low = interval.low;
    response.high = interval.high;
    status.responses.push_back(std::move(response));
  }
}

void compare_visitors(CanvassStatus& status) {
  double verified_all = 0, answered_all = 0;
  std::vector<std::pair<double, double>> rows;  // verified, answered
  for (const VisitorRecord& visitor : status.visitors) {
    double answers = 0;
    for (std::size_t i = 0; i < answer_count; ++i) {
      const auto answer = static_cast<Answer>(i);
      if (answer == Answer::verified || speaks_against(answer))
        answers += static_cast<double>(visitor.answers[i]);
    }
    if (answers < 5) continue;
    rows.emplace_back(static_cast<double>(visitor.answers[0]), answers);
    verified_all += rows.back().first;
    answered_all += answers;
  }
  if (rows.size() < 2 || verified_all == 0 || verified_all == answered_all) return;
  const double share = verified_all / answered_all;
  double statistic = 0;
  for (const auto& [verified, answers] : rows) {
    const double expected = answers * share;
    statistic += (verified - expected) * (verified - expected) / (expected * (1 - share));
  }
  status.visitors_differ_p = stats::chi_squared_upper_tail(statistic, static_cast<double>(rows.size() - 1));
}

std::string household_size(std::int64_t members) {
  if (members <= 2) return std::to_string(members);
  return members <= 4 ? "3 to 4" : "5 or more";
}

// Structural classes of the address that the case itself knows.
Status add_address_classes(store::CaseFile& file, ClassesOfIds& classes) {
  SCRUTINEER_TRY(
      store::Statement rows,
      file.database().prepare(
          "SELECT id, register_status, CASE household WHEN '' THEN 1 ELSE (SELECT count(*) FROM members h "
          "WHERE h.household = m.household) END FROM members m WHERE eligible = 1"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return {};
    Classes& of_id = classes[rows.text(0)];
    of_id.emplace_back("members in the household", household_size(rows.integer(2)));
    of_id.emplace_back("register status", rows.text(1));
  }
}

}  // namespace

CanvassStatus assess(const Frame& frame, const std::vector<Door>& doors, const DrawNote& draw,
                     const Visits& visits, const ClassesOfIds& classes) {
  CanvassStatus status;
  status.draw = draw;
  status.rows = visits.visits.size() + visits.unreadable.size();
  status.unreadable = visits.unreadable;
  const std::vector<DoorRecord> records = records_of(frame, doors, visits, status);
  for (std::size_t i = 0; i < records.size(); ++i)
    if (records[i].visits > 0) status.doors = i + 1;
  count_doors(doors, records, status);
  count_certificate(frame, doors, records, status);
  count_responses(frame, doors, records, classes, status);
  compare_visitors(status);
  return status;
}

Result<CanvassStatus> status_of(store::CaseFile& file, const Visits& visits, const ClassesOfIds& classes) {
  SCRUTINEER_TRY(const auto draws, draws_in(file));
  return status_of(file, visits, draws, classes);
}

Result<CanvassStatus> status_of(store::CaseFile& file, const Visits& visits, std::span<const DrawNote> draws,
                                const ClassesOfIds& classes) {
  if (draws.empty()) {
    return refused("the ledger holds no draw: doors that nobody drew certify nothing",
                   {.file = file.folder().string()}, "scrutineer canvass draw first");
  }
  const DrawNote& last = draws.back();
  SCRUTINEER_TRY(const Frame frame, frame_of(file, last));
  SCRUTINEER_TRY(const auto doors, draw(frame, last.seed, last.doors));
  ClassesOfIds all = classes;
  SCRUTINEER_CHECK(add_address_classes(file, all));
  CanvassStatus status = assess(frame, doors, last, visits, all);
  for (const DrawNote& note : draws)
    if (!note.again.empty()) ++status.earlier_draws;
  return status;
}

}  // namespace scrutineer::canvass
