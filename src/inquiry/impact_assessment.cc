#include "inquiry/impact_assessment.h"

#include <fmt/format.h>

#include "base/text.h"

namespace scrutineer::inquiry {
namespace {

using store::Statement;

constexpr const char* page_style =
    "body{font:11pt/1.5 Georgia,serif;max-width:46em;margin:2em auto;padding:0 "
    "1em}table{border-collapse:collapse;width:100%}"
    "td,th{border-top:1px solid #999;text-align:left;padding:.3em "
    ".5em;vertical-align:top}.fill{background:#fff6d6;"
    "border:1px dashed #a80;padding:.3em .6em;min-height:3em;display:block}@media "
    "print{h2{break-after:avoid}}";

// What a person must still write.
std::string fill(std::string_view question) {
  return fmt::format("<span class=\"fill\">{}</span>", html_escape(question));
}

Result<std::string> one(store::Sqlite& database, std::string_view sql) {
  SCRUTINEER_TRY(Statement row, database.prepare(sql));
  SCRUTINEER_TRY(const bool found, row.step());
  return found ? row.text(0) : std::string();
}

Result<std::string> rolls_table(store::Sqlite& database) {
  std::string html =
      "<table><tr><th>Roll</th><th>Kind</th><th>As of</th><th>Rows</th><th>Standard columns read</th></tr>";
  SCRUTINEER_TRY(
      Statement rows,
      database.prepare(
          "SELECT r.name, r.kind, coalesce(r.as_of, ''), r.rows, (SELECT group_concat(column, ', ') FROM "
          "(SELECT DISTINCT column FROM roll_columns c WHERE c.roll = r.name ORDER BY column)) FROM rolls r "
          "ORDER "
          "BY r.number"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return html + "</table>";
    html += "<tr>";
    for (int column = 0; column < 5; ++column)
      html += "<td>" + html_escape(printable(rows.text(column))) + "</td>";
    html += "</tr>";
  }
}

Result<std::string> figures_table(store::Sqlite& database) {
  const std::pair<const char*, const char*> figures[] = {
      {"Members on the roll", "SELECT count(*) FROM members"},
      {"Members named by at least one listed finding",
       "SELECT count(*) FROM member_details WHERE findings > 0"},
      {"Findings listed", "SELECT count(*) FROM findings WHERE listed = 1"},
      {"Of the rows of listed findings, expected to be innocent",
       "SELECT printf('%.1f', coalesce(sum(expected_innocent), 0)) FROM findings WHERE listed = 1"},
      {"Looks at personal data so far", "SELECT count(*) FROM ledger WHERE kind = 'look'"},
      {"Exports so far", "SELECT count(*) FROM ledger WHERE kind = 'export'"},
      {"People who have looked or decided",
       "SELECT count(DISTINCT actor) FROM ledger WHERE kind IN ('look', 'decision')"},
      {"Decisions so far",
       "SELECT count(*) FROM decisions WHERE decision NOT IN ('heard', 'offered', 'retention', 'undone')"},
      {"Replies heard or offered", "SELECT count(*) FROM decisions WHERE decision IN ('heard', 'offered')"}};
  std::string html = "<table>";
  for (const auto& [name, sql] : figures) {
    SCRUTINEER_TRY(const std::string value, one(database, sql));
    html += fmt::format("<tr><th>{}</th><td>{}</td></tr>", name, html_escape(value));
  }
  return html + "</table>";
}

}  // namespace

Result<std::string> impact_assessment_html(store::Sqlite& database) {
  SCRUTINEER_TRY(const std::string title,
                 one(database, "SELECT value FROM settings WHERE name = 'inquiry.title'"));
  SCRUTINEER_TRY(const std::string rolls, rolls_table(database));
  SCRUTINEER_TRY(const std::string figures, figures_table(database));
  SCRUTINEER_TRY(
      std::string until,
      one(database, "SELECT cause FROM decisions WHERE decision = 'retention' ORDER BY number DESC LIMIT 1"));
  if (until.empty()) until = "no date of erasure has been set: set one before anybody is questioned";
  SCRUTINEER_TRY(const std::string impact,
                 one(database, "SELECT sentence FROM conclusions WHERE kind = 'impact'"));
  const std::string risks =
      "<table><tr><th>Risk</th><th>What the program does</th><th>Left over</th></tr>"
      "<tr><td>An entitled person is challenged wrongly</td><td>Each list says how many of its rows are "
      "expected to be innocent; "
      "each finding prints its innocent explanations; nothing is upheld without a reply offered and two "
      "people; nothing is "
      "removed from a roll by the program.</td><td>" +
      fill("How many wrongly questioned people are acceptable, and how are they told?") +
      "</td></tr>"
      "<tr><td>People of some origin are questioned more often</td><td>Names are read by the matcher alone; "
      "no signal takes a name, "
      "its origin or its spelling.</td><td>" +
      fill("Who checks the rates by class of name, and when?") +
      "</td></tr>"
      "<tr><td>Data leaves the inquiry</td><td>The app answers on this machine alone; analysts see handles; "
      "exports are redacted unless "
      "the panel says otherwise, and each is in the ledger.</td><td>" +
      fill("Where are the case folder and its copies kept, on what disk encryption?") +
      "</td></tr>"
      "<tr><td>The record is altered</td><td>The ledger is chained and signed; anybody can check "
      "it.</td><td>" +
      fill("With whom is the head of the ledger noted each day?") + "</td></tr></table>";
  return fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><meta "
      "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"><title>Impact assessment: {0}"
      "</title><style>{1}</style></head><body><h1>Data protection impact "
      "assessment</h1><p><strong>{0}</strong></p><p>Facts are filled from "
      "the case; shaded places are for the controller. A template, not legal advice.</p>"
      "<h2>1. Why</h2><p>Audit of the list of people entitled to vote, and whether what is wrong with it "
      "could have changed the result. "
      "So far: {2}</p>{3}"
      "<h2>2. Which data, from where</h2>{4}<p>Membership of a party or union is special category data "
      "(article 9).</p>{5}"
      "<h2>3. Lawful basis</h2>{6}{7}"
      "<h2>4. How much</h2>{8}"
      "<h2>5. Need and proportion</h2>{9}"
      "<h2>6. Risks to people, and what is done</h2>{10}"
      "<h2>7. Rights</h2><p>Access: <code>scrutineer explain</code> prints all that is held of a member, "
      "every finding with its reason, "
      "who looked and what was decided. Correction: a decision of this name, at the member's request. "
      "Objection and notice:</p>{11}<p>No "
      "decision about a person is taken by the program alone.</p>"
      "<h2>8. How long</h2><p>Erasure of what was not upheld: {12}. It is done by <code>scrutineer "
      "erase</code>; the ledger holds "
      "afterwards.</p>{13}"
      "<h2>9. Signed</h2>{14}</body></html>\n",
      html_escape(printable(title)), page_style, html_escape(printable(impact)),
      fill("Who commissioned the inquiry, and what will be done with its result?"), rolls,
      fill("How was each roll obtained, by whom, under which permission? (Full register: only for permitted "
           "purposes.)"),
      fill("Article 6: which basis, and the balancing test if it is legitimate interests"),
      fill(
          "Article 9(2) and DPA 2018 schedule 1: which condition; where is the appropriate policy document?"),
      figures, fill("Why could fewer data, a sample or pseudonyms alone not do?"), risks,
      fill("How are members told (notice, doorstep leaflet), and to whom do they object?"),
      html_escape(until), fill("Which appeal window must pass first; what happens to inputs and copies?"),
      fill("Controller, data protection officer, date, next review"));
}

}  // namespace scrutineer::inquiry
