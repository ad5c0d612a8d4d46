#include "stats/random.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <set>
#include <vector>

#include "stats/null_checks.h"

namespace scrutineer::stats {
namespace {

// Known answers published with the generator (Random123, kat_vectors, "philox4x32 10").
TEST(Philox, GivesTheAuthorsKnownAnswers) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, IsAFunctionOfSeedPurposeAndIndex) {
  Random first(7, "a", 3);
  Random again(7, "a", 3);
  const std::uint64_t word = first();
  EXPECT_EQ(word, again());
  EXPECT_NE(word, Random(8, "a", 3)());
  EXPECT_NE(word, Random(7, "b", 3)());
  EXPECT_NE(word, Random(7, "a", 4)());
}

TEST(Random, StreamsOfNeighbouringIndicesShareNoWord) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t index = 0; index < 100; ++index) {
    Random random(1, "x", index);
    for (int i = 0; i < 50; ++i) seen.insert(random());
  }
  EXPECT_EQ(seen.size(), 5000U);
}

TEST(Random, UniformIsUniform) {
  Random random(11, "uniform");
  std::vector<double> up, down;
  for (int i = 0; i < 20000; ++i) {
    const double u = random.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    up.push_back(u);
    down.push_back(1 - u);
  }
  EXPECT_LT(tests::anticonservative_by(up), tests::allowed(up.size()));
  EXPECT_LT(tests::anticonservative_by(down), tests::allowed(down.size()));
}

TEST(Random, BelowIsEvenAndWithinItsBound) {
  Random random(5, "below");
  std::array<int, 6> counts{};
  for (int i = 0; i < 60000; ++i) ++counts.at(random.below(6));
  for (const int count : counts) EXPECT_NEAR(count, 10000, 5 * 92);
}

RC_GTEST_PROP(Random, BelowStaysBelowAnyBound, (std::uint64_t seed, std::uint64_t bound)) {
  RC_PRE(bound > 0);
  Random random(seed, "bound");
  for (int i = 0; i < 20; ++i) RC_ASSERT(random.below(bound) < bound);
}

RC_GTEST_PROP(Random, ShuffleKeepsEveryValue, (std::vector<int> values, std::uint64_t seed)) {
  std::vector<int> shuffled = values;
  Random(seed, "shuffle").shuffle(std::span(shuffled));
  std::sort(values.begin(), values.end());
  std::sort(shuffled.begin(), shuffled.end());
  RC_ASSERT(values == shuffled);
}

}  // namespace
}  // namespace scrutineer::stats
