// report.html: the frame and the order of the sections.
#include <fmt/format.h>

#include <array>

#include "report/facts.h"
#include "report/html.h"
#include "report/page_head.h"
#include "report/parts.h"
#include "report/report.h"
#include "report/sections.h"

namespace scrutineer::report {
namespace {

struct Section {
  const char* id;
  const char* title;
  void (*write)(Html& html, const Facts& facts);
};

constexpr std::array<Section, 16> sections = {{
    {"answers", "The six answers", write_answers},
    {"verdict", "Verdict", write_verdict},
    {"key-test", "Do the confirmed irregularities hang together?", write_key_test},
    {"order", "What was known when", write_chronology},
    {"impact", "Impact on the result", write_impact},
    {"pictures", "Pictures", write_pictures},
    {"members", "Register status and eligibility", write_members},
    {"findings", "Findings", write_findings},
    {"silent", "What was looked for and not found", write_silent_signals},
    {"rolls", "The files, and how well they could be read", write_rolls},
    {"linkage", "How members were found on the register", write_linkage},
    {"name-classes", "Whether the matching errs more on some names", write_name_classes},
    {"methods", "Methods and limits", write_methods},
    {"digests", "Input files and their digests", write_digests},
    {"checks", "How to check this report", write_checks},
    {"glossary", "Glossary", write_glossary},
}};

void write_contents(Html& html) {
  html.element("nav", {{"aria-label", "Contents"}, {"class", "contents"}}, [&] {
    // Folded where there is little room, always unfolded beside the text (style.cc).
    folded(html, "Contents", [&] {
      html.element("ol", [&] {
        for (const Section& one : sections) {
          html.element("li", [&] { html.leaf("a", {{"href", std::string("#") + one.id}}, one.title); });
        }
      });
    });
  });
}

}  // namespace

std::string report_html(const inquiry::Outcome& outcome) {
  const Facts facts(outcome);
  Html html;
  html.element("html", {{"lang", "en-GB"}, {"xmlns", "http://www.w3.org/1999/xhtml"}}, [&] {
    write_head(html, outcome.title.empty() ? "Report of an inquiry" : outcome.title, outcome.program_version);
    html.element("body", [&] {
      html.leaf("a", {{"href", "#answers"}, {"class", "skip"}}, "Skip to the six answers");
      html.element("div", {{"class", "page"}}, [&] {
        write_title_block(html, facts);
        write_contents(html);
        html.element("main", [&] {
          for (const Section& one : sections) {
            section(html, one.id, one.title, [&] { one.write(html, facts); });
          }
        });
        html.element("footer", [&] {
          remark(html, fmt::format(
                           "Made by Scrutineer {} from {} (SHA-256 {}). This report names nobody and decides "
                           "nothing about anyone.",
                           outcome.program_version,
                           outcome.inquiry_file.empty() ? "an inquiry file" : outcome.inquiry_file,
                           shortened(outcome.inquiry_sha256, 64)));
        });
      });
    });
  });
  return html.document();
}

}  // namespace scrutineer::report
