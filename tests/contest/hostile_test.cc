// Broken files of every format: each is refused with a message or read into ballots that hold together.
#include <gtest/gtest.h>

#include <random>

#include "contest/read_ballots.h"
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
};

void try_all(const std::string& bytes) {
  std::vector<std::optional<std::string>> formats = {std::nullopt};
  for (const FormatName& format : format_names()) formats.emplace_back(format.name);
  for (const auto& format : formats) {
    const auto ballots = read_ballots_from(bytes, "broken", format);
    if (!ballots) {
      ASSERT_FALSE(ballots.error().message().empty());
      ASSERT_EQ(ballots.error().category, ErrorCategory::refused_input) << ballots.error().message();
      continue;
    }
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
