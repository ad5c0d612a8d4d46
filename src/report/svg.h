// Drawing with rectangles, lines and words into an inline SVG that a screen reader can name. Colours are
// classes of the style sheet, so that one picture serves light, dark and print.
#ifndef SCRUTINEER_REPORT_SVG_H_
#define SCRUTINEER_REPORT_SVG_H_

#include <concepts>
#include <string>
#include <string_view>

#include "report/html.h"

namespace scrutineer::report {

// Pictures are `picture_width` units wide, which is a phone's width in pixels: letters of 11 units stay
// readable there, and wide screens put two pictures side by side.
inline constexpr double picture_width = 360;

class Svg {
 public:
  explicit Svg(Html& html) : html_(html) {}

  void box(double x, double y, double width, double height, std::string_view style,
           std::string_view hover = {});
  void line(double x1, double y1, double x2, double y2, std::string_view style);
  // A band of one width that leads from x1 at `top` to x2, `height` below, in a curve.
  void ribbon(double x1, double x2, double width, double top, double height, std::string_view style,
              std::string_view hover);
  // `style` is a list of classes; "middle" and "end" move the anchor.
  void words(double x, double y, std::string_view text, std::string_view style);

 private:
  Html& html_;
};

// <figure> with a heading, the drawing (role img, title and description), and `below`: a table of the same
// numbers, a remark. `draw` gets an Svg.
template <std::invocable<Svg&> Draw, std::invocable Below>
void figure(Html& html, const std::string& id, std::string_view title, std::string_view description,
            double height, Draw draw, Below below);

// Width in units that words of 11 units need at most (an estimate for proportional letters).
double width_of(std::string_view text);

// A number for a coordinate: at most two decimals, "12.5".
std::string coordinate(double value);

template <std::invocable<Svg&> Draw, std::invocable Below>
void figure(Html& html, const std::string& id, std::string_view title, std::string_view description,
            double height, Draw draw, Below below) {
  html.element("figure", {{"id", id}}, [&] {
    html.leaf("figcaption", {{"class", "figure-title"}}, title);
    html.element("svg",
                 {{"xmlns", "http://www.w3.org/2000/svg"},
                  {"viewBox", "0 0 " + coordinate(picture_width) + " " + coordinate(height)},
                  {"role", "img"},
                  {"aria-labelledby", id + "-name " + id + "-description"}},
                 [&] {
                   html.leaf("title", {{"id", id + "-name"}}, title);
                   html.leaf("desc", {{"id", id + "-description"}}, description);
                   Svg svg(html);
                   draw(svg);
                 });
    below();
  });
}

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_SVG_H_
