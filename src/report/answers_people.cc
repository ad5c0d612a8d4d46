#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/answers.h"
#include "report/numbers.h"

namespace scrutineer::report {
namespace {

constexpr const char* register_question =
    "Who on the list is on the electoral register at the address they gave; were they eligible; who is "
    "listed twice?";

std::uint64_t rounded(double value) {
  return static_cast<std::uint64_t>(std::llround(std::max(0.0, value)));
}

// The honest range of base rates as members of this list, and where the observed number stands to it.
std::string beside_base_rate(const Facts& facts) {
  if (!facts.outcome.off_register) {
    return "No honest base rate was given in the inquiry file, so this number cannot be called high or low.";
  }
  const double share = static_cast<double>(facts.off_address()) / static_cast<double>(facts.eligible);
  const signals::BaseRate& rate = *facts.outcome.off_register;
  if (share > rate.high) {
    return "That is more than the honest range of base rates explains; a count alone still cannot say why.";
  }
  return share < rate.low ? "That is fewer than the honest range of base rates would lead one to expect."
                          : "That lies inside the honest range of base rates: by itself it says nothing.";
}

Values register_numbers(const Facts& facts) {
  const inquiry::Outcome& outcome = facts.outcome;
  Values numbers = {{"Eligible, not at the address given", share_of(facts.off_address(), facts.eligible)}};
  if (outcome.off_register) {
    const auto n = static_cast<double>(facts.eligible);
    numbers.emplace_back("Expected of an honest list",
                         fmt::format("{} to {} ({})", count(rounded(outcome.off_register->low * n)),
                                     count(rounded(outcome.off_register->high * n)),
                                     interval({outcome.off_register->low, outcome.off_register->high})));
  }
  numbers.emplace_back(
      fmt::format("Never there on any of {}", counted(outcome.snapshots.size(), "register date")),
      count(facts.never_at_address));
  numbers.emplace_back("On the list but not eligible",
                       share_of(facts.members - facts.eligible, facts.members));
  numbers.emplace_back("Held to be a second entry of somebody", count(facts.duplicates));
  return numbers;
}

}  // namespace

Answer answer_on_register(const Facts& facts) {
  Answer answer;
  answer.question = register_question;
  answer.more = "members";
  if (!facts.has_register || facts.eligible == 0) {
    answer.sentence = facts.has_register ? "No member on the list is eligible, so there is nobody to look up."
                                         : "No electoral register was given, so nobody could be looked up.";
    answer.numbers = {
        {"On the list but not eligible", share_of(facts.members - facts.eligible, facts.members)},
        {"Held to be a second entry of somebody", count(facts.duplicates)}};
    answer.sure = "Eligibility follows from the dates in the members roll alone.";
    answer.change = "An electoral register of about the freeze date, better several over some years.";
    return answer;
  }
  answer.sentence = fmt::format(
      "Of {}, {} ({}) {} on the register at the address they gave; {} stand elsewhere on it, {} were not "
      "found and "
      "{} {} unclear.",
      counted(facts.eligible, "eligible member"), count(facts.status[0]),
      percent(static_cast<double>(facts.status[0]) / static_cast<double>(facts.eligible)),
      facts.status[0] == 1 ? "is" : "are", count(facts.status[1]), count(facts.status[2]),
      count(facts.status[3]), facts.status[3] == 1 ? "is" : "are");
  answer.numbers = register_numbers(facts);
  answer.sure = fmt::format(
      "{} By the match probabilities themselves about {} links are expected to be wrong and about {} to be "
      "missing.",
      beside_base_rate(facts), quantity(facts.outcome.linkage.expected_false_links),
      quantity(facts.outcome.linkage.expected_missed_links));
  answer.change = fmt::format(
      "A register newer than {}, an address that the member puts right, or registers older than {}.",
      date(facts.outcome.snapshots.back().as_of), date(facts.outcome.snapshots.front().as_of));
  return answer;
}

Answer answer_on_patterns(const Facts& facts) {
  Answer answer;
  answer.question =
      "Which patterns of joining, paying, recruiting and living together would chance not explain, and what "
      "innocent "
      "causes would?";
  answer.more = "findings";
  const auto& reports = facts.outcome.signals;
  ListTotals all;
  std::vector<std::string> titles;
  for (const signals::SignalReport& report : reports) {
    const ListTotals totals = totals_of(report);
    if (totals.findings == 0) continue;
    all.findings += totals.findings;
    all.rows += totals.rows;
    all.innocent += totals.innocent;
    double largest = 0;
    for (const signals::Finding& finding : report.findings) {
      if (finding.listed && finding.e) largest = std::max(largest, *finding.e);
    }
    titles.push_back(report.title);
    answer.numbers.emplace_back(
        report.title, fmt::format("{} listed of {}{}", count(totals.findings), count(report.tested),
                                  largest > 0 ? fmt::format("; e-values up to {}", quantity(largest)) : ""));
  }
  if (reports.empty()) {
    answer.sentence = "No signal could run on what was given.";
    answer.sure = "Nothing was tested, so nothing is excluded.";
  } else if (titles.empty()) {
    answer.sentence = fmt::format("{} ran and none listed anything: chance explains what was seen.",
                                  counted(reports.size(), "signal"));
    answer.sure = "A pattern too small for these tests, or outside what was given, would not have been seen.";
  } else {
    answer.sentence = fmt::format(
        "{} of {} list what chance would not readily explain ({} in all); innocent "
        "explanations remain for every one and stand beside it.",
        count(static_cast<std::uint64_t>(titles.size())), counted(reports.size(), "signal"),
        counted(all.findings, "finding"));
    answer.sure = fmt::format(
        "Each list is cut so that the expected share of chance findings in it stays bounded however the "
        "tests "
        "depend on each other (e-BH). {}",
        innocence_sentence(all));
  }
  answer.change =
      "A document that confirms or excludes one of the innocent explanations named with each finding.";
  if (reports.empty())
    answer.change = "The rolls and columns that the signals need; a section below names them.";
  if (!reports.empty() && !facts.outcome.absent.empty()) {
    answer.change += fmt::format(" {} could not run for want of data.",
                                 counted(facts.outcome.absent.size(), "further signal"));
  }
  return answer;
}

}  // namespace scrutineer::report
