// Scans, runs, coincidences, survival and blocks: published figures, textbook twins, and validity by
// simulation.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "stats/chi_squared.h"
#include "stats/coincidences.h"
#include "stats/dense_block.h"
#include "stats/log_rank.h"
#include "stats/null_checks.h"
#include "stats/random.h"
#include "stats/robust_line.h"
#include "stats/runs.h"
#include "stats/scan.h"
#include "stats/special.h"
#include "support/shared_data.h"

namespace scrutineer::stats {
namespace {

// SaTScan's own numbers, read from the file that quotes them.
TEST(Scan, GivesSaTScansLikelihoodRatios) {
  SCRUTINEER_NEEDS_SHARED(file, "forensics/satscan/expected_numbers.csv");
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  int checked = 0;
  while (std::getline(in, line)) {
    std::stringstream row(line);
    std::string what, model, field;
    std::getline(row, what, ',');
    std::getline(row, model, ',');
    std::vector<double> values;
    for (int i = 0; i < 5 && std::getline(row, field, ','); ++i)
      values.push_back(std::strtod(field.c_str(), nullptr));
    ASSERT_EQ(values.size(), 5U) << line;
    const double llr = model == "Poisson" ? scan_llr_poisson(values[1], values[2], values[0])
                                          : scan_llr_bernoulli(values[1], values[2], values[0], values[3]);
    EXPECT_NEAR(llr / values[4], 1.0, 1e-5) << line;
    ++checked;
  }
  EXPECT_EQ(checked, 3);
}

// METHODS.md 2.2: c = 141 of n = 3,172, C = 24,940 of N = 1,237,189: expected 63.94, relative risk 2.21.
TEST(Scan, GivesTheRelativeRiskOfTheTutorial) {
  const double expected = 3172.0 * 24940 / 1237189;
  EXPECT_NEAR(expected, 63.94, 0.005);
  EXPECT_NEAR((141 / 3172.0) / ((24940 - 141) / (1237189.0 - 3172)), 2.21, 0.005);
  EXPECT_EQ(scan_llr_poisson(1, 2, 10), 0.0);
  EXPECT_EQ(scan_llr_bernoulli(0, 10, 5, 100), 0.0);
}

std::vector<PlacedCase> random_cases(std::uint64_t seed, int number) {
  Random random(seed, "cases");
  std::vector<PlacedCase> cases;
  for (int i = 0; i < number; ++i)
    cases.push_back(
        {static_cast<std::uint32_t>(random.below(6)), static_cast<std::int32_t>(random.below(200))});
  return cases;
}

TEST(Scan, FindsAPlantedClusterAndIsValidWithoutOne) {
  auto cases = random_cases(1, 300);
  for (int i = 0; i < 15; ++i) cases.push_back({4, 100 + i % 3});
  const ScanWindow window = space_time_permutation_scan(cases, {.replicates = 199, .seed = 1, .threads = 2});
  EXPECT_EQ(window.place, 4U);
  EXPECT_GE(window.last_day, 100);
  EXPECT_LE(window.first_day, 102);
  EXPECT_DOUBLE_EQ(window.p, 1.0 / 200);
  EXPECT_EQ(space_time_permutation_scan({}, {}).llr, 0.0);
  std::vector<double> p;
  for (std::uint64_t seed = 10; seed < 210; ++seed)
    p.push_back(
        space_time_permutation_scan(random_cases(seed, 60), {.replicates = 49, .seed = seed, .threads = 1})
            .p);
  EXPECT_LT(tests::anticonservative_by(p), tests::allowed(p.size()));
}

TEST(Scan, GumbelAgreesWithItsOwnQuantiles) {
  std::vector<double> maxima;
  Random random(1, "gumbel");
  for (int i = 0; i < 20000; ++i) maxima.push_back(3 - 2 * std::log(-std::log(random.uniform_open())));
  EXPECT_NEAR(gumbel_p(3 - 2 * std::log(-std::log(0.99)), maxima), 0.01, 0.001);
}

TEST(Runs, AgreeWithEnumeration) {
  for (int n = 1; n <= 5; ++n)
    for (int m = 1; m <= 5; ++m) {
      std::vector<double> counts(12, 0.0);
      double all = 0;
      for (unsigned set = 0; set < (1U << (n + m)); ++set) {
        if (__builtin_popcount(set) != n) continue;
        std::vector<bool> marks;
        for (int i = 0; i < n + m; ++i) marks.push_back((set >> i & 1U) != 0);
        counts[runs_test(marks).runs] += 1;
        all += 1;
      }
      double below = 0;
      for (std::uint64_t r = 0; r < counts.size(); ++r) {
        below += counts[r] / all;
        EXPECT_NEAR(runs_lower_tail(r, static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(m)), below,
                    1e-9);
      }
    }
  // Swed & Eisenhart 1943, table: n = m = 10: P(R <= 6) = .019, P(R <= 7) = .051.
  EXPECT_NEAR(runs_lower_tail(6, 10, 10), 0.019, 5e-4);
  EXPECT_NEAR(runs_lower_tail(7, 10, 10), 0.051, 5e-4);
  const RunsTest test = runs_test({false, true, true, false, true});
  EXPECT_EQ(test.longest, 2U);
  EXPECT_EQ(test.longest_at, 1U);
  EXPECT_EQ(runs_test({}).p, 1.0);
}

// McDonald & Levitt 2008: 180 people of voting age: even odds of a shared date of birth; 460: 99 %.
// METHODS.md 1.1.
TEST(Coincidences, GiveTheTwoNumbersOfMcDonaldAndLevitt) {
  const double pair = 1.0 / 23242;
  const auto none_shared = [&](double n) { return std::exp(n * (n - 1) / 2 * std::log1p(-pair)); };
  EXPECT_NEAR(1 - none_shared(180), 0.50, 0.005);
  EXPECT_NEAR(1 - none_shared(460), 0.9894, 0.0005);
  // The exact recursion with equal shares of the same pair rate.
  const std::vector<double> shares(23242, pair);
  EXPECT_NEAR(1 - probability_of_no_pair(180, shares), 0.50, 0.005);
  // The classic: 23 people, 365 days.
  EXPECT_NEAR(1 - probability_of_no_pair(23, std::vector<double>(365, 1.0 / 365)), 0.5073, 5e-5);
}

// METHODS.md 1.2: 60 listed names among 1,217 members: 7.3, 37 and 146 matches for class shares 1e-4, 5e-4
// and 2e-3; one day in ten piled on 1 January gives 0.0122 agreement.
TEST(Coincidences, GiveTheTabulatedExpectations) {
  EXPECT_NEAR(expected_list_matches(1217, std::vector<double>(60, 1e-4)), 7.3, 0.05);
  EXPECT_NEAR(expected_list_matches(1217, std::vector<double>(60, 5e-4)), 37, 0.6);
  EXPECT_NEAR(expected_list_matches(1217, std::vector<double>(60, 2e-3)), 146, 0.5);
  EXPECT_NEAR(day_agreement_with_pile(0.10), 0.0122, 5e-5);
  EXPECT_NEAR(day_agreement_with_pile(0.0), 0.00274, 5e-6);
  const std::vector<std::uint64_t> counts{3, 2, 1};
  EXPECT_DOUBLE_EQ(expected_pairs(counts, std::vector<double>{0.5}), 2.0);
  EXPECT_DOUBLE_EQ(expected_pairs(counts, std::vector<double>{0.5, 1.0, 9.0}), 2.5);
  EXPECT_NEAR(agreement_chance(counts), 8.0 / 30, 1e-12);
}

TEST(Coincidences, MeanVarianceAndTailHoldBySimulation) {
  const std::vector<double> shares{0.02, 0.03, 0.05, 0.1, 0.1, 0.2, 0.2, 0.3};
  std::vector<double> pairs, p;
  const std::vector<double> rare(5000, 1.0 / 5000);
  for (std::uint64_t replicate = 0; replicate < 3000; ++replicate) {
    Random random(1, "coincidences", replicate);
    std::vector<double> counts(shares.size(), 0.0);
    for (int i = 0; i < 12; ++i) {
      double left = random.uniform();
      std::size_t k = 0;
      while (k + 1 < shares.size() && (left -= shares[k]) >= 0) ++k;
      counts[k] += 1;
    }
    double found = 0;
    for (const double c : counts) found += c * (c - 1) / 2;
    pairs.push_back(found);
    std::vector<std::uint32_t> draws;
    for (int i = 0; i < 60; ++i) draws.push_back(static_cast<std::uint32_t>(random.below(5000)));
    std::uint64_t same = 0;
    for (std::size_t i = 0; i < draws.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) same += draws[i] == draws[j] ? 1 : 0;
    p.push_back(coincidence_upper_tail(same, 60, rare));
  }
  const PairCount expected = pairs_among(12, shares);
  const tests::Mean mean = tests::mean_of(pairs);
  EXPECT_NEAR(mean.value, expected.mean, 4 * mean.error);
  double variance = 0;
  for (const double v : pairs)
    variance += (v - mean.value) * (v - mean.value) / static_cast<double>(pairs.size());
  EXPECT_NEAR(variance / expected.variance, 1.0, 0.15);
  EXPECT_LT(tests::anticonservative_by(p), tests::allowed(p.size()));
}

// Freireich et al. 1963, remission in weeks, 6-mercaptopurine (first) and placebo: the log-rank example of
// textbooks; placebo 21 observed, 10.75 expected, chi-squared 16.79.
TEST(LogRank, AgreesWithTheTextbook) {
  const std::vector<std::pair<int, bool>> treated{
      {6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
      {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
      {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false}};
  const std::vector<int> placebo{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
  std::vector<Survival> cases;
  std::vector<bool> first;
  for (const auto& [weeks, event] : treated) {
    cases.push_back({weeks, event});
    first.push_back(false);
  }
  for (const int weeks : placebo) {
    cases.push_back({weeks, true});
    first.push_back(true);
  }
  const LogRank test = LogRankTest(cases).evaluate(first);
  EXPECT_DOUBLE_EQ(test.observed, 21);
  EXPECT_NEAR(test.expected, 10.75, 0.005);
  EXPECT_NEAR(test.z() * test.z(), 16.79, 0.005);
  EXPECT_GT(test.hazard_ratio(), 3);
}

TEST(RobustLine, IsNotMovedByOutliers) {
  std::vector<double> x, y;
  Random random(1, "line");
  for (int i = 0; i < 60; ++i) {
    x.push_back(i);
    y.push_back(2.0 * i + 1 + 0.2 * (random.uniform() - 0.5) + (i % 10 == 0 ? 100 : 0));
  }
  const RobustLine line = robust_line(x, y);
  EXPECT_NEAR(line.slope, 2, 0.02);
  EXPECT_NEAR(line.intercept, 1, 0.3);
  EXPECT_GT(line.z[10], 100);
  EXPECT_DOUBLE_EQ(median({3, 1, 2, 10}), 2.5);
  EXPECT_TRUE(robust_line({}, {}).z.empty());
}

TEST(ChiSquared, AgreesWithTables) {
  EXPECT_NEAR(chi_squared_upper_tail(16.919, 9), 0.05, 1e-5);
  EXPECT_NEAR(chi_squared_upper_tail(3.841, 1), 0.05, 1e-4);
  EXPECT_EQ(chi_squared_uniform(std::vector<std::uint64_t>{5, 5, 5}).statistic, 0.0);
  EXPECT_EQ(chi_squared_uniform({}).p, 1.0);
}

// The densest block by trying every set of nodes.
double densest_by_trying(const std::vector<BipartiteEdge>& edges, std::uint32_t lefts, std::uint32_t rights) {
  std::vector<double> degree(rights, 0.0);
  for (const auto& edge : edges) degree[edge.right] += 1;
  double best = 0;
  for (unsigned set = 1; set < (1U << (lefts + rights)); ++set) {
    double weight = 0;
    for (const auto& edge : edges)
      if ((set >> edge.left & 1U) != 0 && (set >> (lefts + edge.right) & 1U) != 0)
        weight += 1 / std::log(degree[edge.right] + 5);
    best = std::max(best, weight / __builtin_popcount(set));
  }
  return best;
}

RC_GTEST_PROP(DenseBlock, ExactIsTheDensestAndGreedyAtLeastHalf, (std::uint32_t pattern)) {
  std::vector<BipartiteEdge> edges;
  for (std::uint32_t l = 0; l < 5; ++l)
    for (std::uint32_t r = 0; r < 5; ++r)
      if ((pattern >> (5 * l + r) & 1U) != 0) edges.push_back({l, r});
  if (edges.empty()) return;
  const double best = densest_by_trying(edges, 5, 5);
  RC_ASSERT(std::abs(densest_block(edges).density - best) < 1e-9);
  RC_ASSERT(greedy_block(edges).density >= best / 2 - 1e-9);
}

// FRAUDAR's own example: an injected 20 x 20 block in a sparse random graph is recovered (METHODS.md 8, check
// 7).
TEST(DenseBlock, RecoversTheInjectedBlock) {
  Random random(1, "injected");
  std::set<BipartiteEdge> edges;
  for (int i = 0; i < 2500; ++i)
    edges.insert(
        {static_cast<std::uint32_t>(random.below(500)), static_cast<std::uint32_t>(random.below(500))});
  for (std::uint32_t l = 0; l < 20; ++l)
    for (std::uint32_t r = 0; r < 20; ++r) edges.insert({l, r});
  const std::vector<BipartiteEdge> list(edges.begin(), edges.end());
  for (const Block& block : {greedy_block(list), densest_block(list)}) {
    std::vector<std::uint32_t> injected(20);
    for (std::uint32_t i = 0; i < 20; ++i) injected[i] = i;
    EXPECT_EQ(block.left, injected);
    EXPECT_EQ(block.right, injected);
  }
  EXPECT_TRUE(densest_block({}).left.empty());
}

TEST(DenseBlock, ExchangedEdgesKeepEveryDegree) {
  Random random(2, "exchange");
  std::set<BipartiteEdge> edges;
  for (int i = 0; i < 200; ++i)
    edges.insert(
        {static_cast<std::uint32_t>(random.below(60)), static_cast<std::uint32_t>(random.below(20))});
  const std::vector<BipartiteEdge> list(edges.begin(), edges.end());
  const auto swapped = swapped_edges(list, Random(3, "swap"));
  EXPECT_NE(swapped, list);
  EXPECT_EQ(std::set<BipartiteEdge>(swapped.begin(), swapped.end()).size(), list.size());
  std::vector<int> left(60), right(20);
  for (std::size_t i = 0; i < list.size(); ++i) {
    ++left[list[i].left];
    --left[swapped[i].left];
    ++right[list[i].right];
    --right[swapped[i].right];
  }
  for (const int d : left) EXPECT_EQ(d, 0);
  for (const int d : right) EXPECT_EQ(d, 0);
}

}  // namespace
}  // namespace scrutineer::stats
