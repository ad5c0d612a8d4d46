// Before anybody has knocked: what a canvass would take, by what may be true.
#include <fmt/format.h>

#include "canvass/plan.h"
#include "report/bars.h"
#include "report/numbers.h"
#include "report/parts.h"
#include "report/pictures.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

std::string doors_of(const canvass::Cost& cost) {
  if (!cost.reachable) return "cannot be had";
  if (!cost.median_doors) return "hardly ever";
  return cost.most_of_the_time
             ? fmt::format("{} ({})", count(*cost.median_doors), count(*cost.most_of_the_time))
             : count(*cost.median_doors);
}

void write_plan_table(Html& html, const canvass::Plan& plan) {
  std::vector<TableColumn> columns = {{"Ineligible in truth", true}};
  for (const canvass::Design design : plan.settings.designs)
    columns.push_back({std::string(canvass::to_string(design)), true});
  columns.push_back({"calls, simple", true});
  Table table("Doors by which half of simulated canvasses certify (nine tenths), by design", columns);
  for (const canvass::PlanRow& row : plan.rows) {
    std::vector<std::string> cells = {count(row.ineligible)};
    for (const canvass::Cost& cost : row.costs) cells.push_back(doors_of(cost));
    cells.push_back(count(static_cast<std::uint64_t>(row.costs.front().mean_calls + .5)));
    table.row(cells);
  }
  table.write(html);
}

std::string assumptions(const canvass::Plan& plan) {
  const canvass::PlanSettings& settings = plan.settings;
  std::string text = fmt::format(
      "Assumed: a call is answered {} of the time, up to {}; so {} of eligible entries stay unverified and "
      "count as "
      "the worst case. ",
      percent(settings.response), counted(static_cast<std::uint64_t>(settings.calls), "call"),
      percent(plan.unanswered));
  if (settings.questioned > 0) {
    text += fmt::format("Of the ineligible {} are taken to be among the {} that a listed finding names. ",
                        percent(settings.caught), counted(settings.questioned, "member"));
  }
  const auto& reach = plan.reach.front();
  text += reach.most_ineligible
              ? fmt::format("A certificate can then be had with up to {} in truth, whatever the design. ",
                            counted(*reach.most_ineligible, "ineligible entry", "ineligible entries"))
              : std::string("Then no number of doors certifies: more calls would be needed. ");
  return text +
         "The risk limit rests on none of this; scrutineer canvass plan makes the table for other "
         "assumptions.";
}

}  // namespace

Missing draw_plan(Html& html, const Facts& facts) {
  if (facts.outcome.doors || facts.visits > 0) return std::nullopt;  // doors speak for themselves
  const impact::Impact& impact = facts.outcome.impact;
  const auto margin = impact.margin ? impact.margin : impact.margin_low;
  if (!margin || *margin <= 0 || static_cast<std::uint64_t>(*margin) > facts.eligible)
    return "Plan of a canvass: a margin smaller than the list (a contest, or scrutineer canvass plan "
           "--margin)";
  canvass::PlanSettings settings;
  settings.claim = {facts.eligible, static_cast<std::uint64_t>(*margin), .05};
  for (const inquiry::MemberOutcome& member : facts.outcome.members)
    settings.questioned += member.eligible && facts.members_listed.contains(member.id) ? 1U : 0U;
  if (settings.questioned == facts.eligible) settings.questioned = 0;  // then they are no help
  settings.replicates = 200;
  const auto plan = canvass::plan(settings);
  if (!plan) return "Plan of a canvass: " + plan.error().message();
  std::vector<Bar> bars;
  for (const canvass::PlanRow& row : plan->rows) {
    const canvass::Cost& simple = row.costs.front();
    if (!simple.median_doors) continue;
    bars.push_back({fmt::format("{} ineligible", count(row.ineligible)),
                    static_cast<double>(*simple.median_doors), count(*simple.median_doors), "at-address"});
  }
  figure(
      html, "picture-plan", "What a canvass would take",
      fmt::format(
          "Doors by which half of simulated canvasses certify fewer than {} of {} ineligible at a risk "
          "limit of {}, for numbers of ineligible entries in truth; simple random sample. At least {}.",
          count(settings.claim.margin), counted(facts.eligible, "eligible entry", "eligible entries"),
          percent(settings.claim.risk), counted(plan->discovery_doors, "door")),
      static_cast<double>(bars.size()) * bar_step + 4,
      [&](Svg& svg) { draw_bars(svg, bars, 0, frame_of(bars)); },
      [&] {
        write_plan_table(html, *plan);
        remark(html, assumptions(*plan));
      });
  return std::nullopt;
}

}  // namespace scrutineer::report
