#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/numbers.h"
#include "report/pictures.h"
#include "report/svg.h"

namespace scrutineer::report {
namespace {

constexpr double left = 34, right = 8, top = 14, height = 150, below = 26;

}  // namespace

Missing draw_certificate(Html& html, const Facts& facts) {
  if (!facts.outcome.doors || facts.outcome.doors->log_martingale.empty())
    return "Certificate of the canvass: doors drawn and visits recorded (scrutineer canvass)";
  const auto& doors = *facts.outcome.doors;
  const auto& claim = doors.draw.claim;
  const double threshold = -std::log(claim.risk);
  // On a logarithmic scale; what lies far below 1 or beyond all bounds stands at the edge.
  double low = -1, high = threshold * 1.25;
  for (const double value : doors.log_martingale) {
    if (std::isfinite(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  low = std::max(low, -2 * threshold);
  high = std::min(high, 3 * threshold);
  const double width = picture_width - left - right;
  const auto across = [&](std::size_t door) {
    return left + width * static_cast<double>(door) / static_cast<double>(doors.log_martingale.size());
  };
  const auto down = [&](double value) {
    return top + height * (1 - (std::clamp(value, low, high) - low) / (high - low));
  };
  const std::string description = fmt::format(
      "The martingale after each of {}, on a logarithmic scale. It {} {}, which certifies at a risk limit of "
      "{}.",
      counted(static_cast<std::uint64_t>(doors.log_martingale.size()), "door"),
      doors.reached ? "reached" : "has not reached", quantity(1 / claim.risk), percent(claim.risk));
  figure(
      html, "picture-certificate", "What the doors certify so far", description, top + height + below,
      [&](Svg& svg) {
        svg.line(left, down(threshold), picture_width - right, down(threshold), "freeze");
        svg.words(picture_width - right, down(threshold) - 4, "certified from here", "tiny end");
        svg.words(left - 4, down(threshold) + 4, quantity(1 / claim.risk), "end");
        svg.line(left, down(0), picture_width - right, down(0), "axis");
        svg.words(left - 4, down(0) + 4, "1", "end");
        double before = 0;
        for (std::size_t door = 0; door < doors.log_martingale.size(); ++door) {
          const double value = doors.log_martingale[door];
          svg.line(across(door), down(before), across(door + 1), down(value), "certificate-line");
          before = value;
        }
        svg.words(left, top + height + 14, "door 1", "tiny");
        svg.words(picture_width - right, top + height + 14,
                  fmt::format("door {}", count(static_cast<std::uint64_t>(doors.log_martingale.size()))),
                  "tiny end");
      },
      [&] {
        html.leaf("p", {{"class", "remark"}},
                  "Each verified door lifts the line, every other lowers it. Chance lifts it over the upper "
                  "line in at "
                  "most one canvass in " +
                      quantity(1 / claim.risk) + " if as many entries as the margin are not eligible.");
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
