#include "canvass/certificate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "stats/hypergeometric.h"
#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

TEST(Certificate, DiscoverySamplingHasThePublishedSizes) {
  const std::vector<std::pair<std::uint64_t, std::uint64_t>> of_1217 = {
      {182, 19}, {150, 23}, {100, 35}, {75, 47}, {50, 70}, {33, 105}, {20, 168}, {10, 314}};
  const std::vector<std::uint64_t> of_841 = {13, 16, 24, 32, 48, 72, 116, 217};
  for (std::size_t i = 0; i < of_1217.size(); ++i) {
    EXPECT_EQ(discovery_doors({1217, of_1217[i].first}), of_1217[i].second);
    EXPECT_EQ(discovery_doors({841, of_1217[i].first}), of_841[i]) << of_1217[i].first;
  }
  EXPECT_EQ(discovery_doors({1068, 33}), 92U);  // strip and sample: 149 of 1,217 set aside
}

// The identity: the least n at which finding none of M has probability at most the risk.
RC_GTEST_PROP(Certificate, DiscoverySamplingIsTheHypergeometricTail, ()) {
  const auto entries = *rc::gen::inRange<std::uint64_t>(2, 800);
  const auto margin = *rc::gen::inRange<std::uint64_t>(1, entries);
  const std::uint64_t doors = discovery_doors({entries, margin, .05});
  RC_ASSERT(stats::hypergeometric_probability(0, entries, margin, doors) <= .05 * (1 + 1e-9));
  RC_ASSERT(stats::hypergeometric_probability(0, entries, margin, doors - 1) > .05 * (1 - 1e-9));
}

// METHODS 5.4, the row without a single failure: exact.
TEST(Certificate, CleanDoorsUnderTheDefaultGuess) {
  EXPECT_EQ(Certificate({1217, 182}).clean_doors_needed(), 30U);
  EXPECT_EQ(Certificate({1217, 122}).clean_doors_needed(), 43U);
  EXPECT_EQ(Certificate({1217, 61}).clean_doors_needed(), 79U);
}

std::vector<std::uint64_t> doors_until_certified(const Claim& claim, std::uint64_t bad, int replicates,
                                                 std::uint64_t seed) {
  std::vector<std::uint64_t> found;
  for (int replicate = 0; replicate < replicates; ++replicate) {
    stats::Random random(seed, "certificate test", static_cast<std::uint64_t>(replicate));
    Certificate certificate(claim);
    std::uint64_t left_bad = bad;
    for (std::uint64_t left = claim.entries; left > 0 && !certificate.reached(); --left) {
      if (certificate.out_of_reach()) break;
      const bool is_bad = random.below(left) < left_bad;
      left_bad -= is_bad ? 1 : 0;
      certificate.see(!is_bad);
    }
    found.push_back(certificate.reached() ? certificate.doors() : claim.entries + 1);
  }
  std::sort(found.begin(), found.end());
  return found;
}

// METHODS 5.4: medians of 2,000 audits; the shared table is itself a simulation.
TEST(Certificate, NeedsTheDoorsOfTheWorkedExample) {
  struct Row {
    std::uint64_t margin;
    double share;
    double median, p90;
  };
  for (const Row& row :
       {Row{182, .02, 30, 53}, Row{182, .05, 53, 104}, Row{182, .08, 104, 238}, Row{182, .10, 221, 466},
        Row{122, .02, 62, 96}, Row{122, .05, 143, 317}, Row{61, .02, 195, 394}}) {
    const auto bad = static_cast<std::uint64_t>(std::lround(row.share * 1217));
    const auto found = doors_until_certified({1217, row.margin}, bad, 2000, 11);
    EXPECT_NEAR(static_cast<double>(found[1000]), row.median, std::max(3.0, .12 * row.median))
        << row.margin << ' ' << row.share;
    EXPECT_NEAR(static_cast<double>(found[1800]), row.p90, std::max(4.0, .12 * row.p90))
        << row.margin << ' ' << row.share;
  }
}

// With exactly M ineligible a certificate is wrong; it may be given in at most 5 % of audits.
TEST(Certificate, IsSeldomGivenWronglyAtTheBoundary) {
  for (const std::uint64_t margin : {61U, 122U, 182U}) {
    const auto found = doors_until_certified({1217, margin}, margin, 2000, 5);
    const auto wrong = std::count_if(found.begin(), found.end(), [](auto doors) { return doors <= 1217; });
    // 5 % and three standard errors of 2,000 audits.
    EXPECT_LE(wrong, 2000 * .05 + 3 * std::sqrt(2000 * .05 * .95)) << margin;
    EXPECT_GT(wrong, 40) << margin;  // and the test is not merely idle
  }
}

// Entries that turn out verified after a call-back never cost a certificate: doors not yet settled may be
// counted 0 meanwhile.
RC_GTEST_PROP(Certificate, ADoorThatOpensLaterNeverHarms, (std::uint64_t seed)) {
  stats::Random random(seed, "opening doors");
  const std::uint64_t entries = 10 + random.below(400);
  const Claim claim = {entries, 1 + random.below(entries), .05};
  std::vector<bool> verified;
  const double share = random.uniform();
  for (std::uint64_t i = 0; i < entries; ++i) verified.push_back(random.chance(share));
  const std::size_t drawn = 1 + random.below(entries);
  const auto p_of = [&] {
    Certificate certificate(claim);
    for (std::size_t i = 0; i < drawn; ++i) certificate.see(verified[i]);
    return certificate.p();
  };
  const double before = p_of();
  verified[random.below(drawn)] = true;
  RC_ASSERT(p_of() <= before * (1 + 1e-9));
}

TEST(Certificate, SaysWhatIsStillNeeded) {
  Certificate certificate({1217, 182});
  for (int door = 0; door < 10; ++door) certificate.see(true);
  EXPECT_EQ(certificate.clean_doors_needed(), 20U);
  certificate.see(false);
  EXPECT_GT(*certificate.clean_doors_needed(), 20U);
  for (std::uint64_t more = *certificate.clean_doors_needed(); more > 0; --more) {
    EXPECT_FALSE(certificate.reached());
    certificate.see(true);
  }
  EXPECT_TRUE(certificate.reached());
  const auto at = certificate.reached_at();
  certificate.see(false);
  EXPECT_EQ(certificate.reached_at(), at);  // it is not lost by going on
  EXPECT_EQ(certificate.clean_doors_needed(), 0U);
}

TEST(Certificate, IsOutOfReachAfterAsManyFailuresAsTheMargin) {
  Certificate certificate({20, 3});
  certificate.see(false);
  certificate.see(false);
  EXPECT_TRUE(certificate.clean_doors_needed().has_value());
  certificate.see(false);
  EXPECT_TRUE(certificate.out_of_reach());
  EXPECT_FALSE(certificate.clean_doors_needed().has_value());
}

// Fewer than M failures: seeing everybody must certify, whatever the order.
RC_GTEST_PROP(Certificate, AFullCanvassDecides, (std::uint64_t seed)) {
  stats::Random random(seed, "full canvass");
  const std::uint64_t entries = 1 + random.below(60);
  const Claim claim = {entries, 1 + random.below(entries), .01};
  const std::uint64_t bad = random.below(entries + 1);
  std::vector<char> order(entries, 1);
  std::fill_n(order.begin(), bad, char{0});
  random.shuffle(std::span(order));
  Certificate certificate(claim);
  for (const char verified : order) certificate.see(verified != 0);
  if (bad < claim.margin) RC_ASSERT(certificate.reached());
}

TEST(Certificate, RefusesWhatCannotBeClaimed) {
  EXPECT_FALSE(check({0, 0}));
  EXPECT_FALSE(check({10, 0}));
  EXPECT_FALSE(check({10, 11}));
  EXPECT_FALSE(check({10, 3, 0}));
  EXPECT_FALSE(check({10, 3, 1}));
  EXPECT_FALSE(check({10, 3, std::nan("")}));
  EXPECT_TRUE(check({10, 10}));
}

}  // namespace
}  // namespace scrutineer::canvass
