#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/numbers.h"
#include "report/pictures.h"
#include "report/svg.h"

namespace scrutineer::report {
namespace {

// Cells beyond the last column or row are gathered in it ("10+").
constexpr std::uint32_t last_electors = 10;
constexpr std::uint32_t last_members = 12;
constexpr double left = 40;
constexpr double cell_width = (picture_width - left) / (last_electors + 1);
constexpr double cell_height = 20;
constexpr double head = 30;

using Cells = std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t>;

std::string shade(std::uint64_t addresses) {
  int step = 1;
  for (std::uint64_t left_over = addresses; left_over >= 10 && step < 4; left_over /= 10) ++step;
  return fmt::format("shade{}", step);
}

std::string axis(std::uint32_t value, std::uint32_t last) {
  return fmt::format("{}{}", value, value == last ? "+" : "");
}

// "1,204" fits a cell; above that, thousands.
std::string short_count(std::uint64_t value) {
  return value < 10000 ? count(value) : fmt::format("{}k", count((value + 500) / 1000));
}

void draw_cells(Svg& svg, const Cells& cells, std::uint32_t rows) {
  svg.words(left, 10, "electors registered at the address →", "tiny");
  for (std::uint32_t electors = 0; electors <= last_electors; ++electors) {
    svg.words(left + (electors + 0.5) * cell_width, 25, axis(electors, last_electors), "small middle");
  }
  for (std::uint32_t row = 1; row <= rows; ++row) {
    const double y = head + (row - 1) * cell_height;
    svg.words(left - 6, y + 14, axis(row, last_members), "small end");
    for (std::uint32_t electors = 0; electors <= last_electors; ++electors) {
      const double x = left + electors * cell_width;
      const auto found = cells.find({electors, row});
      if (found == cells.end()) {
        svg.box(x + 0.5, y + 0.5, cell_width - 1, cell_height - 1, "shade0");
        continue;
      }
      const std::string style = shade(found->second);
      const bool more_members = row > electors && electors < last_electors;
      svg.box(x + 0.5, y + 0.5, cell_width - 1.5, cell_height - 1.5, more_members ? style + " ringed" : style,
              fmt::format("{} electors, {} members: {}", axis(electors, last_electors),
                          axis(row, last_members), counted(found->second, "address", "addresses")));
      svg.words(x + cell_width / 2, y + 14, short_count(found->second), "tiny middle on-" + style);
    }
  }
}

}  // namespace

Missing draw_occupancy(Html& html, const Facts& facts) {
  Cells cells;
  std::uint32_t rows = 0;
  std::uint64_t addresses = 0;
  std::uint64_t more_members = 0;
  for (const auto& [at, number] : facts.outcome.occupancy) {
    if (at.second == 0 || number == 0) continue;
    addresses += number;
    if (at.second > at.first) more_members += number;
    const std::uint32_t row = std::min(at.second, last_members);
    cells[{std::min(at.first, last_electors), row}] += number;
    rows = std::max(rows, row);
  }
  if (cells.empty()) return "Members against electors: addresses of members and an electoral register";
  const std::string description = fmt::format(
      "A table in shades: across, electors registered at an address; down, members living there. {} are "
      "counted; at "
      "{} there are more members than electors.",
      counted(addresses, "address", "addresses"), count(more_members));
  figure(
      html, "picture-occupancy", "Members and registered electors, address by address", description,
      head + rows * cell_height + 24,
      [&](Svg& svg) {
        draw_cells(svg, cells, rows);
        svg.words(0, head - 6, "members", "tiny");
        svg.words(0, head + 2 + rows * cell_height + 14,
                  "Numbers are addresses. Framed: more members than electors.", "tiny");
      },
      [&] {
        html.leaf(
            "p", {{"class", "remark"}},
            fmt::format("At {} there are more members than electors. Students, lodgers, people who may not "
                        "register, late registration and a flat number left out all put an address there.",
                        share_of(more_members, addresses)));
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
