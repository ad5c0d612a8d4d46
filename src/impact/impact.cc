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
  return fmt::format("at least {} {}", threshold.low, threshold.low == 1 ? "paper" : "papers");
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
                        const Impact& impact) {
  const std::string who = printable(contest.winner, 200);
  const std::string found = entries_in_words(entries);
  // Where leads alone make the difference the sentence says so: a lead is a question, not a fact.
  const ImpactOutcome exhibits = impact.tiers.front().outcome;
  const std::string alone =
      exhibits == ImpactOutcome::could_not && impact.outcome != ImpactOutcome::could_not && entries.lead > 0
          ? fmt::format(" The {} shown by exhibits could not have changed it alone.", entries.exhibit)
          : "";
  // With caps by ward the margin of all papers is not what decides.
  if (entries.by_ward && impact.outcome == ImpactOutcome::could_not)
    return fmt::format(
        "The result could not have been changed by the {}, where they lie and whichever papers are "
        "theirs: {} wins.",
        found, who);
  switch (impact.outcome) {
    case ImpactOutcome::could_not:
      return fmt::format(
          "The result could not have been changed by the {}, whichever papers are theirs: {} wins unless "
          "{} go.",
          found, who, in_words(contest.deletion));
    case ImpactOutcome::could:
      return fmt::format("The result could have been changed by the {}: {} is not sure to win without {}.{}",
                         found, who, in_words(contest.deletion), alone);
    case ImpactOutcome::undecided:
      return fmt::format(
          "Whether the result could have been changed by the {} is not decided: how many papers must go "
          "before {} is "
          "not sure to win is known only within bounds ({}).{}",
          found, who, in_words(contest.deletion), alone);
  }
  return {};
}

// What the exhibits do alone, and what the leads add: never one number for both.
std::string tiers_in_words(const QuestionedEntries& entries, const Impact& impact) {
  const ImpactOutcome exhibits = impact.tiers.front().outcome;
  const auto verdict = [](ImpactOutcome outcome) {
    switch (outcome) {
      case ImpactOutcome::could_not:
        return "could not have changed the result";
      case ImpactOutcome::could:
        return "could have changed it";
      case ImpactOutcome::undecided:
        return "are between the bounds, so that it is not decided";
    }
    return "";
  };
  return fmt::format(
      "Of the questioned, {} are shown by exhibits; these alone {}. {} are leads, which only ask a question; "
      "with "
      "them, {} {}.",
      entries.exhibit, verdict(exhibits), entries.lead, impact.questioned, verdict(impact.outcome));
}

void explain(const ContestNumbers& contest, const QuestionedEntries& entries, Impact& impact) {
  std::vector<std::string>& because = impact.because;
  because.push_back(fmt::format(
      "Taking papers away: {} before {} is not sure to win{}.", in_words(contest.deletion),
      printable(contest.winner, 200),
      contest.deletion_change ? fmt::format(", {} before they cannot win", in_words(*contest.deletion_change))
                              : ""));
  because.push_back(tiers_in_words(entries, impact));
  if (impact.tiers.back().by_ward) {
    because.emplace_back(
        "No more papers of a ward were taken to be questioned than entries of that ward are: elsewhere they "
        "could do "
        "more, but they do not lie elsewhere.");
  }
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
                    contest.combined || entries.all_within || entries.exhibit + entries.lead == 0
                        ? "their papers are counted on the other side"
                        : "under this rule papers gone and papers come together may do with fewer than "
                          "either alone, and no margin for both is known"));
  }
  if (impact.outcome == ImpactOutcome::could && !contest.witness.empty()) {
    because.push_back("For example: " + contest.witness);
  }
}

// A probability between bounds, for a sentence.
std::string probability_in_words(const RandomRemoval& removal) {
  const auto one = [](double p) {
    if (p == 0) return std::string("0");
    if (p < 1e-6) return std::string("less than 0.000001");
    return fmt::format("{:.2g}", p);
  };
  if (removal.high == removal.low) return one(removal.high);
  if (removal.low == 0 || removal.high < 1e-6) return "at most " + one(removal.high);
  return fmt::format("between {} and {}", one(removal.low), one(removal.high));
}

// Beside the worst case: what else would have to be true. Each sentence names its assumption.
void add_assumptions(const ContestNumbers& contest, const QuestionedEntries& entries, Impact& impact) {
  const std::int64_t questioned = impact.questioned;
  if (questioned == 0) return;
  const std::string who = printable(contest.winner, 200);
  if (contest.comparisons && questioned <= contest.papers) {
    impact.at_random = random_removal(*contest.comparisons, contest.papers, questioned);
    impact.assumptions.push_back(
        fmt::format("If the {} questioned papers were any papers, drawn at random from the {} cast, the "
                    "probability that taking "
                    "them away leaves {} not sure to win is {}. People who are questioned for one reason "
                    "need not vote like "
                    "everyone else.",
                    questioned, contest.papers, who, probability_in_words(*impact.at_random)));
  }
  // s of the k for the winner, 1 - s for the runner-up: the lead falls by k (2 s - 1), which must reach the
  // margin.
  if (contest.plurality && impact.margin && impact.outcome == ImpactOutcome::could &&
      questioned >= *impact.margin) {
    impact.break_even_share = (1 + static_cast<double>(*impact.margin) / static_cast<double>(questioned)) / 2;
    impact.assumptions.push_back(fmt::format(
        "If all {} voted, and those who did not vote for {} voted for the runner-up, at least {:.0f} % of "
        "them must have voted for {} for the result to hang on them.",
        questioned, who, 100 * *impact.break_even_share, who));
  }
  if (!entries.voted_known && impact.margin_low && *impact.margin_low <= questioned) {
    impact.turnout_needed = static_cast<double>(*impact.margin_low) / static_cast<double>(questioned);
    std::string beside;
    if (contest.eligible > 0) {
      impact.turnout = static_cast<double>(contest.papers) / static_cast<double>(contest.eligible);
      beside = fmt::format("; of all who were eligible {:.0f} % did", 100 * *impact.turnout);
    }
    impact.assumptions.push_back(
        fmt::format("Who voted is not known: at least {:.0f} % of the questioned must have voted, each in "
                    "the way that matters "
                    "most, to reach the margin{}.",
                    100 * *impact.turnout_needed, beside));
  }
}

ImpactOutcome outcome_of(const ContestNumbers& contest, std::int64_t removed, std::int64_t added,
                         const std::optional<Threshold>& within) {
  if (removed == 0 && added == 0) return ImpactOutcome::could_not;
  return within ? outcome_against(*within, removed + added) : outcome_for(contest, removed, added);
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

Impact assess(const std::optional<ContestNumbers>& contest, const QuestionedEntries& entries) {
  Impact impact;
  impact.questioned = entries.exhibit + entries.lead;
  impact.wrongly_barred = entries.wrongly_barred;
  if (!contest) {
    impact.sentence = "Whether the result could have been changed is not decided: no ballots were given.";
    impact.because.emplace_back("A contest needs its ballots, or its declared counts, and its rule.");
    return impact;
  }
  const Threshold& deletion = contest->deletion;
  if (!deletion.impossible) {
    impact.margin_low = deletion.low;
    impact.margin_high = deletion.high;
    if (deletion.high == deletion.low) impact.margin = deletion.low;
  }
  const std::int64_t barred = entries.wrongly_barred;
  impact.tiers.push_back({"exhibits", entries.exhibit,
                          outcome_of(*contest, entries.exhibit, barred, entries.exhibits_within),
                          entries.by_ward});
  impact.tiers.push_back({"exhibits and leads", impact.questioned,
                          outcome_of(*contest, impact.questioned, barred, entries.all_within),
                          entries.by_ward});
  impact.outcome = impact.tiers.back().outcome;
  impact.curve = curve_of(*contest, barred);
  impact.sentence = sentence_of(*contest, entries, impact);
  explain(*contest, entries, impact);
  add_assumptions(*contest, entries, impact);
  return impact;
}

}  // namespace scrutineer::impact
