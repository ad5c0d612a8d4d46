// The plan as a table and as JSON.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "canvass/plan.h"

namespace scrutineer::canvass {
namespace {

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

std::string doors(const std::optional<std::uint64_t>& number) {
  return number ? std::to_string(*number) : "-";
}

nlohmann::ordered_json json_of(const std::optional<std::uint64_t>& number) {
  return number ? nlohmann::ordered_json(*number) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string to_text(const Plan& plan) {
  const PlanSettings& settings = plan.settings;
  const Claim& claim = settings.claim;
  std::string text = fmt::format(
      "To certify, at a risk limit of {}, that fewer than {} of {} eligible entries should not be there:\n"
      "  at least {} doors, all verified (no design does with fewer); {} with room for failures\n"
      "  a call is answered {} of the time, up to {} calls: {} of eligible entries stay unverified and "
      "count\n"
      "  as ineligible (worst case); {:.2f} calls a door on average\n\n",
      percent(claim.risk), claim.margin, claim.entries, plan.discovery_doors, plan.clean_doors,
      percent(settings.response), settings.calls, percent(plan.unanswered), plan.calls_a_door);
  text += fmt::format("{:>10}  {:<24}{:>11}{:>9}  {:>9}{:>9}{:>9}{:>11}\n", "ineligible", "design",
                      "unverified", "limit", "certified", "half by", "90% by", "calls");
  for (const PlanRow& row : plan.rows) {
    for (const Cost& cost : row.costs) {
      text += fmt::format("{:>10}  {:<24}{:>11}{:>9}  {:>9}{:>9}{:>9}{:>11}{}\n", row.ineligible,
                          to_string(cost.design), percent(cost.unverified), percent(cost.most_unverified),
                          percent(cost.certified), doors(cost.median_doors), doors(cost.most_of_the_time),
                          fmt::format("{:.0f}", cost.mean_calls), cost.reachable ? "" : "  beyond the limit");
    }
  }
  text += fmt::format(
      "\nunverified: share of the entries expected to count against the certificate; limit:\n"
      "where more do, no number of doors certifies. half by, 90% by: doors by which half and nine tenths of "
      "the\n"
      "simulated canvasses certified, none going beyond {} doors; calls: mean over all.\n",
      settings.most_doors);
  if (settings.questioned > 0) {
    text += fmt::format(
        "{} entries are named by a listed finding; the plan assumes that {} of the ineligible are among "
        "them.\n"
        "stratified: those and the others as strata; weighted: a somewhat greater chance for them; "
        "strip-and-sample:\n"
        "{}, the others at random.\n",
        settings.questioned, percent(settings.caught),
        settings.pace == 1 ? "all of them first"
                           : fmt::format("one of them at every {} doors", settings.pace));
  }
  text += "\nWhere a certificate can be had at all, whatever the design:\n";
  for (const Reach& reach : plan.reach) {
    text +=
        fmt::format("  {:>7} of eligible entries unverified: {}\n", percent(reach.unanswered),
                    reach.most_ineligible ? fmt::format("up to {} ineligible entries", *reach.most_ineligible)
                                          : std::string("never"));
  }
  return text;
}

std::string to_json(const Plan& plan) {
  const PlanSettings& settings = plan.settings;
  nlohmann::ordered_json json = {{"entries", settings.claim.entries},
                                 {"margin", settings.claim.margin},
                                 {"risk", settings.claim.risk},
                                 {"response", settings.response},
                                 {"calls", settings.calls},
                                 {"never", settings.never},
                                 {"questioned", settings.questioned},
                                 {"caught", settings.caught},
                                 {"most_doors", settings.most_doors},
                                 {"seed", settings.seed},
                                 {"discovery_doors", plan.discovery_doors},
                                 {"clean_doors", plan.clean_doors},
                                 {"unanswered", plan.unanswered},
                                 {"calls_a_door", plan.calls_a_door},
                                 {"rows", nlohmann::ordered_json::array()}};
  for (const PlanRow& row : plan.rows) {
    for (const Cost& cost : row.costs) {
      json["rows"].push_back({{"ineligible", row.ineligible},
                              {"design", std::string(to_string(cost.design))},
                              {"unverified", cost.unverified},
                              {"most_unverified", cost.most_unverified},
                              {"reachable", cost.reachable},
                              {"replicates", cost.replicates},
                              {"certified", cost.certified},
                              {"median_doors", json_of(cost.median_doors)},
                              {"doors_90_percent", json_of(cost.most_of_the_time)},
                              {"mean_doors", cost.mean_doors},
                              {"mean_calls", cost.mean_calls}});
    }
  }
  json["pace"] = settings.pace;
  json["reach"] = nlohmann::ordered_json::array();
  for (const Reach& reach : plan.reach) {
    json["reach"].push_back(
        {{"unanswered", reach.unanswered}, {"most_ineligible", json_of(reach.most_ineligible)}});
  }
  return json.dump(2) + "\n";
}

}  // namespace scrutineer::canvass
