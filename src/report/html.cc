#include "report/html.h"

#include <fmt/format.h>

#include "base/text.h"

namespace scrutineer::report {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The length of the well-formed character at the start of a text that is not empty, 0 if there is none.
std::size_t character_length(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (is_valid_utf8(text.substr(0, length))) return length;
  }
  return 0;
}

}  // namespace

Html& Html::text(std::string_view anything) {
  out_ += html_escape(printable(anything, text_limit));
  return *this;
}

Html& Html::leaf(Name tag, Attributes attributes, std::string_view anything) {
  start(tag, attributes);
  out_ += '>';
  text(anything);
  out_ += "</";
  out_ += tag.text();
  out_ += '>';
  return *this;
}

Html& Html::empty(Name tag, Attributes attributes) {
  start(tag, attributes);
  out_ += "/>";
  return *this;
}

Html& Html::style_sheet(std::string_view sheet) {
  out_ += "<style>";
  out_ += sheet;
  out_ += "</style>\n";
  return *this;
}

void Html::start(Name tag, Attributes attributes) {
  out_ += '<';
  out_ += tag.text();
  for (const Attribute& attribute : attributes) {
    out_ += ' ';
    out_ += attribute.name.text();
    out_ += "=\"";
    out_ += html_escape(printable(attribute.value, text_limit));
    out_ += '"';
  }
}

void Html::open(Name tag, Attributes attributes) {
  start(tag, attributes);
  out_ += '>';
}

void Html::close(Name tag) {
  out_ += "</";
  out_ += tag.text();
  out_ += ">\n";
}

std::string css_string(std::string_view anything, std::size_t limit) {
  const std::string shown = printable(shortened(anything, limit));
  std::string quoted = "\"";
  for (std::string_view rest = shown; !rest.empty();) {
    const std::size_t length = character_length(rest);  // not 0: printable() is well-formed
    const auto lead = static_cast<unsigned char>(rest[0]);
    std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
      code = code << 6U | (static_cast<unsigned char>(rest[i]) & 0x3FU);
    const bool plain = code == ' ' || (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
                       (code >= 'a' && code <= 'z');
    quoted += plain ? std::string(rest.substr(0, 1)) : fmt::format("\\{:06X} ", code);
    rest.remove_prefix(length);
  }
  return quoted + "\"";
}

std::string well_formed(std::string_view anything) {
  if (is_valid_utf8(anything)) return std::string(anything);
  std::string mended;
  while (!anything.empty()) {
    const std::size_t length = character_length(anything);
    mended += length == 0 ? std::string_view("\xEF\xBF\xBD") : anything.substr(0, length);
    anything.remove_prefix(length == 0 ? 1 : length);
  }
  return mended;
}

std::string shortened(std::string_view anything, std::size_t limit) {
  if (anything.size() <= limit) return std::string(anything);
  std::size_t end = limit;
  while (end > 0 && continues_character(anything[end])) --end;
  return std::string(anything.substr(0, end)) + "...";
}

}  // namespace scrutineer::report
