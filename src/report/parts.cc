#include "report/parts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/numbers.h"

namespace scrutineer::report {

namespace {

void description_list(Html& html, const char* style, const Values& of) {
  if (of.empty()) return;
  html.element("dl", {{"class", style}}, [&] {
    for (const auto& [name, value] : of) {
      html.element("div", [&] {
        html.leaf("dt", name);
        html.leaf("dd", value);
      });
    }
  });
}

}  // namespace

void values(Html& html, const Values& of) {
  description_list(html, "values", of);
}

void statements(Html& html, const Values& of) {
  description_list(html, "statements", of);
}

void bullets(Html& html, const std::vector<std::string>& items) {
  if (items.empty()) return;
  html.element("ul", [&] {
    for (const std::string& item : items) html.leaf("li", item);
  });
}

void paragraph(Html& html, std::string_view text) {
  html.leaf("p", text);
}

void remark(Html& html, std::string_view text) {
  html.leaf("p", {{"class", "remark"}}, text);
}

void left_out(Html& html, std::size_t number, std::string_view where) {
  if (number == 0) return;
  remark(html, fmt::format("{} more {} left out here; all are in {}.",
                           count(static_cast<std::uint64_t>(number)), number == 1 ? "is" : "are", where));
}

std::string enumerated(const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? " and " : ", ";
    out += items[i];
  }
  return out;
}

std::string as_title(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

std::string as_sentence(std::string text) {
  text = as_title(std::string(trimmed(text)));
  if (text.empty()) return text;
  if (std::string_view(".!?:").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string as_sentences(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) {
    if (!out.empty()) out += ' ';
    out += as_sentence(item);
  }
  return out;
}

}  // namespace scrutineer::report
