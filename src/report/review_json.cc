// review.json: what the review app shows of the whole inquiry, beside the tables of the case.
#include "report/review_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/answers.h"
#include "report/facts.h"
#include "report/html.h"

namespace scrutineer::report {
namespace {

using Json = nlohmann::ordered_json;

Json text(std::string_view anything) {
  return well_formed(anything);
}

Json texts(const std::vector<std::string>& many) {
  Json list = Json::array();
  for (const std::string& one : many) list.push_back(text(one));
  return list;
}

Json votes(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json answer_object(const Answer& answer) {
  Json numbers = Json::array();
  for (const auto& [label, value] : answer.numbers)
    numbers.push_back({{"label", text(label)}, {"value", text(value)}});
  return {{"question", text(answer.question)},
          {"sentence", text(answer.sentence)},
          {"numbers", numbers},
          {"sure", text(answer.sure)},
          {"change", text(answer.change)}};
}

Json answers(const inquiry::Outcome& outcome) {
  const Facts facts(outcome);
  Answer (*const questions[])(const Facts&) = {answer_on_register, answer_on_patterns, answer_on_verdict,
                                               answer_on_doors,    answer_on_result,   answer_on_exhibits};
  Json list = Json::array();
  for (const auto ask : questions) {
    list.push_back(answer_object(ask(facts)));
  }
  return list;
}

Json threshold(const std::optional<impact::Threshold>& least) {
  if (!least) return nullptr;
  return {{"low", least->low},
          {"high", least->high ? Json(*least->high) : Json(nullptr)},
          {"impossible", least->impossible}};
}

Json round_object(const contest::Round& round) {
  Json tally = Json::array();
  for (const auto& [name, count] : round.tally)
    tally.push_back({{"candidate", text(name)}, {"votes", votes(count)}});
  Json transfers = Json::array();
  for (const auto& [from, all] : round.transfers) {
    for (const auto& [to, count] : all)
      transfers.push_back({{"from", text(from)}, {"to", text(to)}, {"votes", votes(count)}});
  }
  return {{"round", round.number},
          {"tally", tally},
          {"elected", texts(round.elected)},
          {"eliminated", texts(round.eliminated)},
          {"exhausted", votes(round.exhausted)},
          {"transfers", transfers},
          {"threshold", round.threshold ? votes(*round.threshold) : Json(nullptr)},
          {"reason", text(round.reason)}};
}

Json numbers_object(const impact::ContestNumbers& numbers) {
  return {{"winner", text(numbers.winner)},
          {"deletion", threshold(numbers.deletion)},
          {"deletion_change", threshold(numbers.deletion_change)},
          {"addition", threshold(numbers.addition)},
          {"combined", threshold(numbers.combined)},
          {"witness", text(numbers.witness)},
          {"papers", numbers.papers},
          {"plurality", numbers.plurality}};
}

Json contest_object(const inquiry::Outcome& outcome, const ContestFigures& figures) {
  if (!outcome.contest) return nullptr;
  const inquiry::ContestSummary& contest = *outcome.contest;
  Json rounds = Json::array();
  for (const contest::Round& round : contest.count.rounds) rounds.push_back(round_object(round));
  Json ties = Json::array();
  for (const contest::Tie& tie : contest.count.ties) {
    ties.push_back({{"round", tie.round},
                    {"candidates", texts(tie.candidates)},
                    {"settled_by", text(tie.settled_by)},
                    {"chosen", text(tie.chosen)}});
  }
  Json curve = Json::array();
  for (const impact::CurvePoint& point : figures.curve)
    curve.push_back({{"from", point.questioned}, {"outcome", std::string(impact::to_string(point.outcome))}});
  return {{"rule", text(contest.count.rule)},
          {"winners", texts(contest.count.winners)},
          {"papers", votes(contest.papers)},
          {"valid", votes(contest.count.valid)},
          {"rounds", rounds},
          {"ties", ties},
          {"numbers", figures.numbers ? numbers_object(*figures.numbers) : Json(nullptr)},
          {"curve", curve},
          {"notes", texts(contest.notes)}};
}

Json calendar(const inquiry::Outcome& outcome) {
  Json days = Json::array();
  for (const inquiry::JoinDay& day : outcome.join_days) {
    days.push_back({{"day", day.day.iso()},
                    {"joins", day.joins},
                    {"expected", day.expected ? votes(*day.expected) : Json(nullptr)},
                    {"listed", day.listed}});
  }
  return days;
}

}  // namespace

std::string review_json(const inquiry::Outcome& outcome, const ContestFigures& figures) {
  Json snapshots = Json::array();
  for (const inquiry::SnapshotCounts& snapshot : outcome.snapshots)
    snapshots.push_back({{"as_of", snapshot.as_of.iso()}, {"roll", text(snapshot.roll)}});
  Json absent = Json::array();
  for (const signals::Absent& signal : outcome.absent)
    absent.push_back({{"signal", signal.signal}, {"key", text(signal.key)}, {"needs", text(signal.needs)}});
  const Json document = {{"answers", answers(outcome)},
                         {"calendar", calendar(outcome)},
                         {"contest", contest_object(outcome, figures)},
                         {"snapshots", snapshots},
                         {"not_run", absent},
                         {"impact",
                          {{"margin", outcome.impact.margin ? Json(*outcome.impact.margin) : Json(nullptr)},
                           {"questioned", outcome.impact.questioned}}}};
  return document.dump(1) + "\n";
}

}  // namespace scrutineer::report
