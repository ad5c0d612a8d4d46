// No outcome depends on the order in which candidates or ballots stand in the file, ties and lots included.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "contest/rules.h"

namespace scrutineer::contest {
namespace {

struct Drawn {
  Ballots one, other;  // the same papers; candidates and ballots in another order
};

Drawn draw() {
  const auto candidates = *rc::gen::inRange<std::uint32_t>(2, 6);
  const auto kinds = *rc::gen::inRange<std::size_t>(1, 12);
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  Drawn drawn;
  std::vector<Candidate> place(candidates);
  std::iota(place.begin(), place.end(), 0U);
  std::shuffle(place.begin(), place.end(), random);
  drawn.other.candidates.resize(candidates);
  for (Candidate c = 0; c < candidates; ++c) {
    drawn.one.candidates.emplace_back(1, static_cast<char>('A' + c));
    drawn.other.candidates[place[c]] = drawn.one.candidates[c];
  }
  drawn.one.groups = drawn.other.groups = {"N", "S"};
  for (std::size_t k = 0; k < kinds; ++k) {
    std::vector<Candidate> order(candidates);
    std::iota(order.begin(), order.end(), 0U);
    std::shuffle(order.begin(), order.end(), random);
    order.resize(1 + random() % candidates);
    Ballot ballot;
    ballot.count = 1 + static_cast<std::int64_t>(random() % 3);  // few, so that ties abound
    ballot.group = static_cast<std::uint32_t>(random() % 2);
    Ballot moved = ballot;
    for (const Candidate c : order) {
      ballot.ranks.push_back({c});
      moved.ranks.push_back({place[c]});
    }
    drawn.one.ballots.push_back(std::move(ballot));
    drawn.other.ballots.push_back(std::move(moved));
  }
  std::shuffle(drawn.other.ballots.begin(), drawn.other.ballots.end(), random);
  return drawn;
}

void expect_same(Rule rule, std::uint32_t seats) {
  const Drawn drawn = draw();
  CountOptions options;
  options.seed = *rc::gen::arbitrary<std::uint32_t>();
  options.seats = seats;
  const auto one = count(drawn.one, rule, options);
  const auto other = count(drawn.other, rule, options);
  RC_ASSERT(one.has_value() == other.has_value());
  if (!one) return;
  RC_ASSERT(one->winners == other->winners);
  RC_ASSERT(one->rounds.size() == other->rounds.size());
  for (std::size_t r = 0; r < one->rounds.size(); ++r) {
    RC_ASSERT(one->rounds[r].tally == other->rounds[r].tally);
    RC_ASSERT(one->rounds[r].eliminated == other->rounds[r].eliminated);
    RC_ASSERT(one->rounds[r].exhausted == other->rounds[r].exhausted);
  }
}

RC_GTEST_PROP(Invariance, Plurality, ()) {
  expect_same(Rule::plurality, 1);
}
RC_GTEST_PROP(Invariance, Supplementary, ()) {
  expect_same(Rule::supplementary, 1);
}
RC_GTEST_PROP(Invariance, InstantRunoff, ()) {
  expect_same(Rule::irv, 1);
}
RC_GTEST_PROP(Invariance, College, ()) {
  expect_same(Rule::college, 1);
}
RC_GTEST_PROP(Invariance, TransferableVote, ()) {
  expect_same(Rule::stv, 2);
}

}  // namespace
}  // namespace scrutineer::contest
