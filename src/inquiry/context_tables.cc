#include "inquiry/context_tables.h"

namespace scrutineer::inquiry {
namespace {

constexpr double largest_factor = 1000;

contest::FurtherCandidate read_further_candidate(const toml::table& table, TomlProblems& problems) {
  TomlTable further(table, "scenario.further_candidate", problems);
  contest::FurtherCandidate candidate;
  candidate.name = further.text("name").value_or("");
  if (candidate.name.empty()) further.problem("name", "is missing", "name = \"A further candidate\"");
  candidate.takes = further.numbers("takes", 0, 1);
  candidate.transfers = further.numbers("transfers", 0, 1);
  further.refuse_unknown_keys();
  return candidate;
}

}  // namespace

contest::Scenario read_scenario_table(const toml::table& table, TomlProblems& problems) {
  TomlTable scenario(table, "scenario", problems);
  contest::Scenario spec;
  spec.name = scenario.text("name").value_or("");
  if (!table.contains("name")) scenario.problem("name", "is missing", "name = \"More people vote in ...\"");
  for (const toml::table* change : scenario.tables("turnout")) {
    TomlTable turnout(*change, "scenario.turnout", problems);
    contest::TurnoutChange one;
    one.groups = turnout.texts("groups").value_or(std::vector<std::string>{});
    if (!change->contains("groups")) turnout.problem("groups", "is missing", "groups = [\"a ward\"]");
    one.factor = turnout.number("factor", 0, largest_factor).value_or(1);
    if (!change->contains("factor")) turnout.problem("factor", "is missing", "factor = 1.2");
    turnout.refuse_unknown_keys();
    spec.turnout.push_back(std::move(one));
  }
  if (const toml::table* further = scenario.table("further_candidate"))
    spec.further = read_further_candidate(*further, problems);
  if (!table.contains("turnout") && !table.contains("further_candidate"))
    scenario.problem("name", "changes nothing", "turnout or further_candidate");
  scenario.refuse_unknown_keys();
  return spec;
}

impact::Poll read_poll_table(const toml::table& table, TomlProblems& problems) {
  TomlTable poll(table, "poll", problems);
  impact::Poll spec;
  spec.name = poll.text("name").value_or("");
  if (!table.contains("name")) poll.problem("name", "is missing", "name = \"who asked\"");
  if (const auto date = poll.date("date")) spec.date = date->iso();
  if (!table.contains("date")) poll.problem("date", "is missing", "date = 2026-04-20");
  spec.asked = poll.integer("asked", 1, std::int64_t{1} << 32).value_or(0);
  if (!table.contains("asked")) poll.problem("asked", "is missing", "asked = 1000");
  spec.design_effect = poll.number("design_effect", 0.1, 100).value_or(1);
  spec.candidate = poll.numbers("candidate", 0, 1);
  if (!table.contains("candidate"))
    poll.problem("candidate", "is missing", "candidate = { \"A\" = 0.43, \"B\" = 0.39 }");
  spec.party = poll.numbers("party", 0, 1);
  poll.refuse_unknown_keys();
  return spec;
}

}  // namespace scrutineer::inquiry
