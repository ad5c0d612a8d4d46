// The roll for benchmarks: rows, share of repeated people, same bytes on any number of threads.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "synth/synth.h"
#include "synth_files.h"

namespace scrutineer::synth {
namespace {

TEST(SynthesiseRoll, HoldsWhatWasAsked) {
  const Folder one, two;
  RollOptions options{.out = one.path() / "roll", .rows = 50'000, .seed = 3, .threads = 1};
  ASSERT_TRUE(synthesise_roll(options));
  const auto roll = read_csv(options.out / "roll.csv");
  const auto truth = read_csv(options.out / "roll-truth.csv");
  ASSERT_EQ(roll.size(), options.rows);
  ASSERT_EQ(truth.size(), options.rows);
  std::map<std::string, std::vector<std::size_t>> entries;
  for (std::size_t row = 0; row < truth.size(); ++row) {
    ASSERT_EQ(roll[row].at("id"), truth[row].at("id"));
    entries[truth[row].at("person")].push_back(row);
  }
  EXPECT_EQ(entries.size(), options.rows * 8 / 10);
  double repeated = 0, same_family = 0, same_birth = 0, adjacent = 0;
  for (const auto& [person, rows] : entries) {
    for (std::size_t index = 1; index < rows.size(); ++index) {
      ++repeated;
      same_family += roll[rows[0]].at("family") == roll[rows[index]].at("family") ? 1 : 0;
      same_birth += roll[rows[0]].at("birth_date") == roll[rows[index]].at("birth_date") ? 1 : 0;
      adjacent += rows[index] == rows[index - 1] + 1 ? 1 : 0;
    }
  }
  EXPECT_EQ(repeated, static_cast<double>(options.rows) * .2);
  EXPECT_NEAR(same_family / repeated, .78, .08);  // typing, spelling, marriage, lost accents
  EXPECT_NEAR(same_birth / repeated, .80, .06);
  EXPECT_LT(adjacent / repeated, .01);

  options.out = two.path() / "roll";
  options.threads = 4;
  ASSERT_TRUE(synthesise_roll(options));
  EXPECT_EQ(files_in(one.path() / "roll"), files_in(two.path() / "roll"));
}

TEST(SynthesiseRoll, WrongUsageIsSaid) {
  const Folder folder;
  EXPECT_EQ(synthesise_roll({.out = folder.path(), .rows = 1}).error().category, ErrorCategory::usage);
  EXPECT_EQ(synthesise_roll({.out = folder.path(), .duplicates = 1}).error().category, ErrorCategory::usage);
}

}  // namespace
}  // namespace scrutineer::synth
