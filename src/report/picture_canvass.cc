#include <fmt/format.h>

#include "report/bars.h"
#include "report/numbers.h"
#include "report/pictures.h"
#include "report/words.h"

namespace scrutineer::report {

Missing draw_canvass(Html& html, const Facts& facts) {
  if (facts.visits == 0) return "Canvass outcomes: a canvass roll";
  std::vector<Bar> bars;
  for (const signals::Outcome outcome : all_outcomes) {
    const std::uint64_t number = facts.visited(outcome);
    const double share = static_cast<double>(number) / static_cast<double>(facts.visits);
    const bool verified = outcome == signals::Outcome::verified;
    const bool silent = outcome == signals::Outcome::refused || outcome == signals::Outcome::no_contact;
    bars.push_back({std::string(words(outcome)), static_cast<double>(number),
                    fmt::format("{} ({})", count(number), percent(share)),
                    verified ? "at-address"
                    : silent ? "unclear"
                             : "not-found"});
  }
  const std::string description =
      fmt::format("Bars of the outcomes of {}. {} were verified.", counted(facts.visits, "visit"),
                  share_of(facts.visited(signals::Outcome::verified), facts.visits));
  figure(
      html, "picture-canvass", "What the canvass found", description,
      static_cast<double>(bars.size()) * bar_step + 4,
      [&](Svg& svg) { draw_bars(svg, bars, 0, frame_of(bars)); },
      [&] {
        html.leaf("p", {{"class", "remark"}},
                  "Grey outcomes say nothing about a member: nobody at home and a refusal carry weight 0 as "
                  "signals.");
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
