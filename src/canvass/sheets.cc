#include "canvass/sheets.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "canvass/outcome_file.h"
#include "canvass/outcome_row.h"

namespace scrutineer::canvass {
namespace {

constexpr std::size_t members_a_page = 4;

constexpr std::string_view style = R"css(
@page { size: A4; margin: 11mm; }
* { box-sizing: border-box; }
body { margin: 0; font: 10.5pt/1.3 "Noto Sans", "DejaVu Sans", Arial, "Noto Sans Arabic",
  "Noto Sans CJK SC", "Droid Sans Fallback", sans-serif; color: #000; background: #fff; }
.page { height: 274mm; overflow: hidden; display: flex; flex-direction: column; break-after: page; padding: 0; }
.page:last-child { break-after: auto; }
@media screen { .page { width: 188mm; margin: 8mm auto; outline: 1px solid #999; } }
header { display: flex; justify-content: space-between; border-bottom: 1.5pt solid #000; padding-bottom: 1mm;
  gap: 4mm; font-size: 9pt; }
header span:first-child { overflow-wrap: anywhere; }
header span:last-child { white-space: nowrap; }
h1 { font-size: 15pt; margin: 2mm 0 1mm; overflow-wrap: anywhere; line-height: 1.15; }
h1.long { font-size: 11pt; }
h1.longer { font-size: 8pt; }
p { margin: 1mm 0; }
.say { font-style: italic; }
:lang(ar) .say, :lang(zh) .say { font-style: normal; border-inline-start: 2pt solid #444; padding-inline-start: 2mm; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 1mm 0; }
td, th { border: .6pt solid #444; padding: .6mm 1mm; vertical-align: top; text-align: start; font-weight: normal;
  overflow-wrap: anywhere; }
th { font-size: 8pt; background: #eee; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.members td { font-size: 9.5pt; }
.members td.long { font-size: 7.5pt; line-height: 1.15; }
.box { display: inline-block; width: 3.2mm; height: 3.2mm; border: .8pt solid #000; margin-inline-end: 1mm;
  vertical-align: -0.4mm; }
.choice { display: inline-block; margin-inline-end: 2mm; white-space: nowrap; font-size: 8pt; }
.calls td { height: 6.4mm; font-size: 8.5pt; }
ol { margin: 1mm 0 0; padding: 0; list-style: none; flex: 1; display: flex; flex-direction: column; min-height: 0; }
li { flex: 1; display: flex; flex-direction: column; min-height: 8mm; }
li b { font-weight: 600; font-size: 9.5pt; }
li i { flex: 1; border-bottom: .5pt solid #888; min-height: 3mm; }
footer { font-size: 8pt; border-top: .6pt solid #444; padding-top: 1mm; margin-top: 1mm; }
.leaflet { padding: 8mm 10mm; font-size: 12pt; }
.leaflet h1 { font-size: 22pt; margin-bottom: 5mm; }
.leaflet h2 { font-size: 13pt; margin: 4mm 0 1mm; }
.leaflet.long h1 { font-size: 15pt; } .leaflet.long { font-size: 9.5pt; } .leaflet.long h2 { font-size: 10.5pt; margin: 2.5mm 0 .5mm; }
.leaflet p { overflow-wrap: anywhere; }
)css";

// Control and bidirectional characters shown, the rest escaped; each run of text isolated from the direction
// of its surroundings by <bdi>.
std::string shown(std::string_view text) {
  return "<bdi>" + html_escape(printable(text)) + "</bdi>";
}

// About how wide a text is in print, in Latin letters: what takes three bytes or more in UTF-8 is mostly
// ideographs, as wide as two.
std::size_t width(std::string_view text) {
  std::size_t letters = 0;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    if ((value & 0xC0U) != 0x80U) letters += value >= 0xE0U ? 2 : 1;
  }
  return letters;
}

std::string filled(std::string_view text, std::string_view name, std::string_view value) {
  std::string done;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(name)) {
      done += value;
      at += name.size();
    } else {
      done += text[at++];
    }
  }
  return done;
}

std::string with_head(std::string_view text, const Letterhead& head) {
  return filled(filled(html_escape(text), "{organisation}", shown(head.organisation)), "{contact}",
                shown(head.contact));
}

std::string_view label(const Interview& interview, std::string_view name) {
  const auto found = interview.labels.find(name);
  return found == interview.labels.end() ? std::string_view() : std::string_view(found->second);
}

std::uint64_t leading_number(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Up the odd side, down the even one; a house without a number stands before.
auto walk_key(const Contact& contact) {
  const std::uint64_t number = leading_number(contact.number);
  const bool even = number % 2 == 0 && number > 0;
  const auto along = static_cast<std::int64_t>(number);
  return std::tuple(contact.locality, contact.street, even, even ? -along : along, contact.number,
                    leading_number(contact.flat), contact.flat, contact.address, contact.household,
                    contact.id);
}

std::string members_table(const Sheet& sheet, const Interview& interview) {
  std::string text = fmt::format(
      "<table class=\"members\"><tr><th style=\"width:34%\">{}</th><th "
      "style=\"width:14%\">{}</th><th>{}</th></tr>",
      html_escape(label(interview, "member")), html_escape(label(interview, "number")),
      html_escape(label(interview, "outcome")));
  for (std::size_t i = 0; i < sheet.members.size(); ++i) {
    const Contact& member = sheet.members[i];
    text += fmt::format("<tr><td{}><b>{}</b> {}</td><td{}>{}</td><td>",
                        width(member.name) > 60 ? " class=\"long\"" : "", static_cast<char>('A' + i),
                        shown(member.name), width(member.id) > 14 ? " class=\"long\"" : "", shown(member.id));
    for (const std::string& outcome : interview.outcomes)
      text +=
          fmt::format("<span class=\"choice\"><span class=\"box\"></span>{}</span> ", html_escape(outcome));
    text += "</td></tr>";
  }
  return text + "</table>\n";
}

std::string calls_table(const Interview& interview) {
  std::string text = fmt::format(
      "<table class=\"calls\"><tr><th style=\"width:9%\">{}</th><th style=\"width:16%\">{}</th><th "
      "style=\"width:12%\">{}</th><th style=\"width:30%\">{}</th><th>{}</th></tr>",
      html_escape(label(interview, "call")), html_escape(label(interview, "day")),
      html_escape(label(interview, "time")), html_escape(label(interview, "interviewers")),
      html_escape(label(interview, "outcome")));
  for (int call = 1; call <= 3; ++call)
    text += fmt::format("<tr><td>{}</td><td></td><td></td><td></td><td></td></tr>", call);
  return text + "</table>\n";
}

std::string questions_list(const Sheet& sheet, const Interview& interview) {
  std::string letters;
  if (sheet.members.size() == 1) {
    const std::string& name = sheet.members[0].name;
    // A very long name stands once in the table; in the questions its letter does.
    letters = width(name) > 40 ? std::string("<b>A</b>") : shown(name);
  } else {
    for (std::size_t i = 0; i < sheet.members.size(); ++i)
      letters += fmt::format("{}{}", i == 0 ? "" : " / ", static_cast<char>('A' + i));
  }
  std::string text = "<ol>\n";
  for (std::size_t i = 0; i < interview.questions.size(); ++i) {
    text += fmt::format("<li><b>{}. {}</b><i></i></li>\n", i + 1,
                        filled(html_escape(interview.questions[i]), "{member}", letters));
  }
  return text + "</ol>\n";
}

std::string page(const Sheet& sheet, std::size_t number, std::size_t count, const Interview& interview,
                 const Letterhead& head) {
  const Contact& first = sheet.members.front();
  const std::string address =
      first.address + (first.postcode.empty() ? "" : (first.address.empty() ? "" : ", ") + first.postcode);
  const std::string_view fit = width(address) > 240  ? " class=\"longer\""
                               : width(address) > 90 ? " class=\"long\""
                                                     : "";
  const std::string part = sheet.parts > 1 ? fmt::format(" ({} {} {})", sheet.part,
                                                         html_escape(label(interview, "of")), sheet.parts)
                                           : "";
  return fmt::format(
             "<section class=\"page\" lang=\"{}\" dir=\"{}\">\n<header><span>{}</span><span>{} {} {} "
             "{}</span></header>\n"
             "<h1{}>{}{}</h1>\n<p>{}</p>\n<p class=\"say\">{}</p>\n",
             html_escape(interview.language), interview.right_to_left ? "rtl" : "ltr", shown(head.title),
             html_escape(label(interview, "sheet")), number, html_escape(label(interview, "of")), count, fit,
             shown(address), part, html_escape(label(interview, "instruction")),
             with_head(interview.introduction, head)) +
         members_table(sheet, interview) + calls_table(interview) + questions_list(sheet, interview) +
         fmt::format(
             "<footer>{} &nbsp; <b>{}</b> ______________ &nbsp; {}: ______________________________</footer>\n"
             "</section>\n",
             html_escape(interview.consent), html_escape(label(interview, "language")),
             html_escape(label(interview, "speaker")));
}

std::string document(std::string_view title, std::string_view language, const std::string& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" "
      "content=\"width=device-width\"/><title>{}</title><style>{}</style></head>\n<body>\n{}</body></html>\n",
      html_escape(language), html_escape(printable(title, 300)), style, body);
}

}  // namespace

std::vector<Sheet> sheets_of(std::vector<Contact> contacts) {
  std::sort(contacts.begin(), contacts.end(),
            [](const Contact& a, const Contact& b) { return walk_key(a) < walk_key(b); });
  std::vector<Sheet> sheets;
  for (std::size_t begin = 0; begin < contacts.size();) {
    std::size_t end = begin + 1;
    const auto same = [&](const Contact& a, const Contact& b) {
      return !a.household.empty() && a.household == b.household;
    };
    while (end < contacts.size() && same(contacts[begin], contacts[end])) ++end;
    const auto parts = static_cast<unsigned>((end - begin + members_a_page - 1) / members_a_page);
    for (unsigned part = 1; part <= parts; ++part) {
      const std::size_t from = begin + (part - 1) * members_a_page;
      const std::size_t to = std::min(end, from + members_a_page);
      sheets.push_back({{contacts.begin() + static_cast<std::ptrdiff_t>(from),
                         contacts.begin() + static_cast<std::ptrdiff_t>(to)},
                        part,
                        parts});
    }
    begin = end;
  }
  return sheets;
}

std::string sheets_html(std::span<const Sheet> sheets, std::span<const Interview> interviews,
                        const Letterhead& head) {
  std::string body;
  for (std::size_t i = 0; i < sheets.size(); ++i)
    for (const Interview& interview : interviews)
      body += page(sheets[i], i + 1, sheets.size(), interview, head);
  return document(head.title, interviews.empty() ? "en" : interviews.front().language, body);
}

std::string leaflet_html(std::span<const Interview> interviews, const Letterhead& head) {
  const bool is_long = width(head.organisation) + 2 * width(head.contact) > 400;
  std::string body;
  for (const Interview& interview : interviews) {
    body += fmt::format("<section class=\"page leaflet{}\" lang=\"{}\" dir=\"{}\">\n<h1>{}</h1>\n",
                        is_long ? " long" : "", html_escape(interview.language),
                        interview.right_to_left ? "rtl" : "ltr", html_escape(interview.leaflet_title));
    for (const auto& [heading, text] : interview.leaflet)
      body += fmt::format("<h2>{}</h2>\n<p>{}</p>\n", html_escape(heading), with_head(text, head));
    body += "</section>\n";
  }
  return document(head.title, interviews.empty() ? "en" : interviews.front().language, body);
}

std::string phone_csv(std::span<const Sheet> sheets) {
  const std::string header = outcome_form_header();
  std::string text = "sheet,name,address,postcode," + header;
  const auto empty = static_cast<std::size_t>(std::count(header.begin(), header.end(), ','));
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    for (const Contact& member : sheets[i].members) {
      text += fmt::format("{},{},{},{},{}{}\n", i + 1, csv_field(member.name), csv_field(member.address),
                          csv_field(member.postcode), csv_field(member.id), std::string(empty, ','));
    }
  }
  return text;
}

}  // namespace scrutineer::canvass
