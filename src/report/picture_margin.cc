#include <fmt/format.h>

#include "report/bars.h"
#include "report/numbers.h"
#include "report/pictures.h"

namespace scrutineer::report {

Missing draw_margin(Html& html, const Facts& facts) {
  const impact::Impact& impact = facts.outcome.impact;
  if (!facts.outcome.contest || (!impact.margin && !impact.margin_low && !impact.margin_high)) {
    return "Margin beside majority: a [contest] with ballots";
  }
  std::vector<Bar> bars;
  if (const auto majority = majority_of(facts.outcome)) {
    bars.push_back({"Majority", *majority, quantity(*majority), "plain-fill"});
  }
  const auto add = [&](std::string name, std::int64_t value, std::string style) {
    bars.push_back({std::move(name), static_cast<double>(value), count(value), std::move(style)});
  };
  if (impact.margin) {
    add("Deletion margin", *impact.margin, "at-address");
  } else {
    if (impact.margin_low) add("Margin, at least", *impact.margin_low, "at-address");
    if (impact.margin_high) add("Margin, at most", *impact.margin_high, "at-address");
  }
  // What exhibits show stands apart from what leads only ask.
  if (!impact.tiers.empty() && impact.tiers.front().entries != impact.questioned)
    add("Shown by exhibits", impact.tiers.front().entries, "not-found");
  add("Questioned entries", impact.questioned, "not-found");
  add("Wrongly barred", impact.wrongly_barred, "elsewhere");
  const std::string description = fmt::format(
      "Bars on one scale: the majority, the margin, {} and {}.",
      counted(static_cast<std::uint64_t>(impact.questioned), "questioned entry", "questioned entries"),
      counted(static_cast<std::uint64_t>(impact.wrongly_barred), "member wrongly barred",
              "members wrongly barred"));
  figure(
      html, "picture-margin", "Could it have mattered? The margin beside what is questioned", description,
      static_cast<double>(bars.size()) * bar_step + 4,
      [&](Svg& svg) { draw_bars(svg, bars, 0, frame_of(bars)); }, [] {});
  return std::nullopt;
}

}  // namespace scrutineer::report
