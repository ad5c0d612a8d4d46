// Members: the list, and everything about one of them on a line of time.
#include <fmt/format.h>

#include <algorithm>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

Answer<std::pair<std::string, std::string>> filter_of(const Session& session, OpenCase& open,
                                                      const Query& query) {
  SERVE_ASK(const std::string status,
            query.one_of("status", {"", "at-address", "elsewhere", "not-found", "unclear"}));
  SERVE_ASK(const std::string eligible, query.one_of("eligible", {"", "1", "0"}));
  SERVE_ASK(const std::string questioned, query.one_of("questioned", {"", "1", "0"}));
  std::string where = "m.id <> ''";
  if (!status.empty()) where += fmt::format(" AND m.register_status = '{}'", status);
  if (!eligible.empty()) where += " AND m.eligible = " + eligible;
  if (questioned == "1") where += " AND d.findings > 0";
  if (questioned == "0") where += " AND d.findings = 0";
  const std::string typed = query.text("q");
  std::string search;
  if (is_handle(typed)) {
    SERVE_TRY(Statement row,
              open.database().prepare("SELECT m.number FROM handles h JOIN members m ON m.id = h.key WHERE "
                                      "h.handle = ?1 AND h.kind = 'member' ORDER BY m.number LIMIT 1"));
    SERVE_TRY(const bool found, row.bind(typed).step());
    where += fmt::format(" AND m.number = {}", found ? row.integer(0) : -1);
  } else if (!typed.empty()) {
    // Whoever does not see people cannot search for them either.
    search = session.person().sees_people() ? search_query(typed) : std::string();
    if (search.empty()) where += " AND 0";
  }
  return std::pair(where, search);
}

Json person_row(const Session& session, const OpenCase& open, const Statement& row) {
  return {{"handle", open.handle("member", row.text(1))},
          {"id", for_people(session, row.text(1))},
          {"name", for_people(session, row.text(2))},
          {"address", for_people(session, row.text(3))},
          {"register_status", row.text(4)},
          {"eligible", row.integer(5) != 0},
          {"findings", row.integer(6)},
          {"state", row.text(7)},
          {"ward", row.text(8)}};
}

struct Member {
  std::uint64_t number = 0;
  std::string id;
  Json answer;
};

Answer<Member> basics(Session& session, OpenCase& open, const std::string& id) {
  Member member;
  bool found = false;
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT m.number, m.id, e.name, e.address, e.postcode, m.eligible, m.ineligible_because, "
      "m.register_status, "
      "m.match_probability, m.ever_at_address, m.first_seen, m.last_seen, m.duplicate_of, a.key, (SELECT "
      "count(*) FROM "
      "members h WHERE h.household = m.household), d.ward FROM members m JOIN member_details d ON d.member = "
      "m.number JOIN "
      "entries e ON e.number = d.entry LEFT JOIN addresses a ON a.number = d.address WHERE m.id = ?1 ORDER "
      "BY m.number LIMIT 1",
      [&](const Statement& row) {
        found = true;
        member.number = static_cast<std::uint64_t>(row.integer(0));
        member.id = row.text(1);
        const auto day = [&](int column) {
          return row.is_null(column) ? Json(nullptr) : Json(row.text(column));
        };
        member.answer = {
            {"handle", open.handle("member", member.id)},
            {"id", for_people(session, member.id)},
            {"name", for_people(session, row.text(2))},
            {"address", for_people(session, row.text(3))},
            {"postcode", for_people(session, row.text(4))},
            {"address_handle", row.is_null(13) ? Json(nullptr) : Json(open.handle("address", row.text(13)))},
            {"household_size", row.integer(14)},
            {"eligible", row.integer(5) != 0},
            {"ineligible_because", row.text(6)},
            {"register_status", row.text(7)},
            {"match_probability", row.real(8)},
            {"ever_at_address", row.integer(9) != 0},
            {"first_seen", day(10)},
            {"last_seen", day(11)},
            {"ward", row.text(15)},
            {"duplicate_of", row.text(12).empty() ? Json(nullptr)
                                                  : Json{{"handle", open.handle("member", row.text(12))},
                                                         {"label", for_people(session, row.text(12))}}}};
      },
      id));
  if (!found) return refuse(404, "not-found", "The member is not in the case now.");
  return member;
}

// Each column as typed and as compared.
Answer<Json> values_of(const Session& session, OpenCase& open, const Member& member) {
  Json list = Json::array();
  if (!session.person().sees_people()) return list;
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT e.raw, e.standard FROM member_details d JOIN entries e ON e.number = d.entry WHERE d.member = "
      "?1",
      [&](const Statement& row) {
        const Json raw = Json::parse(row.text(0), nullptr, false);
        Json standard = Json::parse(row.text(1), nullptr, false);
        if (!standard.is_object()) standard = Json::object();
        if (!raw.is_object()) return;
        for (const auto& [column, value] : raw.items()) {
          const auto compared = standard.find(column);
          list.push_back({{"column", column},
                          {"raw", value},
                          {"standard", compared == standard.end() ? Json(nullptr) : *compared}});
        }
        for (const auto& [column, value] : standard.items()) {
          if (!raw.contains(column))
            list.push_back({{"column", column}, {"raw", nullptr}, {"standard", value}});
        }
      },
      member.number));
  return list;
}

std::string in_pounds(std::int64_t pence) {
  return fmt::format("{}{}.{:02}", pence < 0 ? "-" : "", std::abs(pence / 100), std::abs(pence % 100));
}

Answer<Json> timeline_of(OpenCase& open, const Member& member) {
  std::vector<Json> events;
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT r.as_of, t.status, r.name FROM member_timeline t JOIN (SELECT as_of, name, row_number() OVER "
      "(ORDER BY as_of, "
      "number) - 1 AS snapshot FROM rolls WHERE kind = 'register') r ON r.snapshot = t.snapshot WHERE "
      "t.member = ?1",
      [&](const Statement& row) {
        const std::string status = row.text(1);
        const char* text = status == "at-address"  ? "on the register at the address"
                           : status == "elsewhere" ? "on the register elsewhere"
                           : status == "not-found" ? "not found on the register"
                                                   : "the register does not tell";
        events.push_back({{"day", row.text(0)},
                          {"kind", "snapshot"},
                          {"text", text},
                          {"status", status},
                          {"roll", row.text(2)},
                          {"line", nullptr},
                          {"amount", nullptr}});
      },
      member.number));
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT day, kind, text, roll, line, amount_pence FROM member_events WHERE member = ?1 ORDER BY "
      "position LIMIT 500",
      [&](const Statement& row) {
        const auto pence = row.optional_integer(5);
        events.push_back({{"day", row.text(0)},
                          {"kind", row.text(1)},
                          {"text", row.text(2)},
                          {"status", nullptr},
                          {"roll", row.text(3)},
                          {"line", row.integer(4)},
                          {"amount", pence ? Json(in_pounds(*pence)) : Json(nullptr)}});
      },
      member.number));
  SERVE_CHECK(for_rows(open.database(),
                       "SELECT value FROM settings WHERE name = 'inquiry.freeze_date' AND value <> ''",
                       [&](const Statement& row) {
                         events.push_back({{"day", row.text(0)},
                                           {"kind", "freeze"},
                                           {"text", "freeze date"},
                                           {"status", nullptr},
                                           {"roll", nullptr},
                                           {"line", nullptr},
                                           {"amount", nullptr}});
                       }));
  std::stable_sort(events.begin(), events.end(), [](const Json& a, const Json& b) {
    return a["day"].get_ref<const std::string&>() < b["day"].get_ref<const std::string&>();
  });
  return Json(events);
}

Answer<Json> ties_of(const Session& session, OpenCase& open, const Member& member) {
  Json list = Json::array();
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT t.kind, t.key, count(*), count(DISTINCT m.household) FROM ties mine JOIN ties t ON t.kind = "
      "mine.kind AND t.key "
      "= mine.key JOIN members m ON m.number = t.member WHERE mine.member = ?1 GROUP BY t.kind, t.key ORDER "
      "BY t.kind, t.key",
      [&](const Statement& row) {
        list.push_back({{"kind", row.text(0)},
                        {"handle", open.handle(row.text(0), row.text(1))},
                        {"label", for_people(session, row.text(1))},
                        {"members", row.integer(2)},
                        {"households", row.integer(3)}});
      },
      member.number));
  return list;
}

Answer<Json> links_of(Session& session, OpenCase& open, const Member& member, bool blind) {
  Json list = Json::array();
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT e.roll, e.line, coalesce(r.as_of, ''), c.probability, c.relation, e.name, e.address FROM "
      "candidates c JOIN "
      "entries e ON e.number = c.entry LEFT JOIN rolls r ON r.name = e.roll WHERE c.member = ?1 ORDER BY "
      "c.number",
      [&](const Statement& row) {
        const std::string key =
            store::link_key(member.id, row.text(0), static_cast<std::uint64_t>(row.integer(1)));
        const auto state = state_on(open, {"link", key});
        list.push_back({{"handle", open.handle("link", key)},
                        {"roll", row.text(0)},
                        {"line", row.integer(1)},
                        {"as_of", row.text(2).empty() ? Json(nullptr) : Json(row.text(2))},
                        {"probability", row.real(3)},
                        {"relation", row.text(4)},
                        {"name", for_people(session, row.text(5))},
                        {"address", for_people(session, row.text(6))},
                        {"state", state ? *state : "undecided"}});
      },
      member.number));
  if (!blind) return list;
  for (Json& link : list) {
    SERVE_ASK(const Subject subject, subject_of(open, link["handle"].get<std::string>()));
    SERVE_ASK(const Json all, decisions_on(session, open, subject));
    if (!decided_by_me(all)) link["probability"] = link["relation"] = nullptr;
  }
  return list;
}

Status add_looks(OpenCase& open, const std::string& handle, Json& answer) {
  // Bodies of looks begin with their subject (Session::note_look): the index on bodies finds them.
  const std::string from = fmt::format("{{\"subject\":\"{}\"", handle);
  const std::string to = from + "-";
  Json looks = Json::array();
  std::int64_t total = 0;
  SCRUTINEER_CHECK(for_rows(
      open.database(), "SELECT count(*) FROM ledger WHERE kind = 'look' AND body >= ?1 AND body < ?2",
      [&](const Statement& row) { total = row.integer(0); }, from, to));
  SCRUTINEER_CHECK(for_rows(
      open.database(),
      "SELECT at, actor, body FROM ledger WHERE kind = 'look' AND body >= ?1 AND body < ?2 ORDER BY number "
      "DESC LIMIT 100",
      [&](const Statement& row) {
        const Json body = Json::parse(row.text(2), nullptr, false);
        const bool told = body.is_object() && body.contains("role");
        looks.push_back(
            {{"at", row.text(0)}, {"by", row.text(1)}, {"role", told ? body["role"] : Json(nullptr)}});
      },
      from, to));
  answer["looks"] = std::move(looks);
  answer["looks_total"] = total;
  return {};
}

// What a canvasser may know of the member: where to knock, and for whom to ask.
Answer<Json> for_canvasser(Session& session, const std::string& handle) {
  if (session.person().read_only)
    return refuse(403, "role", "Nobody looks unseen: this session may not write the look down.");
  {
    SERVE_ASK(auto open, session.read());
    SERVE_ASK(const Subject subject, subject_of(*open, handle));
    if (subject.kind != "member") return refuse(404, "not-found", "This is not a member.");
    if (!is_drawn(session, *open, subject.key))
      return refuse(403, "role", "A canvasser sees the doors that were drawn.");
  }
  SERVE_ASK([[maybe_unused]] const bool noted, session.note_look("person", handle));
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const Subject subject, subject_of(*open, handle));
  SERVE_ASK(const auto label, member_label(*open, subject.key));
  if (!label) return refuse(404, "not-found", "The member is not in the case now.");
  return Json{{"handle", handle},
              {"id", nullptr},
              {"name", label->name},
              {"address", label->address},
              {"postcode", label->postcode},
              {"address_handle", nullptr},
              {"household_size", nullptr},
              {"values", Json::array()},
              {"duplicate_of", nullptr},
              {"timeline", Json::array()},
              {"ties", Json::array()},
              {"links", Json::array()},
              {"findings", Json::array()},
              {"decisions", Json::array()},
              {"reply", nullptr},
              {"state", nullptr},
              {"looks", Json::array()},
              {"looks_total", nullptr}};
}

}  // namespace

Answer<Json> persons(Session& session, std::string_view target) {
  if (!session.person().sees_findings())
    return refuse(403, "role", "A canvasser sees the doors that were drawn.");
  SERVE_ASK(const Query query,
            Query::parse(target, {"q", "status", "eligible", "questioned", "limit", "after"}));
  SERVE_ASK(auto open, session.read());
  const std::string list = "persons " + open->generation + query.filters();
  SERVE_ASK(const auto filter, filter_of(session, *open, query));
  const auto& [where, search] = filter;
  SERVE_ASK(const std::int64_t limit, query.whole("limit", 50, 1, 200));
  SERVE_ASK(const auto after, cursor_of(query.text("after"), list));
  const std::int64_t last = after ? after->second : -1;
  const std::string from = search.empty() ? "members m JOIN member_details d ON d.member = m.number"
                                          : "search_members x CROSS JOIN members m ON m.number = x.rowid "
                                            "JOIN member_details d ON d.member = m.number";
  const std::string matching = search.empty() ? "?1 = ''" : "x.search_members MATCH ?1";
  const std::string sql = fmt::format(
      "SELECT m.number, m.id, e.name, e.address, m.register_status, m.eligible, d.findings, "
      "coalesce(s.state, 'undecided'), "
      "d.ward FROM {0} JOIN entries e ON e.number = d.entry LEFT JOIN states s ON s.subject_kind = 'member' "
      "AND "
      "s.subject_key = m.id WHERE {1} AND {2} > {3} AND {4} ORDER BY {2} LIMIT {5}",
      from, matching, search.empty() ? "m.number" : "x.rowid", last, where, limit + 1);
  std::vector<std::int64_t> numbers;
  Json rows = Json::array();
  SERVE_CHECK(for_rows(
      open->database(), sql,
      [&](const Statement& row) {
        numbers.push_back(row.integer(0));
        if (numbers.size() <= static_cast<std::size_t>(limit))
          rows.push_back(person_row(session, *open, row));
      },
      search));
  SERVE_ASK(const auto index, session.queue_index(*open));
  for (std::size_t at = 0; at < rows.size(); ++at)
    rows[at]["innocent_share"] = index->innocent_share(numbers[at]);
  std::int64_t total = 0;
  double innocent = 0;
  SERVE_CHECK(for_rows(
      open->database(),
      fmt::format("SELECT m.number FROM {} WHERE {} AND {} LIMIT 10001", from, matching, where),
      [&](const Statement& row) {
        ++total;
        innocent += index->innocent_share(row.integer(0));
      },
      search));
  const bool more = numbers.size() > static_cast<std::size_t>(limit);
  return Json{{"rows", rows},
              {"next", more ? Json(to_text({0, numbers[numbers.size() - 2]}, list)) : Json(nullptr)},
              {"total", std::min<std::int64_t>(total, 10'000)},
              {"total_exact", total <= 10'000},
              {"expected_innocent", total <= 10'000 ? Json(innocent) : Json(nullptr)}};
}

Answer<Json> person(Session& session, const std::string& handle, std::string_view target) {
  SERVE_ASK(const Query query, Query::parse(target, {"blind"}));
  SERVE_ASK(const bool blind, query.flag("blind", false));
  if (session.person().role == Role::canvasser) return for_canvasser(session, handle);
  {
    SERVE_ASK(auto open, session.read());
    SERVE_ASK(const Subject subject, subject_of(*open, handle));
    if (subject.kind != "member") return refuse(404, "not-found", "This is not a member.");
  }
  if (!session.person().read_only) {
    SERVE_ASK([[maybe_unused]] const bool noted, session.note_look("person", handle));
  }
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const Subject subject, subject_of(*open, handle));
  SERVE_ASK(Member member, basics(session, *open, subject.key));
  Json& answer = member.answer;
  SERVE_ASK(answer["values"], values_of(session, *open, member));
  SERVE_ASK(answer["timeline"], timeline_of(*open, member));
  SERVE_ASK(answer["ties"], ties_of(session, *open, member));
  SERVE_ASK(answer["links"], links_of(session, *open, member, blind));
  for (const Json& link : answer["links"]) {  // the member's probability is that of the best of them
    if (blind && link["probability"].is_null()) answer["match_probability"] = nullptr;
  }
  SERVE_ASK(answer["findings"],
            findings_of(session, *open,
                        "SELECT q.number FROM finding_members m JOIN queue q ON q.kind = 'finding' AND "
                        "q.key = m.finding WHERE m.member = ?1 ORDER BY q.number LIMIT 100",
                        member.id));
  SERVE_ASK(answer["decisions"], decisions_on(session, *open, subject));
  SERVE_ASK(answer["reply"], reply_on(session, *open, subject));
  SERVE_ASK(answer["state"], state_on(*open, subject));
  SERVE_CHECK(add_looks(*open, handle, answer));
  return std::move(answer);
}

}  // namespace scrutineer::serve
