// exhibits.html: for each finding of tier A that was listed, and each statement made at the door, a page that
// a panel can read alone.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "inquiry/quoted_rows.h"
#include "report/facts.h"
#include "report/html.h"
#include "report/numbers.h"
#include "report/parts.h"
#include "report/policy.h"
#include "report/report.h"
#include "report/table.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

constexpr std::size_t most_rows = 400;  // quoted on one page of a finding
constexpr std::size_t most_listed_ids = 400;
constexpr std::size_t most_columns = 7;  // of rows set as the lines of one table

constexpr std::string_view sheet = R"(
:root { color-scheme: light; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
a { color: inherit; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; } h2 { font-size: 1.3rem; margin: 0 0 .3rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
article { border-top: 2px solid #111; margin-top: 2.5rem; padding-top: .8rem; }
.running { font-size: .85rem; color: #444; margin: 0 0 .8rem; }
.said { font-size: 1.05rem; border-left: 4px solid #111; padding-left: .8rem; }
dl { margin: .5rem 0; }
dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; margin: .15rem 0; }
dt { color: #444; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .3rem 0 .8rem; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { border: 1px solid #888; padding: .2rem .4rem; text-align: left; vertical-align: top; }
th { font-weight: normal; color: #444; width: 32%; }
.blank td { height: 2.2rem; } .explanations th { width: 52%; }
.wide { overflow-x: auto; }
.lines { font-size: .82rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.lines th { width: auto; } .lines thead th { font-weight: bold; vertical-align: bottom; }
.remark { font-size: .9rem; color: #444; }
@media (max-width: 34rem) { dl > div { display: block; margin: .4rem 0; } }
@page { margin: 18mm 16mm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; }
  article { break-before: page; border-top: none; margin-top: 0; padding-top: 0; }
  table, .said { break-inside: avoid; } h3, caption { break-after: avoid; }
  .wide { overflow: visible; } .lines { break-inside: auto; overflow-wrap: anywhere; } .lines tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
)";

using Numbers = std::map<std::string, const inquiry::RollSummary*>;

std::string as_of(const Numbers& rolls, const std::string& roll) {
  const auto found = rolls.find(roll);
  if (found == rolls.end()) return {};
  std::string text = found->second->file;
  if (found->second->as_of) text += ", as of " + date(found->second->as_of);
  return text;
}

// The cited rows of one roll that are quoted, in order.
struct QuotedRoll {
  std::string roll;
  std::vector<std::pair<std::uint64_t, const inquiry::QuotedRow*>> rows;  // by line
};

// Headings of these rows, each once, in the order in which they are first met.
std::vector<std::string> headings_of(const QuotedRoll& quoted) {
  std::vector<std::string> headings;
  for (const auto& [line, row] : quoted.rows) {
    for (const auto& [header, text] : *row) {
      if (std::find(headings.begin(), headings.end(), header) == headings.end()) headings.push_back(header);
    }
  }
  return headings;
}

// Rows of few columns are one table, a line each: they can be compared.
void write_lines(Html& html, const QuotedRoll& quoted, const std::vector<std::string>& headings,
                 const std::string& file) {
  html.element("div", {{"class", "wide"}}, [&] {
    html.element("table", {{"class", "lines"}}, [&] {
      html.leaf("caption", shortened(quoted.roll, 60) + (file.empty() ? "" : " (" + file + ")"));
      html.element("thead", [&] {
        html.element("tr", [&] {
          html.leaf("th", {{"scope", "col"}}, "Line");
          for (const std::string& heading : headings)
            html.leaf("th", {{"scope", "col"}}, shortened(heading, 80));
        });
      });
      html.element("tbody", [&] {
        for (const auto& [line, row] : quoted.rows) {
          html.element("tr", [&] {
            html.leaf("th", {{"scope", "row"}}, count(line));
            for (const std::string& heading : headings) {
              const auto cell = std::find_if(row->begin(), row->end(),
                                             [&](const auto& one) { return one.first == heading; });
              html.leaf("td", cell == row->end() ? "" : shortened(cell->second, 400));
            }
          });
        }
      });
    });
  });
}

// Rows of many columns are a table each.
void write_row(Html& html, const std::string& roll, std::uint64_t line, const inquiry::QuotedRow& row,
               const std::string& file) {
  html.element("table", [&] {
    html.leaf("caption", fmt::format("{}, line {}{}", shortened(roll, 60), count(line),
                                     file.empty() ? "" : " (" + file + ")"));
    html.element("tbody", [&] {
      for (const auto& [header, text] : row) {
        html.element("tr", [&] {
          html.leaf("th", {{"scope", "row"}}, shortened(header, 80));
          html.leaf("td", shortened(text, 400));
        });
      }
    });
  });
}

void write_rows(Html& html, const Facts& facts, const signals::Finding& finding, const Numbers& rolls) {
  html.leaf("h3", "The rows as they stood");
  remark(html,
         "Quoted from the files under their own column headings; empty cells and columns that the audit does "
         "not use are left out. The files' digests are in report.html.");
  std::size_t shown = 0;
  std::size_t absent = 0;
  std::vector<QuotedRoll> quoted;
  for (const signals::Exhibit& exhibit : finding.exhibits) {
    const auto row = facts.outcome.quoted.find(exhibit);
    if (row == facts.outcome.quoted.end()) {
      ++absent;
    } else if (++shown <= most_rows) {
      if (quoted.empty() || quoted.back().roll != exhibit.roll) quoted.push_back({exhibit.roll, {}});
      quoted.back().rows.emplace_back(exhibit.line, &row->second);
    }
  }
  for (const QuotedRoll& roll : quoted) {
    const std::string file = as_of(rolls, roll.roll);
    const std::vector<std::string> headings = headings_of(roll);
    if (roll.rows.size() > 1 && headings.size() <= most_columns) {
      write_lines(html, roll, headings, file);
    } else {
      for (const auto& [line, row] : roll.rows) write_row(html, roll.roll, line, *row, file);
    }
  }
  if (shown > most_rows) left_out(html, shown - most_rows, "findings.json, by roll and line");
  if (absent > 0) {
    paragraph(html, fmt::format("{} not quoted here; roll and line stand in findings.json.",
                                absent == 1 ? "1 further row is"
                                            : fmt::format("{} further rows are",
                                                          count(static_cast<std::uint64_t>(absent)))));
  }
}

void write_explanations(Html& html, const signals::Finding& finding) {
  html.leaf("h3", "What would change it");
  paragraph(html,
            "Each innocent explanation below is open until somebody has asked. A document or statement that "
            "confirms one withdraws this finding.");
  html.element("table", {{"class", "explanations"}}, [&] {
    html.leaf("caption", "Innocent explanations");
    html.element("tbody", [&] {
      for (const std::string& explanation : finding.innocent) {
        html.element("tr", [&] {
          html.leaf("th", {{"scope", "row"}}, as_title(explanation));
          html.leaf("td", "□ confirmed  □ excluded  by, on:");
        });
      }
    });
  });
}

void write_reply(Html& html) {
  html.leaf("h3", "Right of reply");
  paragraph(
      html,
      "To be filled before any use of this page. The person concerned, and who paid, is asked first and "
      "in a language they read.");
  html.element("table", {{"class", "blank"}}, [&] {
    html.leaf("caption", "The reply");
    html.element("tbody", [&] {
      for (const char* line :
           {"Who was asked, by whom", "On, and how (letter, visit, telephone)", "Answer, in their own words",
            "Documents they gave", "Heard by (two names), on", "Decision of the panel, and why"}) {
        html.element("tr", [&] {
          html.leaf("th", {{"scope", "row"}}, line);
          html.leaf("td", " ");
        });
      }
    });
  });
}

void write_page(Html& html, const Facts& facts, const signals::SignalReport& report,
                const signals::Finding& finding, std::size_t number, std::size_t pages,
                const Numbers& rolls) {
  html.element("article", {{"id", fmt::format("exhibit-{}", number)}}, [&] {
    html.leaf("p", {{"class", "running"}},
              fmt::format("{} · exhibit {} of {} · for the panel alone", shortened(facts.outcome.title, 120),
                          number, pages));
    html.leaf("h2", fmt::format("{}: {} {}", report.title, finding.subject.kind,
                                shortened(finding.subject.key, 80)));
    html.leaf("p", {{"class", "said"}}, without_explanations(finding));
    Values numbers;
    if (finding.observed) numbers.emplace_back("Observed", quantity(*finding.observed));
    if (finding.expected) numbers.emplace_back("Expected under the null", quantity(*finding.expected));
    if (finding.p) numbers.emplace_back("p-value", probability(*finding.p));
    if (finding.e) numbers.emplace_back("e-value", quantity(*finding.e));
    numbers.emplace_back("How it was chosen",
                         finding.listed ? fmt::format("{} listed of {} tested alike (e-BH at 5 %)",
                                                      count(report.listed), count(report.tested))
                                        : "every visit with this answer has a page; none was selected");
    numbers.emplace_back("Null model", report.null_model);
    numbers.emplace_back("Expected innocent", fmt::format("{} of {}", quantity(finding.expected_innocent),
                                                          counted(finding.members.size(), "member")));
    numbers.emplace_back("Finding", finding.id);
    values(html, numbers);
    html.leaf("h3", "Members concerned, by id");
    std::string ids;
    for (std::size_t at = 0; at < std::min(most_listed_ids, finding.members.size()); ++at)
      ids += (at ? ", " : "") + shortened(finding.members[at], 40);
    paragraph(html, ids.empty() ? "None." : ids);
    write_explanations(html, finding);
    write_reply(html);
    html.leaf("h3", "Who may be told");
    paragraph(
        html,
        "The panel that decides, the person concerned (all of this page about themselves), and whoever "
        "advises either. Nobody else: the rows below are personal data and may show a political opinion. "
        "Visitors and those who run the canvass are not told, so that later visits stay even-handed.");
    write_rows(html, facts, finding, rolls);
  });
}

}  // namespace

namespace {

using Pages = std::vector<std::pair<const signals::SignalReport*, const signals::Finding*>>;

// The first sheet: which exhibit is where.
void write_index(Html& html, const Pages& pages) {
  if (pages.empty()) return;
  html.element("table", {{"class", "lines"}}, [&] {
    html.leaf("caption", "The exhibits");
    html.element("thead", [&] {
      html.element("tr", [&] {
        for (const char* heading : {"No.", "Finding", "About", "Members"})
          html.leaf("th", {{"scope", "col"}}, heading);
      });
    });
    html.element("tbody", [&] {
      for (std::size_t at = 0; at < pages.size(); ++at) {
        const auto& [report, finding] = pages[at];
        html.element("tr", [&] {
          html.element("th", {{"scope", "row"}}, [&] {
            html.leaf("a", {{"href", fmt::format("#exhibit-{}", at + 1)}}, std::to_string(at + 1));
          });
          html.leaf("td", report->title);
          html.leaf("td", fmt::format("{} {}", finding->subject.kind, shortened(finding->subject.key, 80)));
          html.leaf("td", count(static_cast<std::uint64_t>(finding->members.size())));
        });
      }
    });
  });
}

}  // namespace

std::string exhibits_html(const inquiry::Outcome& outcome) {
  const Facts facts(outcome);
  Numbers rolls;
  for (const inquiry::RollSummary& roll : outcome.rolls) rolls.emplace(roll.name, &roll);
  Pages pages;
  for (const signals::SignalReport& report : outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      if (inquiry::has_exhibit_page(finding)) pages.emplace_back(&report, &finding);
    }
  }
  Html html;
  html.element("html", {{"lang", "en-GB"}, {"xmlns", "http://www.w3.org/1999/xhtml"}}, [&] {
    html.element("head", [&] {
      html.empty("meta", {{"charset", "utf-8"}});
      html.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", style_policy(sheet)}});
      html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
      html.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
      html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
      html.leaf("title", "Exhibits: " + shortened(outcome.title, 120));
      html.style_sheet(sheet);
    });
    html.element("body", [&] {
      html.element("main", [&] {
        html.leaf("h1", "Exhibits");
        paragraph(html, shortened(outcome.title, 200));
        paragraph(
            html,
            pages.empty()
                ? "No finding of tier A was listed and nobody denied at the door: there is nothing to show."
                : fmt::format("{}, each on a page of its own: findings of tier A that were listed, and "
                              "statements made at the door. A page shows rows; it decides nothing about "
                              "anyone, and nobody on it has been heard yet.",
                              counted(pages.size(), "exhibit")));
        write_index(html, pages);
        for (std::size_t at = 0; at < pages.size(); ++at)
          write_page(html, facts, *pages[at].first, *pages[at].second, at + 1, pages.size(), rolls);
      });
    });
  });
  return html.document();
}

}  // namespace scrutineer::report
