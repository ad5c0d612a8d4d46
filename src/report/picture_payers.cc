#include <fmt/format.h>

#include <algorithm>

#include "report/bars.h"
#include "report/numbers.h"
#include "report/pictures.h"

namespace scrutineer::report {
namespace {

// Bars drawn; payers of still more households are gathered in the last.
constexpr std::size_t most_bars = 12;

}  // namespace

Missing draw_payers(Html& html, const Facts& facts) {
  const auto& payers = facts.outcome.payer_households;
  if (payers.empty()) return "Households per payer: a payments roll, or a payer column in the members roll";
  std::vector<Bar> bars;
  std::uint64_t gathered = 0;
  std::uint64_t all = 0;
  std::uint64_t several = 0;
  for (const auto& [households, number] : payers) {
    all += number;
    if (households > 1) several += number;
    const bool last = bars.size() + 1 == most_bars && households != payers.rbegin()->first;
    if (gathered > 0 || last) {
      gathered += number;
      if (last && bars.size() + 1 == most_bars) {
        bars.push_back({fmt::format("{} or more", counted(households, "household")), 0, "", "listed-fill"});
      }
      continue;
    }
    bars.push_back({counted(households, "household"), static_cast<double>(number), count(number),
                    households > 1 ? "listed-fill" : "plain-fill"});
  }
  if (gathered > 0) {
    bars.back().size = static_cast<double>(gathered);
    bars.back().number = count(gathered);
  }
  const std::string description = fmt::format(
      "Bars of payers by the number of households they paid for. {} of {} paid for more than one; the "
      "most for {}.",
      count(several), counted(all, "payer"), count(payers.rbegin()->first));
  figure(
      html, "picture-payers", "For how many households each payer paid", description,
      static_cast<double>(bars.size()) * bar_step + 18,
      [&](Svg& svg) {
        svg.words(0, 11, "number of payers, by households paid for", "tiny");
        draw_bars(svg, bars, 15, frame_of(bars));
      },
      [&] {
        html.leaf(
            "p", {{"class", "remark"}},
            fmt::format("{} paid for more than one household. Members at one address count once. Carers, "
                        "employers, treasurers who collect cash, and family away from home pay for others.",
                        share_of(several, all)));
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
