// Margins against what others computed: Blom et al. (ECAI 2016, tables 2 and 3), the seats of New South Wales
// 2015 (margin-irv), and exhaustive search over small electorates.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "contest/margin.h"
#include "contest/read_ballots.h"
#include "support/shared_data.h"

namespace scrutineer::contest {
namespace {

using Json = nlohmann::json;

Margins margins_of(const std::filesystem::path& file) {
  const auto ballots = read_ballots(file);
  EXPECT_TRUE(ballots) << ballots.error().message();
  if (!ballots) return {};
  const auto found = margins(*ballots, Rule::irv);
  EXPECT_TRUE(found) << found.error().message();
  return found ? *found : Margins{};
}

// All six numbers are exact, delete and add change one paper after lots, modify at most one after.
void expect_exact(const Margins& found, const std::string& name) {
  ASSERT_TRUE(found.deletion && found.addition && found.modification) << name;
  for (const KindMargin* kind : {&*found.deletion, &*found.addition, &*found.modification}) {
    EXPECT_TRUE(kind->lots.exact()) << name << " lots " << kind->lots.low;
    EXPECT_TRUE(kind->change.exact()) << name << " change " << kind->change.low;
  }
  EXPECT_EQ(found.deletion->change.low, found.deletion->lots.low + 1) << name;
  EXPECT_EQ(found.addition->change.low, found.addition->lots.low + 1) << name;
  EXPECT_LE(found.modification->change.low, found.modification->lots.low + 1) << name;
}

struct UsContest {
  const char* file;
  std::int64_t modify, add, deletion;
};

TEST(PublishedMargins, ContestsOfTheUnitedStates) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/margins/USIRV");
  const std::vector<UsContest> contests = {
      {"Aspen_2009_CityCouncil", 35, 70, 70},
      {"Aspen_2009_Mayor", 89, 177, 177},
      {"Berkeley_2010_D1CityCouncil", 1174, 2348, 2348},
      {"Berkeley_2010_D4CityCouncil", 517, 1033, 1033},
      {"Berkeley_2010_D7CityCouncil", 364, 728, 728},
      {"Berkeley_2010_D8CityCouncil", 878, 1756, 1756},
      {"Oakland_2010_D4CityCouncil", 2329, 4657, 4657},
      {"Oakland_2010_D6CityCouncil", 2603, 5205, 5205},
      {"Oakland_2010_Mayor", 1013, 2025, 2025},
      {"Pierce_2008_CityCouncil", 2007, 4014, 4014},
      {"Pierce_2008_CountyAssessor", 1111, 2221, 2221},
      {"Pierce_2008_CountyAuditor", 8396, 16792, 16792},
      {"Pierce_2008_CountyExecutive", 2027, 4054, 4054},
      {"SanFran_2007_Mayor", 50837, 101674, 100492},
  };
  for (const UsContest& contest : contests) {
    const Margins found = margins_of(folder / (std::string(contest.file) + ".txt"));
    expect_exact(found, contest.file);
    EXPECT_EQ(found.modification->lots.value(), contest.modify) << contest.file;
    EXPECT_EQ(found.addition->lots.value(), contest.add) << contest.file;
    EXPECT_EQ(found.deletion->lots.value(), contest.deletion) << contest.file;
  }
}

TEST(PublishedMargins, SeatsOfNewSouthWales) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/margins");
  std::ifstream table(folder / "nsw2015_margins.tsv");
  std::string line;
  std::getline(table, line);
  int seats = 0;
  while (std::getline(table, line)) {
    const auto fields = split(line, '\t');
    if (fields.size() < 4 || fields[1] != "any") continue;
    std::string seat(fields[0]);
    std::replace(seat.begin(), seat.end(), ' ', '_');
    const auto file = folder / "NSW2015" / ("Data_NA_" + seat + ".txt_ballots.txt");
    if (!std::filesystem::exists(file)) continue;
    const Margins found = margins_of(file);
    expect_exact(found, seat);
    EXPECT_EQ(found.modification->lots.value(), std::stoll(std::string(fields[3]))) << seat;
    ++seats;
  }
  EXPECT_EQ(seats, 62);
}

// "A>C" or "C>-" or "B": ranks by the letters.
std::vector<std::vector<Candidate>> ranks_of(const std::string& paper) {
  std::vector<std::vector<Candidate>> ranks;
  for (const auto part : split(paper, '>'))
    if (part != "-") ranks.push_back({static_cast<Candidate>(part[0] - 'A')});
  return ranks;
}

Ballots ballots_of(const Json& item) {
  Ballots ballots;
  for (const char letter : item["candidates"].get<std::string>()) ballots.candidates.emplace_back(1, letter);
  for (const auto& [paper, papers] : item["ballots"].items())
    ballots.ballots.push_back({ranks_of(paper), papers.get<std::int64_t>(), 0});
  return ballots;
}

struct Tally {
  int lots_exact = 0, lots = 0, change_closed = 0, change = 0;
};

// The truth must lie in the interval; null says only that it was not found within the limit of the search.
void compare(const Json& truth, const KindMargin& found, const std::string& name, bool null_is_impossible,
             Tally& tally) {
  const auto check = [&](const Json& value, const Least& least, int& closed, int& all) {
    if (value.is_null()) {
      EXPECT_TRUE(least.impossible || !null_is_impossible) << name << " low " << least.low;
      return;
    }
    ++all;
    closed += least.exact();
    EXPECT_LE(least.low, value.get<std::int64_t>()) << name;
    EXPECT_FALSE(least.impossible) << name;
    EXPECT_GE(least.high.value_or(value.get<std::int64_t>()), value.get<std::int64_t>()) << name;
  };
  check(truth["lots_possible"], found.lots, tally.lots_exact, tally.lots);
  check(truth["certain_change"], found.change, tally.change_closed, tally.change);
}

TEST(PublishedMargins, ExhaustiveSearchWithoutCaps) {
  SCRUTINEER_NEEDS_SHARED(file, "ballots/margins/brute_margins.json");
  std::ifstream stream(file);
  const Json all = Json::parse(stream);
  Tally tally;
  int number = -1;
  for (const Json& item : all) {
    ++number;
    if (!item.contains("ballots")) continue;
    const Ballots ballots = ballots_of(item);
    const Rule rule = item["rule"] == "IRV"  ? Rule::irv
                      : item["rule"] == "SV" ? Rule::supplementary
                                             : Rule::plurality;
    const auto found = margins(ballots, rule);
    ASSERT_TRUE(found) << found.error().message();
    const std::string name = std::to_string(number) + " " + item["rule"].get<std::string>();
    EXPECT_EQ(found->winner, item["winner"]) << name;
    compare(item["delete"], *found->deletion, name + " delete", true, tally);
    if (item.contains("add")) compare(item["add"], *found->addition, name + " add", false, tally);
    if (item.contains("modify"))
      compare(item["modify"], *found->modification, name + " modify", false, tally);
  }
  EXPECT_EQ(tally.lots_exact, tally.lots);
  EXPECT_GE(tally.change_closed * 100, tally.change * 95);
  std::cout << "lots " << tally.lots_exact << "/" << tally.lots << ", change " << tally.change_closed << "/"
            << tally.change << "\n";
}

// Two wards with at most so many questioned papers in each.
TEST(PublishedMargins, ExhaustiveSearchOfSupplementaryVoteWithinCaps) {
  SCRUTINEER_NEEDS_SHARED(file, "ballots/margins/brute_margins.json");
  std::ifstream stream(file);
  const Json all = Json::parse(stream);
  Tally tally;
  int cases = 0;
  for (const Json& item : all) {
    if (!item.contains("wards")) continue;
    Ballots ballots;
    for (const char letter : item["candidates"].get<std::string>())
      ballots.candidates.emplace_back(1, letter);
    ballots.groups = {"one", "two"};
    for (std::uint32_t g = 0; g < 2; ++g)
      for (const auto& [paper, papers] : item["wards"][g].items())
        ballots.ballots.push_back({ranks_of(paper), papers.get<std::int64_t>(), g});
    MarginOptions options;
    options.addition = options.modification = false;
    for (const Json& cap : item["suspects_cap_per_ward"]) options.caps.push_back(cap.get<std::int64_t>());
    const auto found = margins(ballots, Rule::supplementary, options);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ(found->winner, item["winner"]);
    compare(item["delete_within_caps"], *found->deletion, "caps " + std::to_string(cases++), true, tally);
  }
  EXPECT_EQ(cases, 30);
  EXPECT_EQ(tally.lots_exact, tally.lots);
  EXPECT_EQ(tally.change_closed, tally.change);
}

// Three sections of equal weight, shares of the votes cast.
TEST(PublishedMargins, ExhaustiveSearchOfElectoralColleges) {
  SCRUTINEER_NEEDS_SHARED(file, "ballots/margins/brute_margins.json");
  std::ifstream stream(file);
  const Json all = Json::parse(stream);
  Tally tally;
  int cases = 0;
  for (const Json& item : all) {
    if (!item.contains("sections")) continue;
    Ballots ballots;
    ballots.candidates = {"A", "B"};
    ballots.groups = {"one", "two", "three"};
    for (std::uint32_t g = 0; g < 3; ++g)
      for (const auto& [paper, papers] : item["sections"][g].items())
        ballots.ballots.push_back({ranks_of(paper), papers.get<std::int64_t>(), g});
    const auto found = margins(ballots, Rule::college);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ(found->winner, item["winner"]);
    compare(item["delete"], *found->deletion, "college " + std::to_string(cases++), true, tally);
  }
  EXPECT_EQ(cases, 20);
  EXPECT_EQ(tally.lots_exact, tally.lots);
  EXPECT_EQ(tally.change_closed, tally.change);
}

}  // namespace
}  // namespace scrutineer::contest
