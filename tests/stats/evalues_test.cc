#include "stats/evalues.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "stats/null_checks.h"
#include "stats/random.h"
#include "stats/special.h"

namespace scrutineer::stats {
namespace {

// METHODS.md 2.9: p = .05 -> 2.2 / 1.8; .01 -> 5.0 / 4.5; .001 -> 15.8 / 20.8; 1e-4 -> 50 / 118.
TEST(Calibrators, GiveTheTabulatedValues) {
  EXPECT_NEAR(calibrated_power(0.05, 0.5), 2.2, 0.05);
  EXPECT_NEAR(calibrated_power(0.01, 0.5), 5.0, 0.05);
  EXPECT_NEAR(calibrated_power(0.001, 0.5), 15.8, 0.05);
  EXPECT_NEAR(calibrated_power(1e-4, 0.5), 50, 0.5);
  EXPECT_NEAR(calibrated_mixture(0.05), 1.8, 0.05);
  EXPECT_NEAR(calibrated_mixture(0.01), 4.5, 0.1);
  EXPECT_NEAR(calibrated_mixture(0.001), 20.8, 0.1);
  EXPECT_NEAR(calibrated_mixture(1e-4), 118, 1);
  // VERDICT.md section 1: e = 0.1 p^-0.9 >= 100 iff p <= 4.64e-4.
  EXPECT_NEAR(calibrated_power(4.64e-4, 0.1), 100, 0.2);
}

TEST(Calibrators, IntegrateToOne) {
  // Substituting p = exp(-t): the integral of e(p) dp is that of e(exp(-t)) exp(-t) dt.
  double power = 0, mixture = 0;
  const double step = 1e-3;
  for (double t = step / 2; t < 690; t += step) {
    power += calibrated_power(std::exp(-t), 0.3) * std::exp(-t) * step;
    mixture += calibrated_mixture(std::exp(-t)) * std::exp(-t) * step;
  }
  EXPECT_NEAR(power, 1.0, 1e-3);
  EXPECT_NEAR(mixture, 1.0, 2e-3);  // its tail falls as 1/t: cut at t = 690
}

TEST(Calibrators, AreContinuousAtOneAndFiniteAtZero) {
  EXPECT_NEAR(calibrated_mixture(1.0), 0.5, 1e-12);
  EXPECT_NEAR(calibrated_mixture(std::exp(-0.9999e-4)), calibrated_mixture(std::exp(-1.0001e-4)), 1e-7);
  EXPECT_TRUE(std::isfinite(calibrated_mixture(0)));
  EXPECT_TRUE(std::isfinite(calibrated_power(0, 0.1)));
}

RC_GTEST_PROP(Calibrators, FallAsPRises, (std::uint32_t a, std::uint32_t b)) {
  const double p = a / 4294967296.0, q = b / 4294967296.0;
  RC_PRE(p < q);
  RC_ASSERT(calibrated_mixture(p) >= calibrated_mixture(q) - 1e-12);
  RC_ASSERT(calibrated_power(p, 0.1) >= calibrated_power(q, 0.1));
}

// Exact expectation over the binomial, at the upper rate and below it.
template <typename EValue>
double expectation(std::uint64_t n, double rate, EValue e) {
  double sum = 0;
  for (std::uint64_t x = 0; x <= n; ++x) {
    const auto k = static_cast<double>(x);
    const auto m = static_cast<double>(n);
    sum += e(x) * std::exp(log_choose(m, k) + k * std::log(rate) + (m - k) * std::log1p(-rate));
  }
  return sum;
}

TEST(RateE, HasMeanOneAtTheUpperRateAndLessBelow) {
  for (const double u : {0.03, 0.15, 0.3}) {
    EXPECT_NEAR(expectation(60, u, [&](std::uint64_t x) { return rate_e(x, 60, u); }), 1.0, 1e-9);
    EXPECT_NEAR(expectation(60, u, [&](std::uint64_t x) { return beta_mixture_e(x, 60, u); }), 1.0, 1e-7);
    for (const double rate : {0.3 * u, 0.8 * u}) {
      EXPECT_LT(expectation(60, rate, [&](std::uint64_t x) { return rate_e(x, 60, u); }), 1.0);
      EXPECT_LT(expectation(60, rate, [&](std::uint64_t x) { return beta_mixture_e(x, 60, u); }), 1.0);
    }
  }
}

TEST(RateE, GrowsWithTheExcessAndBearsOddArguments) {
  EXPECT_GT(rate_e(40, 100, 0.15), 1e4);
  EXPECT_GT(beta_mixture_e(40, 100, 0.15), 1e4);
  EXPECT_LT(rate_e(149, 1217, 0.15), 1.0);
  EXPECT_EQ(rate_e(0, 0, 0.15), 1.0);
  EXPECT_EQ(rate_e(3, 2, 0.15), 1.0);
  EXPECT_EQ(rate_e(1, 2, 0.9), 1.0);
  EXPECT_EQ(beta_mixture_e(1, 2, 1.5), 1.0);
  EXPECT_NEAR(beta_mixture_e(0, 0, 0.15), 1.0, 1e-12);
}

TEST(SoftRank, AveragesOneOverTheOrbit) {
  const std::vector<double> values{3, 0, 1, 7, 2};
  double sum = 0, exponential = 0;
  for (std::size_t first = 0; first < values.size(); ++first) {
    std::vector<double> turned = values;
    std::swap(turned[0], turned[first]);
    sum += soft_rank_e(turned);
    exponential += soft_rank_e_exponential(turned, 1.5);
  }
  EXPECT_NEAR(sum / 5, 1.0, 1e-12);
  EXPECT_NEAR(exponential / 5, 1.0, 1e-12);
  EXPECT_EQ(soft_rank_e(std::vector<double>(4, 0.0)), 1.0);
  EXPECT_NEAR(soft_rank_e_exponential(std::vector<double>(4, 2.0)), 1.0, 1e-12);
  EXPECT_EQ(mean_e({}), 1.0);
  EXPECT_NEAR(mean_e(std::vector<double>{1, 2, 6}), 3.0, 1e-12);
}

}  // namespace
}  // namespace scrutineer::stats
