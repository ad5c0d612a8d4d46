// Broken files of every format: each is refused with a message or read into ballots that hold together.
#include <gtest/gtest.h>

#include <random>

#include "contest/read_ballots.h"
#include "contest/reconcile.h"
#include "contest/rules.h"

namespace scrutineer::contest {
namespace {

const std::vector<std::string> samples = {
    "3 1\n-2\n(id) 2.5 1 - 3=2 0\n1 0\n0\n\"A\"\n\"B\"\n\"C\"\n\"T\"\n",
    "2 1 [nick ann ben] [tie 2 1]\n3 ben ann 0\n0 \"Ann\" \"Ben\" \"T\"",
    "# TITLE: T\n# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\n4: 2,{1}\n1: {},1\n",
    "3\n1,A\n2,B\n3,C\n5,5,2\n4,2,{1,3}\n1,3\n",
    "{title: \"T\"}\n=K:[Knox, TN]\n2:[\"M\" Memphis]/5>K/4=Chat\n1:K\n",
    "ballot,ward,rank 1,rank 2\n1,N,A,\n2,S,B,A|C\n3,N,\"A \"\"x\"\"\",overvote\n",
    ",A,B,C\nx,1,3,\ny,2,1,2\n",
    R"({"metadata":{"candidates":["A"]},"num_candidates":2,"votes":[{"n":3,"prefs":[1,0]}],"winner":1})",
    "1\nContest,7,2,15,16,winner,15\n7,1,15\n7,2,16,15\n",
    "1, 2, 3\nA,B,C\n-+-+-\n(2, 1) : 30\n() : 5\n",
    "3,1,\n5,1,2,\n2,3,\n\"Candidate 1\",\"A\",\"P\",\n\"Candidate 2\",\"B\",\"P\",\n\"Candidate "
    "3\",\"C\",\"P\",\n\"W\",\n",
    "ward,candidate,votes\nN,A,10\nS,B,4\n",
    "year,candidate,votes,transfers,total,elected\n1,A,4,3,7,1\n1,B,5,0,5,\n1,C,3,,,\n",
    "round,section,weight,candidate,share_pct\n1,M,1/3,A,51.5\n1,M,1/3,B,48.5\n",
    "ward,first_A,first_B,second_A,papers,rejected\nN,4,5,1,10,1\nS,3,2,0,5,0\n",
    "papers = 12\n[[candidate]]\nname = \"A\"\nvotes = 4\n[[candidate]]\nname = \"B\"\nvotes = "
    "5\n[[section]]\n"
    "name = \"M\"\nweight = \"1/3\"\nrounds = [ { A = 54.9, B = 45.1 } ]\n",
    R"({"@type":"CVR.CastVoteRecordReport","CVR":[{"CVRSnapshot":[{"@id":"s","CVRContest":[{"ContestId":"k",
"CVRContestSelection":[{"ContestSelectionId":"a","SelectionPosition":[{"HasIndication":"yes","Rank":1}]}]}]}],
"CurrentSnapshotId":"s"}],"Election":[{"Candidate":[{"@id":"1","Name":"A"}],"Contest":[{"@id":"k","Name":"K",
"ContestSelection":[{"@id":"a","CandidateIds":["1"]}]}]}]})",
    "<CastVoteRecordReport><CVR><CVRSnapshot><CVRContest><ContestId>k</ContestId><CVRContestSelection>"
    "<ContestSelectionId>a</ContestSelectionId><SelectionPosition><Rank>2</Rank></SelectionPosition>"
    "</CVRContestSelection></CVRContest></CVRSnapshot></CVR><Election><Contest ObjectId=\"k\">"
    "<ContestSelection ObjectId=\"a\"/></Contest></Election></CastVoteRecordReport>",
    "Cast Vote Record,Precinct,Mayor Choice 1 (45),Mayor Choice 2 (50)\n1,N,A,undervote\n2,S,overvote,B\n",
    "BallotID,Choice_1_1:K:1:Vote For 1:A:X,Choice_2_1:K:2:Vote For 1:B:X\na,1,0\nb,0,1\n",
};

void try_all(const std::string& bytes) {
  std::vector<std::optional<std::string>> formats = {std::nullopt};
  for (const FormatName& format : format_names()) formats.emplace_back(format.name);
  for (const auto& format : formats) {
    const auto read = read_contest_from(bytes, "broken", {format, {}});
    if (!read) {
      ASSERT_FALSE(read.error().message().empty());
      ASSERT_NE(read.error().category, ErrorCategory::internal) << read.error().message();
      continue;
    }
    if (const auto* declaration = std::get_if<Declaration>(&*read)) {
      reconcile(*declaration);
      for (const Rule rule : {Rule::plurality, Rule::supplementary, Rule::irv, Rule::college}) {
        const auto counted = count_declaration(*declaration, rule);
        ASSERT_TRUE(!counted || !counted->winners.empty());
      }
      continue;
    }
    const auto* ballots = &std::get<Ballots>(*read);
    ASSERT_TRUE(check_ballots(*ballots, "broken"));
    for (const Rule rule : {Rule::plurality, Rule::supplementary, Rule::irv, Rule::college, Rule::stv}) {
      const auto counted = count(*ballots, rule);
      ASSERT_TRUE(!counted || !counted->winners.empty());
    }
  }
}

TEST(Hostile, EveryTruncation) {
  for (const std::string& sample : samples)
    for (std::size_t length = 0; length <= sample.size(); ++length) try_all(sample.substr(0, length));
}

TEST(Hostile, RandomDamage) {
  std::mt19937_64 random(7);
  const std::string bytes = "\n\r\t ,;:>=-/|\"{}[]()#0123456789999999999ABC\xff\xfe\xc3\x00";
  for (int i = 0; i < 4000; ++i) {
    std::string damaged = samples[random() % samples.size()];
    for (std::uint64_t edits = 1 + random() % 4; edits > 0 && !damaged.empty(); --edits) {
      const std::size_t at = random() % damaged.size();
      const char byte = bytes[random() % bytes.size()];
      if (random() % 3 == 0)
        damaged.erase(at, 1 + random() % 5);
      else if (random() % 2 == 0)
        damaged.insert(at, 1, byte);
      else
        damaged[at] = byte;
    }
    try_all(damaged);
  }
}

}  // namespace
}  // namespace scrutineer::contest
