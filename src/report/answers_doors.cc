#include <fmt/format.h>

#include "report/answers.h"
#include "report/clean_visits.h"
#include "report/numbers.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

// How many wrong entries would matter: the least margin known.
std::optional<std::uint64_t> material(const Facts& facts) {
  const impact::Impact& impact = facts.outcome.impact;
  const auto margin = impact.margin ? impact.margin : impact.margin_low;
  if (!margin || *margin <= 0) return std::nullopt;
  return static_cast<std::uint64_t>(*margin);
}

std::string least_in_words(const Facts& facts) {
  const auto matters = material(facts);
  const auto least = matters ? least_clean_visits(facts.eligible, *matters) : std::nullopt;
  if (!least) return "cannot be said without a margin";
  return fmt::format("{} drawn at random, every one verified", counted(*least, "door"));
}

void answer_before_canvass(const Facts& facts, Answer& answer) {
  const auto matters = material(facts);
  const auto least = matters ? least_clean_visits(facts.eligible, *matters) : std::nullopt;
  if (least) {
    answer.sentence = fmt::format(
        "No door has been knocked on; at least {} of {}, drawn at random and every one verified, would be "
        "needed to "
        "be 95% sure that fewer than {} are wrong, which is the margin.",
        count(*least), counted(facts.eligible, "eligible member"), counted(*matters, "entry", "entries"));
  } else {
    answer.sentence =
        "No door has been knocked on, and without a margin nobody can say how many would have to be.";
  }
  answer.numbers = {{"Visits recorded", "0"}, {"Fewest doors that could certify", least_in_words(facts)}};
  answer.sure =
      "The number of doors is exact arithmetic on drawing without replacement. Every door that stays "
      "unverified "
      "raises it.";
  answer.change =
      "A canvass: doors drawn at random from the seed, and besides them the members in the lists below.";
}

}  // namespace

Answer answer_on_verdict(const Facts& facts) {
  const impact::Verdict& verdict = facts.outcome.verdict;
  Answer answer;
  answer.question = "Do the irregularities that were confirmed hang together?";
  answer.more = "verdict";
  answer.sentence =
      verdict.sentence.empty() ? as_sentence(std::string(words(verdict.outcome))) : verdict.sentence;
  std::size_t met = 0;
  std::size_t not_met = 0;
  for (const impact::Condition& condition : verdict.conditions) {
    if (condition.met) ++(*condition.met ? met : not_met);
  }
  const std::size_t open = verdict.conditions.size() - met - not_met;
  answer.numbers = {{"Outcome of the rule", std::string(words(verdict.outcome))}};
  if (!verdict.conditions.empty()) {
    answer.numbers.emplace_back("Conditions met", fmt::format("{} of {}", met, verdict.conditions.size()));
    answer.numbers.emplace_back("Could not be evaluated", count(static_cast<std::uint64_t>(open)));
  }
  // The conditions stand in full under the verdict; here only what was in the way.
  answer.sure = "The rule and its thresholds are the program's: no setting of an inquiry moves them.";
  const inquiry::Chronology& order = facts.outcome.chronology;
  if (!order.sentence.empty()) {
    answer.sure += order.before_outcomes
                       ? " The settings were fixed before outcomes were read."
                       : " That the settings were fixed before outcomes were read is not shown.";
  }
  if (not_met == 0 && open == 0 && met > 0)
    answer.sure += " All its conditions are met; the table below gives each.";
  std::string in_the_way;
  for (const impact::Condition& condition : verdict.conditions) {
    if (!condition.met || *condition.met) continue;
    in_the_way += in_the_way.empty() ? " Not met: " : "; ";
    in_the_way += fmt::format("{} (found {})", condition.name, condition.found);
  }
  if (!in_the_way.empty()) answer.sure += in_the_way + ". The table below says what each requires.";
  answer.sure += " Whether any person did anything is not for numbers to say.";
  answer.change =
      verdict.would_need.empty()
          ? "Nothing further is needed for the rule; new outcomes or exhibits would be put through it again."
          : as_sentences(verdict.would_need);
  return answer;
}

namespace {

// Doors drawn by a public seed and visits recorded: the certificate, the sentence it licenses and the one it
// does not.
void answer_by_certificate(const canvass::CanvassStatus& doors, Answer& answer) {
  const canvass::Claim& claim = doors.draw.claim;
  const std::string fewer = fmt::format("fewer than {} of the {} are ineligible", count(claim.margin),
                                        counted(claim.entries, "eligible entry", "eligible entries"));
  if (doors.reached) {
    answer.sentence = fmt::format("Certified at a risk limit of {}, at door {}: {}.", percent(claim.risk),
                                  count(*doors.reached_at), fewer);
  } else if (doors.out_of_reach) {
    answer.sentence = fmt::format(
        "Cannot be concluded from the doors so far that {}: as many are unverified as the margin, and only "
        "calls that "
        "verify some of them can change that.",
        fewer);
  } else {
    answer.sentence = fmt::format("Not certified so far that {}; {} more, every one verified, would do it.",
                                  fewer, counted(doors.clean_needed.value_or(0), "door"));
  }
  answer.numbers = {
      {"Doors drawn", fmt::format("{}, by the {} design, from a public seed", count(doors.draw.doors),
                                  canvass::to_string(doors.draw.design))},
      {"Doors counted", count(doors.doors)},
      {"Ineligible entries, whatever day it stops",
       doors.bounds_contradicted ? std::string("no number fits the doors in the order drawn")
                                 : fmt::format("between {} and {}, {} sure", count(doors.least),
                                               count(doors.most), percent(1 - claim.risk))}};
  for (std::size_t i = 0; i < canvass::answer_count; ++i) {
    answer.numbers.emplace_back(as_sentence(std::string(canvass::to_string(static_cast<canvass::Answer>(i)))),
                                count(doors.answers[i]));
  }
  answer.numbers.emplace_back("Contradicted (one visit against another)", count(doors.contradicted));
  answer.numbers.emplace_back("No visit yet", count(doors.waiting));
  answer.numbers.emplace_back("Second visits", fmt::format("{} made, {} say the same", count(doors.revisited),
                                                           count(doors.revisits_agree)));
  answer.sure =
      "A canvass like this ends in a wrong certificate at most as often as the risk limit says, however "
      "often one "
      "looks. Every door that was not verified counts against it, silence included.";
  answer.change =
      "It does not say that an entry counted against it is ineligible, that the count was right, or why an "
      "entry is "
      "wrong; and no certificate does not mean that as many entries as the margin are ineligible. More doors "
      "of the same "
      "draw and further calls at silent ones can change it.";
}

}  // namespace

Answer answer_on_doors(const Facts& facts) {
  Answer answer;
  answer.question = "How many doors must be knocked on, which, and what do the answers certify so far?";
  answer.more = "pictures";
  if (facts.outcome.doors) {
    answer_by_certificate(*facts.outcome.doors, answer);
    return answer;
  }
  if (facts.visits == 0) {
    answer_before_canvass(facts, answer);
    return answer;
  }
  const std::uint64_t verified = facts.visited(signals::Outcome::verified);
  const std::uint64_t contrary =
      facts.visited(signals::Outcome::denied) + facts.visited(signals::Outcome::not_known);
  const std::uint64_t silent =
      facts.visited(signals::Outcome::refused) + facts.visited(signals::Outcome::no_contact);
  answer.sentence = fmt::format("Of {}, {} ({}) verified the member, {} did not, and {} gave no answer.",
                                counted(facts.visits, "visit"), count(verified),
                                percent(static_cast<double>(verified) / static_cast<double>(facts.visits)),
                                count(facts.visits - verified - silent), count(silent));
  answer.numbers = {
      {"Verified, if the doors were drawn at random",
       fmt::format("{}, 95% interval {}",
                   percent(static_cast<double>(verified) / static_cast<double>(facts.visits)),
                   interval(wilson(verified, facts.visits)))},
      {"Denied or not known", fmt::format("{}, 95% interval {}", share_of(contrary, facts.visits),
                                          interval(wilson(contrary, facts.visits)))},
      {"No answer (no contact, refused)", share_of(silent, facts.visits)},
      {"Fewest doors that could certify", least_in_words(facts)}};
  answer.sure =
      "The intervals hold for doors drawn at random; doors chosen because of a finding say nothing about the "
      "rest of "
      "the list. No answer is not an answer: it widens what is not known and counts against nobody.";
  answer.change = "More doors from the same random order, and calling again where nobody answered.";
  return answer;
}

}  // namespace scrutineer::report
