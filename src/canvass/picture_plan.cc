// The plan as a picture: an SVG document of two panels.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "canvass/plan.h"

namespace scrutineer::canvass {
namespace {

constexpr double width = 760, height = 330, left = 64, top = 46, panel_width = 270, panel_height = 220;
// Distinguishable by colour-blind readers, and by their dashes in black and white.
constexpr std::array<std::string_view, design_count> colours = {"#1b4f8f", "#8a5a00", "#0b7a55", "#a0338a"};
constexpr std::array<std::string_view, design_count> dashes = {"", "6 3", "2 3", "9 3 2 3"};

std::string words(double x, double y, std::string_view text, std::string_view more = {}) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", x, y, more, text);
}

std::string frame_of(double x, std::string_view title) {
  return fmt::format(
             "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"none\" "
             "stroke=\"#666\"/>\n",
             x, top, panel_width, panel_height) +
         words(x, top - 12, title, " font-weight=\"bold\"");
}

std::string axis_words(double x, double most_x, double most_y, std::string_view below,
                       std::string_view unit_x) {
  std::string text;
  for (int part = 0; part <= 4; ++part) {
    const double share = part / 4.0;
    text += words(x + share * panel_width, top + panel_height + 16,
                  fmt::format("{:.{}f}{}", share * most_x, most_x < 4 ? 1 : 0, unit_x),
                  " text-anchor=\"middle\"");
    text += words(x - 6, top + panel_height * (1 - share) + 4, fmt::format("{:.0f}", share * most_y),
                  " text-anchor=\"end\"");
  }
  return text + words(x + panel_width / 2, top + panel_height + 34, below, " text-anchor=\"middle\"");
}

std::string doors_panel(const Plan& plan) {
  double most_doors = 1, most_ineligible = 1;
  for (const PlanRow& row : plan.rows) {
    most_ineligible = std::max(most_ineligible, static_cast<double>(row.ineligible));
    for (const Cost& cost : row.costs)
      if (cost.median_doors) most_doors = std::max(most_doors, static_cast<double>(*cost.median_doors));
  }
  std::string text = frame_of(left, "Doors by which half the canvasses certify") +
                     axis_words(left, most_ineligible, most_doors, "ineligible entries in truth", "");
  for (std::size_t at = 0; at < plan.settings.designs.size(); ++at) {
    const auto design = static_cast<std::size_t>(plan.settings.designs[at]);
    std::string points;
    for (const PlanRow& row : plan.rows) {
      const Cost& cost = row.costs[at];
      if (!cost.median_doors) continue;
      points += fmt::format("{:.1f},{:.1f} ",
                            left + panel_width * static_cast<double>(row.ineligible) / most_ineligible,
                            top + panel_height * (1 - static_cast<double>(*cost.median_doors) / most_doors));
    }
    text += fmt::format(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\"/>\n",
        points, colours[design], dashes[design]);
    const double x = left + static_cast<double>(at) * 170, y = height - 12;
    text +=
        fmt::format(
            "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"2\" "
            "stroke-dasharray=\"{}\"/>\n",
            x, y - 4, x + 30, y - 4, colours[design], dashes[design]) +
        words(x + 36, y, to_string(plan.settings.designs[at]));
  }
  return text;
}

// The line M - 1 = B + (N - B) u, below which a certificate can be had.
std::string reach_panel(const Plan& plan) {
  const Claim& claim = plan.settings.claim;
  const double x = left + panel_width + 110;
  const double most = std::max(1.0, static_cast<double>(claim.margin) - 1);
  const double most_share = most / static_cast<double>(claim.entries);
  const double shown_share = std::min(1.0, std::max(most_share, plan.unanswered) * 1.15);
  std::string text = frame_of(x, "Where a certificate can be had") +
                     axis_words(x, 100 * shown_share, most, "eligible entries that stay unverified", " %");
  const auto across = [&](double share) { return x + panel_width * share / shown_share; };
  const auto down = [&](double number) { return top + panel_height * (1 - number / most); };
  text += fmt::format(
      "<polygon points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\" fill=\"#0b7a55\" fill-opacity=\"0.2\" "
      "stroke=\"#0b7a55\"/>\n",
      across(0), down(0), across(0), down(most), across(most_share), down(0));
  text += words(across(most_share * .06), down(most * .08), "can be certified");
  text += fmt::format(
      "<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" stroke=\"#a00\" "
      "stroke-width=\"2\"/>\n",
      across(plan.unanswered), top, top + panel_height);
  const bool right = across(plan.unanswered) > x + panel_width / 2;
  return text + words(across(plan.unanswered) + (right ? -5 : 5), top + 14, "as planned",
                      right ? " text-anchor=\"end\" fill=\"#a00\"" : " fill=\"#a00\"");
}

}  // namespace

std::string to_svg(const Plan& plan) {
  const Claim& claim = plan.settings.claim;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" "
             "font-family=\"sans-serif\" "
             "font-size=\"12\">\n<title>Plan of a canvass: fewer than {} of {} entries, risk limit {:g} "
             "%</title>\n"
             "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
             width, height, claim.margin, claim.entries, 100 * claim.risk) +
         words(left, 18,
               fmt::format(
                   "To certify that fewer than {} of {} eligible entries are ineligible, risk limit {:g} %",
                   claim.margin, claim.entries, 100 * claim.risk)) +
         doors_panel(plan) + reach_panel(plan) + "</svg>\n";
}

}  // namespace scrutineer::canvass
