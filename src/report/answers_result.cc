#include <fmt/format.h>

#include "report/answers.h"
#include "report/numbers.h"
#include "report/pictures.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

constexpr std::size_t longest_name = 80;

std::string margin_in_words(const impact::Impact& impact) {
  const auto ballots = [](std::int64_t value) {
    return fmt::format("{} {}", count(value), value == 1 ? "ballot" : "ballots");
  };
  if (impact.margin) return ballots(*impact.margin);
  if (impact.margin_low && impact.margin_high) {
    return fmt::format("between {} and {}", count(*impact.margin_low), ballots(*impact.margin_high));
  }
  if (impact.margin_low) return fmt::format("at least {}", ballots(*impact.margin_low));
  if (impact.margin_high) return fmt::format("at most {}", ballots(*impact.margin_high));
  return std::string(not_known);
}

std::string winners_in_words(const contest::Count& counted_votes) {
  std::vector<std::string> names;
  for (const std::string& name : counted_votes.winners) names.push_back(shortened(name, longest_name));
  if (names.empty()) return "Nobody was elected";
  return fmt::format("{} {} elected", enumerated(names), names.size() == 1 ? "was" : "were");
}

Values result_numbers(const Facts& facts) {
  const impact::Impact& impact = facts.outcome.impact;
  const contest::Count& counted_votes = facts.outcome.contest->count;
  Values numbers = {{"Valid papers", quantity(counted_votes.valid)},
                    {"Papers without a valid preference", quantity(counted_votes.invalid)}};
  if (const auto majority = majority_of(facts.outcome)) {
    numbers.emplace_back("Majority in the last round", quantity(*majority));
  }
  numbers.emplace_back("Margin: removals after which the winner is no longer sure", margin_in_words(impact));
  numbers.emplace_back("Questioned entries that may have voted", count(impact.questioned));
  if (!impact.tiers.empty())
    numbers.emplace_back("Of them, shown by exhibits", count(impact.tiers.front().entries));
  numbers.emplace_back("Members perhaps wrongly barred", count(impact.wrongly_barred));
  return numbers;
}

}  // namespace

Answer answer_on_result(const Facts& facts) {
  const impact::Impact& impact = facts.outcome.impact;
  Answer answer;
  answer.question =
      "Who won under the rule, by what exact margin, and could the questioned entries have changed it?";
  answer.more = "impact";
  if (!facts.outcome.contest) {
    answer.sentence =
        impact.sentence.empty() ? "No ballots were given, so nothing was counted." : impact.sentence;
    answer.numbers = {{"Questioned entries", count(impact.questioned)}};
    answer.sure = impact.because.empty() ? "Without ballots there is neither a winner nor a margin."
                                         : as_sentences(impact.because);
    answer.change = "The ballots, as counted, and the list of who voted.";
    return answer;
  }
  const contest::Count& counted_votes = facts.outcome.contest->count;
  answer.sentence =
      fmt::format("{} by {}. {}", winners_in_words(counted_votes), rule_in_words(counted_votes.rule),
                  impact.sentence.empty() ? as_sentence(std::string(words(impact.outcome)))
                                          : as_sentence(impact.sentence));
  answer.numbers = result_numbers(facts);
  answer.sure = impact.because.empty() ? "The count is exact arithmetic on the ballots given."
                                       : as_sentences(impact.because);
  if (!counted_votes.ties.empty()) {
    answer.sure += fmt::format(" {} had to be settled; how stands in the section on impact.",
                               counted(counted_votes.ties.size(), "tie"));
  }
  answer.change =
      "Questioned entries confirmed or cleared, and a marked register: an entry that did not vote changed "
      "nothing.";
  return answer;
}

Answer answer_on_exhibits(const Facts& facts) {
  Answer answer;
  answer.question = "What can be shown for each statement, to whom, and what would change the conclusion?";
  answer.more = "checks";
  std::uint64_t exhibits = 0;
  std::uint64_t without = 0;
  for (const signals::SignalReport& report : facts.outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      if (!finding.listed) continue;
      exhibits += finding.exhibits.size();
      if (finding.exhibits.empty()) ++without;
    }
  }
  answer.sentence =
      facts.findings_listed == 0
          ? std::string(
                "There is no listed finding to show; every number below can be traced to the inputs by their "
                "digests.")
          : fmt::format(
                "{} stand behind the {}: rows that anyone holding the rolls can open by file and line.",
                counted(exhibits, "exhibit"), counted(facts.findings_listed, "listed finding"));
  for (const signals::Tier tier : {signals::Tier::exhibit, signals::Tier::lead, signals::Tier::context}) {
    const auto found = facts.listed_by_tier.find(tier);
    answer.numbers.emplace_back(
        std::string(words(tier)),
        counted(found == facts.listed_by_tier.end() ? 0 : found->second, "listed finding"));
  }
  answer.numbers.emplace_back("Members in a listed finding of tier A or B",
                              count(static_cast<std::uint64_t>(facts.members_listed.size())));
  answer.sure =
      "This report names nobody and may be handed to a committee: members stand in it by their number on the "
      "list, rows by file and line. findings.json and members.csv hold the keys of addresses and payers "
      "besides, exhibits.html the rows themselves: they are for those who may see the rolls.";
  if (without > 0)
    answer.sure +=
        fmt::format(" {} without a row of its own.", counted(without, "finding is", "findings are"));
  answer.change =
      "Each person concerned must be heard first. What each finding leaves open stands with it; what the "
      "verdict "
      "leaves open stands with the verdict.";
  return answer;
}

}  // namespace scrutineer::report
