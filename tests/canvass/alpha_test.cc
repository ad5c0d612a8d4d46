#include "canvass/alpha.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

const Guess fixed_at(double guess) {
  return {.first = guess, .weight = std::nullopt, .distance = {}};
}

// SHANGRLA's tests of alpha_mart.
TEST(Alpha, ReproducesTheClosedForms) {
  const std::vector<double> ones(8, 1);
  const auto p = p_values(Alpha({.total = .5}, fixed_at(.75)), ones);
  EXPECT_NEAR(p.back(), std::pow(1.5, -8), 1e-15);
  EXPECT_GT(p[6], .05);
  EXPECT_LE(p[7], .05);  // stops at 8
  const std::vector<double> threes(14, .75);
  const auto q = p_values(Alpha({.total = .5}, fixed_at(.75)), threes);
  EXPECT_NEAR(q.back(), 0.043980465111, 1e-12);
  EXPECT_GT(q[12], .05);  // stops at 14
}

// SHANGRLA's test of sjm: sums before each value, and what the null then allows the next one on average.
TEST(Alpha, KeepsSumsAndNullMeans) {
  Alpha martingale({.population = 5, .total = 5 * 1.53, .upper = 4}, fixed_at(2));
  const double values[] = {1, 2, .5, 1, 4}, means[] = {1.53, 1.6625, 1.55, 2.075, 3.15},
               sums[] = {0, 1, 3, 3.5, 4.5};
  for (int j = 0; j < 5; ++j) {
    EXPECT_NEAR(martingale.null_mean(), means[j], 1e-12);
    EXPECT_EQ(martingale.sum(), sums[j]);
    martingale.see(values[j]);
  }
  EXPECT_EQ(martingale.p(), 0);  // 8.5 in all: more than 7.65
}

TEST(Alpha, ValuesOfHalfSayNothingAgainstHalf) {
  const std::vector<double> halves(40, .5);
  for (const double p : p_values(Alpha({.total = .5}, {.first = .8, .weight = 10, .distance = {}}), halves))
    EXPECT_EQ(p, 1);
  for (const double p : p_values(Alpha({.population = 40, .total = 20}, fixed_at(.9)), halves))
    EXPECT_EQ(p, 1);
}

TEST(Alpha, IsCertainOnceTheTotalIsExceeded) {
  const std::vector<double> values = {1, 0, 1, 1, 0, 0, 1};
  const auto p =
      p_values(Alpha({.population = 7, .total = 3}, {.first = .9, .weight = 10, .distance = {}}), values);
  EXPECT_GT(p[5], 0);
  EXPECT_EQ(p[6], 0);
}

TEST(Alpha, CannotRefuteWhatMustBeTrue) {
  Alpha martingale({.population = 4, .total = 3}, fixed_at(1));
  martingale.see(0);  // the other three may all be 1
  martingale.see(1);
  martingale.see(1);
  EXPECT_EQ(martingale.p(), 1);
  martingale.see(1);
  EXPECT_EQ(martingale.p(), 1);
}

// With eta = 1 and nothing but ones, T_n = prod (N - j + 1) / (N - M - j + 1).
RC_GTEST_PROP(Alpha, ContainsDiscoverySampling, ()) {
  const auto entries = *rc::gen::inRange<std::uint64_t>(2, 3000);
  const auto margin = *rc::gen::inRange<std::uint64_t>(1, entries);
  Alpha martingale({.population = entries, .total = static_cast<double>(entries - margin)}, fixed_at(1));
  double product = 1;
  for (std::uint64_t j = 1; j <= std::min<std::uint64_t>(60, entries - margin); ++j) {
    martingale.see(1);
    product *= static_cast<double>(entries - j + 1) / static_cast<double>(entries - margin - j + 1);
    RC_ASSERT(std::abs(martingale.p() * product - 1) < 1e-10);
  }
}

// p never rises, is in [0, 1], and the values seen decide it: no look at what is to come.
RC_GTEST_PROP(Alpha, IsAnytime, (std::uint64_t seed)) {
  stats::Random random(seed, "alpha test");
  std::vector<double> values;
  for (int i = 0; i < 80; ++i) values.push_back(random.uniform());
  const Alpha fresh({.population = 100, .total = 40}, {.first = .6, .weight = 20, .distance = {}});
  const auto p = p_values(fresh, values);
  for (std::size_t i = 0; i < p.size(); ++i) {
    RC_ASSERT(p[i] >= 0 && p[i] <= 1);
    if (i > 0) RC_ASSERT(p[i] <= p[i - 1]);
  }
  const auto first_half = p_values(fresh, std::span(values).first(40));
  RC_ASSERT(std::equal(first_half.begin(), first_half.end(), p.begin()));
}

// The factor's mean under the null is exactly 1: enumerate all orders of a small population at the boundary.
TEST(Alpha, IsAMartingaleAtTheBoundary) {
  for (const Guess& guess : {Guess{.first = .9, .weight = 5, .distance = {}}, fixed_at(.7)}) {
    double mean = 0;
    const int entries = 8, ones = 5, drawn = 4;
    for (int order = 0; order < 1 << drawn; ++order) {
      double probability = 1;
      Alpha martingale({.population = entries, .total = ones}, guess);
      int left_ones = ones;
      for (int j = 0; j < drawn; ++j) {
        const bool one = (order >> j & 1) != 0;
        const double share = static_cast<double>(left_ones) / (entries - j);
        probability *= one ? share : 1 - share;
        left_ones -= one ? 1 : 0;
        martingale.see(one ? 1 : 0);
        if (probability == 0) break;
      }
      if (probability > 0) mean += probability * std::exp(martingale.log_martingale());
    }
    EXPECT_NEAR(mean, 1, 1e-12);
  }
}

// Mean sample sizes of Stark 2023, Table 1 (results_a-replace.json of the paper's repository: 10^5
// replicates, drawn with replacement, risk 5 %, c = (eta_0 - 1/2) / 2). Compared within four standard errors.
TEST(Alpha, NeedsAsManyBallotsAsThePaperSays) {
  struct Cell {
    double truth, guess, weight, mean;
  };
  for (const Cell& cell : {Cell{.7, .7, 10, 44.721}, Cell{.7, .55, 100, 62.401}, Cell{.6, .6, 100, 159.512},
                           Cell{.65, .7, 1000, 75.740}, Cell{.65, .55, 10, 87.162}}) {
    double sum = 0, squares = 0;
    const int replicates = 4000;
    for (int replicate = 0; replicate < replicates; ++replicate) {
      stats::Random random(20230301, "paper", static_cast<std::uint64_t>(replicate));
      Alpha martingale({.total = .5}, {.first = cell.guess, .weight = cell.weight, .distance = {}});
      while (martingale.p() > .05) martingale.see(random.chance(cell.truth) ? 1 : 0);
      const auto n = static_cast<double>(martingale.seen());
      sum += n;
      squares += n * n;
    }
    const double mean = sum / replicates;
    const double error = std::sqrt((squares / replicates - mean * mean) / replicates);
    EXPECT_NEAR(mean, cell.mean, 4 * error) << cell.truth << ' ' << cell.guess << ' ' << cell.weight;
  }
}

}  // namespace
}  // namespace scrutineer::canvass
