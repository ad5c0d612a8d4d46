#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/pictures.h"
#include "report/svg.h"
#include "report/table.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

constexpr double bar_height = 20;
constexpr double step = 40;
constexpr double legend_height = 38;
// Newest snapshots drawn; the table below has all of them.
constexpr std::size_t most_bars = 12;

std::uint64_t total(const inquiry::SnapshotCounts& at) {
  return std::accumulate(at.status.begin(), at.status.end(), std::uint64_t{0});
}

void draw_bar(Svg& svg, const inquiry::SnapshotCounts& at, double top) {
  svg.words(0, top + 11, date(at.as_of), "small");
  const auto whole = static_cast<double>(std::max<std::uint64_t>(total(at), 1));
  double x = 0;
  for (const signals::RegisterStatus status : all_statuses) {
    const std::uint64_t number = at.status[static_cast<std::size_t>(status)];
    const double width = static_cast<double>(number) / whole * picture_width;
    const std::string name(signals::to_string(status));
    svg.box(x, top + 15, width, bar_height, name, fmt::format("{}: {}", words(status), count(number)));
    if (width > width_of(count(number)) + 2)
      svg.words(x + width / 2, top + 29, count(number), "middle on-" + name);
    x += width;
  }
}

void draw_legend(Svg& svg, double top) {
  double x = 0;
  double y = top;
  for (const signals::RegisterStatus status : all_statuses) {
    const double width = 20 + width_of(words(status)) * 0.9;
    if (x + width > picture_width) {
      x = 0;
      y += 17;
    }
    svg.box(x, y + 2, 11, 11, signals::to_string(status));
    svg.words(x + 15, y + 12, words(status), "small");
    x += width;
  }
}

}  // namespace

Missing draw_register_timeline(Html& html, const Facts& facts) {
  const auto& snapshots = facts.outcome.snapshots;
  if (snapshots.empty()) return "Register status over time: at least one electoral register";
  const std::size_t bars = std::min(most_bars, snapshots.size());
  const inquiry::SnapshotCounts& newest = snapshots.back();
  const std::string description = fmt::format(
      "One bar for each of the {} register dates drawn, from {} to {}. On the newest, {} eligible members "
      "are at the "
      "address they gave.",
      bars, date(snapshots[snapshots.size() - bars].as_of), date(newest.as_of),
      share_of(newest.status[0], total(newest)));
  const double bars_height = static_cast<double>(bars) * step + 6;
  figure(
      html, "picture-register", "Where eligible members stand on the register, date by date", description,
      bars_height + legend_height,
      [&](Svg& svg) {
        for (std::size_t bar = 0; bar < bars; ++bar) {
          draw_bar(svg, snapshots[snapshots.size() - bars + bar], static_cast<double>(bar) * step);
        }
        draw_legend(svg, bars_height);
      },
      [&] {
        Table table("Eligible members by register status", {{"Register"},
                                                            {"At address", true},
                                                            {"Elsewhere", true},
                                                            {"Not found", true},
                                                            {"Unclear", true}});
        for (const inquiry::SnapshotCounts& at : snapshots) {
          table.row({short_date(at.as_of), count(at.status[0]), count(at.status[1]), count(at.status[2]),
                     count(at.status[3])});
        }
        folded(html, "The numbers", [&] { table.write(html); });
        remark(
            html,
            "Members are those of today: one who had not yet moved in is not expected on an older register.");
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
