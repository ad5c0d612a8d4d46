#include "canvass/contradictions.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace scrutineer::canvass {
namespace {

RecordedRow row_of(const std::string& member, std::vector<Statement> statements) {
  RecordedRow row;
  row.row.member = member;
  row.row.statements = std::move(statements);
  return row;
}

TEST(Contradictions, AreCountedByKindAndByVisitor) {
  const Visits visits = {{{"a", Answer::verified, "Kim", 1},
                          {"a", Answer::denied, "Lee", 2},
                          {"a", Answer::moved, "Kim", 3},
                          {"b", Answer::denied, "Lee", 4},
                          {"b", Answer::not_known, "Lee", 5},
                          {"c", Answer::verified, "Kim", 6},
                          {"c", Answer::verified, "Lee", 7},
                          {"d", Answer::refused, "Kim", 8},  // says nothing of the entry
                          {"d", Answer::verified, "Lee", 9},
                          {"e", Answer::deceased, "", 10},
                          {"e", Answer::moved, "", 11}},
                         {}};
  const Contradictions found = contradictions_in(visits, {});
  EXPECT_EQ(found.members, 3U);
  ASSERT_EQ(found.answers.size(), 5U);
  const auto number = [&](Answer one, Answer other) {
    for (const AgainstEachOther& kind : found.answers)
      if (kind.one == one && kind.other == other) return std::pair(kind.members, kind.same_visitor);
    return std::pair<std::uint64_t, std::uint64_t>(0, 0);
  };
  using Numbers = std::pair<std::uint64_t, std::uint64_t>;
  EXPECT_EQ(number(Answer::verified, Answer::denied), Numbers(1, 0));
  EXPECT_EQ(number(Answer::verified, Answer::moved), Numbers(1, 1));
  EXPECT_EQ(number(Answer::denied, Answer::moved), Numbers(1, 0));
  EXPECT_EQ(number(Answer::denied, Answer::not_known), Numbers(1, 1));
  EXPECT_EQ(number(Answer::moved, Answer::deceased), Numbers(1, 0));  // nobody noted who
  EXPECT_NE(to_text(found).find("verified / denied"), std::string::npos);
}

TEST(Contradictions, QuestionsWithSeveralStatementsAreCountedByWhomTheyAreAbout) {
  Statement paid{"who-paid", "", Basis::first_hand, "the member", "I did"};
  Statement of_a{"who-paid", "a", Basis::hearsay, "a neighbour", "his brother"};
  std::vector<RecordedRow> rows = {row_of("a", {paid}), row_of("b", {of_a, paid})};
  EXPECT_EQ(contradictions_in({}, rows).questions, 1U);
  rows[1].corrected_by = 3;
  EXPECT_EQ(contradictions_in({}, rows).questions, 0U);
}

TEST(Contradictions, StandInTheStatusAsJson) {
  const auto json = nlohmann::json::parse(to_json(CanvassStatus{}, contradictions_in({}, {})));
  EXPECT_EQ(json["contradictions"]["members"], 0);
  EXPECT_TRUE(json["contradictions"]["answers"].empty());
  EXPECT_EQ(json["contradicted"], 0);
}

}  // namespace
}  // namespace scrutineer::canvass
