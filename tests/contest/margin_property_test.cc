// Margins against exhaustive search over thousands of small random contests, rule by rule, with and without
// caps.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "contest/margin.h"
#include "contest/reference/brute_force.h"

namespace scrutineer::contest {
namespace {

using reference::By;
using reference::Electorate;

struct Case {
  Rule rule;
  reference::PossibleWinners possible;
  unsigned ranks;
  unsigned groups;
  int cases;
  bool deletion, addition, modification;
  int closed_percent =
      100;  // of the thresholds for a change: irrelevant ties abound where electorates are tiny
  unsigned candidates = 0;  // 0: two to four
};

Electorate random_electorate(std::mt19937_64& random, const Case& test) {
  Electorate electorate;
  electorate.candidates = random() % 4 == 0 ? 4 : random() % 8 == 0 ? 2 : 3;
  if (test.candidates != 0) electorate.candidates = test.candidates;
  electorate.groups = test.groups;
  electorate.sections = test.rule == Rule::college;
  electorate.orders = reference::all_orders(electorate.candidates, test.ranks);
  electorate.papers.assign(electorate.orders.size() * test.groups, 0);
  const unsigned papers = 2 + static_cast<unsigned>(random() % (electorate.candidates == 4 ? 7 : 9));
  for (unsigned i = 0; i < papers; ++i) ++electorate.papers[random() % electorate.papers.size()];
  return electorate;
}

struct Totals {
  int lots = 0, lots_exact = 0, change = 0, change_exact = 0;
};

void check(const Least& least, const std::optional<int>& truth, int searched, const std::string& name,
           int& all, int& exact) {
  if (!truth) {
    // Not within what was searched: no witness may claim less.
    EXPECT_GT(least.high.value_or(searched + 1), searched) << name;
    return;
  }
  ++all;
  exact += least.exact();
  if (!least.exact() && name.ends_with("lots"))
    std::cout << name << ' ' << least.low << ".." << least.high.value_or(-1) << '\n';
  EXPECT_LE(least.low, *truth) << name;
  EXPECT_GE(least.high.value_or(*truth), *truth) << name;
  EXPECT_FALSE(least.impossible) << name;
}

void run(const Case& test, bool with_caps) {
  std::mt19937_64 random(20260506);
  Totals totals;
  for (int i = 0; i < test.cases; ++i) {
    const Electorate electorate = random_electorate(random, test);
    MarginOptions options;
    options.deletion = test.deletion;
    options.addition = test.addition;
    options.modification = test.modification;
    options.count.seed = random();
    if (with_caps)
      for (unsigned g = 0; g < test.groups; ++g)
        options.caps.push_back(static_cast<std::int64_t>(random() % 4));
    const Ballots ballots = electorate.ballots();
    const auto found = margins(ballots, test.rule, options);
    ASSERT_TRUE(found) << found.error().message() << " case " << i;
    const Candidate winner = static_cast<Candidate>(found->winner[0] - 'A');
    // Those who can win are the same in the twin.
    unsigned possible = 0;
    for (const std::string& name : found->possible_winners) possible |= 1U << (name[0] - 'A');
    ASSERT_EQ(possible, test.possible(electorate, electorate.papers)) << "case " << i;
    const auto compare = [&](const std::optional<KindMargin>& margin, By by, int limit, const char* name) {
      if (!margin) return;
      const auto truth = reference::brute_force(electorate, test.possible, winner, by, limit, options.caps);
      const std::string label = std::string(name) + " case " + std::to_string(i);
      check(margin->lots, truth.lots, truth.searched, label + " lots", totals.lots, totals.lots_exact);
      check(margin->change, truth.change, truth.searched, label + " change", totals.change,
            totals.change_exact);
      if (by == By::deleting) {  // searched to the end, so nothing found means it cannot be
        EXPECT_EQ(margin->lots.impossible, !truth.lots) << label;
        EXPECT_FALSE(!truth.change && margin->change.high) << label;
      }
    };
    compare(found->deletion, By::deleting, static_cast<int>(electorate.valid()), "delete");
    compare(found->addition, By::adding, electorate.candidates == 4 ? 2 : 3, "add");
    compare(found->modification, By::modifying, electorate.candidates == 4 ? 1 : 2, "modify");
    if (testing::Test::HasFailure()) {
      for (const Ballot& ballot : ballots.ballots) {
        std::cout << ballot.count << " in " << ballot.group << ":";
        for (const auto& rank : ballot.ranks) std::cout << ' ' << ballots.candidates[rank[0]];
        std::cout << '\n';
      }
      for (const std::int64_t cap : options.caps) std::cout << "cap " << cap << '\n';
      std::cout << "winner " << found->winner << " seed " << options.count.seed << '\n';
      return;
    }
  }
  std::cout << to_string(test.rule) << (with_caps ? " with caps" : "") << ": lots exact " << totals.lots_exact
            << "/" << totals.lots << ", change exact " << totals.change_exact << "/" << totals.change << "\n";
  EXPECT_EQ(totals.lots_exact, totals.lots);
  EXPECT_GE(totals.change_exact * 100, totals.change * test.closed_percent);
}

TEST(MarginProperty, Plurality) {
  run({Rule::plurality, reference::possible_plurality, 1, 1, 2000, true, true, true}, false);
}
TEST(MarginProperty, PluralityWithCaps) {
  run({Rule::plurality, reference::possible_plurality, 1, 2, 2000, true, true, true}, true);
}
TEST(MarginProperty, Supplementary) {
  run({Rule::supplementary, reference::possible_sv, 2, 1, 800, true, true, true}, false);
}
TEST(MarginProperty, SupplementaryWithCaps) {
  run({Rule::supplementary, reference::possible_sv, 2, 2, 800, true, true, true}, true);
}
TEST(MarginProperty, College) {
  run({Rule::college, reference::possible_college, 1, 3, 1500, true, true, true, 100, 2}, false);
}
TEST(MarginProperty, CollegeWithCaps) {
  run({Rule::college, reference::possible_college, 1, 3, 1500, true, true, true, 100, 2}, true);
}
TEST(MarginProperty, InstantRunoff) {
  run({Rule::irv, reference::possible_irv, 4, 1, 1500, true, true, true, 90}, false);
}
TEST(MarginProperty, InstantRunoffWithCaps) {
  run({Rule::irv, reference::possible_irv, 4, 2, 1500, true, true, true, 90}, true);
}

}  // namespace
}  // namespace scrutineer::contest
