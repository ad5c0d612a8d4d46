// What people do: decide, undo, hear the member, set the day of erasure. The rules stand in
// inquiry/decision_rules.h; this turns requests into decisions and decisions into answers.
#include <fmt/format.h>

#include "base/date.h"
#include "base/text.h"
#include "inquiry/decision_rules.h"
#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

constexpr std::size_t longest_request = 64;

// Writes a decision that the rules allow; `created` is false if the same request was written before.
Answer<std::int64_t> written(Session& session, store::DecisionRow decision, std::optional<std::int64_t> seen,
                             bool& created) {
  const Person& person = session.person();
  decision.person = person.name;
  if (trimmed(decision.reason).empty())
    return refuse(422, "reason-required", "A decision needs a reason.", "reason");
  std::optional<ApiError> refusal;
  auto number = session.write([&](store::CaseFile& file) -> Answer<std::int64_t> {
    const store::CaseFile::Allowed allowed = [&](store::Sqlite& database) -> Status {
      created = true;
      const inquiry::Decider decider{person.role == Role::panel, seen,
                                     person.key ? std::optional(person.key->public_key()) : std::nullopt};
      SCRUTINEER_TRY(const auto refused_because, inquiry::check_decision(database, decision, decider));
      if (!refused_because) return {};
      refusal = ApiError{refused_because->status,
                         refused_because->code,
                         refused_because->message,
                         refused_because->field,
                         {}};
      return refused(refused_because->message);
    };
    auto made = file.decide(decision, session.now(), person.key ? &*person.key : nullptr, allowed);
    if (!made && refusal) return std::unexpected(*refusal);
    if (!made) return failed(made.error());
    return *made;
  });
  if (!number && number.error().code == "decided-since") {
    SERVE_ASK(auto open, session.read());
    SERVE_ASK(const Json all, decisions_on(session, *open, {decision.subject_kind, decision.subject_key}));
    ApiError error = std::move(number).error();
    error.more = "\"decisions\":" + all.dump(-1, ' ', false, Json::error_handler_t::replace);
    return std::unexpected(std::move(error));
  }
  return number;
}

// The answer after a decision: it, the state of its subject, how many are left and which of
// them narrows most.
Answer<Json> after_decision(Session& session, const Subject& subject, std::int64_t number) {
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(Json decision, decision_numbered(session, *open, number));
  SERVE_ASK(const std::string state, state_on(*open, subject));
  std::int64_t left = 0;
  std::int64_t first = -1;
  {
    SERVE_ASK(const auto index, session.queue_index(*open));
    double most = -1;
    for (const QueueItem& item : index->items()) {
      if (!item.questions() || item.state != QueueState::undecided) continue;
      ++left;
      const double narrowing = index->narrowing(item);
      if (narrowing <= most) continue;
      most = narrowing;
      first = item.number;
    }
  }
  Json next = nullptr;
  SERVE_CHECK(for_rows(
      open->database(), "SELECT kind, key FROM queue WHERE number = ?1",
      [&](const store::Statement& row) { next = open->handle(row.text(0), row.text(1)); }, first));
  return Json{{"decision", decision}, {"state", state}, {"left", left}, {"next", next}};
}

Answer<std::string> request_of(const Body& body) {
  SERVE_ASK(std::string request, body.text("request"));
  if (request.size() > longest_request)
    return refuse(400, "bad-request", "\"request\" is longer than 64 bytes.", "request");
  return request;
}

Answer<Subject> subject_in(Session& session, const Body& body) {
  SERVE_ASK(const std::string handle, body.text("subject", true));
  SERVE_ASK(auto open, session.read());
  return subject_of(*open, handle);
}

Answer<bool> may_write(const Session& session, bool panel_only) {
  if (session.person().read_only) return refuse(403, "read-only", "This session may only read.");
  if (!session.person().sees_findings() || (panel_only && session.person().role != Role::panel))
    return refuse(403, "role", panel_only ? "Only the panel may do this." : "A canvasser decides nothing.");
  return true;
}

}  // namespace

Answer<Json> decide(Session& session, std::string_view bytes, bool& created) {
  SERVE_ASK([[maybe_unused]] const bool allowed, may_write(session, false));
  SERVE_ASK(const Body body,
            Body::parse(bytes, {"subject", "decision", "cause", "reason", "after", "blind", "request"}));
  SERVE_ASK(const Subject subject, subject_in(session, body));
  store::DecisionRow decision;
  decision.subject_kind = subject.kind;
  decision.subject_key = subject.key;
  SERVE_ASK(decision.decision, body.text("decision", true));
  SERVE_ASK(decision.cause, body.text("cause"));
  SERVE_ASK(decision.reason, body.text("reason"));
  SERVE_ASK(decision.blind, body.flag("blind", false));
  SERVE_ASK(decision.request, request_of(body));
  SERVE_ASK(const auto after, body.whole("after"));
  if (!inquiry::is_judgement(decision.decision))
    return refuse(400, "bad-request", "There is no such decision.", "decision");
  SERVE_ASK(const std::int64_t number, written(session, decision, after.value_or(0), created));
  return after_decision(session, subject, number);
}

Answer<Json> undo(Session& session, std::string_view bytes, bool& created) {
  SERVE_ASK([[maybe_unused]] const bool allowed, may_write(session, false));
  SERVE_ASK(const Body body, Body::parse(bytes, {"number", "reason", "request"}));
  SERVE_ASK(auto number, body.whole("number"));
  store::DecisionRow decision;
  decision.decision = "undone";
  SERVE_ASK(decision.reason, body.text("reason"));
  if (trimmed(decision.reason).empty()) decision.reason = "undone";
  SERVE_ASK(decision.request, request_of(body));
  Subject subject;
  {
    SERVE_ASK(auto open, session.read());
    // The request may have been written before: then the newest is another by now.
    if (!decision.request.empty()) {
      std::optional<std::int64_t> before;
      SERVE_CHECK(for_rows(
          open->database(),
          "SELECT number, subject_kind, subject_key FROM decisions WHERE person = ?1 AND request = ?2",
          [&](const store::Statement& row) {
            before = row.integer(0);
            subject = {row.text(1), row.text(2)};
          },
          session.person().name, decision.request));
      if (before) return after_decision(session, subject, *before);
    }
    if (!number) {
      SERVE_CHECK(for_rows(
          open->database(),
          "SELECT d.number FROM decisions d WHERE d.person = ?1 AND d.decision NOT IN ('undone', 'heard', "
          "'offered', 'retention') "
          "AND d.erased IS NULL AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.replaces = d.number) ORDER "
          "BY d.number DESC "
          "LIMIT 1",
          [&](const store::Statement& row) { number = row.integer(0); }, session.person().name));
    }
    if (!number) return refuse(422, "nothing-to-undo", "There is no decision of yours to undo.");
    bool found = false;
    SERVE_CHECK(for_rows(
        open->database(), "SELECT subject_kind, subject_key FROM decisions WHERE number = ?1",
        [&](const store::Statement& row) {
          found = true;
          subject = {row.text(0), row.text(1)};
        },
        *number));
    if (!found) return refuse(422, "nothing-to-undo", "There is no decision of this number.", "number");
  }
  decision.subject_kind = subject.kind;
  decision.subject_key = subject.key;
  decision.replaces = number;
  SERVE_ASK(const std::int64_t made, written(session, decision, std::nullopt, created));
  return after_decision(session, subject, made);
}

Answer<Json> reply(Session& session, std::string_view bytes, bool& created) {
  SERVE_ASK([[maybe_unused]] const bool allowed, may_write(session, true));
  SERVE_ASK(const Body body, Body::parse(bytes, {"subject", "kind", "on", "text", "request"}));
  SERVE_ASK(const Subject subject, subject_in(session, body));
  store::DecisionRow decision;
  decision.subject_kind = subject.kind;
  decision.subject_key = subject.key;
  SERVE_ASK(decision.decision, body.text("kind", true));
  SERVE_ASK(decision.cause, body.text("on", true));
  SERVE_ASK(decision.reason, body.text("text"));
  SERVE_ASK(decision.request, request_of(body));
  if (decision.decision != "heard" && decision.decision != "offered")
    return refuse(400, "bad-request", "\"kind\" must be heard or offered.", "kind");
  SERVE_ASK([[maybe_unused]] const std::int64_t number, written(session, decision, std::nullopt, created));
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(Json recorded, reply_on(session, *open, subject));
  return Json{{"reply", recorded}};
}

Answer<Json> retention(Session& session, std::string_view bytes, bool& created) {
  SERVE_ASK([[maybe_unused]] const bool allowed, may_write(session, true));
  SERVE_ASK(const Body body, Body::parse(bytes, {"date", "reason", "request"}));
  store::DecisionRow decision;
  decision.subject_kind = "case";
  decision.decision = "retention";
  SERVE_ASK(decision.cause, body.text("date", true));
  SERVE_ASK(decision.reason, body.text("reason"));
  SERVE_ASK(decision.request, request_of(body));
  SERVE_ASK([[maybe_unused]] const std::int64_t number, written(session, decision, std::nullopt, created));
  return Json{{"retention_date", decision.cause}};
}

Answer<Json> decisions(Session& session, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no decisions.");
  SERVE_ASK(const Query query, Query::parse(target, {"subject", "blind"}));
  SERVE_ASK(const bool blind, query.flag("blind", false));
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const Subject subject, subject_of(*open, query.text("subject")));
  SERVE_ASK(Json rows, decisions_on(session, *open, subject));
  if (blind && (subject.kind == "link" || subject.kind == "pair") && !decided_by_me(rows)) rows = nullptr;
  SERVE_ASK(const std::string state, state_on(*open, subject));
  SERVE_ASK(Json heard, reply_on(session, *open, subject));
  return Json{{"rows", rows}, {"state", state}, {"reply", heard}};
}

}  // namespace scrutineer::serve
