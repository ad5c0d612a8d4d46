#include <gtest/gtest.h>

#include "contest/lots.h"
#include "contest/margin.h"
#include "contest/read_ballots.h"
#include "contest/rules.h"
#include "contest/show.h"

namespace scrutineer::contest {
namespace {

Ballots read(std::string_view text) {
  auto ballots = read_ballots_from(text, "test.blt");
  EXPECT_TRUE(ballots) << ballots.error().message();
  return ballots ? *ballots : Ballots{};
}

// Tennessee: the classical example of a capital; IRV elects Knoxville, plurality Memphis.
const std::string tennessee =
    "4 1\n42 1 2 3 4 0\n26 2 3 4 1 0\n15 3 4 2 1 0\n17 4 3 2 1 0\n0\n"
    "\"Memphis\"\n\"Nashville\"\n\"Chattanooga\"\n\"Knoxville\"\n\"Capital\"\n";

TEST(Count, PluralityAndInstantRunoffOfTennessee) {
  const Ballots ballots = read(tennessee);
  EXPECT_EQ(count(ballots, Rule::plurality)->winners, std::vector<std::string>{"Memphis"});
  const auto irv = count(ballots, Rule::irv);
  ASSERT_TRUE(irv);
  EXPECT_EQ(irv->winners, std::vector<std::string>{"Knoxville"});
  ASSERT_EQ(irv->rounds.size(), 3U);
  EXPECT_EQ(irv->rounds[0].eliminated, std::vector<std::string>{"Chattanooga"});
  EXPECT_EQ(irv->rounds[1].eliminated, std::vector<std::string>{"Nashville"});
  EXPECT_EQ(irv->rounds[2].tally.front().second, 58);
  EXPECT_TRUE(irv->ties.empty());
}

TEST(Count, MarginsOfPluralityAreClosedForm) {
  const auto found = margins(read(tennessee), Rule::plurality);
  ASSERT_TRUE(found) << found.error().message();
  EXPECT_EQ(found->deletion->lots.value(), 16);
  EXPECT_EQ(found->deletion->change.value(), 17);
  EXPECT_EQ(found->addition->change.value(), 17);
  EXPECT_EQ(found->modification->lots.value(), 8);
  EXPECT_EQ(found->modification->change.value(), 9);
  EXPECT_EQ(found->deletion->change_witness->then_winners, std::vector<std::string>{"Nashville"});
  EXPECT_NE(to_json(*found, read(tennessee)).find("\"lots\": 16"), std::string::npos);
}

TEST(Count, TiesAreSettledByTheSeedAndNotByOrder) {
  const Ballots one = read("2 1\n5 1 0\n5 2 0\n0\n\"A\"\n\"B\"\n\"T\"\n");
  const Ballots other = read("2 1\n5 1 0\n5 2 0\n0\n\"B\"\n\"A\"\n\"T\"\n");
  int times_a = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    for (const Rule rule : {Rule::plurality, Rule::irv}) {
      const auto first = count(one, rule, {.seed = seed});
      const auto second = count(other, rule, {.seed = seed});
      ASSERT_EQ(first->ties.size(), 1U);
      EXPECT_EQ(first->winners, second->winners);
      times_a += first->winners.front() == "A";
    }
  }
  EXPECT_GT(times_a, 150);  // of 400 fair draws; less has probability below 1e-6
  EXPECT_LT(times_a, 250);
}

TEST(Count, LotsAreWhatTheHeaderSays) {
  const std::vector<std::string> names = {"B", "A"};
  EXPECT_EQ(names[draw_lot(1, "irv 1", names)], names[draw_lot(1, "irv 1", names)]);
}

// Weighted inclusive Gregory by hand: 13 papers, 2 seats, Droop quota 5. A has 8, a surplus of 3, so each of
// its papers passes on 3 / 8 = 0.375: 6 to B (2.25) and 2 to C (0.75). B 2.25 + 2 = 4.25, C 0.75 + 3 = 3.75;
// C goes out and its papers go to B.
TEST(Count, SingleTransferableVoteByHand) {
  const Ballots ballots = read("3 2\n6 1 2 0\n2 1 3 2 0\n2 2 0\n3 3 2 0\n0\n\"A\"\n\"B\"\n\"C\"\n\"T\"\n");
  const auto stv = count(ballots, Rule::stv);
  ASSERT_TRUE(stv) << stv.error().message();
  EXPECT_EQ(stv->winners, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(stv->rounds[0].threshold, 5);
  ASSERT_GE(stv->rounds.size(), 3U);
  EXPECT_EQ(stv->rounds[1].tally[1].second, 4.25);
  EXPECT_EQ(stv->rounds[1].eliminated, std::vector<std::string>{"C"});
  const auto hare = count(ballots, Rule::stv, {.quota = Quota::hare});
  ASSERT_TRUE(hare);
  EXPECT_EQ(hare->rounds[0].threshold, 7);
}

// One seat is an instant run-off; of several only bounds are known, and the text says so.
TEST(Count, MarginsOfTransferableVotes) {
  const auto one = margins(read(tennessee), Rule::stv);
  ASSERT_TRUE(one) << one.error().message();
  EXPECT_TRUE(one->deletion->lots.exact());
  MarginOptions options;
  options.count.seats = 2;
  const auto two = margins(read(tennessee), Rule::stv, options);
  ASSERT_TRUE(two) << two.error().message();
  EXPECT_GE(two->deletion->lots.low, 1);
  EXPECT_FALSE(two->deletion->lots.exact());
  EXPECT_NE(to_text(*two, read(tennessee)).find("not known"), std::string::npos);
}

TEST(Count, RefusesWhatCannotBeCounted) {
  EXPECT_FALSE(count(read("1 1\n1 0\n0\n\"A\"\n"), Rule::irv));
  EXPECT_FALSE(count(read("1 1\n-1\n1 1 0\n0\n\"A\"\n"), Rule::irv));
  const auto seats = count(read("1 2\n1 1 0\n0\n\"A\"\n"), Rule::irv);
  ASSERT_FALSE(seats);
  EXPECT_EQ(seats.error().category, ErrorCategory::usage);
}

}  // namespace
}  // namespace scrutineer::contest
