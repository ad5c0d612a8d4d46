// The ledger, newest first, and whether it holds; the files of the case.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

std::string hex_of(const std::string& bytes) {
  return store::hex(std::span(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

Answer<Json> kinds(OpenCase& open) {
  Json list = Json::array();
  SERVE_CHECK(for_rows(open.database(), "SELECT kind, count(*) FROM ledger GROUP BY kind ORDER BY kind",
                       [&](const Statement& row) {
                         list.push_back({{"kind", row.text(0)}, {"count", row.integer(1)}});
                       }));
  return list;
}

}  // namespace

Answer<Json> ledger(Session& session, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser does not see the ledger.");
  SERVE_ASK(const Query query, Query::parse(target, {"kind", "actor", "limit", "before"}));
  SERVE_ASK(const std::int64_t limit, query.whole("limit", 50, 1, 200));
  SERVE_ASK(const std::int64_t before, query.whole("before", 1'000'000'000'000, 1, 1'000'000'000'000));
  SERVE_ASK(auto open, session.read());
  Json rows = Json::array();
  std::int64_t last = 0;
  bool more = false;
  const std::string kind = query.text("kind");
  const std::string actor = query.text("actor");
  SERVE_CHECK(for_rows(
      open->database(),
      fmt::format("SELECT number, at, actor, kind, body, hash, signer, signature FROM ledger WHERE number < "
                  "?1{}{} ORDER BY number "
                  "DESC LIMIT ?2",
                  kind.empty() ? " AND ?3 = ''" : " AND kind = ?3",
                  actor.empty() ? " AND ?4 = ''" : " AND actor = ?4"),
      [&](const Statement& row) {
        if (rows.size() == static_cast<std::size_t>(limit)) {
          more = true;
          return;
        }
        Json body = Json::parse(row.text(4), nullptr, false);
        if (body.is_discarded()) body = row.text(4);
        last = row.integer(0);
        const bool has_signature = !row.is_null(7);
        rows.push_back({{"number", last},
                        {"at", row.text(1)},
                        {"actor", row.text(2)},
                        {"kind", row.text(3)},
                        {"body", std::move(body)},
                        {"hash", hex_of(row.bytes(5))},
                        {"signed", has_signature},
                        {"signer", row.is_null(6) ? Json(nullptr) : Json(hex_of(row.bytes(6)))},
                        {"signature_holds", has_signature ? Json(store::signature_holds(
                                                                row.bytes(5), row.bytes(6), row.bytes(7)))
                                                          : Json(nullptr)}});
      },
      before, limit + 1, kind, actor));
  SERVE_TRY(const store::LedgerHead head, store::head_of(open->database()));
  SERVE_ASK(Json counted, kinds(*open));
  return Json{{"rows", rows},
              {"next", more ? Json(last) : Json(nullptr)},
              {"head", {{"number", head.number}, {"hash", store::hex(head.hash)}}},
              {"kinds", counted}};
}

Answer<Json> ledger_check(Session& session) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser does not see the ledger.");
  SERVE_ASK(auto open, session.read());
  SERVE_TRY(const auto entries, store::entries_of(open->database()));
  const store::LedgerCheck check = store::check_ledger(entries);
  return Json{{"entries", check.entries},
              {"signed", check.signed_entries},
              {"problems", check.problems},
              {"remarks", check.remarks},
              {"head", {{"number", check.head.number}, {"hash", store::hex(check.head.hash)}}}};
}

Answer<Json> files(Session& session) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no files.");
  SERVE_ASK(auto open, session.read());
  Json list = Json::array();
  SERVE_CHECK(for_rows(
      open->database(), "SELECT name, bytes, sha256 FROM files ORDER BY name", [&](const Statement& row) {
        list.push_back({{"name", row.text(0)}, {"bytes", row.integer(1)}, {"sha256", row.text(2)}});
      }));
  return Json{{"files", list}};
}

Answer<Download> case_file(Session& session, const std::string& name) {
  if (!session.person().sees_people())
    return refuse(403, "role", "Only the panel takes files of the case away.");
  SERVE_ASK(auto open, session.read());
  bool listed = false;
  SERVE_CHECK(for_rows(
      open->database(), "SELECT 1 FROM files WHERE name = ?1", [&](const Statement&) { listed = true; },
      name));
  // A name from the list of a hostile case is still a name in the folder, of a plain file.
  const std::filesystem::path path = session.folder() / name;
  std::error_code none;
  const bool plain = !name.empty() && std::filesystem::path(name).filename() == name &&
                     std::filesystem::is_regular_file(std::filesystem::symlink_status(path, none));
  if (!listed || !plain) return refuse(404, "not-found", "The case has no such file.");
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  const std::pair<std::string, std::string> named[] = {{"file", name}};
  SERVE_ASK([[maybe_unused]] const std::uint64_t entry, session.note("export", store::facts(named)));
  const bool html = name.ends_with(".html");
  return Download{html ? "text/html; charset=utf-8" : "application/octet-stream", name,
                  std::move(bytes).str()};
}

}  // namespace scrutineer::serve
