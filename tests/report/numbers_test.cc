#include "report/numbers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "report/clean_visits.h"

namespace scrutineer::report {
namespace {

TEST(Numbers, CountsAreGrouped) {
  EXPECT_EQ(count(0), "0");
  EXPECT_EQ(count(999), "999");
  EXPECT_EQ(count(1217), "1,217");
  EXPECT_EQ(count(std::int64_t{-1217000}), "−1,217,000");
  EXPECT_EQ(count(std::numeric_limits<std::int64_t>::min()), "−9,223,372,036,854,775,808");
  EXPECT_EQ(counted(1, "entry", "entries"), "1 entry");
  EXPECT_EQ(counted(1217, "member"), "1,217 members");
}

RC_GTEST_PROP(Numbers, GroupingLosesNoDigit, (std::uint64_t value)) {
  std::string digits = count(value);
  std::erase(digits, ',');
  RC_ASSERT(digits == std::to_string(value));
}

TEST(Numbers, QuantitiesKeepThreeSignificantDigits) {
  EXPECT_EQ(quantity(0), "0");
  EXPECT_EQ(quantity(17), "17");
  EXPECT_EQ(quantity(1.3), "1.3");
  EXPECT_EQ(quantity(3.14159), "3.14");
  EXPECT_EQ(quantity(1234.5), "1,234");
  EXPECT_EQ(quantity(0.0123), "0.0123");
  EXPECT_EQ(quantity(3.2e-7), "3.2 × 10⁻⁷");
  EXPECT_EQ(quantity(1e300), "1.0 × 10³⁰⁰");
  EXPECT_EQ(quantity(-2.5), "−2.5");
  EXPECT_EQ(quantity(std::nan("")), "not known");
}

TEST(Numbers, PercentagesAndShares) {
  EXPECT_EQ(percent(0.122), "12.2%");
  EXPECT_EQ(percent(0), "0.0%");
  EXPECT_EQ(percent(0.00015), "0.015%");
  EXPECT_EQ(share_of(149, 1217), "149 of 1,217 (12.2%)");
  EXPECT_EQ(share_of(0, 0), "0 of 0");
  EXPECT_EQ(probability(2e-7), "2.0 × 10⁻⁷");
  EXPECT_EQ(probability(0.042), "0.042");
  EXPECT_EQ(probability(1), "1");
  EXPECT_EQ(bytes(999), "999 bytes");
  EXPECT_EQ(bytes(1234567), "1.2 MB");
  EXPECT_EQ(bytes(999999), "1.0 MB");
}

TEST(Numbers, DatesInWords) {
  EXPECT_EQ(date(*Date::of(2026, 5, 6)), "6 May 2026");
  EXPECT_EQ(date(std::optional<Date>()), "not stated");
}

// Brown, Cai and DasGupta, Interval estimation for a binomial proportion (2001), and the textbook's 0 and n.
TEST(Numbers, WilsonInterval) {
  const Interval half = wilson(50, 100);
  EXPECT_NEAR(half.low, 0.4038, 5e-5);
  EXPECT_NEAR(half.high, 0.5962, 5e-5);
  EXPECT_EQ(wilson(0, 10).low, 0);
  EXPECT_NEAR(wilson(0, 10).high, 0.2775, 5e-5);
  EXPECT_EQ(wilson(10, 10).high, 1);
  EXPECT_EQ(wilson(0, 0).high, 1);
}

RC_GTEST_PROP(Numbers, WilsonHoldsTheShareAndIsSymmetric, ()) {
  const auto whole = *rc::gen::inRange<std::uint64_t>(1, 5000);
  const auto part = *rc::gen::inRange<std::uint64_t>(0, whole + 1);
  const Interval of = wilson(part, whole);
  const Interval rest = wilson(whole - part, whole);
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  RC_ASSERT(of.low >= 0 && of.low <= share && share <= of.high && of.high <= 1);
  RC_ASSERT(std::fabs(of.low - (1 - rest.high)) < 1e-12);
}

TEST(Numbers, EValuesInWords) {
  EXPECT_EQ(e_value_in_words(50),
            "An e-value of 50: a bet against the null model, at odds that are fair if that model is true, "
            "would have "
            "multiplied its stake by 50.");
  EXPECT_NE(e_value_in_words(0.4).find("kept 40.0% of its stake"), std::string::npos);
  EXPECT_NE(e_value_in_words(INFINITY).find("without limit"), std::string::npos);
}

// METHODS.md 5.2: discovery sampling at 5%, for 1,217 and for 841 members.
TEST(CleanVisits, PublishedNumbers) {
  constexpr std::uint64_t material[] = {182, 150, 100, 75, 50, 33, 20, 10};
  constexpr std::uint64_t of_1217[] = {19, 23, 35, 47, 70, 105, 168, 314};
  constexpr std::uint64_t of_841[] = {13, 16, 24, 32, 48, 72, 116, 217};
  for (std::size_t i = 0; i < std::size(material); ++i) {
    EXPECT_EQ(least_clean_visits(1217, material[i]), of_1217[i]) << material[i];
    EXPECT_EQ(least_clean_visits(841, material[i]), of_841[i]) << material[i];
  }
}

// Against the hypergeometric probability written out.
RC_GTEST_PROP(CleanVisits, IsTheLeastNumberThatBoundsTheRisk, ()) {
  const auto members = *rc::gen::inRange<std::uint64_t>(1, 400);
  const auto material = *rc::gen::inRange<std::uint64_t>(1, members + 1);
  const auto chance_all_clean = [&](std::uint64_t drawn) {
    if (drawn + material > members) return 0.0;
    const auto log_choose = [](double n, double k) {
      return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
    };
    return std::exp(log_choose(static_cast<double>(members - material), static_cast<double>(drawn)) -
                    log_choose(static_cast<double>(members), static_cast<double>(drawn)));
  };
  const std::uint64_t least = *least_clean_visits(members, material);
  RC_ASSERT(chance_all_clean(least) <= 0.05 + 1e-9);
  RC_ASSERT(chance_all_clean(least - 1) > 0.05 - 1e-9);
}

TEST(CleanVisits, NothingWithoutAMargin) {
  EXPECT_FALSE(least_clean_visits(100, 0));
  EXPECT_FALSE(least_clean_visits(100, 101));
}

}  // namespace
}  // namespace scrutineer::report
