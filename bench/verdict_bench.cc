// What the verdict finds: the same number of irregular members scattered or organised, over sizes through one
// recruiter, response rates, scattered errors and strict base rates, in branches simulated as doc/verdict.md
// describes. The share called consistent with co-ordination is the power of the rule. False alarms:
// null_calibration_bench.cc.
//
//   verdict_bench [branches a cell, default 60] [response in per cent: the power at it alone]
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "branch_cells.h"

namespace {

using namespace scrutineer;
using namespace scrutineer::bench;
using tests::SimulationPlan;

constexpr std::array sizes = {5, 10, 20, 40, 80};
constexpr std::array scattered_shares = {0.0, 0.05, 0.10};

// The power of steps 1 to 4 in the simulation by which the rule was fixed (doc/verdict.md, "Power"), another
// program: 60 branches a cell. By response 50, 70, 90 %, size, scattered share.
constexpr std::array<std::array<std::array<int, 3>, 5>, 3> fixed_at = {
    {{{{3, 2, 0}, {10, 5, 0}, {43, 17, 2}, {97, 73, 47}, {100, 100, 90}}},
     {{{0, 0, 0}, {23, 7, 3}, {73, 37, 25}, {100, 98, 70}, {100, 100, 98}}},
     {{{2, 0, 0}, {38, 13, 2}, {95, 52, 23}, {100, 100, 90}, {100, 100, 100}}}}};

// "  98" and, where this program finds less by more than three standard errors of the difference, "below".
std::string beside_fixed(double found, std::size_t branches, int fixed) {
  const double error = std::hypot(error_of(found, branches), error_of(fixed, 60));
  return fmt::format("{:>9}{}", fixed, found < fixed - 3 * error ? "  BELOW" : "");
}

void print_power(std::size_t branches, long only_response) {
  fmt::print(
      "Organised: n members through one recruiter, 1 to 3 accounts, 1 to 6 days, among scattered errors\n");
  print_head(" fixed at");
  constexpr std::array responses = {0.5, 0.7, 0.9, 0.95};
  for (std::size_t of_response = 0; of_response < responses.size(); ++of_response) {
    const double response = responses.at(of_response);
    if (only_response > 0 && std::lround(100 * response) != only_response) continue;
    for (std::size_t size = 0; size < sizes.size(); ++size) {
      for (std::size_t share = 0; share < scattered_shares.size(); ++share) {
        SimulationPlan plan;
        plan.response = response;
        plan.organised = sizes.at(size);
        plan.scattered = scattered_shares.at(share);
        const auto rows = run_cell(plan, branches);
        std::string last;
        if (of_response < fixed_at.size()) {
          last = beside_fixed(percent(rows, [](const BranchRow& row) { return row.rule; }), branches,
                              fixed_at.at(of_response).at(size).at(share));
        }
        print_outcomes(fmt::format("{:.0f} %: {} organised + {:.0f} %", 100 * response, plan.organised,
                                   100 * plan.scattered),
                       rows, last);
      }
    }
  }
}

// As many irregular members as the organised branches have, but nobody organised them.
void print_scattered(std::size_t branches) {
  fmt::print("\nScattered: as many irregular members, nobody organising them (response 70 %)\n");
  print_head();
  for (const int members : sizes) {
    for (const double more : scattered_shares) {
      SimulationPlan plan;
      plan.scattered = members / 1200.0 + more;
      print_outcomes(fmt::format("{} scattered + {:.0f} %", members, 100 * more), run_cell(plan, branches));
    }
  }
}

// What the strict base rate that the inquiry sets does to the last two outcomes; co-ordination does not rest
// on it. One test a branch, decided under each rate.
void print_base_rates(std::size_t branches) {
  constexpr std::array rates = {0.02, 0.04, 0.06, 0.08};
  fmt::print(
      "\nBy the strict base rate of the settings (response 70 %): accident / individual / co-ordination / "
      "cannot, %\n{:<26}",
      "");
  for (const double rate : rates) fmt::print("{:>18}", fmt::format("{:.0f} %", 100 * rate));
  fmt::print("\n");
  for (const auto& [organised, scattered] :
       {std::pair{0, 0.0}, {0, 0.05}, {0, 0.10}, {20, 0.05}, {40, 0.05}}) {
    SimulationPlan plan;
    plan.organised = organised;
    plan.scattered = scattered;
    std::vector<std::array<impact::VerdictOutcome, rates.size()>> found(branches);
    parallel_for(0, branches, [&](std::size_t branch) {
      const auto test =
          signals::test_linkage_of_irregulars(tests::simulated_branch(seeded(plan, branch)), {.threads = 1});
      for (std::size_t rate = 0; rate < rates.size(); ++rate) {
        impact::VerdictSettings settings;
        settings.strict_base_rate = rates.at(rate);
        found[branch].at(rate) = impact::decide(test, settings).outcome;
      }
    });
    std::string line;
    for (std::size_t rate = 0; rate < rates.size(); ++rate) {
      using impact::VerdictOutcome;
      const auto share = [&](VerdictOutcome outcome) {
        return percent(found, [&](const auto& row) { return row.at(rate) == outcome; });
      };
      line += fmt::format("{:>18}", fmt::format("{:.0f}/{:.0f}/{:.0f}/{:.0f}",
                                                share(VerdictOutcome::not_distinguishable_from_accident),
                                                share(VerdictOutcome::individual_acts),
                                                share(VerdictOutcome::consistent_with_coordination),
                                                share(VerdictOutcome::cannot_conclude)));
    }
    fmt::print("{:<26}{}\n", fmt::format("{} organised + {:.0f} %", organised, 100 * scattered), line);
    std::fflush(stdout);
  }
}

// What each deletion costs among ten organised, whom two days and three flats hold: none (the rule without
// step 3 is not valid against freshers' days), one of each kind, three of each kind.
void print_rules(std::size_t branches) {
  fmt::print("\nTen organised, response 70 %, no scatter, by how many of each kind are deleted in turn\n");
  print_head();
  SimulationPlan plan;
  plan.organised = 10;
  for (const std::uint32_t candidates : {0U, 1U, 3U}) {
    signals::RuleL1 rule;
    rule.deletion_candidates = candidates;
    print_outcomes(fmt::format("{} of each kind", candidates), run_cell(plan, branches, rule));
  }
}

}  // namespace

int main(int count, char** arguments) {
  const auto number = [&](int at) { return count > at ? std::strtol(arguments[at], nullptr, 10) : 0; };
  const std::size_t branches = number(1) > 0 ? static_cast<std::size_t>(number(1)) : 60;
  print_power(branches, number(2));
  if (number(2) > 0) return 0;
  print_scattered(branches);
  print_base_rates(branches);
  print_rules(3 * branches);
  return 0;
}
