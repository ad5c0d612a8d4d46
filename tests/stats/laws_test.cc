// The laws of counts: against textbook twins, published figures, and by recovery of known parameters.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "stats/beta_binomial.h"
#include "stats/binomial.h"
#include "stats/count_regression.h"
#include "stats/degree_law.h"
#include "stats/draws.h"
#include "stats/evalues.h"
#include "stats/hypergeometric.h"
#include "stats/negative_binomial.h"
#include "stats/null_checks.h"
#include "stats/random.h"

namespace scrutineer::stats {
namespace {

// 149 of 1,217 under the base rates that the two sides named (expected 180, 146 and 110) and under the share
// of inner Londoners not registered at all (219); and 75 of 1,217. The conclusion flips inside the honest
// range.
TEST(Binomial, GivesTheSourceCasesTails) {
  EXPECT_GT(binomial_upper_tail(149, 1217, 0.18), 0.9999);
  EXPECT_NEAR(binomial_upper_tail(149, 1217, 0.148), 0.9955, 5e-4);
  EXPECT_NEAR(binomial_upper_tail(149, 1217, 0.12), 0.41, 0.005);
  EXPECT_NEAR(binomial_upper_tail(149, 1217, 0.09), 9.4e-5, 0.1e-5);
  EXPECT_GT(binomial_upper_tail(75, 1217, 0.18), 0.9999);
  EXPECT_NEAR(binomial_upper_tail(75, 1217, 0.05), 0.04, 0.005);
}

RC_GTEST_PROP(Binomial, TailsAgreeWithSummation,
              (std::uint8_t raw_n, std::uint8_t raw_x, std::uint16_t raw_p)) {
  const double n = raw_n, x = raw_x % (raw_n + 1U), p = (raw_p + 0.5) / 65536.0;
  double above = 0, below = 0;
  for (double k = 0; k <= n; ++k) {
    if (k >= x) above += binomial_probability(k, n, p);
    if (k <= x) below += binomial_probability(k, n, p);
  }
  RC_ASSERT(std::abs(binomial_upper_tail(x, n, p) - above) < 1e-9);
  RC_ASSERT(std::abs(binomial_lower_tail(x, n, p) - below) < 1e-9);
  RC_ASSERT(std::abs(binomial_mid_p(x, n, p) - (above - binomial_probability(x, n, p) / 2)) < 1e-9);
}

// Newcombe (Statistics in Medicine 17, 1998), table I, methods 3 (Wilson) and 5 (Clopper-Pearson).
TEST(Intervals, AgreeWithNewcombe) {
  EXPECT_NEAR(wilson(81, 263).low, 0.2553, 5e-5);
  EXPECT_NEAR(wilson(81, 263).high, 0.3662, 5e-5);
  EXPECT_NEAR(wilson(0, 20).high, 0.1611, 5e-5);
  EXPECT_NEAR(clopper_pearson(81, 263).low, 0.2527, 5e-5);
  EXPECT_NEAR(clopper_pearson(81, 263).high, 0.3676, 5e-5);
  EXPECT_NEAR(clopper_pearson(0, 20).high, 0.1684, 5e-5);
  EXPECT_NEAR(clopper_pearson(1, 29).low, 0.0009, 5e-5);
  EXPECT_EQ(wilson(0, 0).high, 1.0);
}

TEST(Hypergeometric, AgreesWithCounting) {
  // Fisher's tea: 4 right of 4 among 8 cups.
  EXPECT_NEAR(hypergeometric_upper_tail(4, 8, 4, 4), 1.0 / 70, 1e-12);
  EXPECT_NEAR(hypergeometric_upper_tail(3, 8, 4, 4), 17.0 / 70, 1e-12);
  EXPECT_NEAR(hypergeometric_mid_p(3, 8, 4, 4), 9.0 / 70, 1e-12);
  EXPECT_EQ(hypergeometric_upper_tail(0, 8, 4, 4), 1.0);
  EXPECT_EQ(hypergeometric_upper_tail(5, 8, 4, 4), 0.0);
  // METHODS.md 2.4: r = 8 electors, all 8 members, 1,217 members among 180,000 electors.
  EXPECT_NEAR(hypergeometric_upper_tail(8, 180000, 1217, 8) / 4e-18, 1.0, 0.15);
}

TEST(Hypergeometric, StratifiedSumIsAConvolution) {
  // Two strata of the tea: P(sum >= 7) = P(4,3) + P(3,4) + P(4,4) = (16 + 16 + 1) / 4900.
  const std::vector<HypergeometricStratum> strata{{8, 4, 4}, {8, 4, 4}};
  EXPECT_NEAR(stratified_upper_tail(7, strata), 33.0 / 4900, 1e-12);
  EXPECT_NEAR(stratified_upper_tail(0, strata), 1.0, 1e-12);
  EXPECT_NEAR(stratified_mean(strata), 4.0, 1e-12);
}

TEST(BetaBinomial, GivesTheTabulatedTailAndTheBinomialLimit) {
  EXPECT_NEAR(beta_binomial_upper_tail(8, 8, 1217.0 / 180000, 0.3) / 1.3e-4, 1.0, 0.1);  // METHODS.md 2.4
  EXPECT_NEAR(beta_binomial_upper_tail(5, 20, 0.2, 1e-12), binomial_upper_tail(5, 20, 0.2), 1e-9);
  // a = b = 1 is uniform on 0..n.
  EXPECT_NEAR(beta_binomial_upper_tail(7, 9, 0.5, 1.0 / 3), 0.3, 1e-12);
}

RC_GTEST_PROP(BetaBinomial, TailIsTheSumOfItsProbabilities,
              (std::uint8_t raw_n, std::uint8_t raw_p, std::uint8_t raw_rho)) {
  const std::uint64_t n = raw_n % 60;
  const double p = (raw_p + 0.5) / 256, rho = (raw_rho + 0.5) / 257;
  double sum = 0;
  for (std::uint64_t x = n + 1; x-- > 0;) {
    sum += std::exp(beta_binomial_log_probability(x, n, p, rho));
    RC_ASSERT(std::abs(beta_binomial_upper_tail(x, n, p, rho) - sum) < 1e-8);
  }
  RC_ASSERT(std::abs(sum - 1) < 1e-8);
}

TEST(BetaBinomial, FitRecoversItsParametersAlsoTruncated) {
  Random random(3, "beta-binomial");
  std::vector<BetaBinomialCell> cells;
  for (int i = 0; i < 8000; ++i) {
    const std::uint64_t n = 2 + random.below(8);
    cells.push_back({n, beta_binomial_draw(random, n, 0.15, 0.25), 1, 0.15});
  }
  const auto whole = fit_beta_binomial(cells);
  ASSERT_TRUE(whole);
  EXPECT_NEAR(whole->p, 0.15, 0.01);
  EXPECT_NEAR(whole->rho, 0.25, 0.02);
  EXPECT_GT(whole->rho_upper, whole->rho);
  const auto truncated = fit_beta_binomial(cells, 3);
  ASSERT_TRUE(truncated);
  EXPECT_NEAR(truncated->p, 0.15, 0.03);
  EXPECT_NEAR(truncated->rho, 0.25, 0.06);
  const auto dispersion = fit_beta_binomial_dispersion(cells);
  ASSERT_TRUE(dispersion);
  EXPECT_NEAR(dispersion->rho, 0.25, 0.05);
}

TEST(BetaBinomial, WhatIsPlantedDoesNotInflateTheTruncatedFit) {
  Random random(4, "robust");
  std::vector<BetaBinomialCell> cells;
  for (int i = 0; i < 4000; ++i) cells.push_back({6, beta_binomial_draw(random, 6, 0.1, 0.1), 1, 0});
  const double before = fit_beta_binomial(cells, 3)->rho;
  for (int i = 0; i < 100; ++i) cells.push_back({6, 6, 1, 0});
  EXPECT_NEAR(fit_beta_binomial(cells, 3)->rho, before, 0.01);
  EXPECT_GT(fit_beta_binomial(cells)->rho, before + 0.05);
}

TEST(BetaBinomial, FitRefusesWhatCannotBeFitted) {
  EXPECT_FALSE(fit_beta_binomial({}));
  EXPECT_FALSE(fit_beta_binomial(std::vector<BetaBinomialCell>{{4, 0, 9, 0}, {3, 0, 2, 0}}));
  EXPECT_FALSE(fit_beta_binomial_dispersion(std::vector<BetaBinomialCell>{{1, 1, 9, 0.5}}));
}

// METHODS.md 2.1: 24 joins on a day, mean 1.5: Poisson 6e-21, size 1 4.7e-6, size 0.3 1.4e-3.
TEST(NegativeBinomial, GivesTheTabulatedTails) {
  EXPECT_NEAR(negative_binomial_upper_tail(24, 1.5, 1.0) / 4.7e-6, 1.0, 0.02);
  EXPECT_NEAR(negative_binomial_upper_tail(24, 1.5, 0.3) / 1.4e-3, 1.0, 0.05);
  EXPECT_NEAR(negative_binomial_upper_tail(24, 1.5, 1e8) / 6e-21, 1.0, 0.1);
  EXPECT_EQ(negative_binomial_upper_tail(0, 1.5, 1.0), 1.0);
}

TEST(NegativeBinomial, FitRecoversItsSizeAndIsNotMovedByABurst) {
  Random random(5, "size");
  std::vector<CountCell> cells;
  for (int i = 0; i < 3000; ++i) cells.push_back({negative_binomial_draw(random, 2.0, 1.3), 2.0, 1});
  const auto fit = fit_size(cells);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->size, 1.3, 0.2);
  EXPECT_LT(fit->size_lower, fit->size);
  cells.push_back({80, 2.0, 1});
  EXPECT_NEAR(fit_size(cells)->size, fit->size, 1e-6);
  EXPECT_FALSE(fit_size({}));
}

// Of days without a change there is no trace: counts of mean 3 and size 1.5, given at least one.
std::vector<std::uint64_t> positive_counts(Random& random, int days) {
  std::vector<std::uint64_t> counts;
  while (counts.size() < static_cast<std::size_t>(days)) {
    const std::uint64_t x = negative_binomial_draw(random, 3, 1.5);
    if (x > 0) counts.push_back(x);
  }
  return counts;
}

TEST(PositiveCounts, RecoverTheLawBeforeZerosWereLeftOut) {
  Random random(8, "positive");
  std::vector<std::uint64_t> counts = positive_counts(random, 4000);
  const auto law = fit_positive_counts(counts);
  ASSERT_TRUE(law);
  EXPECT_NEAR(law->mean, 3, 0.4);
  EXPECT_NEAR(law->size, 1.5, 0.4);
  EXPECT_LT(law->size, 1.6);  // the lower bound
  EXPECT_NEAR(law->mean_of_positive(), 3 / negative_binomial_upper_tail(1, 3, 1.5), 0.2);
  EXPECT_EQ(law->upper_tail(1), 1);
  const double truth = negative_binomial_upper_tail(25, 3, 1.5) / negative_binomial_upper_tail(1, 3, 1.5);
  EXPECT_GT(law->upper_tail(25), truth / 1.5);
  EXPECT_LT(law->upper_tail(25), truth * 6);
  counts.insert(counts.end(), 5, 1237);
  EXPECT_NEAR(fit_positive_counts(counts)->size, law->size, 0.1) << "what lies above does not widen the law";
  EXPECT_FALSE(fit_positive_counts(std::vector<std::uint64_t>{4, 0}));
}

// The day of a login: e by the mixture calibrator of a p that was fitted from the same days averages at most
// 1, and what is small is as seldom as it says.
TEST(PositiveCounts, GiveConservativePAndEOfMeanAtMostOne) {
  std::vector<double> e;
  std::array<int, 2> below{};
  int all = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed, "logins");
    const std::vector<std::uint64_t> counts = positive_counts(random, 200);
    const auto law = fit_positive_counts(counts);
    ASSERT_TRUE(law);
    double sum = 0;
    for (const std::uint64_t x : counts) {
      const double p = law->upper_tail(x);
      sum += calibrated_mixture(p);
      below[0] += p <= 0.05;
      below[1] += p <= 0.001;
      ++all;
    }
    e.push_back(sum / static_cast<double>(counts.size()));
  }
  const tests::Mean mean = tests::mean_of(e);
  EXPECT_LT(mean.value, 1 + 3 * mean.error) << mean.value << " +- " << mean.error;
  EXPECT_LT(mean.error, 0.2);
  EXPECT_LT(below[0], 0.05 * all);
  EXPECT_LT(below[1], 0.001 * all + 3 * std::sqrt(0.001 * all));
}

TEST(CountRegression, RecoversLevelWeekdaysAndSize) {
  Random random(6, "regression");
  std::vector<DailyCount> days;
  std::vector<double> truth;
  for (int d = 0; d < 1400; ++d) {
    const double mean = (1.0 + d / 700.0) * (d % 7 >= 5 ? 0.4 : 1.24) * (d >= 1300 && d < 1314 ? 4.0 : 1.0);
    truth.push_back(mean);
    days.push_back({negative_binomial_draw(random, mean, 2.0), d % 7, d >= 1300 && d < 1314});
  }
  const auto fit = fit_daily_counts(days);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->weekday_effect[6] / fit->weekday_effect[1], 0.4 / 1.24, 0.06);
  EXPECT_NEAR(fit->indicator_effect, 4.0, 1.8);
  EXPECT_NEAR(fit->size, 2.0, 0.6);
  double error = 0;
  for (std::size_t d = 0; d < truth.size(); ++d) error += std::abs(std::log(fit->mean[d] / truth[d]));
  EXPECT_LT(error / static_cast<double>(truth.size()), 0.15);
  EXPECT_FALSE(fit_daily_counts(std::span(days).first(20)));
}

TEST(CountRegression, GivesConservativePValues) {
  std::vector<double> p, e;
  for (std::uint64_t replicate = 0; replicate < 12; ++replicate) {
    Random random(7, "calibration", replicate);
    std::vector<DailyCount> days;
    for (int d = 0; d < 700; ++d)
      days.push_back({negative_binomial_draw(random, 1.2 + 0.5 * std::sin(d / 90.0), 0.8), d % 7, false});
    const auto fit = fit_daily_counts(days);
    ASSERT_TRUE(fit);
    for (std::size_t d = 0; d < days.size(); ++d) {
      p.push_back(negative_binomial_upper_tail(days[d].count, fit->mean[d], fit->size_lower));
      e.push_back(calibrated_mixture(p.back()));
    }
  }
  EXPECT_LT(tests::anticonservative_by(p), tests::allowed(p.size()));
  const tests::Mean mean = tests::mean_of(e);
  EXPECT_LT(mean.value, 1.0 + 3 * mean.error);
}

TEST(DegreeLaw, LearnsFromTheBodyAlone) {
  std::vector<std::uint64_t> degrees(40, 2);
  degrees.insert(degrees.end(), {3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5});
  const DegreeLaw law(degrees, 2, 6);
  degrees.insert(degrees.end(), {20, 25, 30, 40});
  const DegreeLaw with_large(degrees, 2, 6);
  EXPECT_DOUBLE_EQ(law.upper_tail(15), with_large.upper_tail(15));
  EXPECT_EQ(law.body_size(), 51U);
  EXPECT_DOUBLE_EQ(law.upper_tail(2), 1.0);
  EXPECT_NEAR(law.upper_tail(3), law.mean_q(), 1e-12);
  EXPECT_LT(law.upper_tail(15), 1e-5);
  EXPECT_NEAR(DegreeLaw({}, 2, 6).mean_q(), 4.0 / 12, 1e-3);  // the prior
}

TEST(DegreeLaw, GivesConservativePAndEValuesOfMeanAtMostOne) {
  for (const double q : {0.15, 0.3, 0.45}) {
    std::vector<double> p, e;
    for (std::uint64_t replicate = 0; replicate < 400; ++replicate) {
      Random random(8, "degrees", replicate);
      std::vector<std::uint64_t> degrees;
      for (int i = 0; i < 20; ++i) {
        std::uint64_t degree = 2;
        while (random.chance(q)) ++degree;
        degrees.push_back(degree);
      }
      const DegreeLaw law(degrees, 2, 6);
      p.push_back(law.upper_tail(degrees[0]));
      e.push_back(calibrated_mixture(p.back()));
    }
    EXPECT_LT(tests::anticonservative_by(p), tests::allowed(p.size())) << q;
    const tests::Mean mean = tests::mean_of(e);
    EXPECT_LT(mean.value, 1.0 + 3 * mean.error) << q;
  }
}

}  // namespace
}  // namespace scrutineer::stats
