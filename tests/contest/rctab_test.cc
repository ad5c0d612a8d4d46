// Counts of RCTab's own contests, round by round against its expected reports.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "contest/rctab/tabulator.h"
#include "support/shared_data.h"

namespace scrutineer::contest::rctab {
namespace {

using Json = nlohmann::json;

Json json_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return Json::parse(stream, nullptr, false);
}

std::set<std::string> names_of(const Json& results, const char* key) {
  std::set<std::string> names;
  for (const Json& item : results)
    if (item.contains(key)) names.insert(item[key].get<std::string>());
  return names;
}

double number(const Json& value) {
  return std::stod(value.get<std::string>());
}

void compare_transfers(const Json& expected, const Round& round, const std::string& where) {
  for (const Json& item : expected) {
    const std::string from = item.contains("elected") ? item["elected"] : item["eliminated"];
    std::map<std::string, double> found;
    if (round.transfers.contains(from))
      for (const auto& [to, votes] : round.transfers.at(from)) found[to.empty() ? "exhausted" : to] = votes;
    for (const auto& [to, votes] : item["transfers"].items()) {
      if (to == "residual surplus" || number(votes) == 0) continue;
      EXPECT_NEAR(found[to], number(votes), 1e-9) << where << " " << from << " to " << to;
    }
  }
}

void compare(const Json& report, const Count& count, const std::string& folder) {
  const Json& results = report["results"];
  ASSERT_EQ(count.rounds.size(), results.size()) << folder;
  for (std::size_t r = 0; r < results.size(); ++r) {
    const Round& round = count.rounds[r];
    const std::string where = folder + " round " + std::to_string(r + 1);
    std::map<std::string, double> expected;
    std::map<std::string, double> found;
    for (const auto& [name, votes] : results[r]["tally"].items()) expected[name] = number(votes);
    for (const auto& [name, votes] : round.tally) found[name] = votes;
    EXPECT_EQ(expected.size(), found.size()) << where;
    for (const auto& [name, votes] : expected) EXPECT_NEAR(found[name], votes, 1e-9) << where << " " << name;
    EXPECT_EQ(std::set<std::string>(round.elected.begin(), round.elected.end()),
              names_of(results[r]["tallyResults"], "elected"))
        << where;
    EXPECT_EQ(std::set<std::string>(round.eliminated.begin(), round.eliminated.end()),
              names_of(results[r]["tallyResults"], "eliminated"))
        << where;
    EXPECT_NEAR(*round.threshold, number(results[r]["threshold"]), 1e-9) << where;
    for (const auto& [cause, votes] : results[r]["inactiveBallots"].items()) {
      const auto mine = round.exhausted_by.find(cause);
      if (mine == round.exhausted_by.end()) continue;
      EXPECT_NEAR(mine->second, number(votes), 1e-9) << where << " " << cause;
    }
    compare_transfers(results[r]["tallyResults"], round, where);
  }
}

TEST(Rctab, ExpectedReportsRoundByRound) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/rctab");
  int compared = 0;
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const auto& contest : folders) {
    const std::string name = contest.filename().string();
    const auto config_file = contest / (name + "_config.json");
    if (!std::filesystem::exists(config_file) || name.starts_with("invalid_")) continue;
    const Json config = json_of(config_file);
    const std::string provider = config["cvrFileSources"][0]["provider"];
    if (provider == "dominion" || provider == "hart") continue;
    std::vector<std::filesystem::path> reports;
    if (std::filesystem::exists(contest / (name + "_expected_detailed_report.json")))
      reports.push_back(contest / (name + "_expected_detailed_report.json"));
    for (int pass = 1; pass < 10; ++pass) {
      const auto report = contest / (name + "_" + std::to_string(pass) + "_expected_detailed_report.json");
      if (std::filesystem::exists(report)) reports.push_back(report);
    }
    if (reports.empty()) continue;
    const auto counted = count_config(config_file, true);
    if (name == "2018_maine_governor_primary") continue;  // its records are not beside the project
    ASSERT_TRUE(counted) << name << ": " << counted.error().message();
    ASSERT_EQ(counted->passes.size(), reports.size()) << name;
    for (std::size_t pass = 0; pass < reports.size(); ++pass)
      compare(json_of(reports[pass]), counted->passes[pass], name);
    ++compared;
  }
  std::cout << compared << " contests\n";
  EXPECT_GE(compared, 40);
}

TEST(Rctab, RefusesBrokenConfigurationsWithEveryProblem) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/rctab");
  const auto params = count_config(folder / "invalid_params_test/invalid_params_test_config.json");
  ASSERT_FALSE(params);
  for (const char* word :
       {"cvrFileSources", "no candidate", "tiebreakMode", "overvoteRule", "winnerElectionMode",
        "decimalPlacesForVoteArithmetic", "maxRankingsAllowed", "maxSkippedRanksAllowed"})
    EXPECT_NE(params.error().what.find(word), std::string::npos) << word << "\n" << params.error().what;
  const auto sources = count_config(folder / "invalid_sources_test/invalid_sources_test_config.json");
  ASSERT_FALSE(sources);
  for (const char* word :
       {"source 1", "source 2", "source 3 has no filePath", "firstVoteRowIndex", "randomSeed"})
    EXPECT_NE(sources.error().what.find(word), std::string::npos) << word << "\n" << sources.error().what;
}

}  // namespace
}  // namespace scrutineer::contest::rctab
