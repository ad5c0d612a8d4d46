#include "stats/multiplicity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "stats/evalues.h"
#include "stats/null_checks.h"
#include "stats/random.h"

namespace scrutineer::stats {
namespace {

std::size_t count(const std::vector<bool>& kept) {
  return static_cast<std::size_t>(std::count(kept.begin(), kept.end(), true));
}

// Closed e-BH from its definition: the largest top-k set such that every one of the 2^m sets agrees.
std::size_t closed_by_definition(std::vector<double> e, double alpha) {
  std::sort(e.rbegin(), e.rend());
  const std::size_t m = e.size();
  for (std::size_t r = m; r > 0; --r) {
    bool holds = true;
    for (std::size_t set = 1; holds && set < (std::size_t{1} << m); ++set) {
      double sum = 0, size = 0, common = 0;
      for (std::size_t i = 0; i < m; ++i) {
        if ((set >> i & 1U) == 0) continue;
        sum += e[i];
        size += 1;
        common += i < r ? 1 : 0;
      }
      holds = sum >= size * common / (alpha * static_cast<double>(r)) * (1 - 1e-12);
    }
    if (holds) return r;
  }
  return 0;
}

RC_GTEST_PROP(ClosedEBH, AgreesWithItsDefinitionAndContainsEBH, (std::vector<std::uint16_t> raw)) {
  std::vector<double> e;
  for (std::size_t i = 0; i < std::min<std::size_t>(raw.size(), 8); ++i) e.push_back(raw[i] / 100.0);
  const auto closed = closed_e_bh(e, 0.05);
  RC_ASSERT(count(closed) == closed_by_definition(e, 0.05));
  const auto plain = e_bh(e, 0.05);
  for (std::size_t i = 0; i < e.size(); ++i) RC_ASSERT(!plain[i] || closed[i]);
}

TEST(EBH, KeepsTheLargestThatTheRuleAllows) {
  // m = 4, alpha = 0.1: k = 1 needs 40, k = 2 needs 20.
  EXPECT_EQ(e_bh(std::vector<double>{25, 1, 21, 0}, 0.1), (std::vector<bool>{true, false, true, false}));
  EXPECT_EQ(count(e_bh(std::vector<double>{39, 1, 1, 1}, 0.1)), 0U);
  EXPECT_EQ(count(e_bh(std::vector<double>{25, 21}, 0.1, 100)), 0U);
  EXPECT_EQ(count(e_bh(std::vector<double>{std::nan(""), 1e9}, 0.1)), 1U);
  EXPECT_TRUE(e_bh({}, 0.1).empty());
}

TEST(BenjaminiHochberg, AgreesWithThePapersExample) {
  // Benjamini & Hochberg 1995, section 4.1: fifteen p-values, four rejected at 0.05 (Bonferroni: three).
  const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                              0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  EXPECT_EQ(count(benjamini_hochberg(p, 0.05)), 4U);
  const auto holm = holm_adjusted(p);
  EXPECT_EQ(std::count_if(holm.begin(), holm.end(), [](double a) { return a <= 0.05; }), 3);
  EXPECT_NEAR(holm[0], 0.0015, 1e-12);
  EXPECT_NEAR(holm[1], 0.0056, 1e-12);
}

TEST(EBH, KeepsItsFalseDiscoveryRateUnderDependence) {
  std::vector<double> share;
  for (std::uint64_t replicate = 0; replicate < 800; ++replicate) {
    Random random(1, "fdr", replicate);
    const double common = random.uniform_open();
    std::vector<double> e;
    for (int i = 0; i < 40; ++i) {
      const double p = random.chance(0.5) ? common : random.uniform_open();
      e.push_back(calibrated_mixture(i < 10 ? p * 1e-5 : p));
    }
    const auto kept = closed_e_bh(e, 0.1);
    const auto wrong = static_cast<double>(std::count(kept.begin() + 10, kept.end(), true));
    share.push_back(wrong / std::max(1.0, static_cast<double>(count(kept))));
  }
  const tests::Mean mean = tests::mean_of(share);
  EXPECT_LT(mean.value, 0.1 + 3 * mean.error);
}

}  // namespace
}  // namespace scrutineer::stats
