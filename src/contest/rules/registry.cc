// The list of rules: one line each.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "contest/reconcile.h"
#include "contest/rules.h"
#include "contest/rules/counting.h"

namespace scrutineer::contest {
namespace {

struct RuleEntry {
  Rule rule;
  std::string_view name;
  std::string_view other_name;
  std::string_view title;
  bool one_seat;
  Result<Count> (*count)(const Ballots&, const CountOptions&);
};

constexpr std::array all_rules = {
    RuleEntry{Rule::plurality, "plurality", "fptp", "most first preferences", true, count_plurality},
    RuleEntry{Rule::supplementary, "sv", "supplementary", "supplementary vote (GLA Act 1999 Sch 2 para 4)",
              true, count_supplementary},
    RuleEntry{Rule::irv, "irv", "av", "instant run-off (alternative vote; omov: all sections pooled)", true,
              count_irv},
    RuleEntry{Rule::stv, "stv", "wigm", "single transferable vote (weighted inclusive Gregory; Droop quota)",
              false, count_stv},
    RuleEntry{Rule::college, "college", "",
              "electoral college: sections weighted, shares of the votes cast in each", true, count_college},
};

const RuleEntry* entry_of(Rule rule) {
  for (const RuleEntry& entry : all_rules)
    if (entry.rule == rule) return &entry;
  return nullptr;
}

}  // namespace

std::string_view to_string(Rule rule) {
  switch (rule) {
    case Rule::plurality:
      return "plurality";
    case Rule::supplementary:
      return "sv";
    case Rule::irv:
      return "irv";
    case Rule::stv:
      return "stv";
    case Rule::college:
      return "college";
  }
  return "";
}

Result<Rule> rule_named(std::string_view name) {
  std::vector<std::string> names;
  if (name == "omov") return Rule::irv;
  for (const RuleEntry& entry : all_rules) {
    if (name == entry.name || (!entry.other_name.empty() && name == entry.other_name)) return entry.rule;
    names.emplace_back(entry.name);
  }
  const std::string near = nearest(name, names);
  return wrong_usage(fmt::format("rule \"{}\" is not known", printable(name, 40)),
                     near.empty() ? "one of " + join(names, ", ") : near);
}

std::vector<std::string> rule_list() {
  std::vector<std::string> lines;
  for (const RuleEntry& entry : all_rules) lines.push_back(fmt::format("{:10} {}", entry.name, entry.title));
  return lines;
}

Result<Count> count(const Ballots& ballots, Rule rule, const CountOptions& options) {
  const RuleEntry* entry = entry_of(rule);
  if (entry == nullptr) return internal_error(fmt::format("rule \"{}\" has no counter", to_string(rule)));
  const std::uint32_t seats = seats_to_fill(ballots, options);
  if (entry->one_seat && seats != 1)
    return wrong_usage(fmt::format("rule \"{}\" fills one seat, not {}", entry->name, seats),
                       "--seats 1, or rule stv");
  const bool ranked = rule == Rule::irv || rule == Rule::stv;
  if (!ranked &&
      (options.ranked != RankedOptions{} || options.paper.overvote == Overvote::exhaust_if_several))
    return wrong_usage(fmt::format("rule \"{}\" has no such choices", entry->name), "rule irv or stv");
  std::vector<char> standing(ballots.candidates.size(), 1);
  for (const Candidate candidate : ballots.withdrawn) standing[candidate] = 0;
  if (std::count(standing.begin(), standing.end(), 1) == 0)
    return refused("no candidate is standing", {}, "at least one candidate who has not withdrawn");
  SCRUTINEER_TRY(Count counted, entry->count(ballots, options));
  if (counted.valid <= 0) return refused("no paper has a valid preference", {}, "at least one valid paper");
  counted.contradictions = reconcile(counted);
  return counted;
}

}  // namespace scrutineer::contest
