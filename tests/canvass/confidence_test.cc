#include "canvass/confidence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "canvass/alpha.h"
#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

// T(M) written as the product it is: the guesser's chance of each door over its chance if M are marked.
double slow_log_ratio(const std::vector<char>& marks, std::uint64_t entries, std::uint64_t marked_entries) {
  double logarithm = 0;
  double marked = 0;
  for (std::size_t j = 0; j < marks.size(); ++j) {
    const auto seen = static_cast<double>(j);
    const double guess = (marked + .5) / (seen + 1);
    const double truth =
        (static_cast<double>(marked_entries) - marked) / (static_cast<double>(entries) - seen);
    if (marks[j] ? truth <= 0 : truth >= 1) return INFINITY;
    logarithm += std::log(marks[j] ? guess / truth : (1 - guess) / (1 - truth));
    marked += marks[j];
  }
  return logarithm;
}

// Twin: every M tried at every door.
RC_GTEST_PROP(MarkedCount, AgreesWithTryingEveryNumber, (std::uint64_t seed)) {
  stats::Random random(seed, "marked count");
  const std::uint64_t entries = 2 + random.below(60);
  const double share = random.uniform() * random.uniform();
  MarkedCount count(entries, .1);
  std::vector<char> marks;
  std::vector<bool> possible(entries + 1, true);
  for (std::uint64_t door = 0; door < entries; ++door) {
    marks.push_back(random.chance(share) ? 1 : 0);
    count.see(marks.back() != 0);
    std::uint64_t least = entries + 1, most = 0;
    for (std::uint64_t number = 0; number <= entries; ++number) {
      const double slow = slow_log_ratio(marks, entries, number);
      if (std::isfinite(slow)) RC_ASSERT(std::abs(slow - count.log_ratio(number)) < 1e-7);
      if (slow >= std::log(10) + 1e-6) possible[number] = false;
      if (!possible[number]) continue;
      least = std::min(least, number);
      most = std::max(most, number);
    }
    if (count.contradicted()) {
      RC_ASSERT(least > most);
      return;
    }
    RC_ASSERT(count.least() == least);
    RC_ASSERT(count.most() == most);
  }
  RC_ASSERT(count.least() == count.most());  // everybody was seen
}

// It is ALPHA with the guess (S + 1/2) / j: the same T where that guess is above the null's mean.
TEST(MarkedCount, IsAlphaWithAnotherGuess) {
  const std::uint64_t entries = 500, marked_entries = 300;
  MarkedCount count(entries, .05);
  Alpha martingale({.population = entries, .total = static_cast<double>(entries - marked_entries)},
                   {.first = .5, .weight = 1, .distance = 1e-9});
  for (int door = 0; door < 30; ++door) {
    count.see(door % 7 == 3);
    martingale.see(door % 7 == 3 ? 0 : 1);
    EXPECT_NEAR(count.log_ratio(marked_entries), martingale.log_martingale(), 1e-9);
  }
}

// "Whatever day you stop": the truth is outside the bounds at any door at all in at most alpha of audits.
TEST(MarkedCount, CoversTheTruthAtEveryDoorAtOnce) {
  for (const std::uint64_t truth : {0U, 4U, 40U, 200U}) {
    int missed = 0;
    const int replicates = 1500;
    for (int replicate = 0; replicate < replicates; ++replicate) {
      stats::Random random(7, "coverage", static_cast<std::uint64_t>(replicate));
      MarkedCount count(400, .1);
      std::uint64_t left_marked = truth;
      for (std::uint64_t left = 400; left > 0; --left) {
        const bool marked = random.below(left) < left_marked;
        left_marked -= marked ? 1 : 0;
        count.see(marked);
      }
      missed += count.contradicted() || count.least() > truth || count.most() < truth ? 1 : 0;
    }
    EXPECT_LE(missed, replicates * .1 + 3 * std::sqrt(replicates * .1 * .9)) << truth;
  }
}

// A door that turns out not marked never raises a bound at that door.
RC_GTEST_PROP(MarkedCount, ADoorThatOpensLaterNeverRaisesABound, (std::uint64_t seed)) {
  stats::Random random(seed, "opening doors");
  const std::uint64_t entries = 5 + random.below(3000);
  const std::size_t drawn = 1 + random.below(std::min<std::uint64_t>(entries, 300));
  const double share = random.uniform();
  std::vector<bool> marks;
  for (std::size_t i = 0; i < drawn; ++i) marks.push_back(random.chance(share));
  const auto bounds_of = [&] {
    MarkedCount count(entries, .05);
    for (const bool mark : marks) count.see(mark);
    return count;
  };
  const MarkedCount before = bounds_of();
  marks[random.below(drawn)] = false;
  const MarkedCount after = bounds_of();
  if (before.contradicted() || after.contradicted()) return;
  RC_ASSERT(after.most() <= before.most());
  RC_ASSERT(after.least() <= before.least());
}

TEST(MarkedCount, HoldsForAMillionEntries) {
  MarkedCount count(1'000'000, .05);
  for (int door = 0; door < 10'000; ++door) count.see(door % 100 == 50);
  EXPECT_LT(count.most(), 14'500U);
  EXPECT_GT(count.least(), 6'000U);
  EXPECT_FALSE(count.contradicted());
}

}  // namespace
}  // namespace scrutineer::canvass
