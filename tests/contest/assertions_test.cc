#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "contest/assertions/assertion.h"
#include "contest/assertions/raire.h"
#include "stats/random.h"
#include "support/shared_data.h"

namespace scrutineer::contest {
namespace {

using Papers = std::vector<std::pair<std::int64_t, std::vector<Candidate>>>;

Profile profile_of(std::uint32_t candidates, const Papers& papers) {
  Ballots ballots;
  for (std::uint32_t i = 0; i < candidates; ++i)
    ballots.candidates.push_back(std::string(1, static_cast<char>('A' + i)));
  for (const auto& [count, preferences] : papers) {
    Ballot ballot;
    ballot.count = count;
    for (const Candidate one : preferences) ballot.ranks.push_back({one});
    ballots.ballots.push_back(ballot);
  }
  return read_papers(ballots, {});
}

// The example of the guide to RAIRE: the hardest assertion has a margin of 500 of 13,500.
TEST(Raire, ReproducesTheGuide) {
  const Profile profile =
      profile_of(4, {{5000, {2, 1, 0}}, {1000, {1, 2, 3}}, {1500, {3, 0}}, {4000, {0, 3}}, {2000, {3}}});
  const auto found = raire(profile, 2);
  ASSERT_TRUE(found) << found.error().message();
  EXPECT_EQ(found->least_margin, 500);
  EXPECT_EQ(found->assertions.size(), 5U);
  EXPECT_TRUE(prove_winner(found->assertions, 4, 2));
  for (Candidate other : {0U, 1U, 3U}) EXPECT_FALSE(raire(profile, other)) << other;
}

TEST(Raire, AssortersAreMajorities) {
  const Profile profile = profile_of(3, {{10, {0, 1}}, {7, {1, 0}}, {5, {2, 1}}, {3, {2}}});
  const Assertion neb = {Assertion::Kind::not_eliminated_before, 0, 1, 0, 0};
  EXPECT_EQ(margin_of(neb, profile), 10 - 7 - 5);
  const Assertion nen = {Assertion::Kind::not_eliminated_next, 1, 0, 3, 0};
  EXPECT_EQ(margin_of(nen, profile), 12 - 10);
  double mean = 0;
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind)
    mean += assort(nen, profile.preferences(kind)) * static_cast<double>(profile.counts[kind]) / 25;
  EXPECT_NEAR(2 * mean - 1, 2. / 25, 1e-12);
}

// Count by eliminating the fewest; nothing where two are fewest.
std::optional<Candidate> irv_winner(const Profile& profile) {
  std::uint64_t left = (1U << profile.candidates) - 1;
  for (std::uint32_t round = 1; round < profile.candidates; ++round) {
    std::vector<std::int64_t> tally(profile.candidates, 0);
    for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
      for (const Candidate one : profile.preferences(kind)) {
        if ((left >> one & 1U) == 0) continue;
        tally[one] += profile.counts[kind];
        break;
      }
    }
    std::int64_t fewest = -1;
    Candidate out = 0;
    int alike = 0;
    for (Candidate one = 0; one < profile.candidates; ++one) {
      if ((left >> one & 1U) == 0) continue;
      if (fewest < 0 || tally[one] < fewest) {
        fewest = tally[one];
        out = one;
        alike = 0;
      } else if (tally[one] == fewest) {
        ++alike;
      }
    }
    if (alike > 0) return std::nullopt;
    left &= ~(std::uint64_t{1} << out);
  }
  for (Candidate one = 0; one < profile.candidates; ++one)
    if ((left >> one & 1U) != 0) return one;
  return std::nullopt;
}

// Whatever the papers: the set proves the winner by the independent check, every assertion is true of the
// papers, none is needless, and nobody else can be proved.
TEST(Raire, ProvesTheWinnerOfAnyCount) {
  int proved = 0;
  for (std::uint64_t trial = 0; trial < 200; ++trial) {
    stats::Random random(9, "raire", trial);
    const auto candidates = static_cast<std::uint32_t>(2 + random.below(4));
    Papers papers;
    for (int kind = 0; kind < 14; ++kind) {
      std::vector<Candidate> order;
      for (Candidate one = 0; one < candidates; ++one) order.push_back(one);
      random.shuffle(std::span(order));
      order.resize(1 + random.below(candidates));
      papers.emplace_back(1 + static_cast<std::int64_t>(random.below(40)), order);
    }
    const Profile profile = profile_of(candidates, papers);
    const auto winner = irv_winner(profile);
    if (!winner) continue;
    const auto found = raire(profile, *winner);
    ASSERT_TRUE(found) << trial;
    EXPECT_TRUE(prove_winner(found->assertions, candidates, *winner)) << trial;
    for (std::size_t i = 0; i < found->assertions.size(); ++i) {
      EXPECT_EQ(margin_of(found->assertions[i], profile), found->assertions[i].margin);
      EXPECT_GT(found->assertions[i].margin, 0);
      auto fewer = found->assertions;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(prove_winner(fewer, candidates, *winner));
    }
    for (Candidate other = 0; other < candidates; ++other) {
      if (other == *winner) continue;
      EXPECT_FALSE(raire(profile, other)) << trial;
    }
    ++proved;
  }
  EXPECT_GT(proved, 150);
}

// raire-rs on the mayoral counts of New South Wales 2021: the same least margin in every one that it proves.
TEST(Raire, AgreesWithRaireRsOnPublishedCounts) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/rla/raire_rs/nsw_lge_2021");
  int compared = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().string();
    if (!name.ends_with("_out.json")) continue;
    std::ifstream answer(name);
    std::ifstream question(name.substr(0, name.size() - 9) + ".json");
    const auto out = nlohmann::json::parse(answer, nullptr, false);
    const auto in = nlohmann::json::parse(question, nullptr, false);
    ASSERT_TRUE(out.is_object() && in.is_object()) << name;
    const auto& solution = out["solution"];
    if (!solution.contains("Ok")) continue;
    Papers papers;
    for (const auto& vote : in["votes"])
      papers.emplace_back(vote["n"], vote["prefs"].get<std::vector<Candidate>>());
    const auto candidates = in["num_candidates"].get<std::uint32_t>();
    const Candidate winner = solution["Ok"]["winner"];
    const auto found = raire(profile_of(candidates, papers), winner);
    ASSERT_TRUE(found) << name << ' ' << found.error().message();
    EXPECT_EQ(found->least_margin, solution["Ok"]["margin"].get<std::int64_t>()) << name;
    if (candidates <= 8) {
      EXPECT_TRUE(prove_winner(found->assertions, candidates, winner)) << name;
    }
    ++compared;
  }
  EXPECT_EQ(compared, 33);
}

}  // namespace
}  // namespace scrutineer::contest
