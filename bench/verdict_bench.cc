// What the verdict costs and what it finds, over branches simulated as in VERDICT.md section 0: false alarms
// over honest and trapped branches, power over sizes, response rates and scattered errors, and the
// calibration of p and e. Prints tables to compare with VERDICT.md 3c, 3d and section 4; then the time of the
// key test on 10,000 members.
//
//   verdict_bench [null branches a cell, default 500] [power branches a cell, default 60]
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "impact/branch_simulator.h"
#include "impact/verdict.h"
#include "stats/evalues.h"

namespace {

using namespace scrutineer;
using impact::VerdictOutcome;
using tests::BranchPlan;

struct Row {
  VerdictOutcome outcome = VerdictOutcome::cannot_conclude;
  bool rule = false;  // steps 1 to 4
  double js = 1;
  double e = 1;  // of js
  double rate_e = 1;
  double placebo = 1;
};

std::vector<Row> run_cell(const BranchPlan& plan, std::size_t branches) {
  std::vector<Row> rows(branches);
  parallel_for(0, branches, [&](std::size_t branch) {
    BranchPlan own = plan;
    own.seed = branch + 1;
    signals::SignalOptions options;
    options.threads = 1;
    const auto test = signals::test_linkage_of_irregulars(tests::simulated_branch(own), options);
    const impact::VerdictSettings settings;
    rows[branch] = {impact::decide(test, settings).outcome,
                    test.statistics_met(),
                    test.joint.js,
                    test.e,
                    impact::rate_e_of(test, settings),
                    test.placebo ? test.placebo->js : 1};
  });
  return rows;
}

double percent(const std::vector<Row>& rows, auto of) {
  return 100.0 * static_cast<double>(std::count_if(rows.begin(), rows.end(), of)) /
         static_cast<double>(rows.size());
}

double mean(const std::vector<Row>& rows, auto of) {
  double sum = 0;
  for (const Row& row : rows) sum += of(row);
  return sum / static_cast<double>(rows.size());
}

// Kolmogorov-Smirnov in the direction that matters: how far the share of p <= x lies above x.
double above_uniform(const std::vector<Row>& rows) {
  std::vector<double> p;
  for (const Row& row : rows) p.push_back(row.js);
  std::sort(p.begin(), p.end());
  double most = 0;
  for (std::size_t at = 0; at < p.size(); ++at) {
    most = std::max(most, static_cast<double>(at + 1) / static_cast<double>(p.size()) - p[at]);
  }
  return most;
}

void print_outcomes(const std::string& name, const std::vector<Row>& rows) {
  const auto share = [&](VerdictOutcome outcome) {
    return percent(rows, [outcome](const Row& row) { return row.outcome == outcome; });
  };
  fmt::print("{:<26}{:>6}{:>8.2f}{:>9.2f}{:>9.1f}{:>9.1f}{:>9.1f}{:>9.1f}{:>9.1f}\n", name, rows.size(),
             percent(rows, [](const Row& row) { return row.rule; }),
             share(VerdictOutcome::consistent_with_coordination), share(VerdictOutcome::individual_acts),
             share(VerdictOutcome::not_distinguishable_from_accident), share(VerdictOutcome::cannot_conclude),
             percent(rows, [](const Row& row) { return row.js <= 0.005; }),
             percent(rows, [](const Row& row) { return row.placebo <= 0.005; }));
  std::fflush(stdout);
}

void print_head() {
  fmt::print("{:<26}{:>6}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "percent of branches", "n", "rule L1",
             "co-ord", "individ.", "accident", "cannot", "js<=.005", "placebo");
}

void print_null(std::size_t branches) {
  fmt::print("False alarms, response 70 %, 9,999 permutations\n");
  print_head();
  std::size_t honest = 0;
  double alarms = 0;
  for (const double scattered : {0.0, 0.05, 0.10}) {
    BranchPlan plan;
    plan.scattered = scattered;
    const auto rows = run_cell(plan, branches);
    print_outcomes(fmt::format("honest, {:.0f} % scattered", 100 * scattered), rows);
    const double rows_n = static_cast<double>(rows.size());
    const double mean_e = mean(rows, [](const Row& row) { return row.e; });
    const double squares = mean(rows, [](const Row& row) { return row.e * row.e; });
    fmt::print(
        "    js: greatest excess over uniform {:.3f} (5 % point {:.3f}); mean e {:.2f} (+- {:.2f}); mean "
        "rate e {:.2g}\n",
        above_uniform(rows), 1.22 / std::sqrt(rows_n), mean_e,
        std::sqrt((squares - mean_e * mean_e) / rows_n),
        mean(rows, [](const Row& row) { return row.rate_e; }));
    honest += rows.size();
    alarms +=
        percent(rows,
                [](const Row& row) { return row.outcome == VerdictOutcome::consistent_with_coordination; }) *
        rows_n / 100;
  }
  fmt::print("    {:.0f} of {} honest branches called co-ordinated\n", alarms, honest);
  for (int trap = 1; trap <= 6; ++trap) {
    for (const double scattered : {0.0, 0.05}) {
      BranchPlan plan;
      plan.trap = trap;
      plan.scattered = scattered;
      print_outcomes(fmt::format("trap t{}, {:.0f} % scattered", trap, 100 * scattered),
                     run_cell(plan, branches / 2));
    }
  }
  BranchPlan uneven;
  uneven.uneven_visiting = true;
  print_outcomes("uneven visiting", run_cell(uneven, branches / 2));
  uneven.trap = 2;
  print_outcomes("uneven visiting, t2", run_cell(uneven, branches / 2));
}

void print_power(std::size_t branches) {
  fmt::print("\nPower\n");
  print_head();
  for (const double response : {0.5, 0.7, 0.9}) {
    for (const int organised : {5, 10, 20, 40, 80}) {
      for (const double scattered : {0.0, 0.05, 0.10}) {
        BranchPlan plan;
        plan.response = response;
        plan.organised = organised;
        plan.scattered = scattered;
        print_outcomes(fmt::format("{:.0f} %: {} among {:.0f} %", 100 * response, organised, 100 * scattered),
                       run_cell(plan, branches));
      }
    }
  }
}

void print_time() {
  BranchPlan plan;
  plan.members = 10000;
  plan.organised = 40;
  plan.scattered = 0.05;
  const auto evidence = tests::simulated_branch(plan);
  const auto begin = std::chrono::steady_clock::now();
  const auto test = signals::test_linkage_of_irregulars(evidence, {});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  fmt::print(
      "\n{} members, {} known, {} strict: every test of the rule with 9,999 permutations in {:.2f} s (js "
      "{:.4g})\n",
      test.members, test.known, test.strict, taken.count(), test.joint.js);
}

}  // namespace

int main(int count, char** arguments) {
  const auto number = [&](int at, std::size_t otherwise) {
    const long given = count > at ? std::strtol(arguments[at], nullptr, 10) : 0;
    return given > 0 ? static_cast<std::size_t>(given) : otherwise;
  };
  print_time();
  print_null(number(1, 500));
  print_power(number(2, 60));
  return 0;
}
