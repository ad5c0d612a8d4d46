#include "inquiry/count_audit.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "stats/random.h"

namespace scrutineer::inquiry {
namespace {

using Orders = std::vector<std::vector<contest::Candidate>>;

contest::Ballots ballots_of(const Orders& papers) {
  contest::Ballots ballots;
  ballots.candidates = {"Ash", "Birch", "Cedar"};
  for (const auto& order : papers) {
    contest::Ballot ballot;
    ballot.count = 1;
    for (const contest::Candidate one : order) ballot.ranks.push_back({one});
    ballots.ballots.push_back(ballot);
  }
  return ballots;
}

void add(Orders& papers, int count, const std::vector<contest::Candidate>& order) {
  papers.insert(papers.end(), static_cast<std::size_t>(count), order);
}

std::vector<SampledPaper> drawn(const Orders& papers, const Orders* records, std::size_t count,
                                std::uint64_t seed) {
  std::vector<std::size_t> numbers(papers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
  stats::Random random(seed, "papers");
  random.shuffle(std::span(numbers));
  std::vector<SampledPaper> sample;
  for (std::size_t i = 0; i < count; ++i) {
    SampledPaper paper{std::to_string(numbers[i]), papers[numbers[i]], {}};
    if (records != nullptr) paper.recorded = (*records)[numbers[i]];
    sample.push_back(paper);
  }
  return sample;
}

// Ash leads on first preferences; Cedar's papers make Birch win.
Orders a_close_count() {
  Orders papers;
  add(papers, 420, {0, 2});
  add(papers, 350, {1, 0});
  add(papers, 200, {2, 1});
  add(papers, 20, {2});
  add(papers, 10, {});
  return papers;
}

TEST(CountAudit, PassesARightCountAndComparesWithFewerPapers) {
  const Orders papers = a_close_count();
  const auto ballots = ballots_of(papers);
  const auto none = audit_count(ballots, contest::Rule::irv, {}, .05);
  ASSERT_TRUE(none) << none.error().message();
  EXPECT_EQ(none->winner, "Birch");
  EXPECT_EQ(none->papers, 1000U);
  EXPECT_EQ(none->p, 1);
  EXPECT_FALSE(none->passed);
  const auto poll = audit_count(ballots, contest::Rule::irv, drawn(papers, nullptr, 700, 1), .05);
  EXPECT_TRUE(poll->passed) << to_text(*poll);
  const auto compared = audit_count(ballots, contest::Rule::irv, drawn(papers, &papers, 80, 1), .05);
  EXPECT_TRUE(compared->passed) << to_text(*compared);
  EXPECT_TRUE(compared->comparison);
  EXPECT_LT(compared->expected, none->expected);
  EXPECT_EQ(compared->differ, 0U);
  const auto plurality = audit_count(ballots, contest::Rule::plurality, {}, .05);
  EXPECT_EQ(plurality->winner, "Ash");
  EXPECT_EQ(plurality->assertions.size(), 2U);
  EXPECT_FALSE(audit_count(ballots, contest::Rule::stv, {}, .05));
}

// The papers say Ash by a hair, the records say Birch: the wrong winner passes in at most 5 % of audits, by
// poll and by comparison.
TEST(CountAudit, SeldomPassesAWrongWinner) {
  Orders papers, records;
  add(papers, 210, {0, 1});
  add(papers, 209, {1, 0});
  records = papers;
  for (int i = 0; i < 20; ++i) records[static_cast<std::size_t>(i)] = {1, 0};
  const auto ballots = ballots_of(records);
  for (const bool comparison : {false, true}) {
    int passed = 0;
    const int audits = 400;
    for (int audit = 0; audit < audits; ++audit) {
      const auto found = audit_count(ballots, contest::Rule::plurality,
                                     drawn(papers, comparison ? &records : nullptr, 300, 100 + audit), .05);
      ASSERT_TRUE(found);
      EXPECT_EQ(found->winner, "Birch");
      passed += found->passed ? 1 : 0;
    }
    EXPECT_LE(passed, audits * .05 + 3 * std::sqrt(audits * .05 * .95)) << comparison;
  }
}

TEST(CountAudit, PapersNotFoundCountAsTheWorst) {
  const Orders papers = a_close_count();
  auto sample = drawn(papers, &papers, 80, 1);
  const double before = audit_count(ballots_of(papers), contest::Rule::irv, sample, .05)->p;
  for (std::size_t i = 0; i < 5; ++i) sample[i].seen.reset();
  const auto found = audit_count(ballots_of(papers), contest::Rule::irv, sample, .05);
  EXPECT_EQ(found->not_found, 5U);
  EXPECT_GT(found->p, before);
}

TEST(CountAudit, GivesTheJointStatementAsJson) {
  CountAudit count;
  count.passed = true;
  count.risk = .05;
  canvass::CanvassStatus roll;
  roll.draw.claim = {1217, 182, .1};
  auto json = nlohmann::json::parse(to_json(count, roll));
  EXPECT_FALSE(json["joint"]["certified"].get<bool>());
  EXPECT_TRUE(json["joint"]["count_certified"].get<bool>());
  roll.reached = true;
  json = nlohmann::json::parse(to_json(count, roll));
  EXPECT_TRUE(json["joint"]["certified"].get<bool>());
  EXPECT_EQ(json["joint"]["risk"], .1);  // the greater of the two
  EXPECT_EQ(json["joint"]["margin"], 182);
  EXPECT_NE(json["joint"]["statement"].get<std::string>().find("182 or more ineligible"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(to_json(count)).count("joint"), 0U);
}

TEST(CountAudit, ReadsSamples) {
  const auto file = std::filesystem::temp_directory_path() / fmt::format("sample-{}.csv", ::getpid());
  const std::vector<std::string> names = {"Ash", "Birch", "Cedar"};
  std::ofstream(file) << "paper,seen,recorded\n7,Ash > Cedar,Ash > Cedar\n9,,Birch\n12,not found,Ash\n";
  const auto sample = read_sample(file, names);
  ASSERT_TRUE(sample) << sample.error().message();
  ASSERT_EQ(sample->size(), 3U);
  EXPECT_EQ((*sample)[0].seen, (std::vector<contest::Candidate>{0, 2}));
  EXPECT_TRUE((*sample)[1].seen->empty());
  EXPECT_FALSE((*sample)[2].seen);
  std::ofstream(file) << "paper,seen\n7,Ash > Elm\n";
  EXPECT_FALSE(read_sample(file, names));
  std::ofstream(file) << "paper,seen\n7,Ash\n7,Ash\n";
  EXPECT_FALSE(read_sample(file, names));
  std::filesystem::remove(file);
}

TEST(CountAudit, JointStatementNeedsBoth) {
  canvass::CanvassStatus roll;
  roll.draw.claim = {1000, 60, .05};
  CountAudit count;
  EXPECT_NE(joint_statement(roll, count).find("no joint statement yet"), std::string::npos);
  roll.reached = true;
  EXPECT_NE(joint_statement(roll, count).find("the count is"), std::string::npos);
  count.passed = true;
  EXPECT_NE(joint_statement(roll, count).find("neither a wrong count nor 60 or more"), std::string::npos);
}

}  // namespace
}  // namespace scrutineer::inquiry
