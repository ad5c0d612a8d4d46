// The roll for benchmarks beside other systems: rows, people, errors, parts, same bytes on any threads.
#include "synth/matching_roll.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "synth_files.h"

namespace scrutineer::synth {
namespace {

MatchingRollOptions options_for(const Folder& folder, const char* name, MatchingPart part, unsigned threads) {
  MatchingRollOptions options;
  options.file = folder.path() / name;
  options.rows = 20'000;
  options.seed = 5;
  options.part = part;
  options.threads = threads;
  return options;
}

TEST(MatchingRoll, HoldsTheRowsAskedForAndOneToFourEntriesAPerson) {
  const Folder folder;
  const auto options = options_for(folder, "roll.csv", MatchingPart::whole, 1);
  ASSERT_TRUE(synthesise_matching_roll(options));
  const auto roll = read_csv(options.file);
  ASSERT_EQ(roll.size(), options.rows);
  std::map<std::string, std::vector<std::size_t>> people;
  std::set<std::string> ids;
  for (std::size_t row = 0; row < roll.size(); ++row) {
    people[roll[row].at("cluster")].push_back(row);
    ids.insert(roll[row].at("unique_id"));
  }
  EXPECT_EQ(ids.size(), options.rows);
  // A little less than the law's mean: the file ends at its last row, and people lose entries behind it.
  EXPECT_NEAR(static_cast<double>(options.rows) / static_cast<double>(people.size()), 1.6, .05);
  double repeated = 0, same_surname = 0, same_birth = 0;
  for (const auto& [person, rows] : people) {
    ASSERT_LE(rows.size(), 4U);
    for (std::size_t at = 1; at < rows.size(); ++at) {
      ++repeated;
      same_surname += roll[rows[0]].at("surname") == roll[rows[at]].at("surname") ? 1 : 0;
      same_birth += roll[rows[0]].at("dob") == roll[rows[at]].at("dob") ? 1 : 0;
    }
  }
  EXPECT_NEAR(same_surname / repeated, .90, .03);
  EXPECT_NEAR(same_birth / repeated, .91, .03);
}

TEST(MatchingRoll, PartsShareSixInTenPeople) {
  const Folder folder;
  const auto left = options_for(folder, "left.csv", MatchingPart::left, 2);
  const auto right = options_for(folder, "right.csv", MatchingPart::right, 2);
  ASSERT_TRUE(synthesise_matching_roll(left));
  ASSERT_TRUE(synthesise_matching_roll(right));
  std::set<std::string> people, others;
  for (const auto& row : read_csv(left.file)) people.insert(row.at("cluster"));
  for (const auto& row : read_csv(right.file)) others.insert(row.at("cluster"));
  EXPECT_EQ(people.size(), left.rows);
  EXPECT_EQ(others.size(), right.rows);
  std::size_t both = 0;
  for (const std::string& person : people) both += others.count(person);
  EXPECT_EQ(both, left.rows * 6 / 10);
}

TEST(MatchingRoll, SameBytesOnAnyThreadsAndWrongUsageIsSaid) {
  const Folder one, two;
  ASSERT_TRUE(synthesise_matching_roll(options_for(one, "roll.csv", MatchingPart::whole, 1)));
  ASSERT_TRUE(synthesise_matching_roll(options_for(two, "roll.csv", MatchingPart::whole, 3)));
  EXPECT_EQ(files_in(one.path()), files_in(two.path()));
  MatchingRollOptions wrong;
  wrong.rows = 3;
  EXPECT_EQ(synthesise_matching_roll(wrong).error().category, ErrorCategory::usage);
}

}  // namespace
}  // namespace scrutineer::synth
