#include "impact/impact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "impact/assess.h"
#include "signals/wording.h"

namespace scrutineer::impact {
namespace {

ContestNumbers plurality(std::int64_t margin, std::int64_t papers) {
  ContestNumbers contest;
  contest.winner = "A";
  contest.deletion = {margin, margin, false};
  contest.deletion_change = Threshold{margin + 1, margin + 1, false};
  contest.addition = contest.deletion;
  contest.combined = contest.deletion;
  contest.papers = papers;
  contest.plurality = true;
  contest.witness = "papers for A";
  return contest;
}

// METHODS.md, section 0: 433 v 251 v 157, 149 questioned: whatever they voted, the lead of 182 stands.
TEST(Impact, ThePublicCase) {
  const Impact assessment = assess(plurality(182, 841), {.exhibit = 0, .lead = 149});
  EXPECT_EQ(assessment.outcome, ImpactOutcome::could_not);
  EXPECT_EQ(assessment.margin, 182);
  EXPECT_EQ(assessment.questioned, 149);
  EXPECT_EQ(assess(plurality(182, 841), {.exhibit = 31, .lead = 150}).outcome, ImpactOutcome::could_not);
  EXPECT_EQ(assess(plurality(182, 841), {.exhibit = 32, .lead = 150}).outcome, ImpactOutcome::could);
  EXPECT_EQ(assess(plurality(182, 841), {.lead = 149, .wrongly_barred = 33}).outcome, ImpactOutcome::could);
  EXPECT_EQ(assess(plurality(182, 841), {.lead = 149, .wrongly_barred = 32}).outcome,
            ImpactOutcome::could_not);
  ASSERT_EQ(assessment.curve.size(), 2U);
  EXPECT_EQ(assessment.curve[1].questioned, 182);
  EXPECT_EQ(assessment.curve[1].outcome, ImpactOutcome::could);
}

// Under plurality the rule is exact: it agrees with trying every choice of papers gone and papers come.
RC_GTEST_PROP(Impact, AgreesWithEveryAllocationUnderPlurality, ()) {
  auto votes = *rc::gen::container<std::vector<std::int64_t>>(3, rc::gen::inRange<std::int64_t>(0, 7));
  std::sort(votes.rbegin(), votes.rend());
  RC_PRE(votes[0] > votes[1]);
  const auto gone = *rc::gen::inRange<std::int64_t>(0, 6);
  const auto come = *rc::gen::inRange<std::int64_t>(0, 4);
  bool reached = false;
  // At most `gone` papers go and at most `come` come, of any content.
  for (std::int64_t a = 0; a <= std::min(gone, votes[0]); ++a) {
    for (std::int64_t c = 0; c <= come; ++c) {
      for (std::size_t rival = 1; rival < 3; ++rival) reached |= votes[0] - a <= votes[rival] + c;
    }
  }
  const Impact assessment = assess(plurality(votes[0] - votes[1], votes[0] + votes[1] + votes[2]),
                                   {.exhibit = gone, .wrongly_barred = come});
  RC_ASSERT(assessment.outcome == (reached ? ImpactOutcome::could : ImpactOutcome::could_not));
}

TEST(Impact, BoundsThatDoNotSettleItLeaveItUndecided) {
  ContestNumbers contest;
  contest.winner = "B";
  contest.deletion = {100, 140, false};
  EXPECT_EQ(assess(contest, {.exhibit = 99}).outcome, ImpactOutcome::could_not);
  const Impact between = assess(contest, {.exhibit = 60, .lead = 60});
  EXPECT_EQ(between.outcome, ImpactOutcome::undecided);
  EXPECT_EQ(between.margin, std::nullopt);
  EXPECT_EQ(between.margin_low, 100);
  EXPECT_EQ(between.margin_high, 140);
  EXPECT_EQ(assess(contest, {.lead = 140}).outcome, ImpactOutcome::could);
  ASSERT_EQ(between.curve.size(), 3U);
  EXPECT_EQ(between.curve[1].questioned, 100);
  EXPECT_EQ(between.curve[2].questioned, 140);
  contest.deletion.high.reset();
  EXPECT_EQ(assess(contest, {.lead = 1000000}).outcome, ImpactOutcome::undecided);
  contest.deletion = {0, std::nullopt, true};
  EXPECT_EQ(assess(contest, {.lead = 1000000}).outcome, ImpactOutcome::could_not);
}

// Under preferential rules papers gone and papers come together may do with fewer than either alone.
TEST(Impact, BothAtOnceNeedAMarginForBoth) {
  ContestNumbers contest = plurality(50, 1000);
  contest.plurality = false;
  contest.combined.reset();
  EXPECT_EQ(outcome_for(contest, 10, 0), ImpactOutcome::could_not);
  EXPECT_EQ(outcome_for(contest, 0, 10), ImpactOutcome::could_not);
  EXPECT_EQ(outcome_for(contest, 10, 1), ImpactOutcome::undecided);
  EXPECT_EQ(outcome_for(contest, 60, 1), ImpactOutcome::could);
  EXPECT_EQ(outcome_for(contest, 0, 0), ImpactOutcome::could_not);
  contest.combined = Threshold{30, 50, false};
  EXPECT_EQ(outcome_for(contest, 20, 9), ImpactOutcome::could_not);
  EXPECT_EQ(outcome_for(contest, 20, 10), ImpactOutcome::undecided);
}

// The curve is the outcome at every k, said once where it changes.
RC_GTEST_PROP(Impact, CurveIsTheOutcomeAtEveryNumber, ()) {
  ContestNumbers contest = plurality(*rc::gen::inRange(0, 30), 100);
  contest.plurality = false;
  contest.deletion.high = *rc::gen::arbitrary<bool>()
                              ? std::optional(contest.deletion.low + *rc::gen::inRange<std::int64_t>(0, 10))
                              : std::nullopt;
  if (*rc::gen::arbitrary<bool>()) contest.combined.reset();
  const auto added = *rc::gen::inRange<std::int64_t>(0, 20);
  const Impact assessment = assess(contest, {.wrongly_barred = added});
  for (std::int64_t k = 0; k < 60; ++k) {
    ImpactOutcome told = ImpactOutcome::undecided;
    for (const CurvePoint& point : assessment.curve) {
      if (point.questioned <= k) told = point.outcome;
    }
    RC_ASSERT(told == outcome_for(contest, k, added));
  }
}

TEST(Impact, BreakEvenIsTheShareThatJustTies) {
  const Impact assessment = assess(plurality(182, 841), {.exhibit = 200});
  ASSERT_TRUE(assessment.break_even_share);
  const double s = *assessment.break_even_share;
  EXPECT_NEAR(200 * s - 200 * (1 - s), 182, 1e-9);
  EXPECT_FALSE(assess(plurality(182, 841), {.exhibit = 149}).break_even_share);
}

TEST(Impact, SaysWhatItCountedAndWhatItDidNot) {
  const Impact unknown = assess(std::nullopt, {.exhibit = 5});
  EXPECT_EQ(unknown.outcome, ImpactOutcome::undecided);
  EXPECT_FALSE(unknown.because.empty());
  const Impact marked =
      assess(plurality(10, 100), {.exhibit = 5, .lead = 2, .voted_known = true, .not_voted = 9});
  EXPECT_NE(marked.sentence.find("marked as having voted"), std::string::npos) << marked.sentence;
  const Impact could = assess(plurality(3, 100), {.exhibit = 5});
  for (const impact::Impact* assessment : {&unknown, &marked, &could}) {
    EXPECT_FALSE(signals::wording::forbidden_token(assessment->sentence)) << assessment->sentence;
    for (const std::string& line : assessment->because) {
      EXPECT_FALSE(signals::wording::forbidden_token(line)) << line;
    }
  }
  EXPECT_EQ(to_string(could.outcome), "could");
  EXPECT_EQ(to_string(VerdictOutcome::not_distinguishable_from_accident),
            "not-distinguishable-from-accident");
}

}  // namespace
}  // namespace scrutineer::impact
