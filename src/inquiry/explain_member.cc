#include "inquiry/explain_member.h"

#include <fmt/format.h>

#include <utility>

#include "base/date.h"
#include "store/review_schema.h"

namespace scrutineer::inquiry {
namespace {

using store::Sqlite;
using store::Statement;

// Runs a query bound to values, calling `each` for every row.
template <typename Each, typename... Values>
Status for_rows(Sqlite& database, std::string_view sql, const Each& each, const Values&... values) {
  SCRUTINEER_TRY(Statement rows, database.prepare(sql));
  rows.bind(values...);
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return {};
    each(rows);
  }
}

std::optional<Date> date_of(const Statement& row, int column) {
  const auto text = row.optional_text(column);
  return text ? Date::from_iso(*text) : std::nullopt;
}

store::MemberRow member_row(const Statement& row) {
  store::MemberRow member;
  member.number = static_cast<std::uint64_t>(row.integer(0));
  member.id = row.text(1);
  member.line = static_cast<std::uint64_t>(row.integer(2));
  member.eligible = row.integer(3) != 0;
  member.ineligible_because = row.text(4);
  member.register_status = row.text(5);
  member.match_probability = row.real(6);
  member.ever_at_address = row.integer(7) != 0;
  member.first_seen = date_of(row, 8);
  member.last_seen = date_of(row, 9);
  member.duplicate_of = row.text(10);
  member.household = row.text(11);
  return member;
}

Status read_decisions(Sqlite& database, const std::string& kind, const std::string& key,
                      std::vector<std::string>& decisions) {
  return for_rows(
      database,
      "SELECT decision, person, reason, cause FROM decisions WHERE subject_kind = ?1 AND subject_key = ?2 "
      "ORDER BY number",
      [&](const Statement& row) {
        const std::string cause = row.text(3);
        decisions.push_back(fmt::format("{}{} by {}: {}", row.text(0),
                                        cause.empty() ? "" : " (" + cause + ")", row.text(1), row.text(2)));
      },
      kind, key);
}

Status read_findings(Sqlite& database, MemberFile& file) {
  SCRUTINEER_CHECK(for_rows(
      database,
      "SELECT f.id, f.tier, f.text, f.listed FROM findings f JOIN finding_members m ON m.finding = f.id "
      "WHERE m.member = ?1 ORDER BY f.id",
      [&](const Statement& row) {
        file.findings.push_back({row.text(0), row.text(1), row.text(2), row.integer(3) != 0, {}, {}, {}});
      },
      file.member.id));
  for (HeldFinding& finding : file.findings) {
    SCRUTINEER_CHECK(for_rows(
        database, "SELECT text FROM finding_explanations WHERE finding = ?1 ORDER BY position",
        [&](const Statement& row) { finding.innocent.push_back(row.text(0)); }, finding.id));
    SCRUTINEER_CHECK(for_rows(
        database, "SELECT roll, line FROM exhibits WHERE finding = ?1 ORDER BY position",
        [&](const Statement& row) {
          finding.exhibits.push_back({row.text(0), static_cast<std::uint64_t>(row.integer(1))});
        },
        finding.id));
    SCRUTINEER_CHECK(read_decisions(database, "finding", finding.id, finding.decisions));
  }
  return {};
}

// As the review app writes its looks: they are found by how their bodies begin.
Result<std::string> handle_of_member(Sqlite& database, const std::string& id) {
  SCRUTINEER_TRY(const store::CaseSecrets secrets, store::secrets_of(database));
  return store::handle_of(secrets.handles, "member", id);
}

Result<std::string> look_body(Sqlite& database, const std::string& id) {
  SCRUTINEER_TRY(std::string handle, handle_of_member(database, id));
  const std::pair<std::string, std::string> named[] = {
      {"subject", std::move(handle)}, {"view", "explain"}, {"role", "panel"}};
  return store::facts(named);
}

// Names, addresses and all else that stands of the member in the case.
Status read_held(Sqlite& database, MemberFile& file) {
  SCRUTINEER_CHECK(for_rows(
      database,
      "SELECT e.roll, e.line, e.raw FROM member_details d JOIN entries e ON e.number = d.entry WHERE "
      "d.member = ?1",
      [&](const Statement& row) {
        file.held.push_back(fmt::format("{}, line {}: {}", row.text(0), row.integer(1), row.text(2)));
      },
      file.member.number));
  SCRUTINEER_CHECK(for_rows(
      database,
      "SELECT e.roll, e.line, c.probability, e.raw FROM candidates c JOIN entries e ON e.number = c.entry "
      "WHERE c.member = ?1 "
      "ORDER BY c.number",
      [&](const Statement& row) {
        file.held.push_back(fmt::format("{}, line {}, held to be this member with probability {:.2f}: {}",
                                        row.text(0), row.integer(1), row.real(2), row.text(3)));
      },
      file.member.number));
  SCRUTINEER_CHECK(for_rows(
      database, "SELECT day, kind, text, roll, line FROM member_events WHERE member = ?1 ORDER BY position",
      [&](const Statement& row) {
        file.held.push_back(fmt::format("{} {}: {} ({}, line {})",
                                        row.text(0).empty() ? "undated" : row.text(0), row.text(1),
                                        row.text(2), row.text(3), row.integer(4)));
      },
      file.member.number));
  return for_rows(
      database,
      "SELECT t.kind, t.key, (SELECT count(*) FROM ties o WHERE o.kind = t.kind AND o.key = t.key) FROM ties "
      "t WHERE t.member = "
      "?1 ORDER BY t.kind, t.key",
      [&](const Statement& row) {
        file.held.push_back(
            fmt::format("{} {}, shared by {} members of the roll", row.text(0), row.text(1), row.integer(2)));
      },
      file.member.number);
}

Status read_file(Sqlite& database, MemberFile& file) {
  SCRUTINEER_CHECK(for_rows(
      database,
      "SELECT r.as_of, t.status FROM member_timeline t JOIN (SELECT as_of, row_number() OVER (ORDER BY "
      "as_of, number) - 1 AS "
      "snapshot FROM rolls WHERE kind = 'register') r ON r.snapshot = t.snapshot WHERE t.member = ?1 ORDER "
      "BY t.snapshot",
      [&](const Statement& row) { file.snapshots.emplace_back(row.text(0), row.text(1)); },
      file.member.number));
  SCRUTINEER_CHECK(read_findings(database, file));
  SCRUTINEER_CHECK(read_decisions(database, "member", file.member.id, file.decisions));
  SCRUTINEER_CHECK(read_held(database, file));
  SCRUTINEER_TRY(const std::string handle, handle_of_member(database, file.member.id));
  const std::string from = fmt::format("{{\"subject\":\"{}\"", handle);
  return for_rows(
      database,
      "SELECT at, actor FROM ledger WHERE kind = 'look' AND body >= ?1 AND body < ?2 ORDER BY number",
      [&](const Statement& row) {
        file.looks.push_back({row.text(0), row.text(1)});
      },
      from, from + "-");
}

}  // namespace

Result<std::vector<MemberFile>> explain_member(const std::filesystem::path& folder, const std::string& id,
                                               const std::string& by, const std::string& at,
                                               const store::SigningKey* key) {
  SCRUTINEER_TRY(store::CaseFile open, store::CaseFile::open(folder, store::SqliteMode::read_write));
  std::vector<MemberFile> files;
  {
    SCRUTINEER_TRY(auto writing, open.begin_writing());
    SCRUTINEER_CHECK(for_rows(
        open.database(),
        "SELECT number, id, line, eligible, ineligible_because, register_status, match_probability, "
        "ever_at_address, "
        "first_seen, last_seen, duplicate_of, household FROM members WHERE id = ?1 ORDER BY number",
        [&](const Statement& row) {
          files.push_back({member_row(row), {}, {}, {}, {}, {}});
        },
        id));
    if (files.empty()) return refused(fmt::format("no member has the id \"{}\"", id), {folder.string()});
    for (const MemberFile& file : files) {
      SCRUTINEER_TRY(const std::string body, look_body(open.database(), file.member.id));
      SCRUTINEER_TRY([[maybe_unused]] const auto entry,
                     store::append(open.database(), {at, by, "look", body}, key));
    }
    SCRUTINEER_CHECK(writing.transaction.commit());
  }
  for (MemberFile& file : files) SCRUTINEER_CHECK(read_file(open.database(), file));
  return files;
}

}  // namespace scrutineer::inquiry
