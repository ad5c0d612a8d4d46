#include "linkage/splink_margins.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "linkage/splink_sql.h"

namespace scrutineer::linkage {
namespace {

using Kind = SplinkCondition::Kind;
using Value = std::optional<double> SplinkLevel::*;
using Margins = std::vector<std::vector<double>>;  // by column, by degree

constexpr std::size_t most_cells = 4096;
constexpr int most_rounds = 2000;

// A column, or SQL that is not understood, and the degrees that the levels tell apart: a value is at degree d
// if it reaches strengths[d] and none before. The last is 0.
struct Axis {
  std::string column;
  std::vector<double> strengths;
  bool understood = true;
};

struct Table {
  std::vector<Axis> axes;
  std::vector<const SplinkLevel*> levels;  // without null and swapped ones
  std::vector<const SplinkLevel*> swapped;
  std::vector<std::vector<std::uint8_t>> cells;  // a degree for each axis
  std::vector<std::size_t> level_of;             // of each cell; levels.size(): none
};

bool mentions(const SplinkCondition& condition, Kind kind) {
  return condition.kind == kind ||
         std::any_of(condition.parts.begin(), condition.parts.end(),
                     [&](const SplinkCondition& part) { return mentions(part, kind); });
}

void add_axes(const SplinkCondition& condition, std::vector<Axis>& axes) {
  for (const SplinkCondition& part : condition.parts) add_axes(part, axes);
  const bool understood = condition.kind == Kind::reaches;
  if (!understood && condition.kind != Kind::unknown) return;
  const std::string& name = understood ? condition.column : condition.sql;
  auto axis = std::find_if(axes.begin(), axes.end(), [&](const Axis& one) {
    return one.column == name && one.understood == understood;
  });
  if (axis == axes.end()) axis = axes.insert(axes.end(), {name, {0.0}, understood});
  const double strength = understood ? condition.strength : 1;
  auto& strengths = axis->strengths;
  if (std::find(strengths.begin(), strengths.end(), strength) == strengths.end()) {
    strengths.push_back(strength);
    std::sort(strengths.begin(), strengths.end(), std::greater<>());
  }
}

bool is_met(const SplinkCondition& condition, const Table& table, const std::vector<std::uint8_t>& cell) {
  const auto met = [&](const SplinkCondition& part) { return is_met(part, table, cell); };
  switch (condition.kind) {
    case Kind::holds:
      return true;
    case Kind::swapped:
      return false;
    case Kind::all:
      return std::all_of(condition.parts.begin(), condition.parts.end(), met);
    case Kind::any:
      return std::any_of(condition.parts.begin(), condition.parts.end(), met);
    case Kind::negation:
      return !met(condition.parts.front());
    case Kind::reaches:
    case Kind::unknown:
      break;
  }
  const bool understood = condition.kind == Kind::reaches;
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    const Axis& one = table.axes[axis];
    if (one.understood != understood || one.column != (understood ? condition.column : condition.sql))
      continue;
    return one.strengths[cell[axis]] >= (understood ? condition.strength : 1.0);
  }
  return false;
}

// Empty of cells where there would be too many.
Table table_of(const SplinkComparison& comparison) {
  Table table;
  for (const SplinkLevel& level : comparison.levels) {
    const bool swapped = mentions(level.condition, Kind::swapped);
    (swapped ? table.swapped : table.levels).push_back(&level);
    if (!swapped) add_axes(level.condition, table.axes);
  }
  std::size_t cells = 1;
  for (const Axis& axis : table.axes) cells = std::min(cells * axis.strengths.size(), most_cells + 1);
  if (cells > most_cells) return table;
  for (std::size_t number = 0; number < cells; ++number) {
    std::vector<std::uint8_t> cell;
    std::size_t rest = number;
    for (const Axis& axis : table.axes) {
      cell.push_back(static_cast<std::uint8_t>(rest % axis.strengths.size()));
      rest /= axis.strengths.size();
    }
    const auto level = std::find_if(table.levels.begin(), table.levels.end(), [&](const SplinkLevel* one) {
      return is_met(one->condition, table, cell);
    });
    table.level_of.push_back(static_cast<std::size_t>(level - table.levels.begin()));
    table.cells.push_back(std::move(cell));
  }
  return table;
}

double likelihood_of(const Margins& margins, const std::vector<std::uint8_t>& cell) {
  double product = 1;
  for (std::size_t axis = 0; axis < cell.size(); ++axis) product *= margins[axis][cell[axis]];
  return product;
}

std::vector<double> levels_under(const Table& table, const Margins& margins) {
  std::vector<double> sums(table.levels.size() + 1, 0.0);
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell)
    sums[table.level_of[cell]] += likelihood_of(margins, table.cells[cell]);
  return sums;
}

// The levels' probabilities by degree, if each level is shared among its cells as `weight` says; their sum in
// `total`. `all`: with the level ELSE.
template <typename Weight>
Margins shared_by(const Table& table, Value value, bool all, double& total, const Weight& weight) {
  std::vector<double> sums(table.levels.size() + 1, 0.0);
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell)
    sums[table.level_of[cell]] += weight(table.cells[cell]);
  Margins margins(table.axes.size());
  for (std::size_t axis = 0; axis < margins.size(); ++axis)
    margins[axis].resize(table.axes[axis].strengths.size(), 0.0);
  total = 0;
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    const std::size_t level = table.level_of[cell];
    if (level == table.levels.size() || !(sums[level] > 0)) continue;
    if (!all && table.levels[level]->condition.kind == Kind::holds) continue;
    const double share = (table.levels[level]->*value).value_or(0) * weight(table.cells[cell]) / sums[level];
    for (std::size_t axis = 0; axis < margins.size(); ++axis) margins[axis][table.cells[cell][axis]] += share;
    total += share;
  }
  return margins;
}

// `tilt` 1 starts from equal shares; others favour the stronger degrees of odd columns, the weaker of even
// ones. `prior`: the weight of equal shares among the cells of each level but ELSE, beside 1 for likelihood.
Margins fitted(const Table& table, Value value, double tilt, double prior) {
  Margins margins(table.axes.size());
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    margins[axis].resize(table.axes[axis].strengths.size());
    double sum = 0;
    for (std::size_t degree = 0; degree < margins[axis].size(); ++degree) {
      const double power = axis % 2 == 0 ? static_cast<double>(degree) : -static_cast<double>(degree);
      margins[axis][degree] = std::pow(tilt, power);
      sum += margins[axis][degree];
    }
    for (double& one : margins[axis]) one /= sum;
  }
  double total = 0;
  const Margins equal = shared_by(table, value, false, total, [](const auto&) { return 1.0; });
  const double share = prior / (1 + prior);
  for (int round = 0; round < most_rounds; ++round) {
    const auto likelihood = [&](const auto& cell) { return likelihood_of(margins, cell); };
    const Margins but_rest = shared_by(table, value, false, total, likelihood);
    Margins next = shared_by(table, value, true, total, likelihood);
    if (!(total > 0)) return margins;
    double moved = 0;
    for (std::size_t axis = 0; axis < next.size(); ++axis) {
      for (std::size_t degree = 0; degree < next[axis].size(); ++degree) {
        const double open = equal[axis][degree] - but_rest[axis][degree];
        next[axis][degree] = std::max(next[axis][degree] + share * open, 0.0) / total;
        moved = std::max(moved, std::abs(next[axis][degree] - margins[axis][degree]));
      }
    }
    margins = std::move(next);
    if (moved < 1e-11) break;
  }
  return margins;
}

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
  return text;
}

double sum_of(const std::vector<const SplinkLevel*>& levels, Value value) {
  double sum = 0;
  for (const SplinkLevel* const level : levels) sum += (level->*value).value_or(0);
  return sum;
}

// The level leaves the axis open: cells of it stand at different degrees.
bool leaves_open(const Table& table, std::size_t level, std::size_t axis) {
  std::optional<std::uint8_t> first;
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    if (table.level_of[cell] != level) continue;
    if (first && *first != table.cells[cell][axis]) return true;
    first = table.cells[cell][axis];
  }
  return false;
}

void add_once(std::vector<std::string>& notes, const std::string& note) {
  if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

void tell_what_was_lost(const SplinkComparison& comparison, const Table& table, const Margins& m,
                        std::vector<std::string>& notes) {
  const std::string start = "comparison \"" + comparison.name + "\": ";
  std::string open;
  for (std::size_t level = 0; level < table.levels.size(); ++level) {
    if (table.levels[level]->condition.kind == Kind::holds) continue;
    for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
      if (!table.axes[axis].understood || !leaves_open(table, level, axis)) continue;
      open += (open.empty() ? "" : "; ") + on_one_line(table.levels[level]->sql);
      break;
    }
  }
  if (!open.empty())
    add_once(notes, start +
                        "m of levels that leave a column open was shared out as if the columns were "
                        "independent: " +
                        open);
  const Margins one = fitted(table, &SplinkLevel::m, 1, 0);
  const Margins other = fitted(table, &SplinkLevel::m, 1.5, 0);
  std::string undecided;
  for (std::size_t axis = 0; axis < m.size(); ++axis) {
    double apart = 0;
    for (std::size_t degree = 0; degree < m[axis].size(); ++degree)
      apart = std::max(apart, std::abs(one[axis][degree] - other[axis][degree]));
    if (table.axes[axis].understood && apart > 0.01)
      undecided += (undecided.empty() ? "\"" : ", \"") + table.axes[axis].column + "\"";
  }
  if (!undecided.empty())
    add_once(notes, start + "its levels do not decide the m of " + undecided +
                        " by itself (other shares fit as well): equal shares were taken");
  const std::vector<double> fit = levels_under(table, m);
  const double straight = sum_of(table.levels, &SplinkLevel::m);
  std::size_t furthest = 0;
  const auto gap = [&](std::size_t level) {
    return std::abs(table.levels[level]->m.value_or(0) - fit[level] * straight);
  };
  for (std::size_t level = 0; level < table.levels.size(); ++level)
    furthest = gap(level) > gap(furthest) ? level : furthest;
  if (gap(furthest) > 0.01)
    add_once(notes, start + "that its columns depend on each other is lost: compared one by one they reach " +
                        on_one_line(table.levels[furthest]->sql) + " with m " +
                        percent(fit[furthest] * straight) + " where the settings say " +
                        percent(table.levels[furthest]->m.value_or(0)) + " (other levels are closer)");
}

// The levels of a comparison of this column alone.
std::vector<ColumnLevel> own_levels(const SplinkComparison& comparison) {
  std::vector<ColumnLevel> levels;
  for (const SplinkLevel& level : comparison.levels) {
    if (level.kind == SplinkLevel::Kind::not_taken) continue;
    if (!level.m) return {};
    levels.push_back({level.strength, false, level.label, *level.m, level.u.value_or(0)});
  }
  std::stable_sort(levels.begin(), levels.end(),
                   [](const ColumnLevel& a, const ColumnLevel& b) { return a.strength > b.strength; });
  return levels;
}

// "\"surname_l\" = \"surname_r\"" for the degree that a level by itself stands for; else its strength.
std::string label_of(const Axis& axis, std::size_t degree) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", axis.strengths[degree]);
  if (degree + 1 == axis.strengths.size()) return axis.column + " otherwise";
  return axis.column +
         (axis.strengths[degree] == 1 ? std::string(" the same") : " alike by " + std::string(text));
}

}  // namespace

std::vector<ColumnLevel> column_levels(const SplinkComparison& comparison, const std::string& column,
                                       std::vector<std::string>& notes, double equal_shares) {
  if (std::find(comparison.columns.begin(), comparison.columns.end(), column) == comparison.columns.end())
    return {};
  const bool alone =
      std::all_of(comparison.levels.begin(), comparison.levels.end(), [&](const SplinkLevel& level) {
        return level.columns.empty() || (level.columns.size() == 1 && level.columns.front() == column);
      });
  if (alone) return own_levels(comparison);
  for (const SplinkLevel& level : comparison.levels) {
    if (!level.m) return {};
  }
  const Table table = table_of(comparison);
  const auto axis = std::find_if(table.axes.begin(), table.axes.end(),
                                 [&](const Axis& one) { return one.understood && one.column == column; });
  if (table.cells.empty() || axis == table.axes.end()) {
    notes.push_back("comparison \"" + comparison.name + "\": " +
                    (table.cells.empty() ? "its levels are too many to be taken apart by column"
                                         : "no level says whether \"" + column + "\" agrees with itself"));
    return {};
  }
  const auto at = static_cast<std::size_t>(axis - table.axes.begin());
  const Margins m = fitted(table, &SplinkLevel::m, 1, equal_shares);
  const Margins u = fitted(table, &SplinkLevel::u, 1, equal_shares);
  const double straight_m = sum_of(table.levels, &SplinkLevel::m);
  const double straight_u = sum_of(table.levels, &SplinkLevel::u);
  std::vector<ColumnLevel> levels;
  levels.reserve(axis->strengths.size() + 1);
  for (std::size_t degree = 0; degree < axis->strengths.size(); ++degree) {
    levels.push_back({axis->strengths[degree], false, label_of(*axis, degree), m[at][degree] * straight_m,
                      u[at][degree] * straight_u});
  }
  double swapped_m = 0;
  double swapped_u = 0;
  for (const SplinkLevel* const level : table.swapped) {
    if (std::find(level->columns.begin(), level->columns.end(), column) == level->columns.end()) continue;
    swapped_m += level->m.value_or(0);
    swapped_u += level->u.value_or(0);
  }
  // A swap that leaves this column out says nothing of it.
  const double other_m = sum_of(table.swapped, &SplinkLevel::m) - swapped_m;
  const double other_u = sum_of(table.swapped, &SplinkLevel::u) - swapped_u;
  for (std::size_t degree = 0; degree < levels.size(); ++degree) {
    levels[degree].m += m[at][degree] * other_m;
    levels[degree].u += u[at][degree] * other_u;
  }
  if (!table.swapped.empty())
    levels.push_back({.86, true, column + " in another column", swapped_m, swapped_u});
  tell_what_was_lost(comparison, table, m, notes);
  return levels;
}

}  // namespace scrutineer::linkage
