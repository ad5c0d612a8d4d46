#include "stats/permutation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <numeric>

#include "stats/evalues.h"
#include "stats/null_checks.h"
#include "stats/random.h"

namespace scrutineer::stats {
namespace {

RC_GTEST_PROP(Permutation, MovesLabelsWithinTheirClassOnly,
              (std::vector<std::uint8_t> raw, std::uint64_t seed)) {
  std::vector<std::uint32_t> class_of;
  for (const auto r : raw) class_of.push_back(r % 5U);
  const ExchangeClasses classes(class_of);
  std::vector<std::uint32_t> source(class_of.size());
  classes.draw(seed, "property", 3, source);
  std::vector<bool> used(class_of.size());
  for (std::size_t unit = 0; unit < source.size(); ++unit) {
    RC_ASSERT(class_of[source[unit]] == class_of[unit]);
    RC_ASSERT(!used[source[unit]]);
    used[source[unit]] = true;
  }
  classes.draw(seed, "property", 0, source);
  for (std::size_t unit = 0; unit < source.size(); ++unit) RC_ASSERT(source[unit] == unit);
}

TEST(Permutation, EveryOrderOfThreeIsEquallyLikely) {
  const std::vector<std::uint32_t> one_class(3, 7);
  const ExchangeClasses classes(one_class);
  std::map<std::vector<std::uint32_t>, int> counts;
  std::vector<std::uint32_t> source(3);
  for (std::uint64_t b = 1; b <= 12000; ++b) {
    classes.draw(1, "orders", b, source);
    ++counts[source];
  }
  EXPECT_EQ(counts.size(), 6U);
  for (const auto& [order, count] : counts) EXPECT_NEAR(count, 2000, 5 * 41);
}

TEST(Permutation, CountsUnitsThatCanMove) {
  const std::vector<std::uint32_t> class_of{1, 2, 2, 9, 9, 9, 4};
  const ExchangeClasses classes(class_of);
  EXPECT_EQ(classes.units(), 7U);
  EXPECT_EQ(classes.classes(), 4U);
  EXPECT_EQ(classes.movable(), 5U);
  EXPECT_EQ(ExchangeClasses({}).classes(), 0U);
}

// Pairs of marked units that share a group: the kind of statistic that the key test uses.
PermutationTable pairs_in_groups(const std::vector<int>& marked, const std::vector<std::uint32_t>& group,
                                 std::uint64_t seed, std::uint32_t permutations, unsigned threads) {
  const std::vector<std::uint32_t> one_class(marked.size(), 0);
  const ExchangeClasses classes(one_class);
  return permute(classes, 2, {seed, "pairs", permutations, threads},
                 [&](std::span<const std::uint32_t> source, std::span<double> out, unsigned) {
                   std::vector<int> count(10, 0);
                   for (std::size_t u = 0; u < source.size(); ++u) count[group[u]] += marked[source[u]];
                   for (const int c : count) out[0] += c * (c - 1) / 2.0;
                   out[1] = *std::max_element(count.begin(), count.end());
                 });
}

struct Marked {
  std::vector<int> marked;
  std::vector<std::uint32_t> group;
};
Marked random_marks(std::uint64_t replicate) {
  Random random(99, "marks", replicate);
  Marked result;
  for (int i = 0; i < 60; ++i) {
    result.marked.push_back(random.chance(0.2) ? 1 : 0);
    result.group.push_back(static_cast<std::uint32_t>(random.below(10)));
  }
  return result;
}

TEST(Permutation, IsTheSameOnAnyNumberOfThreads) {
  const Marked data = random_marks(0);
  EXPECT_EQ(pairs_in_groups(data.marked, data.group, 5, 999, 1).values,
            pairs_in_groups(data.marked, data.group, 5, 999, 3).values);
}

TEST(Permutation, GivesConservativePAndEValuesOfMeanAtMostOne) {
  std::vector<double> p, joint, adjusted, raw_e, exponential_e;
  for (std::uint64_t r = 0; r < 1500; ++r) {
    const Marked data = random_marks(r);
    const PermutationTable table = pairs_in_groups(data.marked, data.group, r, 99, 1);
    const auto pairs = table.column(0);
    p.push_back(permutation_p(pairs));
    joint.push_back(permutation_p(sum_of_standardised(table)));
    const auto both = max_type_p(table);
    adjusted.push_back(std::min(both[0], both[1]));
    raw_e.push_back(soft_rank_e(pairs));
    exponential_e.push_back(soft_rank_e_exponential(pairs));
  }
  EXPECT_LT(tests::anticonservative_by(p), tests::allowed(p.size()));
  EXPECT_LT(tests::anticonservative_by(joint), tests::allowed(p.size()));
  EXPECT_LT(tests::anticonservative_by(adjusted), tests::allowed(p.size()));
  for (const auto& e : {raw_e, exponential_e}) {
    const tests::Mean mean = tests::mean_of(e);
    EXPECT_LT(std::abs(mean.value - 1.0), 4 * mean.error);  // exactly 1 in expectation
  }
}

TEST(Permutation, FindsMarksThatKeepTogether) {
  Marked data = random_marks(1);
  for (std::size_t i = 0; i < 60; ++i) {
    if (i < 8) data.group[i] = 3;
    data.marked[i] = data.group[i] == 3 ? 1 : 0;
  }
  const PermutationTable table = pairs_in_groups(data.marked, data.group, 1, 999, 2);
  EXPECT_DOUBLE_EQ(permutation_p(table.column(0)), 0.001);
}

// METHODS.md 3.3: 1,217 members, 149 irregular, one recruiter of 90 and small ones. 11 of 90 through him is
// what chance gives (p about 0.38), 40 of 90 is not (p = 1e-4). Same 149 both times.
TEST(Permutation, SplitsThePairOfEqualCounts) {
  const auto p_with = [](int through_him) {
    std::vector<std::uint32_t> recruiter;
    std::vector<int> irregular;
    for (int i = 0; i < 1217; ++i) {
      recruiter.push_back(i < 90 ? 0U : static_cast<std::uint32_t>(1 + (i - 90) / 10));
      const int rank = i - 90;
      irregular.push_back(i < 90 ? i < through_him
                                 : (rank * (149 - through_him)) / 1127 !=
                                       ((rank + 1) * (149 - through_him)) / 1127);
    }
    const ExchangeClasses classes(std::vector<std::uint32_t>(1217, 0));
    const PermutationTable table =
        permute(classes, 1, {2011, "pair", 9999, 2},
                [&](std::span<const std::uint32_t> source, std::span<double> out, unsigned) {
                  std::vector<int> count(130, 0);
                  for (std::size_t u = 0; u < source.size(); ++u) count[recruiter[u]] += irregular[source[u]];
                  for (const int c : count) out[0] += c * (c - 1) / 2.0;
                });
    return permutation_p(table.values);
  };
  EXPECT_GT(p_with(11), 0.2);
  EXPECT_DOUBLE_EQ(p_with(40), 1e-4);
}

TEST(Permutation, StandardisedValuesHaveMeanZeroAndDeviationOne) {
  const auto z = standardised(std::vector<double>{1, 2, 3, 6});
  EXPECT_NEAR(std::accumulate(z.begin(), z.end(), 0.0), 0, 1e-12);
  EXPECT_NEAR(std::inner_product(z.begin(), z.end(), z.begin(), 0.0), 4, 1e-12);
  for (const double v : standardised(std::vector<double>(5, 3.0))) EXPECT_EQ(v, 0.0);
  EXPECT_EQ(permutation_p({}), 1.0);
}

}  // namespace
}  // namespace scrutineer::stats
