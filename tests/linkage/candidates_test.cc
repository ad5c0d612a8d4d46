// Candidate pairs: sorting, exact blocks against brute force, nearest neighbours.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "linkage/electoral_scene.h"
#include "linkage/key_blocks.h"
#include "linkage/nearest.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {
namespace {

RC_GTEST_PROP(RadixSort, SortsAsTheLibraryDoes, (std::vector<std::uint64_t> keys)) {
  const auto repeats = *rc::gen::inRange<std::size_t>(1, 200);
  std::vector<std::uint64_t> many;
  for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
    for (const std::uint64_t key : keys) many.push_back(key ^ repeat << (repeat % 60));
  }
  std::vector<std::uint64_t> expected = many;
  std::sort(expected.begin(), expected.end());
  radix_sort(many);
  RC_ASSERT(many == expected);
}

TextColumn column_of(std::span<const int> values) {
  TextColumn column;
  for (const int value : values) column.append(value == 0 ? "" : "v" + std::to_string(value));
  return column;
}

RC_GTEST_PROP(KeyBlocks, AreAllPairsThatAgreeAndEachOnce, ()) {
  const auto table = [](std::size_t rows) {
    return *rc::gen::container<std::vector<int>>(rows, rc::gen::inRange(0, 6));
  };
  const auto left_rows = *rc::gen::inRange<std::size_t>(1, 25);
  const auto right_rows = *rc::gen::inRange<std::size_t>(1, 25);
  const auto one = table(left_rows), two = table(left_rows), other_one = table(right_rows),
             other_two = table(right_rows);
  const TextColumn left_one = column_of(one), left_two = column_of(two);
  const TextColumn right_one = column_of(other_one), right_two = column_of(other_two);
  const std::vector<Field> fields = {{"one", Role::exact, &left_one, &right_one},
                                     {"two", Role::exact, &left_two, &right_two}};
  const auto comparison = Comparison::make(fields, left_rows, right_rows, {});
  RC_ASSERT(comparison.has_value());
  std::vector<PairKey> expected;
  for (std::uint32_t row = 0; row < left_rows; ++row) {
    for (std::uint32_t other = 0; other < right_rows; ++other) {
      const bool agree =
          (one[row] != 0 && one[row] == other_one[other]) || (two[row] != 0 && two[row] == other_two[other]);
      if (agree) expected.push_back(pair_key(row, other));
    }
  }
  const std::size_t blocking[] = {0, 1};
  RC_ASSERT(key_blocks(*comparison, blocking, {}).pairs == expected);
}

TEST(KeyBlocks, SplitsAndReportsAnOversizedBlock) {
  TextColumn postcode, family;
  for (int row = 0; row < 300; ++row) {
    postcode.append(row < 250 ? "unknown" : "n1 " + std::to_string(row));
    family.append("name" + std::to_string(row % 50));
  }
  const std::vector<Field> fields = {{"postcode", Role::exact, &postcode, &postcode},
                                     {"family", Role::family_name, &family, &family}};
  const auto comparison = Comparison::make(fields, 300, 300, {});
  BlockOptions options;
  options.largest_block = 100;
  const std::size_t blocking[] = {0};
  const Candidates candidates = key_blocks(*comparison, blocking, options);
  EXPECT_EQ(candidates.blocks[0].split, 1U);
  EXPECT_EQ(candidates.blocks[0].largest, 250U);
  EXPECT_EQ(candidates.pairs.size(), 50U * 10U);  // five rows of each family within the 250: ten pairs each
}

TEST(Nearest, FindsMembersAmongElectorsWhateverTheSidesAndThreads) {
  const auto scene = tests::electoral_scene(3000, 300, 5);
  const auto& members = scene.members;
  const auto& electors = scene.electors;
  const std::vector<Field> fields = {{"given", Role::given_name, &members.given, &electors.given},
                                     {"family", Role::family_name, &members.family, &electors.family},
                                     {"postcode", Role::code, &members.postcode, &electors.postcode}};
  const std::vector<Field> turned = {{"given", Role::given_name, &electors.given, &members.given},
                                     {"family", Role::family_name, &electors.family, &members.family},
                                     {"postcode", Role::code, &electors.postcode, &members.postcode}};
  const auto forward = Comparison::make(fields, members.rows(), electors.rows(), {});
  const auto backward = Comparison::make(turned, electors.rows(), members.rows(), {});
  NearestOptions options;
  options.neighbours = 20;
  options.threads = 1;
  const auto pairs = nearest_neighbours(*forward, options).pairs;
  options.threads = 3;
  EXPECT_EQ(nearest_neighbours(*forward, options).pairs, pairs);
  std::set<PairKey> other;
  for (const PairKey pair : nearest_neighbours(*backward, options).pairs)
    other.insert(pair_key(right_of(pair), left_of(pair)));
  EXPECT_TRUE(std::equal(pairs.begin(), pairs.end(), other.begin(), other.end()));
  std::size_t there = 0;
  std::size_t found = 0;
  for (std::uint32_t member = 0; member < members.rows(); ++member) {
    if (scene.at_address[member] == tests::ElectoralScene::nobody) continue;
    ++there;
    found +=
        std::binary_search(pairs.begin(), pairs.end(), pair_key(member, scene.at_address[member])) ? 1 : 0;
  }
  EXPECT_GE(static_cast<double>(found), 0.995 * static_cast<double>(there));
}

}  // namespace
}  // namespace scrutineer::linkage
