#include "signals/household_strata.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "stats/random.h"

namespace scrutineer::signals {
namespace {

struct Scene {
  std::vector<LinkedMember> members;
  std::vector<HouseholdStratum> strata;
  std::vector<std::uint32_t> apart;
};

Scene random_scene(std::uint64_t seed) {
  stats::Random random(seed, "strata");
  Scene scene;
  const auto households = static_cast<std::uint32_t>(1 + random.below(120));
  for (std::uint32_t household = 0; household < households; ++household) {
    const auto draw = [&](std::uint64_t below) { return static_cast<std::uint32_t>(random.below(below)); };
    scene.strata.push_back({draw(3), draw(4), draw(2), draw(2)});
    scene.apart.push_back(draw(3));
    const std::uint32_t size = 1 + draw(random.chance(0.2) ? 5 : 1);
    for (std::uint32_t at = 0; at < size; ++at) scene.members.push_back({household, 0, {}});
  }
  random.shuffle(std::span(scene.members));
  return scene;
}

// Households by (number of members, stratum): the classes within which outcomes are exchanged.
std::map<std::pair<std::size_t, std::uint32_t>, std::set<std::uint32_t>> classes_of(
    const std::vector<LinkedMember>& members) {
  std::map<std::uint32_t, std::size_t> size;
  for (const LinkedMember& member : members) ++size[member.household];
  std::map<std::pair<std::size_t, std::uint32_t>, std::set<std::uint32_t>> classes;
  for (const LinkedMember& member : members)
    classes[{size[member.household], member.stratum}].insert(member.household);
  return classes;
}

// Every household is in one class; a class is too small only where all of its number of members (and of its
// `apart`) are in it.
RC_GTEST_PROP(PoolStrata, LeavesNoSmallClassBesideAnother, (std::uint64_t seed)) {
  Scene scene = random_scene(seed);
  constexpr std::size_t least = 10;
  const bool kept_apart = seed % 2 == 0;
  pool_strata(scene.members, scene.strata, least,
              kept_apart ? std::span<const std::uint32_t>(scene.apart) : std::span<const std::uint32_t>());
  std::map<std::pair<std::size_t, std::uint32_t>, std::size_t> alike;
  std::set<std::uint32_t> seen;
  const auto classes = classes_of(scene.members);
  const auto part = [&](std::uint32_t household) { return kept_apart ? scene.apart[household] : 0; };
  for (const auto& [key, households] : classes) {
    for (const std::uint32_t household : households) {
      RC_ASSERT(seen.insert(household).second);
      RC_ASSERT(part(household) == part(*households.begin()));
      ++alike[{key.first, part(household)}];
    }
  }
  RC_ASSERT(seen.size() == scene.strata.size());
  for (const auto& [key, households] : classes) {
    if (households.size() < least)
      RC_ASSERT(households.size() == alike.at({key.first, part(*households.begin())}));
  }
}

// What is given up first is the contact attempts, last the class of address; large strata stay as they are.
TEST(PoolStrata, GivesUpTheLeastImportantFirst) {
  std::vector<LinkedMember> members;
  std::vector<HouseholdStratum> strata;
  const auto add = [&](std::size_t households, HouseholdStratum stratum) {
    for (std::size_t at = 0; at < households; ++at) {
      members.push_back({static_cast<std::uint32_t>(strata.size()), 0, {}});
      strata.push_back(stratum);
    }
  };
  add(20, {0, 1, 0, 0});  // large
  add(6, {0, 2, 0, 0});   // these two differ in attempts alone
  add(6, {0, 2, 0, 1});
  add(6, {0, 3, 1, 0});  // these two in the ward
  add(6, {0, 4, 1, 0});
  add(6, {1, 5, 0, 0});  // and these in the class of address
  add(6, {2, 5, 0, 0});
  add(2, {3, 9, 1, 1});
  pool_strata(members, strata, 10);
  const auto stratum = [&](std::size_t household) { return members[household].stratum; };
  EXPECT_EQ(stratum(20), stratum(26));
  EXPECT_EQ(stratum(32), stratum(38));
  EXPECT_EQ(stratum(44), stratum(50));
  EXPECT_EQ(stratum(56), stratum(50));  // left over: joins its like whatever the class of address
  const std::set<std::uint32_t> distinct{stratum(0), stratum(20), stratum(32), stratum(44)};
  EXPECT_EQ(distinct.size(), 4U);
}

TEST(HouseholdStrata, AreThoseOfTheMembers) {
  Evidence evidence;
  evidence.freeze_date = Date::of(2026, 5, 1);
  evidence.addresses.resize(2);
  evidence.addresses[0].electors = 2;
  evidence.addresses[1].electors = 9;
  const auto add = [&](std::uint32_t address, std::uint32_t ward, int joined, int attempts) {
    Member member;
    member.address = address;
    member.ward = ward;
    member.joined = Date::of(joined, 6, 1);
    member.outcome = Outcome::verified;
    member.attempts = attempts;
    evidence.members.push_back(member);
  };
  add(0, 3, 2025, 1);
  add(0, 2, 2020, 3);  // the same household: the earlier join, the smaller ward, the more calls
  add(1, 0, 2025, 1);
  const std::vector<std::uint32_t> households{0, 0, 1};
  const auto strata = household_strata(evidence, households);
  ASSERT_EQ(strata.size(), 2U);
  EXPECT_EQ(strata[0], (HouseholdStratum{0, 3, 0, 1}));
  EXPECT_EQ(strata[1], (HouseholdStratum{2, 1, 1, 0}));
  EXPECT_EQ(strata_before_visits(evidence, households).size(), 2U);
}

}  // namespace
}  // namespace scrutineer::signals
