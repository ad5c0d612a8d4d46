#include <gtest/gtest.h>

#include <fstream>

#include "contest/read_ballots.h"
#include "contest/rules.h"
#include "support/shared_data.h"

namespace scrutineer::contest {
namespace {

using Ranks = std::vector<std::vector<Candidate>>;

Ballots read(std::string_view text, const std::string& format) {
  EXPECT_EQ(tell_format(text, "x").value_or("none"), format);
  auto ballots = read_ballots_from(text, "x");
  EXPECT_TRUE(ballots) << ballots.error().message();
  return ballots ? *ballots : Ballots{};
}

std::string message(std::string_view text, const std::string& format) {
  const auto ballots = read_ballots_from(text, "x", format);
  return ballots ? "accepted" : ballots.error().message();
}

TEST(Formats, PrefLibOfBothEras) {
  const Ballots now = read(
      "# FILE NAME: a.toi\n# TITLE: T\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: A\n"
      "# ALTERNATIVE NAME 2: B\n# ALTERNATIVE NAME 3: C\n4: 2,{1,3}\n1: {},3\n",
      "preflib");
  EXPECT_EQ(now.candidates, (std::vector<std::string>{"A", "B", "C"}));
  EXPECT_EQ(now.ballots[0].ranks, (Ranks{{1}, {0, 2}}));
  EXPECT_EQ(now.ballots[1].ranks, (Ranks{{}, {2}}));
  const Ballots before = read("3\n1,A\n2,B\n3,C\n5,5,2\n4,2,{1,3}\n1,3\n", "preflib");
  EXPECT_EQ(before.ballots[0].ranks, now.ballots[0].ranks);
  EXPECT_NE(message("3\n1,A\n2,B\n3,C\n5,5,2\n4,2,{1,4}\n", "preflib").find("x:6:8"), std::string::npos)
      << message("3\n1,A\n2,B\n3,C\n5,5,2\n4,2,{1,4}\n", "preflib");
}

TEST(Formats, AbifWithNamesScoresAndEquals) {
  const Ballots ballots =
      read("{title: \"T\"}\n# c\n=K:[Knox, TN]\n2:[\"M\" Memphis]/5>K/4=Chat\n1:K\n", "abif");
  EXPECT_EQ(ballots.title, "T");
  EXPECT_EQ(ballots.candidates, (std::vector<std::string>{"Knox, TN", "\"M\" Memphis", "Chat"}));
  EXPECT_EQ(ballots.ballots[0].ranks, (Ranks{{1}, {0, 2}}));
}

TEST(Formats, CsvOfBothLayouts) {
  const Ballots ranks = read("ballot,ward,rank 1,rank 2,rank 3\n1,N,A,,B\n2,S,B,A|C,\n3,N,A,,B\n", "csv");
  EXPECT_EQ(ranks.groups, (std::vector<std::string>{"N", "S"}));
  ASSERT_EQ(ranks.ballots.size(), 2U);
  EXPECT_EQ(ranks.ballots[0].count, 2);
  EXPECT_EQ(ranks.ballots[0].ranks, (Ranks{{0}, {}, {1}}));
  EXPECT_EQ(ranks.ballots[1].ranks, (Ranks{{1}, {0, 2}}));
  const Ballots columns = read(",A,B,C\nx,1,3,\ny,2,1,2\n", "csv");
  EXPECT_EQ(columns.ballots[0].ranks, (Ranks{{0}, {}, {1}}));
  EXPECT_EQ(columns.ballots[1].ranks, (Ranks{{1}, {0, 2}}));
  EXPECT_NE(message("A,B\n1,x\n", "csv").find("x:2:2: \"x\" is not a rank"), std::string::npos);
}

TEST(Formats, RaireOfBothLayouts) {
  const Ballots json = read(R"({"num_candidates":2,"votes":[{"n":3,"prefs":[1,0]}],"winner":1})", "raire");
  EXPECT_EQ(json.ballots[0].ranks, (Ranks{{1}, {0}}));
  const Ballots lines = read("1\nContest,7,2,15,16,winner,15\n7,1,15\n7,2,16,15\n", "raire");
  EXPECT_EQ(lines.candidates, (std::vector<std::string>{"15", "16"}));
  EXPECT_EQ(lines.ballots[1].ranks, (Ranks{{1}, {0}}));
  EXPECT_NE(message("1\nContest,7,2,15,16\n7,1,17\n", "raire").find("x:3:5"), std::string::npos);
}

TEST(Formats, SamplesOfOthers) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/formats");
  const auto burlington = read_ballots(folder / "abif/burl2009.abif");
  ASSERT_TRUE(burlington) << burlington.error().message();
  EXPECT_EQ(count(*burlington, Rule::irv)->winners.front(), "Bob Kiss (Progressive)");
  for (const char* file :
       {"abif/mock-tie.abif", "abif/mock-twotie.abif", "abif/sf2018special-results.abif",
        "abif/tennessee-example-irv-tie.abif", "abif/tennessee-example-nested-quote.abif",
        "abif/tennessee-example-overvote-01.abif", "abif/tennessee-example-simple.abif",
        "abif/daneckam-cereal-example.ranked.csv", "scottish_csv/eilean_siar_2012_ward3.csv"}) {
    const auto ballots = read_ballots(folder / file);
    EXPECT_TRUE(ballots) << file << ": " << ballots.error().message();
  }
  const auto scottish = read_ballots(folder / "scottish_csv/eilean_siar_2012_ward3.csv");
  EXPECT_EQ(scottish->seats, 3U);
  EXPECT_EQ(scottish->ballots[0].count, 155);
}

TEST(Formats, AuditContestsOfNewSouthWales) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/rla/raire_rs/example_input");
  const auto ballots = read_ballots(folder / "a_guide_to_RAIRE_eg_guide.json");
  ASSERT_TRUE(ballots) << ballots.error().message();
  EXPECT_EQ(count(*ballots, Rule::irv)->winners.front(), "Chuan");
}

TEST(Formats, CastVoteRecordsInJsonAndXml) {
  const Ballots json = read(
      R"({"@type":"CVR.CastVoteRecordReport","CVR":[{"CVRSnapshot":[{"@id":"s","CVRContest":[{"ContestId":"k",
"CVRContestSelection":[{"ContestSelectionId":"a","SelectionPosition":[{"HasIndication":"yes","Rank":1}]},
{"ContestSelectionId":"b","SelectionPosition":[{"HasIndication":"yes","Rank":3},{"HasIndication":"no","Rank":2}]}]}]}],
"CurrentSnapshotId":"s","BallotStyleUnitId":"u"}],"Election":[{"Candidate":[{"@id":"1","Name":"A"},{"@id":"2","Name":"B"}],
"Contest":[{"@id":"k","Name":"K","ContestSelection":[{"@id":"a","CandidateIds":["1"]},{"@id":"b","CandidateIds":["2"]}]}]}],
"GpUnit":[{"@id":"u","Name":"North"}]})",
      "cdf");
  EXPECT_EQ(json.candidates, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(json.ballots.at(0).ranks, (Ranks{{0}, {}, {1}}));
  EXPECT_EQ(json.groups, std::vector<std::string>{"North"});
  const Ballots xml = read(
      "<?xml version=\"1.0\"?><c:CastVoteRecordReport xmlns:c=\"x\"><c:CVR><c:CVRSnapshot><c:CVRContest>"
      "<c:ContestId>k</c:ContestId><c:CVRContestSelection><c:ContestSelectionId>a</c:ContestSelectionId>"
      "<c:SelectionPosition><c:Rank>2</c:Rank></c:SelectionPosition></c:CVRContestSelection></c:CVRContest>"
      "</c:CVRSnapshot></c:CVR><c:Election><c:Candidate ObjectId=\"1\"><c:Name>A</c:Name></c:Candidate>"
      "<c:Contest ObjectId=\"k\"><c:ContestSelection ObjectId=\"a\"><c:CandidateIds>1</c:CandidateIds>"
      "</c:ContestSelection></c:Contest></c:Election></c:CastVoteRecordReport>",
      "cdf");
  EXPECT_EQ(xml.ballots.at(0).ranks, (Ranks{{}, {0}}));
}

TEST(Formats, ExportsOfVotingSystems) {
  const Ballots ess = read(
      "Cast Vote Record,Precinct,Mayor Choice 1 (45),Mayor Choice 2 (50)\n1,N,\"Ash, Ann\",undervote\n2,S,"
      "overvote,Ben\n",
      "ess");
  EXPECT_EQ(ess.candidates, (std::vector<std::string>{"Ash, Ann", "Ben"}));
  EXPECT_EQ(ess.ballots.at(0).ranks, (Ranks{{0}}));
  EXPECT_EQ(ess.ballots.at(1).ranks, (Ranks{{0, 1}, {1}}));
  EXPECT_EQ(ess.title, "Mayor");
  const std::string two =
      "RowNumber,BallotID,PrecinctID,Choice_1_1:Mayor:1:Vote For 1:Ann:X,Choice_2_1:Mayor:1:Vote For 1:Ben:X,"
      "Choice_3_1:Clerk:1:Vote For 1:Cy:X\n1,a,7,1,0,\n2,b,7,0,1,1\n";
  const auto both = read_contest_from(two, "x");
  ASSERT_FALSE(both);
  EXPECT_NE(both.error().message().find("--contest with one of Mayor, Clerk"), std::string::npos);
  const auto mayor = read_contest_from(two, "x", {{}, "Mayor"});
  ASSERT_TRUE(mayor) << mayor.error().message();
  EXPECT_EQ(std::get<Ballots>(*mayor).ballots.at(1).ranks, (Ranks{{1}}));
}

}  // namespace
}  // namespace scrutineer::contest
