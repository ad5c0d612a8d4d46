// Cells of simulated branches for the benches of the verdict: many branches of one plan, what rule L3 and the
// verdict say of each, and one printed row a cell.
#ifndef SCRUTINEER_BENCH_BRANCH_CELLS_H_
#define SCRUTINEER_BENCH_BRANCH_CELLS_H_

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.h"
#include "impact/branch_simulator.h"
#include "impact/verdict.h"

namespace scrutineer::bench {

struct BranchRow {
  impact::VerdictOutcome outcome = impact::VerdictOutcome::cannot_conclude;
  bool rule = false;  // steps 1 to 5
  double js = 1;
  double e = 1;  // of js
  double rate_e = 1;
  double placebo = 1;
  std::array<double, signals::link_type_count> p{};  // of the four single links
  std::array<bool, 6> missed{};                      // the steps 1 to 5 and the exhibits
};

// Branch `branch` of a plan: the plan with its own seed. Plans count from `plan.seed`, so that what was tried
// while the rule was made and what is reported of it can be kept apart.
inline tests::SimulationPlan seeded(tests::SimulationPlan plan, std::size_t branch) {
  plan.seed += branch;
  return plan;
}

inline std::vector<BranchRow> run_cell(const tests::SimulationPlan& plan, std::size_t branches,
                                       const signals::RuleL3& rule = {}) {
  std::vector<BranchRow> rows(branches);
  parallel_for(0, branches, [&](std::size_t branch) {
    signals::SignalOptions options;
    options.threads = 1;
    const auto test =
        signals::test_linkage_of_irregulars(tests::simulated_branch(seeded(plan, branch)), options, rule);
    const impact::VerdictSettings settings;
    BranchRow& row = rows[branch];
    row = {impact::decide(test, settings).outcome,
           test.statistics_met(),
           test.joint.js,
           test.e,
           impact::rate_e_of(test, settings),
           test.placebo ? test.placebo->js : 1,
           {},
           {!test.joint_met, !test.links_are_met, !test.deletions_met, !test.sensitivity_met,
            !test.own_rates_met, !test.exhibits_met()}};
    for (std::size_t type = 0; type < signals::link_type_count; ++type) row.p[type] = test.joint.p[type];
  });
  return rows;
}

template <typename Row, typename Of>
double percent(const std::vector<Row>& rows, Of of) {
  if (rows.empty()) return 0;
  return 100.0 * static_cast<double>(std::count_if(rows.begin(), rows.end(), of)) /
         static_cast<double>(rows.size());
}

inline std::uint64_t called_coordinated(const std::vector<BranchRow>& rows) {
  return static_cast<std::uint64_t>(std::count_if(rows.begin(), rows.end(), [](const BranchRow& row) {
    return row.outcome == impact::VerdictOutcome::consistent_with_coordination;
  }));
}

// The standard error of a percentage of n branches; at 0 and at 100 that of one branch more or less.
inline double error_of(double percentage, std::size_t n) {
  const auto count = static_cast<double>(n);
  const double share = (percentage / 100 * count + 0.5) / (count + 1);
  return 100 * std::sqrt(share * (1 - share) / count);
}

// "rule L3" are its steps 1 to 5; "co-ord" asks for the exhibits besides; +- is the standard error of both.
inline void print_head(std::string_view last = "") {
  fmt::print("{:<30}{:>5}{:>9}{:>8}{:>6}{:>12}{:>10}{:>8}{:>10}{:>9}{}\n", "percent of branches", "n",
             "rule L3", "co-ord", "+-", "individual", "accident", "cannot", "js<=.005", "placebo", last);
}

inline void print_outcomes(const std::string& name, const std::vector<BranchRow>& rows,
                           std::string_view last = "") {
  using impact::VerdictOutcome;
  const auto share = [&](VerdictOutcome outcome) {
    return percent(rows, [outcome](const BranchRow& row) { return row.outcome == outcome; });
  };
  const double coordinated = share(VerdictOutcome::consistent_with_coordination);
  fmt::print("{:<30}{:>5}{:>9.1f}{:>8.1f}{:>6.1f}{:>12.1f}{:>10.1f}{:>8.1f}{:>10.1f}{:>9.1f}{}\n", name,
             rows.size(), percent(rows, [](const BranchRow& row) { return row.rule; }), coordinated,
             error_of(coordinated, rows.size()), share(VerdictOutcome::individual_acts),
             share(VerdictOutcome::not_distinguishable_from_accident), share(VerdictOutcome::cannot_conclude),
             percent(rows, [](const BranchRow& row) { return row.js <= 0.005; }),
             percent(rows, [](const BranchRow& row) { return row.placebo <= 0.005; }), last);
  std::fflush(stdout);
}

}  // namespace scrutineer::bench

#endif  // SCRUTINEER_BENCH_BRANCH_CELLS_H_
