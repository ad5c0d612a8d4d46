#include "markup.h"

#include <array>
#include <utility>

namespace scrutineer::report_test {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view document) : rest_(document) {}

  Markup read() {
    if (!take("<!DOCTYPE html>\n")) return fail("no document type");
    while (!rest_.empty() && found_.problem.empty()) {
      if (take("</")) {
        read_end();
      } else if (take("<")) {
        read_start();
      } else {
        read_text();
      }
    }
    if (found_.problem.empty() && !open_.empty()) return fail("never closed: " + open_.back());
    return std::move(found_);
  }

 private:
  Markup fail(std::string what) {
    if (found_.problem.empty())
      found_.problem = std::move(what) + " before: " + std::string(rest_.substr(0, 80));
    return found_;
  }

  bool take(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  std::string take_name() {
    std::size_t end = 0;
    const auto in_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
             c == ':';
    };
    while (end < rest_.size() && in_name(rest_[end])) ++end;
    std::string name(rest_.substr(0, end));
    rest_.remove_prefix(end);
    if (name.empty()) fail("no name");
    return name;
  }

  // Text up to `stop`, which is left; refuses raw '<', '>' and '&' that begin no known entity.
  std::string take_text(char stop) {
    constexpr std::array<std::pair<std::string_view, char>, 6> entities = {
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&apos;", '\''}}};
    std::string text;
    while (!rest_.empty() && rest_[0] != stop) {
      if (rest_[0] == '&') {
        bool known = false;
        for (const auto& [entity, character] : entities) {
          if (!known && take(entity)) {
            text += character;
            known = true;
          }
        }
        if (!known) {
          fail("unknown entity");
          return text;
        }
        continue;
      }
      if (rest_[0] == '<' || rest_[0] == '>') {
        fail("raw angle bracket");
        return text;
      }
      text += rest_[0];
      rest_.remove_prefix(1);
    }
    return text;
  }

  void read_text() {
    if (!open_.empty() && open_.back() == "style") {
      const std::size_t end = rest_.find("</style>");
      found_.style += rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
      return;
    }
    const std::string text = take_text('<');
    if (open_.empty() && text.find_first_not_of('\n') != std::string::npos) fail("text outside the document");
    found_.text += text;
  }

  void read_start() {
    Element element;
    element.name = take_name();
    element.parent = open_.empty() ? "" : open_.back();
    while (found_.problem.empty() && take(" ")) {
      const std::string name = take_name();
      if (!take("=\"")) fail("attribute without quotes");
      if (!element.attributes.emplace(name, take_text('"')).second) fail("attribute given twice");
      if (!take("\"")) fail("attribute not closed");
    }
    const bool empty = take("/");
    if (!take(">")) fail("tag not closed");
    if (!empty) open_.push_back(element.name);
    found_.elements.push_back(std::move(element));
  }

  void read_end() {
    const std::string name = take_name();
    if (open_.empty() || open_.back() != name) {
      fail("closes " + name + " inside " + (open_.empty() ? "nothing" : open_.back()));
      return;
    }
    open_.pop_back();
    found_.text += ' ';
    if (!take(">")) fail("end tag not closed");
  }

  std::string_view rest_;
  std::vector<std::string> open_;
  Markup found_;
};

}  // namespace

Markup read_markup(std::string_view document) {
  return Reader(document).read();
}

}  // namespace scrutineer::report_test
