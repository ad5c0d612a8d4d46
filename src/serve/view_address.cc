// Addresses of members: who was on the registers there and who is on the roll, beside addresses like it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

// Addresses with as many electors: how many there are, members at them on average, and the share with as many
// or more.
Answer<Json> class_of(OpenCase& open, std::int64_t electors, std::int64_t members) {
  Json result;
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT count(*), coalesce(avg(members), 0), coalesce(avg(members >= ?2), 0) FROM addresses WHERE "
      "electors = ?1",
      [&](const Statement& row) {
        result = {{"electors", electors},
                  {"addresses_alike", row.integer(0)},
                  {"members_mean", row.real(1)},
                  {"members_share_at_least", row.real(2)}};
      },
      electors, members));
  return result;
}

Answer<Json> people_at(const Session& session, OpenCase& open, std::int64_t number, std::size_t snapshots) {
  std::map<std::string, Json> people;  // by name as typed, folded no further: what differs is shown to differ
  SERVE_CHECK(for_rows(
      open.database(), "SELECT name, present FROM address_people WHERE address = ?1 ORDER BY position",
      [&](const Statement& row) {
        Json present = Json::array();
        for (const char flag : row.text(1)) present.push_back(flag == '1');
        people[row.text(0)] = {{"label", for_people(session, row.text(0))},
                               {"handle", nullptr},
                               {"kind", "elector"},
                               {"joined", nullptr},
                               {"present", present}};
      },
      number));
  SERVE_CHECK(for_rows(
      open.database(),
      "SELECT m.id, e.name, (SELECT day FROM member_events v WHERE v.member = m.number AND v.kind = 'joined' "
      "LIMIT 1) FROM "
      "member_details d JOIN members m ON m.number = d.member JOIN entries e ON e.number = d.entry WHERE "
      "d.address = ?1 ORDER "
      "BY m.number LIMIT 200",
      [&](const Statement& row) {
        auto found = people.find(row.text(1));
        const bool known = found != people.end() && found->second["handle"].is_null();
        if (!known) {
          Json absent = Json::array();
          for (std::size_t at = 0; at < snapshots; ++at) absent.push_back(false);
          found = people
                      .insert_or_assign(row.text(1) + "\n" + row.text(0),
                                        Json{{"label", for_people(session, row.text(1))},
                                             {"handle", nullptr},
                                             {"kind", "member"},
                                             {"joined", nullptr},
                                             {"present", absent}})
                      .first;
        } else {
          found->second["kind"] = "both";
        }
        found->second["handle"] = open.handle("member", row.text(0));
        found->second["joined"] = row.is_null(2) ? Json(nullptr) : Json(row.text(2));
      },
      number));
  Json list = Json::array();
  for (auto& [name, who] : people) list.push_back(std::move(who));
  return list;
}

// An address is there as innocently as the most telling row about any of its members has them; 1 where no row
// questions one.
Result<double> innocent_share_at(OpenCase& open, const QueueIndex& index, std::int64_t address) {
  double share = 1;
  SCRUTINEER_CHECK(for_rows(
      open.database(), "SELECT member FROM member_details WHERE address = ?1",
      [&](const Statement& row) { share = std::min(share, index.innocent_share(row.integer(0))); }, address));
  return share;
}

}  // namespace

Answer<Json> addresses(Session& session, std::string_view target) {
  if (!session.person().sees_findings())
    return refuse(403, "role", "A canvasser sees the doors that were drawn.");
  SERVE_ASK(const Query query, Query::parse(target, {"q", "crowded", "limit", "after"}));
  SERVE_ASK(auto open, session.read());
  const std::string list = "addresses " + open->generation + query.filters();
  SERVE_ASK(const bool crowded, query.flag("crowded", false));
  SERVE_ASK(const std::int64_t limit, query.whole("limit", 50, 1, 200));
  SERVE_ASK(const auto after, cursor_of(query.text("after"), list));
  const std::string typed = query.text("q");
  const std::string search = session.person().sees_people() ? search_query(typed) : "";
  std::string where = crowded ? "a.members > 1 AND a.members > a.electors" : "1";
  if (!typed.empty() && search.empty()) where += " AND 0";
  if (!search.empty()) where += " AND x.search_addresses MATCH ?1";
  if (search.empty()) where += " AND ?1 = ''";
  const std::string from =
      search.empty() ? "addresses a" : "search_addresses x CROSS JOIN addresses a ON a.number = x.rowid";
  const std::string number = search.empty() ? "a.number" : "x.rowid";
  Json rows = Json::array();
  std::vector<std::int64_t> numbers;
  SERVE_CHECK(for_rows(
      open->database(),
      fmt::format("SELECT a.number, a.key, a.label, a.members, a.electors, a.building_units, (SELECT "
                  "coalesce(sum(d.findings > "
                  "0), 0) FROM member_details d WHERE d.address = a.number) FROM {} WHERE {} AND a.key <> '' "
                  "AND {} > {} ORDER BY {} LIMIT {}",
                  from, where, number, after ? after->second : -1, number, limit + 1),
      [&](const Statement& row) {
        numbers.push_back(row.integer(0));
        if (numbers.size() > static_cast<std::size_t>(limit)) return;
        rows.push_back({{"handle", open->handle("address", row.text(1))},
                        {"label", for_people(session, row.text(2))},
                        {"members", row.integer(3)},
                        {"electors", row.integer(4)},
                        {"building_units", row.integer(5)},
                        {"findings", row.integer(6)}});
      },
      search));
  std::vector<std::int64_t> all;
  SERVE_CHECK(for_rows(
      open->database(),
      fmt::format("SELECT a.number FROM {} WHERE {} AND a.key <> '' LIMIT 10001", from, where),
      [&](const Statement& row) { all.push_back(row.integer(0)); }, search));
  SERVE_ASK(const auto index, session.queue_index(*open));
  for (std::size_t at = 0; at < rows.size(); ++at) {
    SERVE_TRY(rows[at]["innocent_share"], innocent_share_at(*open, *index, numbers[at]));
  }
  double innocent = 0;
  if (all.size() <= 10'000) {
    for (const std::int64_t one : all) {
      SERVE_TRY(const double share, innocent_share_at(*open, *index, one));
      innocent += share;
    }
  }
  const bool more = numbers.size() > static_cast<std::size_t>(limit);
  return Json{{"rows", rows},
              {"next", more ? Json(to_text({0, numbers[numbers.size() - 2]}, list)) : Json(nullptr)},
              {"total", std::min<std::size_t>(all.size(), 10'000)},
              {"total_exact", all.size() <= 10'000},
              {"expected_innocent", all.size() <= 10'000 ? Json(innocent) : Json(nullptr)}};
}

Answer<Json> address(Session& session, const std::string& handle) {
  if (!session.person().sees_findings())
    return refuse(403, "role", "A canvasser sees the doors that were drawn.");
  if (session.person().sees_people()) {
    SERVE_ASK(auto checked, session.read());
    SERVE_ASK([[maybe_unused]] const Subject there, subject_of(*checked, handle));
    SERVE_ASK([[maybe_unused]] const bool noted, session.note_look("address", handle));
  }
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const Subject subject, subject_of(*open, handle));
  if (subject.kind != "address") return refuse(404, "not-found", "This is not an address.");
  Json answer;
  std::int64_t number = -1;
  std::int64_t electors = 0;
  std::int64_t members = 0;
  SERVE_CHECK(for_rows(
      open->database(),
      "SELECT number, label, postcode, members, electors, electors_ever_max, building_units, flat_missing "
      "FROM addresses WHERE "
      "key = ?1 ORDER BY number LIMIT 1",
      [&](const Statement& row) {
        number = row.integer(0);
        members = row.integer(3);
        electors = row.integer(4);
        answer = {{"handle", handle},
                  {"label", for_people(session, row.text(1))},
                  {"postcode", for_people(session, row.text(2))},
                  {"members", members},
                  {"electors", electors},
                  {"electors_ever_max", row.integer(5)},
                  {"building_units", row.integer(6)},
                  {"flat_missing", row.integer(7) != 0}};
      },
      subject.key));
  if (number < 0) return refuse(404, "not-found", "The address is not in the case now.");
  SERVE_ASK(answer["class"], class_of(*open, electors, members));
  Json days = Json::array();
  SERVE_CHECK(for_rows(open->database(),
                       "SELECT as_of FROM rolls WHERE kind = 'register' ORDER BY as_of, number",
                       [&](const Statement& row) { days.push_back(row.text(0)); }));
  // A register with change files has more snapshots than rolls: review.json knows them all.
  const auto known = open->review->find("snapshots");
  if (known != open->review->end() && known->is_array() && known->size() > days.size()) {
    days = Json::array();
    for (const Json& snapshot : *known) days.push_back(snapshot["as_of"]);
  }
  SERVE_ASK(answer["people"], people_at(session, *open, number, days.size()));
  answer["snapshots"] = std::move(days);
  SERVE_ASK(
      answer["findings"],
      findings_of(session, *open,
                  "SELECT DISTINCT q.number FROM member_details d JOIN members m ON m.number = d.member JOIN "
                  "finding_members fm ON fm.member = m.id JOIN queue q ON q.kind = 'finding' AND q.key = "
                  "fm.finding WHERE "
                  "d.address = (SELECT number FROM addresses WHERE key = ?1) ORDER BY q.number LIMIT 50",
                  subject.key));
  SERVE_ASK(answer["decisions"], decisions_on(session, *open, subject));
  return answer;
}

}  // namespace scrutineer::serve
