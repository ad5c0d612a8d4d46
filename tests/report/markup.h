// A reader of markup that is strict enough to prove a report well-formed and small enough to be trusted: it
// accepts the XHTML-compatible subset that report/html.h writes and says where anything else begins.
#ifndef SCRUTINEER_TESTS_REPORT_MARKUP_H_
#define SCRUTINEER_TESTS_REPORT_MARKUP_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace scrutineer::report_test {

struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;  // entities resolved
  std::string parent;
};

struct Markup {
  std::string problem;  // empty if well-formed
  std::vector<Element> elements;
  std::string text;  // of all elements but style, entities resolved
  std::string style;
};

Markup read_markup(std::string_view document);

}  // namespace scrutineer::report_test

#endif  // SCRUTINEER_TESTS_REPORT_MARKUP_H_
