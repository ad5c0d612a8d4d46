// report.html: the frame, the order of the sections and the content security policy.
#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "base/digest.h"
#include "report/facts.h"
#include "report/html.h"
#include "report/parts.h"
#include "report/report.h"
#include "report/sections.h"
#include "report/style.h"

namespace scrutineer::report {
namespace {

struct Section {
  const char* id;
  const char* title;
  void (*write)(Html& html, const Facts& facts);
};

constexpr std::array<Section, 13> sections = {{
    {"answers", "The six answers", write_answers},
    {"verdict", "Verdict", write_verdict},
    {"impact", "Impact on the result", write_impact},
    {"pictures", "Pictures", write_pictures},
    {"members", "Register status and eligibility", write_members},
    {"findings", "Findings", write_findings},
    {"silent", "What was looked for and not found", write_silent_signals},
    {"rolls", "The files, and how well they could be read", write_rolls},
    {"linkage", "How members were found on the register", write_linkage},
    {"methods", "Methods and limits", write_methods},
    {"digests", "Input files and their digests", write_digests},
    {"checks", "How to check this report", write_checks},
    {"glossary", "Glossary", write_glossary},
}};

unsigned nibble(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

// Base64 (RFC 4648) of the bytes that an even number of hexadecimal digits stand for.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  // Six digits are three bytes are four letters.
  for (std::size_t at = 0; at < hex.size(); at += 6) {
    const std::string_view part = hex.substr(at, 6);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 6; ++i) bits = bits << 4U | (i < part.size() ? nibble(part[i]) : 0U);
    const std::size_t letters = part.size() / 2 + 1;
    for (std::size_t i = 0; i < 4; ++i) out += i < letters ? alphabet[bits >> (18 - 6 * i) & 63U] : '=';
  }
  return out;
}

void write_head(Html& html, const inquiry::Outcome& outcome) {
  const std::string sheet = style_sheet(outcome.title);
  html.element("head", [&] {
    html.empty("meta", {{"charset", "utf-8"}});
    html.empty("meta",
               {{"http-equiv", "Content-Security-Policy"},
                {"content",
                 fmt::format("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                             base64_of_hex(sha256_hex(sheet)))}});
    html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
    html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
    html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.empty("meta", {{"name", "generator"}, {"content", "Scrutineer " + outcome.program_version}});
    html.leaf("title", shortened(outcome.title.empty() ? "Report of an inquiry" : outcome.title, 120));
    html.style_sheet(sheet);
  });
}

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
    write_head(html, outcome);
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
