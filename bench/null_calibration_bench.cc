// What clean branches get. Every p-value of every signal is uniform or conservative, every e-value averages
// at most one, e-BH keeps its rate, and the verdict does not call them co-ordinated: over generated branches
// with families, shared houses, students, treasurers, stalls, deadlines and one lawful recruiter, and over
// rolls whose outcomes were permuted; the traps of doc/verdict.md besides.
//
//   null_calibration_bench [branches, default 1000] [branches a trap, default 500] [numbers of signals: these
//   alone]
//
// KS is the one-sided Kolmogorov-Smirnov distance by which p lies *below* uniform, and its 1 % point. From
// each branch one finding of each signal is drawn by the seed, so that the p-values are independent. e is the
// mean over the family of the branch, averaged over branches, with its standard error. "lists" is the share
// of branches in which the signal lists anything: in a clean branch all that is listed is false, so this is
// the false discovery rate that e-BH bounds by 5 %.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "branch_cells.h"
#include "signals/branch.h"
#include "signals/optional_inputs.h"
#include "signals/signal.h"
#include "stats/null_checks.h"
#include "stats/random.h"

namespace {

using namespace scrutineer;
using namespace scrutineer::bench;

struct Sampled {
  std::optional<double> p;
  std::optional<double> e;
  bool lists = false;
  bool ran = false;
};

// Members, dates and payers as generated; the outcomes of whole households exchanged at random, so that the
// null of the key test holds whatever was planted.
void permute_outcomes(signals::Evidence& evidence, std::uint64_t seed) {
  std::map<std::size_t, std::vector<std::vector<std::uint32_t>>> by_size;
  std::map<std::uint32_t, std::vector<std::uint32_t>> households;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i)
    households[evidence.members[i].household].push_back(i);
  for (auto& [household, members] : households) by_size[members.size()].push_back(std::move(members));
  stats::Random random(seed, "permuted roll");
  const std::vector<signals::Member> before = evidence.members;
  for (auto& [size, group] : by_size) {
    std::vector<std::size_t> source(group.size());
    for (std::size_t at = 0; at < source.size(); ++at) source[at] = at;
    random.shuffle(std::span(source));
    for (std::size_t at = 0; at < group.size(); ++at) {
      for (std::size_t k = 0; k < size; ++k) {
        const signals::Member& from = before[group[source[at]][k]];
        signals::Member& to = evidence.members[group[at][k]];
        to.outcome = from.outcome;
        to.ever_at_address = from.ever_at_address;
        to.status = from.status;
      }
    }
  }
}

// The branch of one seed: half of them of the signals' generator (register, joins elsewhere, form numbers,
// treasurers of 14 or 20 households), half of the verdict's (shared houses, stalls, lawful recruiter of 90),
// every other one of those with 5 % of scattered errors.
signals::Evidence clean_branch(std::uint64_t seed) {
  if (seed % 2 == 0) {
    return tests::make_branch({.seed = seed,
                               .joins_elsewhere = seed % 4 == 0,
                               .treasurers = static_cast<std::uint32_t>(1 + seed % 3),
                               .treasurer_households = seed % 8 < 4 ? 14U : 20U,
                               .canvass = true});
  }
  return tests::simulated_branch({.seed = seed, .scattered = seed % 4 == 3 ? 0.05 : 0.0});
}

Sampled sample(const signals::Signal& signal, const signals::Evidence& evidence) {
  const auto said = signal.run(evidence, {.threads = 1, .permutations = 199, .whole_family = true});
  const auto* report = std::get_if<signals::SignalReport>(&said);
  if (report == nullptr) return {};
  Sampled sampled;
  sampled.ran = true;
  sampled.lists = report->listed > 0;
  std::vector<const signals::Finding*> with_p;
  double sum = 0;
  std::size_t with_e = 0;
  for (const signals::Finding& finding : report->findings) {
    if (finding.p) with_p.push_back(&finding);
    if (finding.e) {
      sum += *finding.e;
      ++with_e;
    }
  }
  if (with_e > 0) sampled.e = sum / static_cast<double>(with_e);
  if (!with_p.empty()) {
    // The order of findings follows their e; ids do not know it.
    std::sort(with_p.begin(), with_p.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    stats::Random random(evidence.seed, std::string("one of ") + std::string(signal.key));
    sampled.p = with_p[static_cast<std::size_t>(random.below(with_p.size()))]->p;
  }
  return sampled;
}

// A row of the key test, whose single links have a p and no e of their own.
bool js_like(const std::string& name) {
  return name.starts_with("permuted");
}

void print_calibration(const std::string& name, const std::vector<double>& p, const std::vector<double>& e,
                       double lists) {
  const double ks = p.empty() ? 0 : tests::anticonservative_by(p);
  const double limit = p.empty() ? 0 : 1.517 / std::sqrt(static_cast<double>(p.size()));
  const tests::Mean mean = e.size() > 1 ? tests::mean_of(e) : tests::Mean{};
  const auto below = [&](double a) {
    return p.empty() ? 0.0
                     : 100.0 *
                           static_cast<double>(
                               std::count_if(p.begin(), p.end(), [a](double x) { return x <= a; })) /
                           static_cast<double>(p.size());
  };
  const std::string said_p =
      p.empty() ? fmt::format("{:>24}", "no p")
                : fmt::format("{:>8.3f} ({:.3f}){:>8.1f}", std::max(0.0, ks), limit, below(0.05));
  const std::string said_e = e.size() < 2 ? fmt::format("{:>18}", "no e")
                                          : fmt::format("{:>9.2f} +- {:.2f}", mean.value, mean.error);
  const auto n = static_cast<double>(std::max<std::size_t>(1, std::max(p.size(), e.size())));
  std::string remark;
  if (e.empty() && !js_like(name)) {
    remark = p.empty() ? "" : "a rank for description: no e, lists nothing";
  } else if (ks > limit) {
    remark = "ANTICONSERVATIVE";
  } else if (mean.value > 1 + 3 * mean.error) {
    remark = "E ABOVE 1";
  } else if (lists > 5 + 300 * std::sqrt(0.0475 / n)) {
    remark = "LISTS TOO OFTEN";
  }
  fmt::print("{:<34}{:>6}{}{}{:>8.1f} {}\n", name, std::max(p.size(), e.size()), said_p, said_e, lists,
             remark);
  std::fflush(stdout);
}

void print_signals(std::size_t branches, const std::set<int>& only) {
  fmt::print("Clean branches, every signal, 199 permutations\n{:<34}{:>6}{:>16}{:>8}{:>17}{:>9}\n", "signal",
             "n", "KS (1 % point)", "p<=5 %", "mean e", "lists %");
  std::vector<signals::Signal> all;
  for (const signals::Signal& signal : signals::registry()) {
    if (only.empty() || only.contains(signal.number)) all.push_back(signal);
  }
  std::vector<std::vector<Sampled>> of(all.size(), std::vector<Sampled>(branches));
  parallel_for(0, branches, [&](std::size_t branch) {
    signals::Evidence evidence = clean_branch(branch + 1);
    tests::add_optional_inputs(evidence, branch + 1);
    for (std::size_t s = 0; s < all.size(); ++s) of[s][branch] = sample(all[s], evidence);
  });
  for (std::size_t s = 0; s < all.size(); ++s) {
    std::vector<double> p, e;
    std::size_t ran = 0, lists = 0;
    for (const Sampled& one : of[s]) {
      ran += one.ran;
      lists += one.lists;
      if (one.p) p.push_back(*one.p);
      if (one.e) e.push_back(*one.e);
    }
    const std::string name = fmt::format("{:>2} {}", all[s].number, all[s].key);
    if (ran == 0) {
      fmt::print("{:<34}{:>6} not run: these branches hold no input for it\n", name, 0);
    } else {
      print_calibration(name, p, e, 100.0 * static_cast<double>(lists) / static_cast<double>(ran));
    }
  }
}

void print_key_test(const std::string& name, const std::vector<BranchRow>& rows) {
  std::vector<double> js, e;
  for (const BranchRow& row : rows) {
    js.push_back(row.js);
    e.push_back(row.e);
  }
  print_calibration(name + ": js", js, e, 0);
  constexpr std::array<const char*, signals::link_type_count> names = {"payer", "recruiter", "phone", "day"};
  for (std::size_t type = 0; type < signals::link_type_count; ++type) {
    std::vector<double> p;
    for (const BranchRow& row : rows) p.push_back(row.p[type]);
    print_calibration(fmt::format("{}: {}", name, names[type]), p, {}, 0);
  }
}

// Outcomes exchanged between households: the null of the key test holds by construction, so its p must be
// uniform or conservative to the last digit.
std::vector<BranchRow> permuted_cell(std::size_t branches) {
  std::vector<BranchRow> rows(branches);
  parallel_for(0, branches, [&](std::size_t branch) {
    signals::Evidence evidence =
        tests::simulated_branch({.seed = branch + 1, .scattered = 0.05, .organised = 40, .response = 1.0});
    permute_outcomes(evidence, branch + 1);
    const auto test = signals::test_linkage_of_irregulars(evidence, {.threads = 1, .permutations = 999});
    rows[branch] = {impact::decide(test).outcome, test.statistics_met(), test.joint.js, test.e, 1, 1, {}, {}};
    for (std::size_t type = 0; type < signals::link_type_count; ++type)
      rows[branch].p[type] = test.joint.p[type];
  });
  return rows;
}

void print_verdicts(std::size_t honest, std::size_t trapped) {
  fmt::print("\nThe key test under its null\n");
  const auto permuted = permuted_cell(honest);
  print_key_test("permuted", permuted);
  fmt::print("\nThe verdict over honest branches and traps, response 70 %, 9,999 permutations\n");
  print_head();
  print_outcomes("permuted", permuted);
  std::uint64_t called = called_coordinated(permuted);
  std::uint64_t all = permuted.size();
  for (const double scattered : {0.0, 0.05, 0.10}) {
    tests::SimulationPlan plan;
    plan.scattered = scattered;
    const auto rows = run_cell(plan, honest);
    print_outcomes(fmt::format("honest, {:.0f} % scattered", 100 * scattered), rows);
    called += called_coordinated(rows);
    all += rows.size();
  }
  fmt::print("    {} of {} honest branches called co-ordinated\n", called, all);
  called = all = 0;
  constexpr std::array<const char*, 7> traps = {"",
                                                "t1 student recruiter",
                                                "t2 collected cash",
                                                "t3 40 % moved",
                                                "t4 strict 2.3x",
                                                "t5 careless 3x",
                                                "t6 careless 3.6x"};
  for (int trap = 1; trap <= 6; ++trap) {
    for (const double scattered : {0.0, 0.05}) {
      tests::SimulationPlan plan;
      plan.trap = trap;
      plan.scattered = scattered;
      const auto rows = run_cell(plan, trapped);
      print_outcomes(fmt::format("{} + {:.0f} %", traps.at(static_cast<std::size_t>(trap)), 100 * scattered),
                     rows);
      called += called_coordinated(rows);
      all += rows.size();
    }
  }
  tests::SimulationPlan uneven;
  uneven.uneven_visiting = true;
  for (const int trap : {0, 2}) {
    uneven.trap = trap;
    const auto rows = run_cell(uneven, trapped);
    print_outcomes(trap ? "uneven visiting, t2" : "uneven visiting", rows);
    called += called_coordinated(rows);
    all += rows.size();
  }
  fmt::print("    {} of {} trapped branches called co-ordinated\n", called, all);
}

}  // namespace

int main(int count, char** arguments) {
  const auto number = [&](int at, std::size_t otherwise) {
    const long given = count > at ? std::strtol(arguments[at], nullptr, 10) : 0;
    return given > 0 ? static_cast<std::size_t>(given) : otherwise;
  };
  const std::size_t branches = number(1, 1000);
  std::set<int> only;
  for (int at = 3; at < count; ++at) only.insert(static_cast<int>(number(at, 0)));
  print_signals(branches, only);
  if (only.empty()) print_verdicts(branches, number(2, 500));
  return 0;
}
