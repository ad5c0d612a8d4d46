// Every rule against its textbook twin on thousands of small contests in which ties abound.
#include "contest/reference/hand_count.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "contest/rctab/tabulator.h"
#include "contest/rules.h"

namespace scrutineer::contest {
namespace {

using reference::HandCount;
using reference::HandPaper;

constexpr int cases = 3000;

struct Scene {
  Ballots ballots;
  std::vector<HandPaper> papers;
};

// A few candidates and up to two dozen papers; untidy ones skip ranks, mark several and repeat candidates.
Scene draw(std::mt19937_64& random, bool untidy) {
  Scene scene;
  const std::size_t candidates = 2 + random() % 4;
  for (std::size_t c = 0; c < candidates; ++c)
    scene.ballots.candidates.emplace_back(1, static_cast<char>('A' + c));
  std::shuffle(scene.ballots.candidates.begin(), scene.ballots.candidates.end(), random);
  scene.ballots.groups = {"N", "S", "W"};
  for (std::size_t papers = 1 + random() % 24; papers > 0; --papers) {
    Ballot ballot;
    ballot.count = 1;
    ballot.group = static_cast<std::uint32_t>(random() % 3);
    HandPaper paper{{}, scene.ballots.groups[ballot.group]};
    std::vector<Candidate> order(candidates);
    for (Candidate c = 0; c < candidates; ++c) order[c] = c;
    std::shuffle(order.begin(), order.end(), random);
    for (std::size_t r = 0; r < 1 + random() % candidates; ++r) {
      std::vector<Candidate> rank = {order[r]};
      if (untidy && random() % 5 == 0) rank.clear();
      if (untidy && random() % 5 == 0) rank = {static_cast<Candidate>(random() % candidates)};
      if (untidy && random() % 6 == 0 && candidates > 2) rank = {order[0], order[1]};
      ballot.ranks.push_back(rank);
      auto& names = paper.ranks.emplace_back();
      for (const Candidate c : rank) names.push_back(scene.ballots.candidates[c]);
    }
    while (!ballot.ranks.empty() && ballot.ranks.back().empty()) {
      ballot.ranks.pop_back();
      paper.ranks.pop_back();
    }
    scene.ballots.ballots.push_back(std::move(ballot));
    scene.papers.push_back(std::move(paper));
  }
  return scene;
}

// Elected candidates stand in the tables of some rules with what they keep; they are not compared there.
void expect_same(const Count& count, const HandCount& hand, const std::string& where) {
  ASSERT_EQ(count.winners, hand.winners) << where;
  ASSERT_GE(count.rounds.size(), hand.rounds.size()) << where;
  for (std::size_t r = 0; r < hand.rounds.size(); ++r) {
    const Round& round = count.rounds[r];
    const std::map<std::string, double> tally(round.tally.begin(), round.tally.end());
    for (const auto& [name, votes] : hand.rounds[r].tally) {
      ASSERT_TRUE(tally.contains(name)) << where << " round " << r + 1 << " " << name;
      ASSERT_NEAR(tally.at(name), votes, 1e-9) << where << " round " << r + 1 << " " << name;
    }
    ASSERT_EQ(std::set<std::string>(round.elected.begin(), round.elected.end()), hand.rounds[r].elected)
        << where;
    ASSERT_EQ(std::set<std::string>(round.eliminated.begin(), round.eliminated.end()),
              hand.rounds[r].eliminated)
        << where;
  }
  ASSERT_TRUE(count.contradictions.empty()) << where << ": " << count.contradictions.front().text;
}

template <typename Hand>
void compare(Rule rule, std::uint32_t seats, Quota quota, const Hand& hand_count) {
  std::mt19937_64 random(20260506);
  int counted = 0;
  int ties = 0;
  for (int i = 0; i < cases; ++i) {
    const Scene scene = draw(random, i % 2 == 1);
    CountOptions options;
    options.seed = static_cast<std::uint64_t>(i);
    options.seats = seats;
    options.quota = quota;
    const auto count = contest::count(scene.ballots, rule, options);
    if (!count) continue;  // no valid paper, or fewer candidates than seats
    ++counted;
    ties += count->ties.empty() ? 0 : 1;
    const std::string where = std::string(to_string(rule)) + " case " + std::to_string(i);
    expect_same(*count, hand_count(scene, options.seed), where);
    if (::testing::Test::HasFatalFailure()) return;
  }
  std::cout << to_string(rule) << ": " << counted << " contests, " << ties << " with a tie\n";
  EXPECT_GT(counted, cases / 2);
  EXPECT_GT(ties, cases / 20);
}

TEST(HandCount, Plurality) {
  compare(Rule::plurality, 1, Quota::droop, [](const Scene& scene, std::uint64_t seed) {
    return reference::hand_plurality(scene.ballots.candidates, scene.papers, seed);
  });
}

TEST(HandCount, SupplementaryVote) {
  compare(Rule::supplementary, 1, Quota::droop, [](const Scene& scene, std::uint64_t seed) {
    return reference::hand_supplementary(scene.ballots.candidates, scene.papers, seed);
  });
}

TEST(HandCount, InstantRunoff) {
  compare(Rule::irv, 1, Quota::droop, [](const Scene& scene, std::uint64_t seed) {
    return reference::hand_irv(scene.ballots.candidates, scene.papers, seed);
  });
}

TEST(HandCount, ElectoralCollege) {
  compare(Rule::college, 1, Quota::droop, [](const Scene& scene, std::uint64_t seed) {
    return reference::hand_college(scene.ballots.candidates, scene.papers, seed);
  });
}

TEST(HandCount, TransferableVote) {
  for (const Quota quota : {Quota::droop, Quota::hare})
    compare(Rule::stv, 2, quota, [&](const Scene& scene, std::uint64_t seed) {
      return reference::hand_stv(scene.ballots.candidates, scene.papers, seed, 2, quota == Quota::hare);
    });
}

TEST(HandCount, RankedChoiceWithEveryRuleForUntidyPapers) {
  std::mt19937_64 random(7);
  for (int i = 0; i < cases; ++i) {
    const Scene scene = draw(random, true);
    rctab::Contest contest;
    contest.candidates = scene.ballots.candidates;
    contest.excluded.assign(contest.candidates.size(), 0);
    contest.rules.ties = rctab::TieMode::config_order;
    contest.rules.overvote = static_cast<rctab::OvervoteRule>(random() % 3);
    contest.rules.exhaust_on_duplicate = random() % 2 == 0;
    if (random() % 2 == 0) contest.rules.max_skipped = static_cast<std::uint32_t>(random() % 3);
    std::vector<rctab::Record> records;
    for (const Ballot& ballot : scene.ballots.ballots) {
      rctab::Record& record = records.emplace_back();
      for (std::uint32_t r = 0; r < ballot.ranks.size(); ++r)
        if (!ballot.ranks[r].empty()) record.rankings.push_back({r + 1, ballot.ranks[r]});
    }
    const auto count = rctab::tabulate(contest, records, std::vector<std::int64_t>(records.size(), 1), {});
    ASSERT_TRUE(count) << count.error().message();
    expect_same(*count, reference::hand_ranked_choice(contest.candidates, scene.papers, contest.rules),
                "case " + std::to_string(i));
    if (::testing::Test::HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace scrutineer::contest
