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
  bool exact = true;        // else bounds only
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

// Two sections of equal weight: the smallest sum of shares of the papers in play goes out, every tie both
// ways.
unsigned college_from(const Electorate& electorate, const reference::Papers& papers, unsigned in) {
  if ((in & (in - 1)) == 0) return in;
  long votes[2][8] = {};
  long in_play[2] = {};
  for (std::size_t kind = 0; kind < papers.size(); ++kind) {
    const unsigned g = static_cast<unsigned>(kind % 2);
    for (const Candidate c : electorate.orders[kind / 2]) {
      if (!(in >> c & 1U)) continue;
      votes[g][c] += papers[kind];
      in_play[g] += papers[kind];
      break;
    }
  }
  // Over the common denominator; a section without papers in play gives nothing.
  const auto share = [&](unsigned c) {
    return votes[0][c] * std::max(in_play[1], 1L) + votes[1][c] * std::max(in_play[0], 1L);
  };
  long least = 1L << 40;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if (in >> c & 1U) least = std::min(least, share(c));
  unsigned winners = 0;
  for (unsigned c = 0; c < electorate.candidates; ++c)
    if ((in >> c & 1U) && share(c) == least) winners |= college_from(electorate, papers, in & ~(1U << c));
  return winners;
}

unsigned possible_college_by_elimination(const Electorate& electorate, const reference::Papers& papers) {
  return college_from(electorate, papers, (1U << electorate.candidates) - 1);
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
  EXPECT_LE(least.low, *truth) << name;
  EXPECT_GE(least.high.value_or(*truth), *truth) << name;
  EXPECT_FALSE(least.impossible) << name;
}

void print_case(const Ballots& ballots, const MarginOptions& options, const std::string& winner) {
  for (const Ballot& ballot : ballots.ballots) {
    std::cout << ballot.count << " in " << ballot.group << ":";
    for (const auto& rank : ballot.ranks) std::cout << ' ' << ballots.candidates[rank[0]];
    std::cout << '\n';
  }
  for (const std::int64_t cap : options.caps) std::cout << "cap " << cap << '\n';
  if (options.most_added) std::cout << "at most " << *options.most_added << " added\n";
  std::cout << "winner " << winner << " seed " << options.count.seed << '\n';
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
    options.mixed = test.rule != Rule::college;  // exact under the other rules
    if (random() % 2 == 0) options.most_added = static_cast<std::int64_t>(random() % 3);
    if (with_caps)
      for (unsigned g = 0; g < test.groups; ++g)
        options.caps.push_back(static_cast<std::int64_t>(random() % 4));
    const Ballots ballots = electorate.ballots();
    const auto found = margins(ballots, test.rule, options);
    if (!found) print_case(ballots, options, "");
    ASSERT_TRUE(found) << found.error().message() << " case " << i;
    const Candidate winner = static_cast<Candidate>(found->winner[0] - 'A');
    // Those who can win are the same in the twin.
    unsigned possible = 0;
    for (const std::string& name : found->possible_winners) possible |= 1U << (name[0] - 'A');
    ASSERT_EQ(possible, test.possible(electorate, electorate.papers)) << "case " << i;
    const auto compare = [&](const std::optional<KindMargin>& margin, By by, int limit, const char* name) {
      if (!margin) return;
      const auto truth = reference::brute_force(electorate, test.possible, winner, by, limit, options.caps,
                                                static_cast<int>(options.most_added.value_or(1 << 20)));
      const std::string label = std::string(name) + " case " + std::to_string(i);
      check(margin->lots, truth.lots, truth.searched, label + " lots", totals.lots, totals.lots_exact);
      check(margin->change, truth.change, truth.searched, label + " change", totals.change,
            totals.change_exact);
      if (test.exact && by == By::deleting) {  // searched to the end, so nothing found means it cannot be
        EXPECT_EQ(margin->lots.impossible, !truth.lots) << label;
        EXPECT_FALSE(!truth.change && margin->change.high) << label;
      }
    };
    compare(found->deletion, By::deleting, static_cast<int>(electorate.valid()), "delete");
    compare(found->addition, By::adding, electorate.candidates == 4 ? 2 : 3, "add");
    compare(found->modification, By::modifying, electorate.candidates == 4 ? 1 : 2, "modify");
    compare(found->mixed, By::mixing, electorate.candidates == 4 ? 2 : 3, "mixed");
    if (testing::Test::HasFailure()) {
      print_case(ballots, options, found->winner);
      return;
    }
  }
  std::cout << to_string(test.rule) << (with_caps ? " with caps" : "") << ": lots exact " << totals.lots_exact
            << "/" << totals.lots << ", change exact " << totals.change_exact << "/" << totals.change << "\n";
  if (test.exact) {
    EXPECT_EQ(totals.lots_exact, totals.lots);
  }
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
// Three candidates: bounds, which the truth never leaves.
TEST(MarginProperty, CollegeOfThreeCandidates) {
  run({Rule::college, possible_college_by_elimination, 3, 2, 400, true, true, true, 0, 3, false}, false);
}
TEST(MarginProperty, InstantRunoff) {
  run({Rule::irv, reference::possible_irv, 4, 1, 1500, true, true, true, 90}, false);
}
TEST(MarginProperty, InstantRunoffWithCaps) {
  run({Rule::irv, reference::possible_irv, 4, 2, 1500, true, true, true, 90}, true);
}

// Two seats: fewer papers than the lower bound never unseat the last to be elected, whatever the lots.
TEST(MarginProperty, TransferableVoteOfTwoSeats) {
  std::mt19937_64 random(20260506);
  int bounded = 0;
  int found_high = 0;
  for (int i = 0; i < 300; ++i) {
    Electorate electorate;
    electorate.candidates = 4;
    electorate.orders = reference::all_orders(4, 4);
    electorate.papers.assign(electorate.orders.size(), 0);
    // A and B are far ahead, so that the last to be elected often has the quota at once.
    const auto of_b = std::find_if(electorate.orders.begin(), electorate.orders.end(),
                                   [](const reference::Order& order) { return order.front() == 1; });
    const auto b = static_cast<std::size_t>(of_b - electorate.orders.begin());
    for (int p = 0; p < 60; ++p) {
      const auto draw = random() % 5;
      ++electorate.papers[draw < 2 ? 0 : draw < 4 ? b : random() % electorate.papers.size()];
    }
    Ballots ballots = electorate.ballots();
    ballots.seats = 2;
    MarginOptions options;
    options.count.seed = random();
    const auto found = margins(ballots, Rule::stv, options);
    ASSERT_TRUE(found) << found.error().message();
    found_high += found->deletion->change.high.has_value();
    const std::int64_t few = found->deletion->lots.low - 1;
    if (few < 1) continue;
    bounded += few > 1;
    for (int attempt = 0; attempt < 10; ++attempt) {
      Ballots after = ballots;
      for (std::int64_t gone = 0; gone < few;) {
        Ballot& ballot = after.ballots[random() % after.ballots.size()];
        if (ballot.count == 0) continue;
        --ballot.count;
        ++gone;
      }
      std::erase_if(after.ballots, [](const Ballot& ballot) { return ballot.count == 0; });
      CountOptions count_options;
      count_options.seed = random();
      const auto counted = count(after, Rule::stv, count_options);
      ASSERT_TRUE(counted);
      EXPECT_TRUE(std::find(counted->winners.begin(), counted->winners.end(), found->winner) !=
                  counted->winners.end())
          << "case " << i;
    }
  }
  EXPECT_GT(bounded, 10);
  EXPECT_GT(found_high, 100);
}

// One seat: the margins of the instant run-off.
TEST(MarginProperty, TransferableVoteOfOneSeatIsAnInstantRunoff) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100; ++i) {
    const Ballots ballots =
        random_electorate(random, {Rule::irv, reference::possible_irv, 4, 1, 0, true, true, true}).ballots();
    const auto stv = margins(ballots, Rule::stv);
    const auto irv = margins(ballots, Rule::irv);
    ASSERT_TRUE(stv && irv);
    EXPECT_EQ(stv->possible_winners, irv->possible_winners);
    if (stv->winner != irv->winner) continue;  // a tie, drawn under another rule's name
    EXPECT_EQ(stv->deletion->lots.high, irv->deletion->lots.high);
    EXPECT_EQ(stv->modification->change.low, irv->modification->change.low);
  }
}

}  // namespace
}  // namespace scrutineer::contest
