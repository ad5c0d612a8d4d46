// A slice of bench/null_calibration_bench.cc, small enough to run with every change: over clean branches with
// every optional input, each signal that has e-values keeps their mean at most 1, its p conservative, and
// lists hardly ever.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/parallel.h"
#include "signals/branch.h"
#include "signals/optional_inputs.h"
#include "signals/signal.h"
#include "stats/null_checks.h"
#include "stats/random.h"

namespace scrutineer::signals {
namespace {

struct Sampled {
  std::optional<double> p, e;
  bool lists = false;
};

// One p, drawn by the seed so that the p-values of a signal are independent, and the mean e of the family.
Sampled sample(const Signal& signal, const Evidence& evidence) {
  const auto said = signal.run(evidence, {.threads = 1, .permutations = 99, .whole_family = true});
  const auto* report = std::get_if<SignalReport>(&said);
  if (report == nullptr) return {};
  Sampled sampled{{}, {}, report->listed > 0};
  std::map<std::string, double> p;
  std::vector<double> e;
  for (const Finding& finding : report->findings) {
    if (!finding.e) continue;
    e.push_back(*finding.e);
    if (finding.p) p.emplace(finding.id, *finding.p);
  }
  if (!e.empty()) sampled.e = tests::mean_of(e).value;
  if (p.empty()) return sampled;
  stats::Random random(evidence.seed, signal.key);
  auto drawn = p.begin();
  std::advance(drawn, static_cast<std::ptrdiff_t>(random.below(p.size())));
  sampled.p = drawn->second;
  return sampled;
}

TEST(NullCalibration, EverySignalWithAnEValueKeepsItInCleanBranches) {
  constexpr std::size_t branches = 60;
  const auto all = registry();
  std::vector<std::vector<Sampled>> of(all.size(), std::vector<Sampled>(branches));
  parallel_for(0, branches, [&](std::size_t branch) {
    Evidence evidence = tests::make_branch({.seed = 3000 + branch,
                                            .members = 600,
                                            .joins_elsewhere = branch % 2 == 0,
                                            .treasurers = 2,
                                            .treasurer_households = 14,
                                            .canvass = true});
    tests::add_optional_inputs(evidence, branch);
    for (std::size_t s = 0; s < all.size(); ++s) of[s][branch] = sample(all[s], evidence);
  });
  std::size_t with_e = 0;
  for (std::size_t s = 0; s < all.size(); ++s) {
    std::vector<double> p, e;
    std::size_t lists = 0;
    for (const Sampled& one : of[s]) {
      lists += one.lists ? 1 : 0;
      if (one.p) p.push_back(*one.p);
      if (one.e) e.push_back(*one.e);
    }
    EXPECT_LE(lists, 9U) << all[s].key << ": e-BH at 5 % of 60 branches";
    if (e.size() < 2) continue;
    ++with_e;
    const tests::Mean mean = tests::mean_of(e);
    EXPECT_LT(mean.value, 1.0 + 4 * mean.error + 1e-9) << all[s].key;
    EXPECT_LT(tests::anticonservative_by(p), tests::allowed(p.size())) << all[s].key;
  }
  EXPECT_GE(with_e, 11U);
}

}  // namespace
}  // namespace scrutineer::signals
