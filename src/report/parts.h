// Pieces of a page that every section is made of.
#ifndef SCRUTINEER_REPORT_PARTS_H_
#define SCRUTINEER_REPORT_PARTS_H_

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/html.h"

namespace scrutineer::report {

// A landmark with its heading: <section aria-labelledby> <h2>.
template <std::invocable Inside>
void section(Html& html, const std::string& id, std::string_view title, Inside inside) {
  html.element("section", {{"id", id}, {"aria-labelledby", id + "-title"}}, [&] {
    html.leaf("h2", {{"id", id + "-title"}}, title);
    inside();
  });
}

// Folded on a screen, unfolded in print (style.cc).
template <std::invocable Inside>
void folded(Html& html, std::string_view summary, Inside inside) {
  html.element("details", [&] {
    html.leaf("summary", summary);
    html.element("div", {{"class", "unfolded"}}, inside);
  });
}

// What stands behind a statement: names and values, as a description list.
using Values = std::vector<std::pair<std::string, std::string>>;
void values(Html& html, const Values& of);
// The same where the values are sentences: each below its name.
void statements(Html& html, const Values& of);

void bullets(Html& html, const std::vector<std::string>& items);
void paragraph(Html& html, std::string_view text);
// Smaller and quieter: how to read what stands above.
void remark(Html& html, std::string_view text);

// "37 more are left out here; all of them are in findings.json." Nothing if none were left out.
void left_out(Html& html, std::size_t number, std::string_view where);

// "a", "a and b", "a, b and c".
std::string enumerated(const std::vector<std::string>& items);

// With an upper-case first letter (ASCII).
std::string as_title(std::string text);
// That, and a full stop unless it ends in one.
std::string as_sentence(std::string text);
std::string as_sentences(const std::vector<std::string>& items);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_PARTS_H_
