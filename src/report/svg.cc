#include "report/svg.h"

#include <fmt/format.h>

namespace scrutineer::report {

std::string coordinate(double value) {
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

double width_of(std::string_view text) {
  double width = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) width += 6.8;
  }
  return width;
}

void Svg::box(double x, double y, double width, double height, std::string_view style,
              std::string_view hover) {
  const auto attributes = {Attribute{"x", coordinate(x)}, Attribute{"y", coordinate(y)},
                           Attribute{"width", coordinate(width)}, Attribute{"height", coordinate(height)},
                           Attribute{"class", std::string(style)}};
  if (hover.empty()) {
    html_.empty("rect", attributes);
  } else {
    html_.element("rect", attributes, [&] { html_.leaf("title", hover); });
  }
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view style) {
  html_.empty("line", {{"x1", coordinate(x1)},
                       {"y1", coordinate(y1)},
                       {"x2", coordinate(x2)},
                       {"y2", coordinate(y2)},
                       {"class", std::string(style)}});
}

void Svg::ribbon(double x1, double x2, double width, double top, double height, std::string_view style,
                 std::string_view hover) {
  const std::string middle = coordinate(top + height / 2);
  const std::string bottom = coordinate(top + height);
  const std::string path = fmt::format(
      "M{} {}C{} {} {} {} {} {}H{}C{} {} {} {} {} {}Z", coordinate(x1), coordinate(top), coordinate(x1),
      middle, coordinate(x2), middle, coordinate(x2), bottom, coordinate(x2 + width), coordinate(x2 + width),
      middle, coordinate(x1 + width), middle, coordinate(x1 + width), coordinate(top));
  html_.element("path", {{"d", path}, {"class", std::string(style)}}, [&] { html_.leaf("title", hover); });
}

void Svg::words(double x, double y, std::string_view text, std::string_view style) {
  html_.leaf("text", {{"x", coordinate(x)}, {"y", coordinate(y)}, {"class", std::string(style)}}, text);
}

}  // namespace scrutineer::report
