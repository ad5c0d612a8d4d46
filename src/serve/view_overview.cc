// The session, and the inquiry at a glance: answers, what is left to decide, what changed.
#include <fmt/format.h>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

Json member_of(const Json& object, const char* name, Json otherwise) {
  const auto found = object.find(name);
  return found == object.end() ? std::move(otherwise) : *found;
}

Answer<std::string> setting(OpenCase& open, const char* name) {
  SERVE_TRY(Statement row, open.database().prepare("SELECT value FROM settings WHERE name = ?1"));
  SERVE_TRY(const bool found, row.bind(name).step());
  return found ? row.text(0) : std::string();
}

// The time of the newest entry of a kind, or null.
Answer<Json> time_of(OpenCase& open, const char* kind) {
  SERVE_TRY(Statement row,
            open.database().prepare("SELECT at FROM ledger WHERE kind = ?1 ORDER BY number DESC LIMIT 1"));
  SERVE_TRY(const bool found, row.bind(kind).step());
  return found ? Json(row.text(0)) : Json(nullptr);
}

Answer<Json> retention_date(OpenCase& open) {
  SERVE_TRY(Statement row,
            open.database().prepare("SELECT cause FROM decisions WHERE subject_kind = 'case' AND decision = "
                                    "'retention' ORDER BY number DESC LIMIT 1"));
  SERVE_TRY(const bool found, row.step());
  return found ? Json(row.text(0)) : Json(nullptr);
}

Answer<Json> conclusion(OpenCase& open, const char* kind) {
  Json result = {{"outcome", nullptr}, {"sentence", ""}};
  SERVE_CHECK(for_rows(
      open.database(), "SELECT outcome, sentence FROM conclusions WHERE kind = ?1",
      [&](const Statement& row) {
        result["outcome"] = row.text(0);
        result["sentence"] = row.text(1);
      },
      kind));
  for (const char* list : {"because", "would_need", "conditions"}) result[list] = Json::array();
  SERVE_CHECK(for_rows(
      open.database(), "SELECT role, text FROM conclusion_lines WHERE kind = ?1 ORDER BY position",
      [&](const Statement& row) {
        const std::string role = row.text(0);
        result[role == "would-need"  ? "would_need"
               : role == "condition" ? "conditions"
                                     : "because"]
            .push_back(row.text(1));
      },
      kind));
  return result;
}

// What is left to decide: listed findings, uncertain links and pairs, as the queue lists them unasked.
Json to_decide(const QueueIndex& index) {
  std::int64_t undecided[3] = {};
  std::int64_t awaiting = 0;
  std::int64_t disagreements = 0;
  for (const QueueItem& item : index.items()) {
    awaiting += item.state == QueueState::awaiting_second;
    disagreements += item.state == QueueState::disagreement;
    undecided[static_cast<std::size_t>(item.kind)] += item.questions() && item.state == QueueState::undecided;
  }
  return {{"findings", undecided[0]},
          {"links", undecided[1]},
          {"pairs", undecided[2]},
          {"awaiting_second", awaiting},
          {"disagreements", disagreements}};
}

Json decided(const QueueIndex& index) {
  Json result = Json::object();
  for (const char* what :
       {"open", "explained", "upheld", "referred", "corrected", "must-link", "cannot-link"}) {
    const auto found = index.decided().find(what);
    result[what] = found == index.decided().end() ? 0 : found->second;
  }
  return result;
}

Json narrowing(const QueueIndex& index, const Json& impact) {
  const QueueIndex::Entries entries = index.entries();
  const Json margin = member_of(impact, "margin", nullptr);
  return {{"questioned", entries.questioned},
          {"still_questioned", entries.still_questioned},
          {"upheld", entries.upheld},
          {"margin", margin},
          {"enough", margin.is_number() && entries.still_questioned < margin.get<std::int64_t>()}};
}

Answer<Json> since(Session& session, OpenCase& open) {
  SERVE_ASK(const std::int64_t last, session.last_session(open));
  Json result = {{"at", nullptr},       {"ledger_entries", 0}, {"decisions", 0},
                 {"by", Json::array()}, {"visits", 0},         {"audits", 0}};
  if (last == 0) return result;
  SERVE_CHECK(for_rows(
      open.database(), "SELECT at FROM ledger WHERE number = ?1",
      [&](const Statement& row) { result["at"] = row.text(0); }, last));
  SERVE_CHECK(for_rows(
      open.database(), "SELECT kind, count(*) FROM ledger WHERE number > ?1 GROUP BY kind",
      [&](const Statement& row) {
        result["ledger_entries"] = result["ledger_entries"].get<std::int64_t>() + row.integer(1);
        if (row.text(0) == "decision") result["decisions"] = row.integer(1);
        if (row.text(0) == "outcomes-recorded") result["visits"] = row.integer(1);
        if (row.text(0) == "case-written") result["audits"] = row.integer(1);
      },
      last));
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT actor, count(*) FROM ledger WHERE number > ?1 AND kind = 'decision' GROUP BY actor ORDER BY 1",
      [&](const Statement& row) {
        result["by"].push_back({{"person", row.text(0)}, {"count", row.integer(1)}});
      },
      last));
  return result;
}

Answer<Json> changes(Session& session, OpenCase& open) {
  Json list = Json::array();
  SERVE_CHECK(for_rows(
      open.database(), "SELECT subject_kind, subject_key, text FROM effects ORDER BY number LIMIT 200",
      [&](const Statement& row) {
        const Json key = Json::parse(row.text(1), nullptr, false);
        std::vector<std::string> members;
        for (const Json& part : key.is_array() ? key : Json::array()) {
          if (part.is_string() && (row.text(0) == "pair" || members.empty()))
            members.push_back(part.get<std::string>());
        }
        list.push_back(
            {{"kind", row.text(0) + "-decision"},
             {"text", masked(session, open, row.text(2), "roll", "", members)},
             {"subject", members.empty() ? Json(nullptr) : Json(open.handle("member", members.front()))}});
      }));
  return list;
}

}  // namespace

Answer<Json> session_view(Session& session) {
  SERVE_ASK(auto open, session.read());
  const Person& person = session.person();
  SERVE_ASK(const std::string title, setting(*open, "inquiry.title"));
  SERVE_ASK(const std::string freeze, setting(*open, "inquiry.freeze_date"));
  SERVE_ASK(const Json audited, time_of(*open, "case-written"));
  SERVE_ASK(const Json erased, time_of(*open, "erased"));
  SERVE_ASK(const Json retention, retention_date(*open));
  SERVE_TRY(const std::int64_t members, open->database().integer("SELECT count(*) FROM members"));
  SERVE_TRY(const std::int64_t findings, open->database().integer("SELECT count(*) FROM findings"));
  SERVE_TRY(const std::int64_t links,
            open->database().integer("SELECT count(*) FROM queue WHERE kind <> 'finding'"));
  const bool writes = !person.read_only;
  const bool panel = person.role == Role::panel;
  return Json{
      {"person", person.name},
      {"role", to_string(person.role)},
      {"read_only", person.read_only},
      {"program_version", session.program_version()},
      {"public_key", person.key ? Json(store::hex(person.key->public_key())) : Json(nullptr)},
      {"case",
       {{"title", title},
        {"generation", open->generation},
        {"freeze_date", freeze.empty() ? Json(nullptr) : Json(freeze)},
        {"audited_at", audited},
        {"erased_at", erased},
        {"retention_date", retention},
        {"members", members},
        {"findings", findings},
        {"links", links}}},
      {"may",
       {{"see_identities", person.sees_people()},
        {"see_findings", person.sees_findings()},
        {"decide", writes && person.sees_findings()},
        {"uphold", writes && panel},
        {"record_visits", writes && person.role != Role::analyst},
        {"export_full", writes && panel}}},
      {"decisions", {"open", "explained", "upheld", "referred", "corrected", "must-link", "cannot-link"}}};
}

Answer<Json> overview(Session& session) {
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const std::uint64_t head, ledger_number(*open));
  const std::string question = "overview " + open->generation;
  if (auto known = session.remembered(question, head)) return *std::move(known);
  const Json& review = *open->review;
  const Json impact = member_of(review, "impact", Json::object());
  SERVE_ASK(Json verdict, conclusion(*open, "verdict"));
  SERVE_ASK(Json outcome, conclusion(*open, "impact"));
  outcome["margin"] = member_of(impact, "margin", nullptr);
  outcome["questioned"] = member_of(impact, "questioned", 0);
  Json left;
  Json done;
  Json narrow;
  {
    SERVE_ASK(const auto index, session.queue_index(*open));
    left = to_decide(*index);
    done = decided(*index);
    narrow = narrowing(*index, impact);
  }
  SERVE_ASK(Json news, since(session, *open));
  SERVE_ASK(Json changed, changes(session, *open));
  SERVE_ASK(const Json erased, time_of(*open, "erased"));
  Json answer = {{"answers", member_of(review, "answers", Json::array())},
                 {"verdict", verdict},
                 {"impact", outcome},
                 {"to_decide", left},
                 {"decided", done},
                 {"narrowing", narrow},
                 {"since", news},
                 {"changes", changed},
                 {"erased_at", erased}};
  session.remember(question, head, answer);
  return answer;
}

}  // namespace scrutineer::serve
