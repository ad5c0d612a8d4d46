// Counts of RCTab's own contests, round by round against its expected reports.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "contest/rctab/tabulator.h"
#include "contest/read_ballots.h"
#include "contest/reconcile.h"
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

// A contest folder of a provider that is read, with the reports it must give.
struct ContestFolder {
  std::string name;
  std::filesystem::path config;
  std::vector<std::filesystem::path> reports;  // one a pass
  bool has_records = true;
};

std::vector<ContestFolder> contest_folders(const std::filesystem::path& folder) {
  std::vector<ContestFolder> found;
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const auto& contest : folders) {
    ContestFolder item{contest.filename().string(), {}, {}, true};
    item.config = contest / (item.name + "_config.json");
    if (!std::filesystem::exists(item.config) || item.name.starts_with("invalid_")) continue;
    const Json config = json_of(item.config);
    const std::string provider = config["cvrFileSources"][0]["provider"];
    if (provider == "dominion" || provider == "hart") continue;
    for (const Json& source : config["cvrFileSources"])
      item.has_records =
          item.has_records && std::filesystem::exists(contest / source["filePath"].get<std::string>());
    if (std::filesystem::exists(contest / (item.name + "_expected_detailed_report.json")))
      item.reports.push_back(contest / (item.name + "_expected_detailed_report.json"));
    for (int pass = 1; pass < 10; ++pass) {
      const auto report =
          contest / (item.name + "_" + std::to_string(pass) + "_expected_detailed_report.json");
      if (std::filesystem::exists(report)) item.reports.push_back(report);
    }
    found.push_back(std::move(item));
  }
  return found;
}

TEST(Rctab, ExpectedReportsRoundByRound) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/rctab");
  int qualify = 0;
  int with_report = 0;
  int pass = 0;
  for (const ContestFolder& contest : contest_folders(folder)) {
    ++qualify;
    if (!contest.has_records) {
      std::cout << contest.name << ": its records are not beside the project\n";
      continue;
    }
    const auto counted = count_config(contest.config, true);
    if (contest.reports.empty()) {
      // Published without a report: it converts records, or waits for an answer to a tie.
      std::cout << contest.name << ": no expected report; " << (counted ? "counted" : counted.error().what)
                << "\n";
      continue;
    }
    ++with_report;
    ASSERT_TRUE(counted) << contest.name << ": " << counted.error().message();
    ASSERT_EQ(counted->passes.size(), contest.reports.size()) << contest.name;
    const bool failed_before = ::testing::Test::HasFailure();
    for (std::size_t r = 0; r < contest.reports.size(); ++r) {
      compare(json_of(contest.reports[r]), counted->passes[r], contest.name);
      EXPECT_TRUE(reconcile(counted->passes[r]).empty())
          << contest.name << ": " << reconcile(counted->passes[r]).front().text;
    }
    if (!::testing::Test::HasFailure() || failed_before) ++pass;
  }
  std::cout << qualify << " folders qualify, " << with_report << " have records and a report, " << pass
            << " give it\n";
  EXPECT_EQ(pass, with_report);
  EXPECT_GE(with_report, 40);
}

// Rows of a workbook without any cell are papers only where they are asked for.
TEST(Rctab, PhantomRowsAreNoPapersByDefault) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/rctab");
  for (const auto& [name, voted] : {std::pair{"first_round_determines_threshold_test", 16.0},
                                    std::pair{"first_round_determines_threshold_tiebreaker_test", 17.0}}) {
    const auto config = folder / name / (std::string(name) + "_config.json");
    const auto plain = count_config(config, false);
    const auto phantom = count_config(config, true);
    ASSERT_TRUE(plain && phantom);
    EXPECT_EQ(plain->passes[0].valid + plain->passes[0].invalid, voted);
    EXPECT_EQ(phantom->passes[0].valid + phantom->passes[0].invalid, 19.0);
    for (const bool rows : {false, true}) {
      const auto read = read_contest(folder / name / (std::string(name) + "_cvr.xlsx"), {{}, {}, rows});
      ASSERT_TRUE(read) << read.error().message();
      std::int64_t papers = 0;
      for (const Ballot& ballot : std::get<Ballots>(*read).ballots) papers += ballot.count;
      EXPECT_EQ(static_cast<double>(papers), rows ? 19.0 : voted);
    }
  }
}

// The records of every folder are plain files of ballots too, told from their content, with as many papers.
TEST(Rctab, RecordsAreToldFromTheirContent) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/rctab");
  std::map<std::string, int> files;
  for (const ContestFolder& contest : contest_folders(folder)) {
    if (!contest.has_records || contest.reports.empty()) continue;
    const Json config = json_of(contest.config);
    double papers = 0;
    for (const Json& source : config["cvrFileSources"]) {
      const auto file = contest.config.parent_path() / source["filePath"].get<std::string>();
      const auto bytes = bytes_of(file);
      ASSERT_TRUE(bytes);
      const auto format = tell_format(*bytes, contest.name);
      ASSERT_TRUE(format) << contest.name;
      const std::string provider = source["provider"];
      const std::string told = provider == "clearBallot" ? "clear-ballot" : provider;
      EXPECT_EQ(*format, provider == "genericCsv" ? "csv" : told) << contest.name;
      ReadOptions options;
      if (provider == "cdf" || provider == "clearBallot") options.contest = source["contestId"];
      const auto read = read_contest_from(*bytes, contest.name, options);
      ASSERT_TRUE(read) << contest.name << " " << read.error().message();
      for (const Ballot& ballot : std::get<Ballots>(*read).ballots)
        papers += static_cast<double>(ballot.count);
      ++files[*format];
    }
    const auto counted = count_config(contest.config, false);
    ASSERT_TRUE(counted);
    EXPECT_EQ(papers, counted->passes[0].valid + counted->passes[0].invalid) << contest.name;
  }
  for (const auto& [format, number] : files) std::cout << format << ": " << number << " files\n";
  EXPECT_GE(files["cdf"], 10);
  EXPECT_GE(files["ess"], 20);
  EXPECT_GE(files["clear-ballot"], 2);
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
