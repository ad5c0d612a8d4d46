#include "impact/impact.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "impact/assess.h"

namespace scrutineer::impact {
namespace {

ImpactOutcome outcome_against(const Threshold& threshold, std::int64_t papers) {
  if (threshold.impossible || papers < threshold.low) return ImpactOutcome::could_not;
  if (threshold.high && papers >= *threshold.high) return ImpactOutcome::could;
  return ImpactOutcome::undecided;
}

std::string in_words(const Threshold& threshold) {
  if (threshold.impossible) return "no number of papers";
  if (threshold.high == threshold.low)
    return fmt::format("{} {}", threshold.low, threshold.low == 1 ? "paper" : "papers");
  if (threshold.high) return fmt::format("between {} and {} papers", threshold.low, *threshold.high);
  return fmt::format("at least {} papers", threshold.low);
}

std::vector<CurvePoint> curve_of(const ContestNumbers& contest, std::int64_t added) {
  // The outcome changes only where k, or k with E, meets a threshold.
  std::vector<std::int64_t> candidates{0};
  for (const Threshold* threshold : {&contest.deletion, contest.combined ? &*contest.combined : nullptr}) {
    if (!threshold) continue;
    for (const std::int64_t at : {threshold->low, threshold->high.value_or(threshold->low)}) {
      candidates.push_back(at);
      candidates.push_back(at - added);
    }
  }
  candidates.push_back(1);  // nothing taken away is not the same question as one taken away
  std::sort(candidates.begin(), candidates.end());
  std::vector<CurvePoint> curve;
  for (const std::int64_t k : candidates) {
    if (k < 0) continue;
    const ImpactOutcome outcome = outcome_for(contest, k, added);
    if (curve.empty() || curve.back().outcome != outcome) curve.push_back({k, outcome});
  }
  return curve;
}

std::string entries_in_words(const QuestionedEntries& entries) {
  const std::int64_t questioned = entries.exhibit + entries.lead;
  std::string text = fmt::format("{} questioned {}", questioned, questioned == 1 ? "entry" : "entries");
  text += entries.voted_known ? " of people marked as having voted" : ", all counted as if they had voted";
  if (entries.wrongly_barred > 0)
    text += fmt::format(", and {} wrongly kept from voting", entries.wrongly_barred);
  return text;
}

std::string sentence_of(const ContestNumbers& contest, const QuestionedEntries& entries,
                        ImpactOutcome outcome) {
  const std::string who = printable(contest.winner, 200);
  const std::string found = entries_in_words(entries);
  switch (outcome) {
    case ImpactOutcome::could_not:
      return fmt::format(
          "The result could not have been changed by the {}, whichever papers are theirs: {} wins unless "
          "{} go.",
          found, who, in_words(contest.deletion));
    case ImpactOutcome::could:
      return fmt::format("The result could have been changed by the {}: {} is not sure to win without {}.",
                         found, who, in_words(contest.deletion));
    case ImpactOutcome::undecided:
      return fmt::format(
          "Whether the result could have been changed by the {} is not decided: {} is not sure to win once "
          "some number of papers go, which lies at {}.",
          found, who, in_words(contest.deletion));
  }
  return {};
}

void explain(const ContestNumbers& contest, const QuestionedEntries& entries, Assessment& assessment) {
  std::vector<std::string>& because = assessment.impact.because;
  because.push_back(fmt::format(
      "Taking papers away: {} before {} is not sure to win{}.", in_words(contest.deletion),
      printable(contest.winner, 200),
      contest.deletion_change ? fmt::format(", {} before they cannot win", in_words(*contest.deletion_change))
                              : ""));
  const ImpactOutcome exhibits = outcome_for(contest, entries.exhibit, entries.wrongly_barred);
  because.push_back(
      fmt::format("Of the questioned, {} are shown by exhibits and {} are leads; the exhibits alone: {}.",
                  entries.exhibit, entries.lead, to_string(exhibits)));
  if (entries.voted_known) {
    because.push_back(
        fmt::format("{} more are questioned and are not marked as having voted: they cannot have counted.",
                    entries.not_voted));
  } else {
    because.emplace_back("Who voted is not known; a marked register would leave out those who did not.");
  }
  if (entries.wrongly_barred > 0) {
    because.push_back(
        fmt::format("{} people were wrongly kept from voting; {}.", entries.wrongly_barred,
                    contest.combined || entries.exhibit + entries.lead == 0
                        ? "their papers are counted on the other side"
                        : "under this rule papers gone and papers come together may do with fewer than "
                          "either alone, and no margin for both is known"));
  }
  if (assessment.impact.outcome == ImpactOutcome::could && !contest.witness.empty()) {
    because.push_back("For example: " + contest.witness);
  }
  if (assessment.break_even_share) {
    because.push_back(
        fmt::format("Of the questioned, at least {:.0f} % must have voted for {}, and all others for the "
                    "runner-up.",
                    100 * *assessment.break_even_share, printable(contest.winner, 200)));
  }
}

}  // namespace

std::string_view to_string(ImpactOutcome outcome) {
  switch (outcome) {
    case ImpactOutcome::could_not:
      return "could-not";
    case ImpactOutcome::could:
      return "could";
    case ImpactOutcome::undecided:
      return "undecided";
  }
  return {};
}

std::string_view to_string(VerdictOutcome outcome) {
  switch (outcome) {
    case VerdictOutcome::not_distinguishable_from_accident:
      return "not-distinguishable-from-accident";
    case VerdictOutcome::individual_acts:
      return "individual-acts";
    case VerdictOutcome::consistent_with_coordination:
      return "consistent-with-coordination";
    case VerdictOutcome::cannot_conclude:
      return "cannot-conclude";
  }
  return {};
}

ImpactOutcome outcome_for(const ContestNumbers& contest, std::int64_t removed, std::int64_t added) {
  if (removed == 0 && added == 0) return ImpactOutcome::could_not;
  if (added == 0) return outcome_against(contest.deletion, removed);
  if (removed == 0 && contest.addition) return outcome_against(*contest.addition, added);
  if (contest.combined) return outcome_against(*contest.combined, removed + added);
  // Either alone may already do it; that neither does proves nothing about both.
  const bool either = (removed > 0 && outcome_against(contest.deletion, removed) == ImpactOutcome::could) ||
                      (contest.addition && outcome_against(*contest.addition, added) == ImpactOutcome::could);
  return either ? ImpactOutcome::could : ImpactOutcome::undecided;
}

Assessment assess(const std::optional<ContestNumbers>& contest, const QuestionedEntries& entries) {
  Assessment assessment;
  Impact& impact = assessment.impact;
  impact.questioned = entries.exhibit + entries.lead;
  impact.wrongly_barred = entries.wrongly_barred;
  if (!contest) {
    impact.sentence = "Whether the result could have been changed is not decided: no ballots were given.";
    impact.because.emplace_back("A contest needs its ballots, or its declared counts, and its rule.");
    return assessment;
  }
  const Threshold& deletion = contest->deletion;
  if (!deletion.impossible) {
    impact.margin_low = deletion.low;
    impact.margin_high = deletion.high;
    if (deletion.high == deletion.low) impact.margin = deletion.low;
  }
  impact.outcome = outcome_for(*contest, impact.questioned, entries.wrongly_barred);
  assessment.curve = curve_of(*contest, entries.wrongly_barred);
  // s of the k for the winner, 1 - s for the runner-up: the lead falls by k (2 s - 1), which must reach the
  // margin.
  if (contest->plurality && impact.margin && impact.outcome == ImpactOutcome::could &&
      impact.questioned >= *impact.margin) {
    assessment.break_even_share =
        (1 + static_cast<double>(*impact.margin) / static_cast<double>(impact.questioned)) / 2;
  }
  impact.sentence = sentence_of(*contest, entries, impact.outcome);
  explain(*contest, entries, assessment);
  return assessment;
}

}  // namespace scrutineer::impact
