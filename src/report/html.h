// A writer of XHTML-compatible HTML in which data cannot become markup: names of elements and attributes are
// string literals checked while compiling, everything else is escaped on its way in, and elements are opened
// and closed by scope, so that the result is balanced by construction.
#ifndef SCRUTINEER_REPORT_HTML_H_
#define SCRUTINEER_REPORT_HTML_H_

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace scrutineer::report {

// The name of an element or attribute. Only a literal of letters, digits, '-' and ':' compiles.
class Name {
 public:
  consteval Name(const char* literal)
      : text_(literal) {  // NOLINT(google-explicit-constructor): made for literals
    if (text_.empty()) throw "an empty name";
    for (const char c : text_) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != ':')
        throw "not a name of an element or attribute";
    }
  }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

struct Attribute {
  Name name;
  std::string value;
};
using Attributes = std::initializer_list<Attribute>;

class Html {
 public:
  // Text that may come from anywhere: control characters, bidirectional controls and ill-formed bytes are
  // shown as escapes, and what is longer than `text_limit` bytes is cut with "...".
  Html& text(std::string_view anything);

  // <tag ...>text</tag>
  Html& leaf(Name tag, std::string_view anything) { return leaf(tag, {}, anything); }
  Html& leaf(Name tag, Attributes attributes, std::string_view anything);

  // <tag ... />: an element without content (meta, br, rect).
  Html& empty(Name tag, Attributes attributes = {});

  // <tag ...> what `inside` writes to this same Html </tag>, each on lines of their own.
  template <std::invocable Inside>
  Html& element(Name tag, Inside inside) {
    return element(tag, {}, inside);
  }
  template <std::invocable Inside>
  Html& element(Name tag, Attributes attributes, Inside inside) {
    open(tag, attributes);
    inside();
    close(tag);
    return *this;
  }

  // <style>: the sheet goes in as it is, so it must not come from data except through css_string.
  Html& style_sheet(std::string_view sheet);

  // Everything so far after the document type line.
  [[nodiscard]] std::string document() const { return "<!DOCTYPE html>\n" + out_ + "\n"; }
  [[nodiscard]] const std::string& fragment() const { return out_; }

  static constexpr std::size_t text_limit = 4096;

 private:
  void open(Name tag, Attributes attributes);
  void close(Name tag);
  void start(Name tag, Attributes attributes);

  std::string out_;
};

// Any text as a CSS string in double quotes in which every character but letters, digits and spaces is a
// numeric escape; cut to `limit` bytes.
std::string css_string(std::string_view anything, std::size_t limit);

// Ill-formed sequences replaced by U+FFFD, one for each byte that belongs to no character; the rest
// unchanged.
std::string well_formed(std::string_view anything);

// The first `limit` bytes, to the last whole character, with "..." in place of the rest.
std::string shortened(std::string_view anything, std::size_t limit);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_HTML_H_
