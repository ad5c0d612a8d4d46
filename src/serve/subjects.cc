#include "serve/subjects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

namespace scrutineer::serve {
namespace {

struct Row {
  std::int64_t number = 0;
  std::string kind, key, decision, cause, reason, person, at;
  std::optional<std::int64_t> replaces;
  bool blind = false, is_signed = false;
};

constexpr std::string_view decision_columns =
    "SELECT d.number, d.subject_kind, d.subject_key, d.decision, d.cause, d.reason, d.person, d.replaces, "
    "d.blind, "
    "l.at, l.signature IS NOT NULL FROM decisions d JOIN ledger l ON l.number = d.ledger_entry ";

Row row_at(const store::Statement& row) {
  return {row.integer(0),      row.text(1),         row.text(2),
          row.text(3),         row.text(4),         row.text(5),
          row.text(6),         row.text(9),         row.optional_integer(7),
          row.integer(8) != 0, row.integer(10) != 0};
}

// All decisions on one subject, so that what each of them counts for can be told.
class Told {
 public:
  explicit Told(std::vector<Row> rows) : rows_(std::move(rows)) {
    for (const Row& row : rows_) {
      if (row.replaces) undone_.insert(*row.replaces);
    }
    for (const Row& row : rows_) {
      if (row.decision != "undone" && !undone_.contains(row.number)) newest_[row.person] = row.number;
    }
    for (const auto& [person, number] : newest_) {
      for (const Row& row : rows_) upheld_ += row.number == number && row.decision == "upheld";
    }
  }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] Json shown(const Row& row, const Session& session, const std::string& handle) const {
    const auto newest = newest_.find(row.person);
    const bool counts = newest != newest_.end() && newest->second == row.number;
    // What others typed may name somebody.
    const auto words = [&](const std::string& typed) {
      return row.person == session.person().name ? Json(typed) : for_people(session, typed);
    };
    return {{"number", row.number},
            {"subject", handle},
            {"decision", row.decision},
            {"cause", words(row.cause)},
            {"reason", words(row.reason)},
            {"person", row.person},
            {"at", row.at},
            {"replaces", row.replaces ? Json(*row.replaces) : Json(nullptr)},
            {"undone", undone_.contains(row.number)},
            {"counts", counts},
            {"signed", row.is_signed},
            {"blind", row.blind},
            {"needs_second", counts && row.decision == "upheld" && upheld_ < 2},
            {"mine", row.person == session.person().name}};
  }

 private:
  std::vector<Row> rows_;
  std::set<std::int64_t> undone_;
  std::map<std::string, std::int64_t> newest_;
  int upheld_ = 0;
};

Answer<Told> told_on(OpenCase& open, const Subject& subject) {
  std::vector<Row> rows;
  SERVE_CHECK(for_rows(
      open.database(),
      std::string(decision_columns) +
          "WHERE d.subject_kind = ?1 AND d.subject_key = ?2 AND d.decision NOT IN ('heard', "
          "'offered', 'retention') ORDER BY d.number",
      [&](const store::Statement& row) { rows.push_back(row_at(row)); }, subject.kind, subject.key));
  return Told(std::move(rows));
}

Json reply_at(const Session& session, const store::Statement& row) {
  return {{"number", row.integer(0)},   {"kind", row.text(3)},
          {"on", row.text(4)},          {"text", for_people(session, row.text(5))},
          {"recorded_by", row.text(6)}, {"at", row.text(9)}};
}

}  // namespace

Json or_null(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json for_people(const Session& session, std::string text) {
  return session.person().sees_people() ? Json(std::move(text)) : Json(nullptr);
}

Answer<Subject> subject_of(OpenCase& open, std::string_view handle) {
  if (handle == "case") return Subject{"case", ""};
  Subject subject;
  if (is_handle(handle)) {
    SERVE_TRY(store::Statement row,
              open.database().prepare("SELECT kind, key FROM handles WHERE handle = ?1"));
    SERVE_TRY(const bool found, row.bind(handle).step());
    if (found) return Subject{row.text(0), row.text(1)};
  }
  return refuse(404, "not-found", "Nothing in the case has this handle now.");
}

Answer<Json> decisions_on(Session& session, OpenCase& open, const Subject& subject) {
  SERVE_ASK(const Told told, told_on(open, subject));
  const std::string handle = open.handle(subject.kind, subject.key);
  Json list = Json::array();
  for (const Row& row : told.rows()) list.push_back(told.shown(row, session, handle));
  return list;
}

bool decided_by_me(const Json& decisions) {
  return std::any_of(decisions.begin(), decisions.end(), [](const Json& decision) {
    return decision["mine"] == true && decision["counts"] == true;
  });
}

Answer<Json> decision_numbered(Session& session, OpenCase& open, std::int64_t number) {
  SERVE_TRY(store::Statement row,
            open.database().prepare("SELECT subject_kind, subject_key FROM decisions WHERE number = ?1"));
  SERVE_TRY(const bool found, row.bind(number).step());
  if (!found) return refuse(404, "not-found", "There is no such decision.");
  SERVE_ASK(Json list, decisions_on(session, open, {row.text(0), row.text(1)}));
  for (Json& decision : list) {
    if (decision["number"] == number) return std::move(decision);
  }
  return Json(nullptr);
}

Answer<Json> reply_on(const Session& session, OpenCase& open, const Subject& subject) {
  Json reply = nullptr;
  const auto look = [&](const std::string& kind, const std::string& key) {
    return for_rows(
        open.database(),
        std::string(decision_columns) +
            "WHERE d.subject_kind = ?1 AND d.subject_key = ?2 AND d.decision IN ('heard', 'offered') ORDER "
            "BY d.number",
        [&](const store::Statement& row) { reply = reply_at(session, row); }, kind, key);
  };
  SERVE_CHECK(look(subject.kind, subject.key));
  if (!reply.is_null() || subject.kind != "finding") return reply;
  // What the one member it is about said counts for the finding.
  std::vector<std::string> members;
  SERVE_CHECK(for_rows(
      open.database(), "SELECT member FROM finding_members WHERE finding = ?1 LIMIT 2",
      [&](const store::Statement& row) { members.push_back(row.text(0)); }, subject.key));
  if (members.size() == 1) SERVE_CHECK(look("member", members.front()));
  return reply;
}

Answer<std::string> state_on(OpenCase& open, const Subject& subject) {
  SERVE_TRY(store::Statement row,
            open.database().prepare("SELECT state FROM states WHERE subject_kind = ?1 AND subject_key = ?2"));
  SERVE_TRY(const bool found, row.bind(subject.kind, subject.key).step());
  return found ? row.text(0) : std::string("undecided");
}

Answer<std::optional<MemberLabel>> member_label(OpenCase& open, const std::string& id) {
  SERVE_TRY(store::Statement row,
            open.database().prepare(
                "SELECT m.number, m.id, e.name, e.address, e.postcode FROM members m JOIN "
                "member_details d ON d.member = m.number JOIN entries e ON e.number = d.entry WHERE "
                "m.id = ?1 ORDER BY m.number LIMIT 1"));
  SERVE_TRY(const bool found, row.bind(id).step());
  if (!found) return std::optional<MemberLabel>();
  return std::optional(MemberLabel{static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.text(2),
                                   row.text(3), row.text(4)});
}

std::string masked(Session& session, OpenCase& open, std::string text, const std::string& subject_kind,
                   const std::string& subject_key, const std::vector<std::string>& members) {
  if (session.person().sees_people()) return text;
  const auto hide = [&](const std::string& key, const std::string& handle) {
    if (key.empty()) return;
    const auto part_of_word = [&](std::size_t at) {
      return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
    };
    for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
      const bool inside = (at > 0 && part_of_word(at - 1) && part_of_word(at)) ||
                          (part_of_word(at + key.size()) && part_of_word(at + key.size() - 1));
      if (inside) {
        ++at;
        continue;
      }
      text.replace(at, key.size(), handle);
      at += handle.size();
    }
  };
  // Days, rolls and branches name nobody.
  if (subject_kind != "day" && subject_kind != "roll" && subject_kind != "branch" && subject_kind != "list")
    hide(subject_key, open.handle(subject_kind, subject_key));
  for (const std::string& member : members) hide(member, open.handle("member", member));
  return text;
}

Answer<std::uint64_t> ledger_number(OpenCase& open) {
  SERVE_TRY(const std::int64_t number,
            open.database().integer("SELECT coalesce(max(number), 0) FROM ledger"));
  return static_cast<std::uint64_t>(number);
}

Answer<double> innocent_share(Session& session, OpenCase& open, const Subject& subject) {
  const std::string_view number_of =
      subject.kind == "member"    ? "SELECT number FROM members WHERE id = ?1 ORDER BY number LIMIT 1"
      : subject.kind == "address" ? "SELECT d.member FROM addresses a JOIN member_details d ON d.address = "
                                    "a.number WHERE a.key = ?1"
                                  : "SELECT number FROM queue WHERE kind = ?2 AND key = ?1";
  SERVE_ASK(const auto index, session.queue_index(open));
  const bool queued = subject.kind != "member" && subject.kind != "address";
  double share = 1;
  const auto each = [&](const store::Statement& row) {
    const QueueItem* const item = queued ? index->find(row.integer(0)) : nullptr;
    if (queued && item == nullptr) return;
    share =
        std::min(share, queued ? static_cast<double>(item->innocent) : index->innocent_share(row.integer(0)));
  };
  if (queued)
    SERVE_CHECK(for_rows(open.database(), number_of, each, subject.key, subject.kind));
  else
    SERVE_CHECK(for_rows(open.database(), number_of, each, subject.key));
  return share;
}

namespace {

// The parts of a queue row that a finding has and links lack.
Status add_finding(Session& session, OpenCase& open, const std::string& id, Json& row) {
  return for_rows(
      open.database(),
      "SELECT f.key, f.signal, f.tier, s.title, f.text, f.listed, f.level, f.e, f.p, f.observed, f.expected, "
      "f.expected_innocent, f.subject_kind, f.subject_key, (SELECT count(*) FROM finding_members m WHERE "
      "m.finding = f.id) "
      "FROM findings f LEFT JOIN signals s ON s.number = f.signal WHERE f.id = ?1",
      [&](const store::Statement& found) {
        const std::string kind = found.text(12);
        const std::string key = found.text(13);
        std::vector<std::string> members;
        if (!session.person().sees_people()) {
          static_cast<void>(for_rows(
              open.database(), "SELECT member FROM finding_members WHERE finding = ?1 LIMIT 50",
              [&](const store::Statement& member) { members.push_back(member.text(0)); }, id));
        }
        row["signal"] = found.text(0);
        row["signal_number"] = found.integer(1);
        row["tier"] = found.text(2);
        row["title"] = found.text(3).empty() ? found.text(0) : found.text(3);
        row["text"] = masked(session, open, found.text(4), kind, key, members);
        row["listed"] = found.integer(5) != 0;
        row["level"] = found.integer(6);
        row["e"] = or_null(found.optional_real(7));
        row["p"] = or_null(found.optional_real(8));
        row["observed"] = or_null(found.optional_real(9));
        row["expected"] = or_null(found.optional_real(10));
        row["expected_innocent"] = found.real(11);
        row["members"] = found.integer(14);
        const bool open_kind = kind == "day" || kind == "roll" || kind == "branch";
        row["subject"] = {{"kind", kind},
                          {"handle", open.handle(kind, key)},
                          {"label", open_kind ? Json(key) : for_people(session, key)}};
      },
      id);
}

}  // namespace

Answer<Json> queue_row(Session& session, OpenCase& open, std::int64_t number, bool blind) {
  double narrowing = 0;
  double innocent = 1;
  QueueState state = QueueState::undecided;
  {
    SERVE_ASK(const auto index, session.queue_index(open));
    if (const QueueItem* const item = index->find(number)) {
      narrowing = index->narrowing(*item);
      innocent = static_cast<double>(item->innocent);
      state = item->state;
    }
  }
  SERVE_TRY(store::Statement queued,
            open.database().prepare("SELECT kind, key, text, probability, weight, questions, "
                                    "expected_innocent FROM queue WHERE number = ?1"));
  SERVE_TRY(const bool found, queued.bind(number).step());
  if (!found) return refuse(404, "not-found", "Nothing in the queue has this place now.");
  const Subject subject{queued.text(0), queued.text(1)};
  Json row = {{"handle", open.handle(subject.kind, subject.key)}, {"kind", subject.kind}};
  if (subject.kind == "finding") {
    SERVE_CHECK(add_finding(session, open, subject.key, row));
  } else {
    const Json key = Json::parse(subject.key, nullptr, false);
    const std::string member =
        key.is_array() && !key.empty() && key[0].is_string() ? key[0].get<std::string>() : "";
    row["title"] = subject.kind == "link" ? "Uncertain link" : "Uncertain pair";
    row["text"] = queued.text(2);
    row["probability"] = or_null(queued.optional_real(3));
    row["weight"] = static_cast<double>(queued.integer(4)) / 1000;
    row["expected_innocent"] = queued.real(6);
    row["subject"] = {{"kind", "member"},
                      {"handle", open.handle("member", member)},
                      {"label", for_people(session, member)}};
  }
  row["narrowing"] = narrowing;
  row["questions"] = queued.integer(5);
  row["innocent_share"] = innocent;
  row["state"] = to_string(state);
  SERVE_ASK(const Json all, decisions_on(session, open, subject));
  row["last"] = all.empty() ? Json(nullptr) : all.back();
  if (blind && subject.kind != "finding" && !decided_by_me(all)) {
    for (const char* hidden :
         {"text", "probability", "weight", "expected_innocent", "innocent_share", "narrowing", "last"})
      row[hidden] = nullptr;
  }
  return row;
}

Answer<Json> findings_of(Session& session, OpenCase& open, std::string_view sql, const std::string& key) {
  std::vector<std::int64_t> numbers;
  SERVE_CHECK(for_rows(
      open.database(), sql, [&](const store::Statement& row) { numbers.push_back(row.integer(0)); }, key));
  Json rows = Json::array();
  for (const std::int64_t number : numbers) {
    SERVE_ASK(Json row, queue_row(session, open, number));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace scrutineer::serve
