// Declarations: totals instead of papers.
#include "contest/declaration.h"

#include <gtest/gtest.h>

#include "contest/read_ballots.h"
#include "contest/reconcile.h"
#include "support/shared_data.h"

namespace scrutineer::contest {
namespace {

Declaration declared(std::string_view text, std::optional<std::string> contest = {}) {
  auto read = read_contest_from(text, "x", {{}, std::move(contest)});
  EXPECT_TRUE(read) << read.error().message();
  if (!read || !std::holds_alternative<Declaration>(*read)) return {};
  return std::get<Declaration>(*read);
}

std::string message(std::string_view text) {
  const auto read = read_contest_from(text, "x");
  return read ? "accepted" : read.error().message();
}

Declaration declared_in(const std::filesystem::path& file, const std::string& contest) {
  auto read = read_contest(file, {{}, contest});
  EXPECT_TRUE(read) << read.error().message();
  return read ? std::get<Declaration>(*read) : Declaration{};
}

std::vector<std::string> checks(const std::vector<Contradiction>& found) {
  std::vector<std::string> names;
  for (const Contradiction& contradiction : found) names.push_back(contradiction.check);
  return names;
}

TEST(Declaration, ByWardAsPapersForPlurality) {
  const Declaration declaration =
      declared("ward,candidate,party,votes\nN,A,x,10\nN,B,y,4\nS,A,x,2\nS,B,y,6\n");
  const auto papers = first_preference_papers(declaration);
  ASSERT_TRUE(papers);
  EXPECT_EQ(papers->groups, (std::vector<std::string>{"N", "S"}));
  EXPECT_EQ(count(*papers, Rule::plurality)->winners, std::vector<std::string>{"A"});
  EXPECT_EQ(count_declaration(declaration, Rule::plurality)->winners, std::vector<std::string>{"A"});
  EXPECT_EQ(declaration.notes, std::vector<std::string>{"columns not used: party"});
  EXPECT_NE(message("candidate,votes\nA,1.5\n").find("x:2:2"), std::string::npos);
  EXPECT_FALSE(read_ballots_from("candidate,votes\nA,1\n", "x"));
}

TEST(Declaration, OfSeveralContestsAsksWhich) {
  const std::string two = "year,candidate,votes\n2000,A,1\n2000,B,2\n2004,A,5\n2004,B,3\n";
  EXPECT_NE(message(two).find("--contest with one of 2000, 2004"), std::string::npos);
  EXPECT_EQ(count_declaration(declared(two, "2004"), Rule::plurality)->winners.front(), "A");
  EXPECT_FALSE(read_contest_from(two, "x", {{}, "20"}));
}

TEST(Declaration, AsToml) {
  const Declaration declaration = declared(
      "title = \"T\"\nelectorate = 30\npapers = 12\n[[candidate]]\nname = \"A\"\nvotes = 4\ntransfers = 3\n"
      "[[candidate]]\nname = \"B\"\nvotes = 5\ntotal = 5\nelected = true\n[[candidate]]\nname = \"C\"\nvotes "
      "= 3\n[[ward]]\nname = \"N\"\nvotes = { A = 4, B = 5, C = 3 }\n");
  EXPECT_EQ(declaration.whole.papers.electorate, 30);
  EXPECT_EQ(declaration.wards.at(0).votes.at(2).first, 3);
  const auto counted = count_declaration(declaration, Rule::supplementary);
  ASSERT_TRUE(counted) << counted.error().message();
  EXPECT_EQ(counted->winners.front(), "A");
  EXPECT_EQ(counted->rounds[1].tally.front().second, 7);
  EXPECT_EQ(checks(counted->contradictions), std::vector<std::string>{"elected"});
  EXPECT_NE(message("[[candidate]]\nname = \"A\"\nvote = 1\n").find("x:3:8: \"vote\" is not a key here"),
            std::string::npos)
      << message("[[candidate]]\nname = \"A\"\nvote = 1\n");
  EXPECT_NE(message("[[candidate]]\nname = \"A\"\nvotes = -1\n").find("x:3:9"), std::string::npos);
  EXPECT_NE(message("[[candidate]]\nname = \n").find("not TOML"), std::string::npos);
  EXPECT_NE(message("[[candidate]]\nname = \"A\"\nvotes = 1\n[[ward]]\nname = \"N\"\nvotes = { Aa = 1 }\n")
                .find("expected A"),
            std::string::npos);
}

TEST(Declaration, SupplementaryVoteNeedsTheRunOffOnlyWhereItMatters) {
  const std::string open = "candidate,votes\nA,40\nB,35\nC,25\n";
  const auto refused = count_declaration(declared(open), Rule::supplementary);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("no run-off is declared for A, B"), std::string::npos);
  const auto sure =
      count_declaration(declared("candidate,votes\nA,48\nB,35\nC,12\nD,0\n"), Rule::supplementary);
  ASSERT_TRUE(sure);
  EXPECT_EQ(sure->winners.front(), "A");
  const auto decided =
      count_declaration(declared("candidate,votes\nA,450\nB,350\nC,60\nD,39\nE,2\n"), Rule::supplementary);
  EXPECT_FALSE(decided);  // 350 and 101 others could overtake 450
  // Three remain where two are equal in second place (para 4(3)); an equality of totals is a lot (4(8)).
  const auto three = count_declaration(
      declared("candidate,votes,transfers\nA,40,0\nB,20,15\nC,20,20\nD,19,\n"), Rule::supplementary);
  ASSERT_TRUE(three) << three.error().message();
  EXPECT_EQ(three->rounds[1].tally.size(), 3U);
  EXPECT_EQ(three->ties.size(), 2U);
  EXPECT_NE(three->ties[0].settled_by.find("4(3)"), std::string::npos);
  EXPECT_NE(three->rounds[1].reason.find("4(5) to (8)"), std::string::npos);
}

struct Known {
  const char* contest;
  const char* winner;
  double total, against;
};

TEST(Declaration, MayorsOfLondon) {
  SCRUTINEER_NEEDS_SHARED(file, "results/mayoral/london_mayor_2000_2021.csv");
  for (const Known& known :
       {Known{"2000", "Ken Livingstone", 776427, 564137}, Known{"2004", "Ken Livingstone", 828390, 667180},
        Known{"2008", "Boris Johnson", 1168738, 1028966}, Known{"2012", "Boris Johnson", 1054811, 992273},
        Known{"2016", "Sadiq Aman KHAN", 1310143, 994614},
        Known{"2021", "Sadiq Aman KHAN", 1206034, 977601}}) {
    const auto counted = count_declaration(declared_in(file, known.contest), Rule::supplementary);
    ASSERT_TRUE(counted) << known.contest << counted.error().message();
    EXPECT_EQ(counted->winners.front(), known.winner);
    ASSERT_EQ(counted->rounds.size(), 2U);
    EXPECT_EQ(counted->rounds[1].tally[0].second, known.total);
    EXPECT_EQ(counted->rounds[1].tally[1].second, known.against);
    EXPECT_TRUE(counted->contradictions.empty()) << known.contest << counted->contradictions.front().text;
  }
}

TEST(Declaration, MayorsOfTowerHamlets) {
  SCRUTINEER_NEEDS_SHARED(file, "results/mayoral/tower_hamlets_mayor_2010_2022.csv");
  for (const Known& known :
       {Known{"2010", "Lutfur Rahman", 23283, 0}, Known{"2014", "Lutfur Rahman", 37395, 34143},
        Known{"2015", "John Biggs", 32754, 26384}, Known{"2018", "John Biggs", 44865, 16878},
        Known{"2022", "Lutfur Rahman", 40804, 33487}}) {
    const auto counted = count_declaration(declared_in(file, known.contest), Rule::supplementary);
    ASSERT_TRUE(counted) << known.contest << counted.error().message();
    EXPECT_EQ(counted->winners.front(), known.winner);
    EXPECT_EQ(counted->rounds.back().tally[0].second, known.total);
    EXPECT_EQ(counted->rounds.size(), known.against == 0 ? 1U : 2U);
    EXPECT_TRUE(counted->contradictions.empty()) << known.contest << counted->contradictions.front().text;
  }
}

TEST(Declaration, ElectoralCollegeOfTheYear2000) {
  SCRUTINEER_NEEDS_SHARED(file, "results/mayoral/labour_london_selection_2000_electoral_college.csv");
  const auto read = read_contest(file);
  ASSERT_TRUE(read) << read.error().message();
  const auto counted = count_declaration(std::get<Declaration>(*read), Rule::college);
  ASSERT_TRUE(counted) << counted.error().message();
  ASSERT_EQ(counted->rounds.size(), 2U);
  EXPECT_EQ(counted->rounds[0].eliminated, std::vector<std::string>{"Glenda Jackson"});
  EXPECT_EQ(counted->winners.front(), "Frank Dobson");
  EXPECT_NEAR(counted->rounds[1].tally[0].second, 51.53, 0.005);
  EXPECT_NEAR(counted->rounds[1].tally[1].second, 48.47, 0.005);
  EXPECT_TRUE(counted->contradictions.empty()) << counted->contradictions.front().text;
}

TEST(Reconcile, TheChainOfPapers) {
  EXPECT_TRUE(reconcile_papers({100, 90, 90, 80, 10}, "").empty());
  EXPECT_EQ(reconcile_papers({100, 90, 91, 80, 11}, "").size(), 1U);
  EXPECT_EQ(reconcile_papers({100, {}, {}, 101, {}}, "").size(), 1U);
  EXPECT_EQ(checks(reconcile_papers({100, 90, 90, 80, 11}, "N")), std::vector<std::string>{"papers-valid"});
}

// Two papers gave 26,763 as the final total of 2015, but 25,763 and 621 make 26,384.
TEST(Reconcile, TowerHamletsOf2015) {
  const Declaration press = declared(
      "candidate,votes,transfers,total,elected\nJohn Biggs,27255,5499,32754,1\nRabina "
      "Khan,25763,621,26763,\nothers,15120,,,\n");
  const auto counted = count_declaration(press, Rule::supplementary);
  ASSERT_TRUE(counted) << counted.error().message();
  ASSERT_EQ(checks(counted->contradictions), std::vector<std::string>{"transfers-add-up"});
  EXPECT_EQ(counted->contradictions[0].stated, 26763);
  EXPECT_EQ(counted->contradictions[0].found, 26384);
}

// London 2000: Gidoomal 42,060 or 43,060; Livingstone 776,427 or 776,417.
TEST(Reconcile, LondonOf2000) {
  SCRUTINEER_NEEDS_SHARED(file, "results/mayoral/london_mayor_2000_2021.csv");
  Declaration official = declared_in(file, "2000");
  official.whole.papers.valid = 1714162;
  EXPECT_TRUE(reconcile(official).empty());
  Declaration other = official;
  for (Candidate c = 0; c < other.candidates.size(); ++c) {
    if (other.candidates[c] == "Ram Gidoomal") other.whole.votes[c].first = 43060;
    if (other.candidates[c] == "Ken Livingstone") other.whole.votes[c].total = 776417;
  }
  EXPECT_EQ(checks(reconcile(other)), (std::vector<std::string>{"transfers-add-up", "first-valid"}));
  const auto between = reconcile(official, "one", other, "other");
  ASSERT_EQ(between.size(), 2U);
  EXPECT_NE(between[0].text.find("776427 in one but 776417 in other"), std::string::npos) << between[0].text;
}

// A copy of the ward table of 2016 that lacks the twelfth candidate, and one with a row twice.
TEST(Reconcile, WardsOfLondonIn2016) {
  SCRUTINEER_NEEDS_SHARED(file, "results/london2016/mayor2016_wards_full.csv");
  const auto read = read_contest(file);
  ASSERT_TRUE(read) << read.error().message();
  Declaration whole = std::get<Declaration>(*read);
  EXPECT_EQ(whole.candidates.size(), 12U);
  EXPECT_EQ(whole.wards.size(), 663U);
  EXPECT_TRUE(reconcile(whole).empty()) << reconcile(whole).front().text;
  EXPECT_EQ(valid_papers(whole), 2596961);
  Declaration eleven = whole;
  eleven.candidates.pop_back();
  eleven.whole.votes.pop_back();
  std::int64_t dropped = 0;
  for (DeclaredArea& ward : eleven.wards) {
    dropped += *ward.votes.back().first;
    ward.votes.pop_back();
  }
  EXPECT_EQ(dropped, 13202);
  const auto found = reconcile(eleven);
  EXPECT_GT(found.size(), 400U);
  EXPECT_EQ(found.front().check, "first-valid");
  Declaration national = whole;
  national.whole.votes[0].first = 150674;
  EXPECT_EQ(checks(reconcile(national)), std::vector<std::string>{"wards-add-up"});
}

TEST(Reconcile, RowsStatedTwiceAreFindings) {
  const Declaration twice = declared("ward,candidate,votes\nN,A,5\nN,B,3\nN,A,5\nS,A,1\nS,B,1\nN,B,4\n");
  ASSERT_EQ(twice.contradictions.size(), 2U);
  EXPECT_NE(twice.contradictions[1].text.find("first as 3 and again as 4 in line 7"), std::string::npos);
  EXPECT_EQ(first_preferences(twice, 0), 6);
  const auto counted = count_declaration(twice, Rule::plurality);
  EXPECT_EQ(counted->contradictions.size(), 2U);
}

TEST(Reconcile, BallotsAgainstTheDeclaration) {
  const auto ballots = read_ballots_from("count,ward,rank 1,rank 2\n5,N,A,B\n4,N,B,A\n3,S,C,B\n", "x");
  ASSERT_TRUE(ballots);
  const auto counted = count(*ballots, Rule::supplementary);
  ASSERT_TRUE(counted);
  const auto right = declared("candidate,votes,total,elected\nA,5,5,\nB,4,7,1\nC,3,,\n");
  EXPECT_TRUE(reconcile(right, *ballots, *counted).empty());
  const auto wrong = declared("ward,candidate,votes\nN,A,5\nN,B,4\nN,C,0\nS,A,0\nS,B,1\nS,C,3\n");
  EXPECT_EQ(reconcile(wrong, *ballots, *counted).size(), 1U);
}

}  // namespace
}  // namespace scrutineer::contest
