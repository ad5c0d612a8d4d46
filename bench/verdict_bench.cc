// What the verdict finds: the same number of irregular members scattered or organised, over sizes through one
// recruiter, response rates, scattered errors and strict base rates, in branches simulated as doc/verdict.md
// describes. The share called consistent with co-ordination is the power of the rule. False alarms:
// null_calibration_bench.cc.
//
//   verdict_bench [branches a cell, default 60] [response in per cent: the power at it alone; 0: all]
//                 [first seed, default 100,000: no branch below it was looked at while the rule was made]
//                 [organised: the power at this size alone]
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

struct Run {
  long response = 0;  // in per cent: this one alone; 0: all
  std::uint64_t first_seed = 100000;
  long organised = 0;  // this size alone; 0: all
};

constexpr std::array sizes = {5, 10, 20, 40, 80};
constexpr std::array scattered_shares = {0.0, 0.05, 0.10};

// The power of rule L1's steps 1 to 4 in the simulation by which that rule was fixed (doc/verdict.md,
// "Power"), another program: 60 branches a cell. By response 50, 70, 90 %, size, scattered share.
constexpr std::array<std::array<std::array<int, 3>, 5>, 3> fixed_at = {
    {{{{3, 2, 0}, {10, 5, 0}, {43, 17, 2}, {97, 73, 47}, {100, 100, 90}}},
     {{{0, 0, 0}, {23, 7, 3}, {73, 37, 25}, {100, 98, 70}, {100, 100, 98}}},
     {{{2, 0, 0}, {38, 13, 2}, {95, 52, 23}, {100, 100, 90}, {100, 100, 100}}}}};

// "  98" and, where this program finds less by more than three standard errors of the difference, "below".
std::string beside_fixed(double found, std::size_t branches, int fixed) {
  const double error = std::hypot(error_of(found, branches), error_of(fixed, 60));
  return fmt::format("{:>9}{}", fixed, found < fixed - 3 * error ? "  BELOW" : "");
}

// Percentages of the branches in which each step was not met: js / two links / deletions / Gamma / own rates
// / exhibits.
std::string missed_by(const std::vector<BranchRow>& rows) {
  std::string said;
  for (std::size_t step = 0; step < rows.front().missed.size(); ++step) {
    said += fmt::format("{}{:.0f}", step ? "/" : "",
                        percent(rows, [step](const BranchRow& row) { return row.missed.at(step); }));
  }
  return fmt::format("{:>22}", said);
}

void print_power(const Run& run, std::size_t branches) {
  fmt::print(
      "Organised: n members through one recruiter, 1 to 3 accounts, 1 to 6 days, among scattered errors\n");
  print_head(" L1 then   missed by js/links/out/Gamma/own/exhibits");
  constexpr std::array responses = {0.5, 0.7, 0.9, 0.95};
  for (std::size_t of_response = 0; of_response < responses.size(); ++of_response) {
    const double response = responses.at(of_response);
    if (run.response > 0 && std::lround(100 * response) != run.response) continue;
    for (std::size_t size = 0; size < sizes.size(); ++size) {
      if (run.organised > 0 && sizes.at(size) != run.organised) continue;
      for (std::size_t share = 0; share < scattered_shares.size(); ++share) {
        SimulationPlan plan;
        plan.seed = run.first_seed;
        plan.response = response;
        plan.organised = sizes.at(size);
        plan.scattered = scattered_shares.at(share);
        const auto rows = run_cell(plan, branches);
        std::string last = "         ";
        if (of_response < fixed_at.size()) {
          last = beside_fixed(percent(rows, [](const BranchRow& row) { return row.rule; }), branches,
                              fixed_at.at(of_response).at(size).at(share));
        }
        print_outcomes(fmt::format("{:.0f} %: {} organised + {:.0f} %", 100 * response, plan.organised,
                                   100 * plan.scattered),
                       rows, last + missed_by(rows));
      }
    }
  }
}

// As many irregular members as the organised branches have, but nobody organised them.
void print_scattered(const Run& run, std::size_t branches) {
  fmt::print("\nScattered: as many irregular members, nobody organising them (response 70 %)\n");
  print_head();
  for (const int members : sizes) {
    for (const double more : scattered_shares) {
      SimulationPlan plan;
      plan.seed = run.first_seed;
      plan.scattered = members / 1200.0 + more;
      print_outcomes(fmt::format("{} scattered + {:.0f} %", members, 100 * more), run_cell(plan, branches));
    }
  }
}

// What the strict base rate that the inquiry sets does to the last two outcomes; co-ordination does not rest
// on it. One test a branch, decided under each rate.
void print_base_rates(const Run& run, std::size_t branches) {
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
    plan.seed = run.first_seed;
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

// What single parts of the rule cost, or save: 20 organised among 5 % of scattered errors, response 70 %; and
// an organiser who enrolled nobody else.
void print_rules(const Run& run, std::size_t branches) {
  fmt::print("\nParts of the rule, response 70 %, 5 % scattered\n");
  print_head("           missed by js/links/out/Gamma/own/exhibits");
  SimulationPlan plan;
  plan.seed = run.first_seed;
  plan.scattered = 0.05;
  plan.organised = 20;
  const auto print = [&](const std::string& name, const signals::RuleL3& rule) {
    const auto rows = run_cell(plan, branches, rule);
    print_outcomes(name, rows, "         " + missed_by(rows));
  };
  print("20 organised", {});
  for (const std::uint32_t candidates : {0U, 1U}) {
    signals::RuleL3 rule;
    rule.deletion_candidates = candidates;
    print(fmt::format("  {} of each kind left out", candidates), rule);
  }
  signals::RuleL3 unpooled;
  unpooled.least_class = 1;
  print("  small classes not pooled", unpooled);
  signals::RuleL3 any_rate;
  any_rate.within = 1;
  print("  own rates not allowed", any_rate);
  plan.honest_recruits = 0;
  for (const int organised : {20, 40, 80}) {
    plan.organised = organised;
    print(fmt::format("{} organised, nobody else", organised), {});
  }
}

}  // namespace

int main(int count, char** arguments) {
  const auto number = [&](int at) { return count > at ? std::strtol(arguments[at], nullptr, 10) : 0; };
  const std::size_t branches = number(1) > 0 ? static_cast<std::size_t>(number(1)) : 60;
  Run run;
  run.response = number(2);
  if (number(3) > 0) run.first_seed = static_cast<std::uint64_t>(number(3));
  run.organised = number(4);
  print_power(run, branches);
  if (run.response > 0) return 0;
  print_scattered(run, branches);
  print_base_rates(run, branches);
  print_rules(run, branches);
  return 0;
}
