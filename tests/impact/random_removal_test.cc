// The probability that papers drawn at random change the result, against double sums and against every draw.
#include "impact/random_removal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "contest/margin.h"

namespace scrutineer::impact {
namespace {

using contest::Ballots;
using contest::Candidate;
using contest::Rule;

double choose(std::int64_t n, std::int64_t k) {
  if (k < 0 || k > n) return 0;
  return std::round(std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0)));
}

// The definition, as a double sum over the multivariate hypergeometric law.
double by_double_sum(const contest::Comparison& comparison, std::int64_t papers, std::int64_t removed) {
  const std::int64_t rest = papers - comparison.ahead - comparison.behind;
  double sum = 0;
  for (std::int64_t a = 0; a <= comparison.ahead; ++a) {
    for (std::int64_t b = 0; b <= comparison.behind; ++b) {
      if (a - b < comparison.ahead - comparison.behind) continue;
      sum += choose(comparison.ahead, a) * choose(comparison.behind, b) * choose(rest, removed - a - b);
    }
  }
  return sum / choose(papers, removed);
}

RC_GTEST_PROP(RandomRemoval, EqualsTheDoubleSum, ()) {
  const auto behind = *rc::gen::inRange<std::int64_t>(0, 12);
  const auto ahead = behind + *rc::gen::inRange<std::int64_t>(1, 8);
  const auto papers = ahead + behind + *rc::gen::inRange<std::int64_t>(0, 10);
  const auto removed = *rc::gen::inRange<std::int64_t>(0, papers + 1);
  const double found = probability_of_failing({ahead, behind}, papers, removed);
  const double expected = by_double_sum({ahead, behind}, papers, removed);
  RC_ASSERT(std::fabs(found - expected) <= 1e-9 * (1 + expected));
}

// 433 v 251 v 157: even 183 papers drawn at random all but never undo a lead of 182.
TEST(RandomRemoval, ThePublicCase) {
  contest::Comparisons comparisons{{{433, 251}, {433, 157}}, true};
  EXPECT_EQ(random_removal(comparisons, 841, 149).high, 0);
  const RandomRemoval removal = random_removal(comparisons, 841, 250);
  EXPECT_LT(removal.high, 1e-9);
  EXPECT_LE(removal.low, removal.high);
}

Ballots random_ballots(std::mt19937_64& random, unsigned candidates, unsigned papers) {
  Ballots ballots;
  for (unsigned c = 0; c < candidates; ++c) ballots.candidates.emplace_back(1, static_cast<char>('A' + c));
  for (unsigned i = 0; i < papers; ++i) {
    std::vector<Candidate> order(candidates);
    for (unsigned c = 0; c < candidates; ++c) order[c] = c;
    std::shuffle(order.begin(), order.end(), random);
    contest::Ballot ballot;
    for (std::size_t r = 0; r < 1 + random() % candidates; ++r) ballot.ranks.push_back({order[r]});
    ballot.count = 1;
    ballots.ballots.push_back(std::move(ballot));
  }
  return ballots;
}

// Every set of k papers is taken away in turn; the share of those that leave the winner not sure lies in the
// bounds.
TEST(RandomRemoval, BoundsHoldOverEveryDraw) {
  std::mt19937_64 random(7);
  int looked_at = 0;
  int informative = 0;
  for (int i = 0; i < 250; ++i) {
    const Rule rule = i % 3 == 0 ? Rule::plurality : i % 3 == 1 ? Rule::irv : Rule::supplementary;
    const unsigned papers = 7 + static_cast<unsigned>(random() % 4);
    const Ballots ballots = random_ballots(random, 3 + static_cast<unsigned>(random() % 2), papers);
    const auto comparisons = contest::comparisons(ballots, rule, {});
    if (!comparisons) continue;
    const auto before = contest::possible_winners(ballots, rule);
    ASSERT_TRUE(before && *before);
    ASSERT_EQ((*before)->size(), 1U);
    for (unsigned k = 1; k <= 3; ++k) {
      int draws = 0;
      int changed = 0;
      for (unsigned set = 0; set < 1U << papers; ++set) {
        if (static_cast<unsigned>(__builtin_popcount(set)) != k) continue;
        ++draws;
        Ballots after = ballots;
        after.ballots.clear();
        for (unsigned p = 0; p < papers; ++p)
          if (!(set >> p & 1U)) after.ballots.push_back(ballots.ballots[p]);
        const auto winners = contest::possible_winners(after, rule);
        ASSERT_TRUE(winners && *winners);
        changed += **winners != **before;
      }
      const RandomRemoval removal = random_removal(*comparisons, papers, k);
      const double truth = static_cast<double>(changed) / draws;
      EXPECT_LE(truth, removal.high + 1e-9) << "case " << i;
      EXPECT_GE(truth, removal.low - 1e-9) << "case " << i;
      ++looked_at;
      informative += removal.high < 1;
    }
  }
  EXPECT_GT(looked_at, 200);
  EXPECT_GT(informative, looked_at / 2);
}

}  // namespace
}  // namespace scrutineer::impact
