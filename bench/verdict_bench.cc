// What the verdict finds: the same number of irregular members scattered or organised, over sizes through one
// recruiter, response rates, scattered errors and strict base rates, in branches simulated as doc/verdict.md
// describes. The share called consistent with co-ordination is the power of the rule. False alarms:
// null_calibration_bench.cc.
//
//   verdict_bench [branches a cell, default 60]
#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "branch_cells.h"

namespace {

using namespace scrutineer;
using namespace scrutineer::bench;
using tests::SimulationPlan;

void print_power(std::size_t branches) {
  fmt::print(
      "Organised: n members through one recruiter, 1 to 3 accounts, 1 to 6 days, among scattered errors\n");
  print_head();
  for (const double response : {0.5, 0.7, 0.9, 0.95}) {
    for (const int organised : {5, 10, 20, 40, 80}) {
      for (const double scattered : {0.0, 0.05, 0.10}) {
        SimulationPlan plan;
        plan.response = response;
        plan.organised = organised;
        plan.scattered = scattered;
        print_outcomes(
            fmt::format("{:.0f} %: {} organised + {:.0f} %", 100 * response, organised, 100 * scattered),
            run_cell(plan, branches));
      }
    }
  }
}

// As many irregular members as the organised branches have, but nobody organised them.
void print_scattered(std::size_t branches) {
  fmt::print("\nScattered: as many irregular members, nobody organising them (response 70 %)\n");
  print_head();
  for (const int members : {5, 10, 20, 40, 80}) {
    for (const double more : {0.0, 0.05, 0.10}) {
      SimulationPlan plan;
      plan.scattered = members / 1200.0 + more;
      print_outcomes(fmt::format("{} scattered + {:.0f} %", members, 100 * more), run_cell(plan, branches));
    }
  }
}

// What the strict base rate that the inquiry sets does to the last two outcomes; co-ordination does not rest
// on it.
void print_base_rates(std::size_t branches) {
  fmt::print(
      "\nBy the strict base rate of the settings (response 70 %): accident / individual / co-ordination, "
      "%\n");
  fmt::print("{:<30}{:>16}{:>16}{:>16}{:>16}\n", "", "2 %", "4 %", "6 %", "8 %");
  for (const auto& [organised, scattered] :
       {std::pair{0, 0.0}, {0, 0.05}, {0, 0.10}, {20, 0.05}, {40, 0.05}}) {
    std::string line;
    for (const double rate : {0.02, 0.04, 0.06, 0.08}) {
      std::size_t accident = 0, individual = 0, together = 0;
      for (std::size_t branch = 0; branch < branches; ++branch) {
        SimulationPlan plan;
        plan.seed = branch + 1;
        plan.organised = organised;
        plan.scattered = scattered;
        const auto test =
            signals::test_linkage_of_irregulars(tests::simulated_branch(plan), {.permutations = 1999});
        impact::VerdictSettings settings;
        settings.strict_base_rate = rate;
        const auto outcome = impact::decide(test, settings).outcome;
        accident += outcome == impact::VerdictOutcome::not_distinguishable_from_accident;
        individual += outcome == impact::VerdictOutcome::individual_acts;
        together += outcome == impact::VerdictOutcome::consistent_with_coordination;
      }
      const auto share = [&](std::size_t n) {
        return 100.0 * static_cast<double>(n) / static_cast<double>(branches);
      };
      line += fmt::format(
          "{:>16}", fmt::format("{:.0f}/{:.0f}/{:.0f}", share(accident), share(individual), share(together)));
    }
    fmt::print("{:<30}{}\n", fmt::format("{} organised + {:.0f} %", organised, 100 * scattered), line);
    std::fflush(stdout);
  }
}

// Why ten organised members are found less often than where only the largest contributor of each kind is
// deleted and visitors are not: each further deletion asks more.
void print_rules(std::size_t branches) {
  fmt::print("\nTen organised, response 70 %, no scatter, by how many candidates of each kind are deleted\n");
  print_head();
  SimulationPlan plan;
  plan.organised = 10;
  for (const std::uint32_t candidates : {1U, 3U}) {
    signals::RuleL1 rule;
    rule.deletion_candidates = candidates;
    print_outcomes(fmt::format("{} of each kind", candidates), run_cell(plan, branches, 9999, rule));
  }
}

}  // namespace

int main(int count, char** arguments) {
  const long given = count > 1 ? std::strtol(arguments[1], nullptr, 10) : 0;
  const std::size_t branches = given > 0 ? static_cast<std::size_t>(given) : 60;
  print_power(branches);
  print_scattered(branches);
  print_base_rates(branches);
  print_rules(5 * branches);
  return 0;
}
