// The canvass: how far it is, what the doors certify, and the entry of outcomes at a door.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "canvass/case_facts.h"
#include "canvass/certificate.h"
#include "canvass/draw.h"
#include "canvass/draw_record.h"
#include "canvass/record.h"
#include "canvass/status.h"
#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

template <typename Counts>
Json answers_json(const Counts& counts) {
  Json json = Json::object();
  for (std::size_t at = 0; at < counts.size(); ++at)
    json[std::string(canvass::to_string(static_cast<canvass::Answer>(at)))] = counts[at];
  return json;
}

std::string sentence_of(const canvass::CanvassStatus& status) {
  if (status.reached) {
    return fmt::format("Certified: fewer than {} of {} entries are ineligible, at a risk of at most {}.",
                       status.draw.claim.margin, status.draw.claim.entries, status.draw.claim.risk);
  }
  if (status.out_of_reach)
    return "The certificate is out of reach: as many doors are unverified as the margin.";
  if (!status.clean_needed) return "Nothing is certified yet.";
  return fmt::format("Nothing is certified yet: {} further doors are needed if all of them are verified.",
                     *status.clean_needed);
}

Json progress_json(const canvass::CanvassStatus& status) {
  return {{"doors", status.draw.doors},
          {"visited", status.draw.doors - status.waiting},
          {"waiting", status.waiting},
          {"answers", answers_json(status.answers)},
          {"contradicted", status.contradicted}};
}

Json certificate_json(const canvass::CanvassStatus& status) {
  return {{"reached", status.reached},
          {"doors", status.doors},
          {"p", status.p},
          {"least", status.least},
          {"most", status.most},
          {"clean_needed", status.clean_needed ? Json(*status.clean_needed) : Json(nullptr)},
          {"out_of_reach", status.out_of_reach},
          {"log_martingale", status.log_martingale},
          {"sentence", sentence_of(status)}};
}

void put_status(const canvass::CanvassStatus& status, Json& answer) {
  answer["progress"] = progress_json(status);
  answer["certificate"] = certificate_json(status);
  Json visitors = Json::array();
  for (const canvass::VisitorRecord& visitor : status.visitors) {
    std::uint64_t total = 0;
    for (const std::uint64_t count : visitor.answers) total += count;
    visitors.push_back(
        {{"visitor", visitor.visitor}, {"visits", total}, {"answers", answers_json(visitor.answers)}});
  }
  answer["visitors"] = visitors;
  answer["unknown"] = status.unknown;
  answer["elsewhere"] = status.elsewhere;
}

// How many doors would do, or null where no canvass could certify anything.
Answer<Json> plan_of(Session& session, OpenCase& open) {
  const std::string question = "plan " + open.generation;
  if (auto known = session.remembered(question, 0)) return *std::move(known);
  Json plan = nullptr;
  const auto facts = canvass::facts_of(open.file);
  if (facts && facts->margin && *facts->margin > 0 && *facts->margin <= facts->eligible) {
    const canvass::Claim claim{facts->eligible, *facts->margin};
    plan = {{"margin", claim.margin}, {"risk", claim.risk}, {"clean_doors", canvass::discovery_doors(claim)}};
  }
  session.remember(question, 0, plan);
  return plan;
}

Json note_of(const std::vector<canvass::Statement>& statements) {
  std::string note;
  for (const canvass::Statement& statement : statements) note += (note.empty() ? "" : "\n") + statement.words;
  return note;
}

Json visit_json(const canvass::RecordedRow& recorded, const std::string& person, bool blind) {
  const bool hidden = blind && recorded.recorded_by != person;
  return {{"number", recorded.number},
          {"outcome", hidden ? Json(nullptr) : Json(std::string(canvass::to_string(recorded.row.outcome)))},
          {"visited_on", recorded.row.visited_at},
          {"visitor", hidden ? Json(nullptr) : Json(recorded.row.interviewer)},
          {"note", hidden ? Json(nullptr) : note_of(recorded.row.statements)},
          {"replaces", recorded.row.corrects ? Json(*recorded.row.corrects) : Json(nullptr)}};
}

}  // namespace

bool is_drawn(Session& session, OpenCase& open, const std::string& member) {
  const auto drawn = session.drawn_doors(open);
  return drawn && *drawn && (*drawn)->door_of.contains(member);
}

Answer<Json> canvass(Session& session) {
  SERVE_ASK(auto open, session.read());
  // The claim hangs on the audit alone; the rest on draws and visits, not on what else the ledger holds.
  SERVE_ASK(const Json plan, plan_of(session, *open));
  SERVE_TRY(const std::int64_t newest,
            open->database().integer("SELECT coalesce(max(number), 0) FROM ledger WHERE kind IN ('frame', "
                                     "'draw', 'outcomes-recorded')"));
  const std::string question = "canvass " + open->generation;
  if (auto known = session.remembered(question, static_cast<std::uint64_t>(newest))) return *std::move(known);
  Json answer = {{"plan", plan},        {"draw", nullptr},    {"progress", nullptr}, {"certificate", nullptr},
                 {"visitors", nullptr}, {"unknown", nullptr}, {"elsewhere", nullptr}};
  SERVE_TRY(const auto draws, canvass::draws_in(open->file));
  if (!draws.empty()) {
    const canvass::DrawNote& note = draws.back();
    answer["draw"] = {{"recorded", true},    {"seed", note.seed},           {"doors", note.doors},
                      {"frame", note.frame}, {"margin", note.claim.margin}, {"risk", note.claim.risk}};
    SERVE_ASK(const auto drawn, session.drawn_doors(*open));
    if (drawn) {
      SERVE_TRY(const canvass::Visits visits, canvass::visits_of(open->file));
      put_status(canvass::assess(drawn->frame, drawn->doors, drawn->note, visits), answer);
    }
  }
  session.remember(question, static_cast<std::uint64_t>(newest), answer);
  return answer;
}

Answer<Json> canvass_doors(Session& session, std::string_view target) {
  if (session.person().role == Role::analyst)
    return refuse(403, "role", "An analyst sees the progress of the canvass only.");
  if (session.person().read_only)
    return refuse(403, "read-only", "Nobody looks unseen: this session may not write the look down.");
  SERVE_ASK(const Query query, Query::parse(target, {"state", "q", "limit", "after"}));
  SERVE_ASK(const std::string state, query.one_of("state", {"all", "waiting", "visited"}));
  SERVE_ASK(const std::int64_t limit, query.whole("limit", 50, 1, 200));
  SERVE_ASK([[maybe_unused]] const bool noted, session.note_look("doors", "case"));
  SERVE_ASK(auto open, session.read());
  const std::string list = "doors " + open->generation + query.filters();
  SERVE_ASK(const auto after, cursor_of(query.text("after"), list));
  SERVE_ASK(const auto drawn, session.drawn_doors(*open));
  const std::vector<std::string> none;
  const std::vector<std::string>& members = drawn ? drawn->members : none;
  SERVE_TRY(const auto recorded, canvass::recorded_rows(open->file));
  std::map<std::string, std::vector<const canvass::RecordedRow*>> visits;
  for (const canvass::RecordedRow& row : recorded) visits[row.row.member].push_back(&row);
  const bool canvasser = session.person().role == Role::canvasser;
  const std::string typed = ascii_lower(query.text("q"));
  Json rows = Json::array();
  std::int64_t total = 0;
  std::int64_t last = 0;
  bool more = false;
  for (std::size_t at = 0; at < members.size(); ++at) {
    const std::string& member = members[at];
    const bool visited = visits.contains(member);
    if ((state == "waiting" && visited) || (state == "visited" && !visited)) continue;
    const auto door = static_cast<std::int64_t>(at) + 1;
    const bool wanted = rows.size() < static_cast<std::size_t>(limit) && (!after || door > after->second);
    if (!wanted && typed.empty()) {
      ++total;
      more = more || (rows.size() >= static_cast<std::size_t>(limit));
      continue;
    }
    SERVE_ASK(const auto label, member_label(*open, member));
    if (!label) continue;
    const std::string all = ascii_lower(label->name + " " + label->address + " " + label->postcode);
    if (!typed.empty() && all.find(typed) == std::string::npos && std::to_string(door) != typed) continue;
    ++total;
    if (!wanted) {
      more = more || rows.size() >= static_cast<std::size_t>(limit);
      continue;
    }
    Json of_door = Json::array();
    if (visited) {
      for (const canvass::RecordedRow* row : visits[member]) {
        if (!row->corrected_by) of_door.push_back(visit_json(*row, session.person().name, canvasser));
      }
    }
    last = door;
    rows.push_back({{"door", door},
                    {"handle", open->handle("member", member)},
                    {"name", label->name},
                    {"address", label->address},
                    {"postcode", label->postcode},
                    {"visits", of_door}});
  }
  return Json{{"rows", rows},
              {"next", more ? Json(to_text({0, last}, list)) : Json(nullptr)},
              {"total", std::min<std::int64_t>(total, 10'000)},
              {"total_exact", total <= 10'000}};
}

Answer<Json> record_visit(Session& session, std::string_view bytes) {
  const Person& person = session.person();
  if (person.read_only) return refuse(403, "read-only", "This session may only read.");
  if (person.role == Role::analyst) return refuse(403, "role", "An analyst records no visits.");
  SERVE_ASK(const Body body, Body::parse(bytes, {"member", "outcome", "visited_on", "attempts",
                                                 "interviewers", "note", "replaces", "reason",
                                                 "second_interviewer", "language", "consent", "request"}));
  canvass::OutcomeRow row;
  SERVE_ASK(const std::string handle, body.text("member", true));
  {
    SERVE_ASK(auto open, session.read());
    SERVE_ASK(const Subject subject, subject_of(*open, handle));
    if (subject.kind != "member") return refuse(404, "not-found", "This is not a member.");
    row.member = subject.key;
    if (!is_drawn(session, *open, row.member))
      return refuse(422, "unknown-door", "This door was not drawn: its answer certifies nothing.", "member");
  }
  SERVE_ASK(const std::string outcome, body.text("outcome", true));
  const auto answer = canvass::answer_of(outcome);
  if (!answer) return refuse(400, "bad-request", "There is no such outcome.", "outcome");
  row.outcome = *answer;
  SERVE_ASK(row.visited_at, body.text("visited_on"));
  SERVE_ASK(row.second_interviewer, body.text("second_interviewer"));
  SERVE_ASK(row.language, body.text("language"));
  SERVE_ASK(row.consent, body.text("consent"));
  SERVE_ASK(const auto attempts, body.whole("attempts"));
  SERVE_ASK(const auto interviewers, body.whole("interviewers"));
  if (attempts && (*attempts < 0 || *attempts > 1000))
    return refuse(400, "bad-request", "\"attempts\" is out of range.", "attempts");
  row.attempt = static_cast<unsigned>(attempts.value_or(0));
  row.interviewer = person.name;
  if (interviewers.value_or(1) > 1 && row.second_interviewer.empty()) row.second_interviewer = "not named";
  SERVE_ASK(const std::string note, body.text("note"));
  if (!trimmed(note).empty()) {
    canvass::Statement statement;
    statement.words = note;
    row.statements.push_back(std::move(statement));
  }
  SERVE_ASK(row.corrects, body.whole("replaces"));
  SERVE_ASK(row.reason, body.text("reason"));
  if (row.corrects && trimmed(row.reason).empty())
    row.reason = trimmed(note).empty() ? "entered wrongly" : note;
  SERVE_ASK(const std::string request, body.text("request"));
  if (request.size() > 64)
    return refuse(400, "bad-request", "\"request\" is longer than 64 bytes.", "request");
  const std::string source = request.empty() ? "review" : "review " + printable(request);
  auto number = session.write([&](store::CaseFile& file) -> Answer<std::int64_t> {
    if (!request.empty()) {
      SERVE_TRY(const auto before, canvass::recorded_rows(file));
      for (const canvass::RecordedRow& recorded : before) {
        if (recorded.source == source && recorded.recorded_by == person.name) return recorded.number;
      }
    }
    auto made =
        canvass::record(file, row, {session.now(), person.name, person.key ? &*person.key : nullptr}, source);
    if (!made && made.error().category == ErrorCategory::refused_input)
      return refuse(422, "bad-request", made.error().message());
    if (!made) return failed(made.error());
    return *made;
  });
  if (!number) return std::unexpected(std::move(number).error());
  SERVE_ASK(Json status, canvass(session));
  SERVE_ASK(auto open, session.read());
  SERVE_TRY(const auto recorded, canvass::recorded_rows(open->file));
  Json visit = nullptr;
  for (const canvass::RecordedRow& one : recorded) {
    if (one.number == *number) visit = visit_json(one, person.name, false);
  }
  return Json{{"visit", visit}, {"progress", status["progress"]}, {"certificate", status["certificate"]}};
}

}  // namespace scrutineer::serve
