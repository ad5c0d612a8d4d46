// Lists, exhibits and the impact assessment as files to take away. Every one is an entry of the ledger.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "base/text.h"
#include "inquiry/impact_assessment.h"
#include "serve/spreadsheet.h"
#include "serve/subjects.h"
#include "serve/views.h"

namespace scrutineer::serve {
namespace {

using store::Statement;

constexpr std::size_t most_rows = 200'000;

std::string as_text(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_number_float()) return fmt::format("{:.6g}", value.get<double>());
  if (value.is_object() && value.contains("label") && value["label"].is_string())
    return value["label"].get<std::string>();
  if (value.is_object() && value.contains("handle") && value["handle"].is_string())
    return value["handle"].get<std::string>();
  if (value.is_object() && value.contains("decision")) return as_text(value["decision"]);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string encoded(std::string_view text) {
  std::string result;
  for (const char letter : text) result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  return result;
}

struct List {
  std::string name;
  std::vector<std::string_view> filters;
  std::vector<std::string> columns;
  Answer<Json> (*page)(Session&, std::string_view);
};

Answer<Json> all_decisions(Session& session, std::string_view target) {
  SERVE_ASK(const Query query, Query::parse(target, {"limit", "after"}));
  SERVE_ASK(const std::int64_t limit, query.whole("limit", 50, 1, 200));
  SERVE_ASK(const auto after, cursor_of(query.text("after"), "decisions"));
  SERVE_ASK(auto open, session.read());
  std::vector<std::int64_t> numbers;
  SERVE_CHECK(for_rows(
      open->database(),
      "SELECT number FROM decisions WHERE number > ?1 AND subject_kind <> 'case' AND decision NOT IN "
      "('heard', 'offered') AND "
      "erased IS NULL ORDER BY number LIMIT ?2",
      [&](const Statement& row) { numbers.push_back(row.integer(0)); }, after ? after->second : 0,
      limit + 1));
  Json rows = Json::array();
  for (const std::int64_t number : numbers) {
    if (rows.size() == static_cast<std::size_t>(limit)) break;
    SERVE_ASK(Json row, decision_numbered(session, *open, number));
    SERVE_ASK(const Subject subject, subject_of(*open, row["subject"].get<std::string>()));
    SERVE_ASK(row["innocent_share"], innocent_share(session, *open, subject));
    rows.push_back(std::move(row));
  }
  const bool more = numbers.size() > static_cast<std::size_t>(limit);
  return Json{{"rows", rows},
              {"next", more ? Json(to_text({0, numbers[numbers.size() - 2]}, "decisions")) : Json(nullptr)}};
}

const List* list_named(const std::string& name) {
  static const List lists[] = {
      {"queue",
       {"kind", "state", "listed", "tier", "signal", "q", "order"},
       {"handle",        "kind",   "signal",    "tier",      "title",    "text",    "listed",
        "level",         "e",      "p",         "observed",  "expected", "members", "expected_innocent",
        "probability",   "weight", "narrowing", "questions", "subject",  "state",   "last",
        "innocent_share"},
       queue},
      {"persons",
       {"q", "status", "eligible", "questioned"},
       {"handle", "id", "name", "address", "register_status", "eligible", "findings", "state", "ward",
        "innocent_share"},
       persons},
      {"addresses",
       {"q", "crowded"},
       {"handle", "label", "members", "electors", "building_units", "findings", "innocent_share"},
       addresses},
      {"doors", {"state", "q"}, {"door", "handle", "name", "address", "postcode", "visits"}, canvass_doors},
      {"decisions",
       {},
       {"number", "subject", "decision", "cause", "reason", "person", "at", "replaces", "undone", "counts",
        "signed", "blind", "innocent_share"},
       all_decisions},
      {"ledger",
       {"kind", "actor"},
       {"number", "at", "actor", "kind", "body", "hash", "signed", "signer"},
       ledger}};
  for (const List& list : lists) {
    if (list.name == name) return &list;
  }
  return nullptr;
}

// Who sees what the export may hold: the person, or the same person as an analyst.
Person redacted(const Person& person) {
  Person other;
  other.name = person.name;
  other.role = person.role == Role::canvasser ? Role::canvasser : Role::analyst;
  other.read_only = person.read_only;
  return other;
}

Answer<Sheet> filled(Session& source, const List& list, const std::string& filters) {
  Sheet sheet;
  sheet.name = list.name;
  sheet.header = list.columns;
  std::optional<double> innocent;
  Json entries = nullptr;
  Json entries_innocent = nullptr;
  std::string place;
  while (true) {
    SERVE_ASK(const Json page, list.page(source, "/?limit=200" + filters + place));
    for (const Json& row : page["rows"]) {
      std::vector<std::string> cells;
      if (const auto share = row.find("innocent_share"); share != row.end())
        innocent = innocent.value_or(0) + (share->is_number() ? share->get<double>() : 0);
      for (const std::string& column : list.columns) {
        const auto found = row.find(column);
        cells.push_back(found == row.end() ? "" : as_text(*found));
      }
      sheet.rows.push_back(std::move(cells));
    }
    if (sheet.rows.size() > most_rows)
      return refuse(400, "bad-parameter", "These are more than 200,000 rows: filter them first.", "list");
    if (place.empty() && page.contains("entries")) {
      entries = page["entries"];
      entries_innocent = page["entries_innocent"];
    }
    if (page["next"].is_null()) break;
    place = list.name == "ledger" ? fmt::format("&before={}", page["next"].get<std::int64_t>())
                                  : "&after=" + page["next"].get<std::string>();
  }
  sheet.top.emplace_back("Rows", std::to_string(sheet.rows.size()));
  sheet.top.emplace_back("Of these rows expected to be innocent",
                         innocent ? fmt::format("{:.1f}", *innocent) : "no row here accuses anybody");
  if (entries.is_number())
    sheet.top.emplace_back("Entries that these rows question, each once", as_text(entries));
  if (entries_innocent.is_number())
    sheet.top.emplace_back("Of these entries expected to be innocent",
                           fmt::format("{:.1f}", entries_innocent.get<double>()));
  return sheet;
}

Answer<std::string> title_of(OpenCase& open) {
  std::string title;
  SERVE_CHECK(for_rows(open.database(), "SELECT value FROM settings WHERE name = 'inquiry.title'",
                       [&](const Statement& row) { title = row.text(0); }));
  return title;
}

Answer<bool> note_export(Session& session, const std::string& what, bool is_redacted,
                         const std::string& bytes) {
  const std::pair<std::string, std::string> named[] = {
      {"list", what}, {"redacted", is_redacted ? "1" : "0"}, {"sha256", sha256_hex(bytes)}};
  SERVE_ASK([[maybe_unused]] const std::uint64_t entry, session.note("export", store::facts(named)));
  return true;
}

// ---------------------------------------------------------------- exhibits

std::string exhibit_page(const Json& finding, std::size_t number, std::size_t of) {
  std::string html =
      fmt::format("<article><p class=\"place\">Exhibit {} of {}</p><h2>{}</h2><p>{}</p>", number, of,
                  html_escape(as_text(finding["title"])), html_escape(as_text(finding["text"])));
  html += fmt::format(
      "<p>Observed {}, expected {} under the null model; e = {}. Of its {} members about {} are expected to "
      "be "
      "there innocently.</p>",
      as_text(finding["observed"]), as_text(finding["expected"]), as_text(finding["e"]),
      as_text(finding["members_total"]), as_text(finding["expected_innocent"]));
  html += "<h3>Innocent explanations not excluded</h3><ul>";
  for (const Json& cause : finding["innocent"])
    html += "<li>" + html_escape(as_text(cause["text"])) + "</li>";
  html += "</ul><h3>Rows that show it</h3><table><tr><th>Roll</th><th>Line</th><th>What it says</th></tr>";
  for (const Json& row : finding["exhibits"]) {
    std::string values;
    if (row["values"].is_object()) {
      for (const auto& [column, value] : row["values"].items())
        values += column + ": " + as_text(value) + "; ";
    }
    html += fmt::format("<tr><td>{}</td><td>{}</td><td><bdi>{}</bdi></td></tr>",
                        html_escape(as_text(row["roll"])), as_text(row["line"]),
                        html_escape(printable(values, 4000)));
  }
  html += "</table><h3>Decided</h3><ul>";
  for (const Json& decision : finding["decisions"]) {
    html += fmt::format("<li>{} by {}: {}</li>", html_escape(as_text(decision["decision"])),
                        html_escape(as_text(decision["person"])), html_escape(as_text(decision["reason"])));
  }
  return html + "</ul><p>What would change it: " + html_escape(as_text(finding["would_change"])) +
         "</p></article>";
}

}  // namespace

Answer<Download> export_list(Session& session, std::string_view target) {
  SERVE_ASK(const Query query,
            Query::parse(target, {"list", "format", "redact", "kind", "state", "listed", "tier", "signal",
                                  "q", "order", "status", "eligible", "questioned", "crowded", "actor"}));
  if (session.person().read_only)
    return refuse(403, "read-only", "An export is an entry of the ledger: this session may only read.");
  const List* const list = list_named(query.text("list"));
  if (!list) return refuse(400, "bad-parameter", "There is no such list.", "list");
  SERVE_ASK(const std::string format, query.one_of("format", {"csv", "xlsx"}));
  const bool panel = session.person().role == Role::panel;
  SERVE_ASK(const bool redact, query.flag("redact", true));
  if (!redact && !panel) return refuse(403, "role", "Only the panel exports names and addresses.", "redact");
  if (redact && list->name == "doors")
    return refuse(400, "bad-parameter", "Doors without names are of no use.", "redact");
  std::string filters;
  std::string told;
  for (const std::string_view filter : list->filters) {
    if (!query.has(filter)) continue;
    filters += fmt::format("&{}={}", filter, encoded(query.text(filter)));
    told += fmt::format("{}{} = {}", told.empty() ? "" : "; ", filter, query.text(filter));
  }
  std::optional<Session> as_analyst;
  if (redact) {
    as_analyst.emplace(session, redacted(session.person()));
  }
  SERVE_ASK(Sheet sheet, filled(redact ? *as_analyst : session, *list, filters));
  SERVE_ASK(auto open, session.read());
  SERVE_ASK(const std::string title, title_of(*open));
  const std::vector<std::pair<std::string, std::string>> top = {
      {"Inquiry", title},
      {"List",
       list->name + (redact ? ", redacted: handles stand for people" : ", full: names and addresses")},
      {"Exported by", session.person().name},
      {"Exported at", session.now()},
      {"Filters", told.empty() ? "none" : told}};
  sheet.top.insert(sheet.top.begin(), top.begin(), top.end());
  Download download;
  if (format == "csv") {
    download = {"text/csv; charset=utf-8", list->name + ".csv", "\xEF\xBB\xBF" + to_csv(sheet)};
  } else {
    SERVE_TRY(download.bytes, to_xlsx(sheet));
    download.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    download.name = list->name + ".xlsx";
  }
  SERVE_ASK([[maybe_unused]] const bool noted, note_export(session, list->name, redact, download.bytes));
  return download;
}

Answer<Download> exhibits(Session& session, std::string_view target) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no findings.");
  if (session.person().read_only)
    return refuse(403, "read-only", "An export is an entry of the ledger: this session may only read.");
  SERVE_ASK(const Query query, Query::parse(target, {"redact"}));
  SERVE_ASK(const bool redact, query.flag("redact", true));
  if (!redact && session.person().role != Role::panel)
    return refuse(403, "role", "Only the panel exports names and addresses.", "redact");
  Download download{"text/html; charset=utf-8", "exhibits.html", ""};
  const std::filesystem::path made = session.folder() / "exhibits.html";
  std::error_code none;
  if (!redact && std::filesystem::is_regular_file(std::filesystem::symlink_status(made, none))) {
    std::ifstream stream(made, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    download.bytes = std::move(bytes).str();
  } else {
    std::vector<std::string> handles;
    std::string title;
    {
      SERVE_ASK(auto open, session.read());
      SERVE_ASK(title, title_of(*open));
      SERVE_CHECK(
          for_rows(open->database(), "SELECT id FROM findings WHERE listed = 1 ORDER BY signal, id LIMIT 500",
                   [&](const Statement& row) { handles.push_back(open->handle("finding", row.text(0))); }));
    }
    Session as_analyst(session, redacted(session.person()));
    download.bytes =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Exhibits</title><meta "
        "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\"><style>body{font:11pt/1.45 "
        "Georgia,serif;max-width:44em;margin:2em "
        "auto}article{break-after:page}table{border-collapse:collapse;width:100%}td,th{border-"
        "top:1px solid #bbb;text-align:left;padding:.2em "
        ".4em;vertical-align:top;overflow-wrap:anywhere}.place{color:#555}</style>"
        "</head><body><h1>" +
        html_escape(title) + "</h1>";
    for (std::size_t at = 0; at < handles.size(); ++at) {
      SERVE_ASK(const Json one, finding(redact ? as_analyst : session, handles[at]));
      download.bytes += exhibit_page(one, at + 1, handles.size());
    }
    download.bytes += "</body></html>\n";
  }
  SERVE_ASK([[maybe_unused]] const bool noted, note_export(session, "exhibits", redact, download.bytes));
  return download;
}

Answer<Download> impact_assessment(Session& session) {
  if (!session.person().sees_findings()) return refuse(403, "role", "A canvasser sees no findings.");
  SERVE_ASK(auto open, session.read());
  SERVE_TRY(std::string html, inquiry::impact_assessment_html(open->database()));
  return Download{"text/html; charset=utf-8", "impact-assessment.html", std::move(html)};
}

}  // namespace scrutineer::serve
