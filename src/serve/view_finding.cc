// One finding, with who is in it and the rows that show it.
#include <fmt/format.h>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

constexpr int members_shown = 200;

Answer<Json> members_of(Session& session, OpenCase& open, const std::string& id) {
  Json list = Json::array();
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT fm.member, m.register_status, m.eligible, d.findings, e.name, e.address, coalesce(s.state, "
      "'undecided') FROM "
      "finding_members fm LEFT JOIN members m ON m.number = (SELECT min(number) FROM members WHERE id = "
      "fm.member) LEFT JOIN "
      "member_details d ON d.member = m.number LEFT JOIN entries e ON e.number = d.entry LEFT JOIN states s "
      "ON s.subject_kind "
      "= 'member' AND s.subject_key = fm.member WHERE fm.finding = ?1 ORDER BY fm.position LIMIT ?2",
      [&](const Statement& row) {
        list.push_back({{"handle", open.handle("member", row.text(0))},
                        {"id", for_people(session, row.text(0))},
                        {"name", for_people(session, row.text(4))},
                        {"address", for_people(session, row.text(5))},
                        {"register_status", row.text(1)},
                        {"eligible", row.integer(2) != 0},
                        {"state", row.text(6)},
                        {"questioned_by", row.integer(3)}});
      },
      id, members_shown));
  return list;
}

Answer<Json> exhibits_of(Session& session, OpenCase& open, const std::string& id) {
  Json list = Json::array();
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT x.roll, x.line, e.raw FROM exhibits x LEFT JOIN entries e ON e.roll = x.roll AND e.line = "
      "x.line WHERE x.finding "
      "= ?1 ORDER BY x.position LIMIT 200",
      [&](const Statement& row) {
        Json values = nullptr;
        if (session.person().sees_people() && !row.is_null(2))
          values = Json::parse(row.text(2), nullptr, false);
        if (values.is_discarded()) values = nullptr;
        list.push_back({{"roll", row.text(0)}, {"line", row.integer(1)}, {"values", values}});
      },
      id));
  return list;
}

std::string would_change(const Json& finding) {
  if (!finding["listed"].get<bool>()) {
    return "It is not listed: by itself it questions nobody. Further evidence of another kind would.";
  }
  return fmt::format(
      "It would no longer stand if an innocent cause were shown for its members, or a mistake in the rows "
      "below; of its {} "
      "members about {:.1f} are expected to be there innocently.",
      finding["members"].get<std::int64_t>(), finding["expected_innocent"].get<double>());
}

// Whether this person could uphold it now, and if not why.
Answer<Json> may_uphold(Session& session, OpenCase& open, const Subject& subject, const Json& decisions) {
  const auto no = [](const char* why) { return Json{{"ok", false}, {"why", why}}; };
  if (session.person().role != Role::panel) return no("role");
  if (session.person().read_only) return no("read-only");
  for (const Json& decision : decisions) {
    if (decision["mine"] == true && decision["counts"] == true && decision["decision"] == "upheld")
      return no("same-person");
  }
  SERVE_ASK(const Json reply, reply_on(session, open, subject));
  return reply.is_null() ? no("reply-first") : Json{{"ok", true}, {"why", nullptr}};
}

}  // namespace

Answer<Json> finding(Session& session, const std::string& handle) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no findings.");
  if (session.person().sees_people()) {
    SERVE_ASK(auto checked, session.read());
    SERVE_ASK([[maybe_unused]] const Subject there, subject_of(*checked, handle));
    SERVE_ASK([[maybe_unused]] const bool noted, session.note_look("finding", handle));
  }
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const Subject subject, subject_of(*open, handle));
  if (subject.kind != "finding") return refuse(404, "not-found", "This is not a finding.");
  SERVE_TRY(const std::int64_t place, [&]() -> Result<std::int64_t> {
    SCRUTINEER_TRY(Statement row,
                   open->database().prepare("SELECT number FROM queue WHERE kind = 'finding' AND key = ?1"));
    SCRUTINEER_TRY(const bool found, row.bind(subject.key).step());
    return found ? row.integer(0) : -1;
  }());
  if (place < 0) return refuse(404, "not-found", "The finding is not in the case now.");
  SERVE_ASK(Json answer, queue_row(session, *open, place));
  answer["id"] = for_people(session, subject.key);
  answer["would_change"] = would_change(answer);
  answer["members_total"] = answer["members"];
  SERVE_CHECK(for_rows(
      open->database(),
      "SELECT f.expected_low, s.null_model, s.tested, s.listed FROM findings f LEFT JOIN signals s ON "
      "s.number = f.signal "
      "WHERE f.id = ?1",
      [&](const Statement& row) {
        answer["expected_low"] = or_null(row.optional_real(0));
        answer["null_model"] = row.text(1);
        answer["denominator"] = {{"tested", row.integer(2)}, {"listed", row.integer(3)}};
      },
      subject.key));
  Json innocent = Json::array();
  SERVE_CHECK(for_rows(
      open->database(),
      "SELECT position, text FROM finding_explanations WHERE finding = ?1 ORDER BY position",
      [&](const Statement& row) {
        innocent.push_back({{"key", std::to_string(row.integer(0) + 1)}, {"text", row.text(1)}});
      },
      subject.key));
  answer["innocent"] = innocent;
  SERVE_ASK(answer["members"], members_of(session, *open, subject.key));
  SERVE_ASK(answer["exhibits"], exhibits_of(session, *open, subject.key));
  SERVE_ASK(answer["decisions"], decisions_on(session, *open, subject));
  SERVE_ASK(answer["reply"], reply_on(session, *open, subject));
  SERVE_ASK(answer["may_uphold"], may_uphold(session, *open, subject, answer["decisions"]));
  return answer;
}

}  // namespace scrutineer::serve
