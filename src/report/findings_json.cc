// findings.json: DESIGN.md, "Outputs that programs read".
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/facts.h"
#include "report/html.h"
#include "report/report.h"

namespace scrutineer::report {
namespace {

using Json = nlohmann::ordered_json;  // keys stay in the order in which they are written

Json text(std::string_view anything) {
  return well_formed(anything);
}

Json texts(const std::vector<std::string>& many) {
  Json list = Json::array();
  for (const std::string& one : many) list.push_back(text(one));
  return list;
}

Json number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

template <typename Whole>
Json whole(const std::optional<Whole>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json day(const std::optional<Date>& value) {
  return value ? Json(value->iso()) : Json(nullptr);
}

Json base_rate(const std::optional<signals::BaseRate>& rate) {
  if (!rate) return nullptr;
  return {{"low", number(rate->low)}, {"high", number(rate->high)}, {"note", text(rate->note)}};
}

Json signal_totals(const std::vector<signals::SignalReport>& reports) {
  Json list = Json::array();
  for (const signals::SignalReport& report : reports) {
    const ListTotals totals = totals_of(report);
    list.push_back({{"signal", report.signal},
                    {"key", text(report.key)},
                    {"title", text(report.title)},
                    {"tier", std::string(1, static_cast<char>(report.tier))},
                    {"tested", report.tested},
                    {"listed", report.listed},
                    {"rows", totals.rows},
                    {"expected_innocent", number(totals.innocent)}});
  }
  return list;
}

Json inquiry_object(const inquiry::Outcome& outcome) {
  Json not_run = Json::array();
  for (const signals::Absent& absent : outcome.absent) {
    not_run.push_back({{"signal", absent.signal}, {"key", text(absent.key)}, {"needs", text(absent.needs)}});
  }
  return {{"title", text(outcome.title)},
          {"freeze_date", day(outcome.freeze_date)},
          {"min_membership_days", whole(outcome.min_membership_days)},
          {"seed", outcome.seed},
          {"off_register", base_rate(outcome.off_register)},
          {"file", text(outcome.inquiry_file)},
          {"sha256", text(outcome.inquiry_sha256)},
          {"program_version", text(outcome.program_version)},
          {"signals", signal_totals(outcome.signals)},
          {"not_run", not_run},
          {"notes", texts(outcome.notes)}};
}

Json roll_object(const inquiry::RollSummary& roll) {
  return {{"name", text(roll.name)},           {"kind", std::string(rolls::to_string(roll.kind))},
          {"as_of", day(roll.as_of)},          {"rows", roll.account.rows},
          {"rejected", roll.account.rejected}, {"sha256", text(roll.account.sha256)}};
}

Json finding_object(const signals::Finding& finding) {
  Json exhibits = Json::array();
  for (const signals::Exhibit& exhibit : finding.exhibits) {
    exhibits.push_back({{"roll", text(exhibit.roll)}, {"line", exhibit.line}});
  }
  return {{"id", text(finding.id)},
          {"signal", finding.signal},
          {"tier", std::string(1, static_cast<char>(finding.tier))},
          {"subject", {{"kind", text(finding.subject.kind)}, {"key", text(finding.subject.key)}}},
          {"members", texts(finding.members)},
          {"observed", number(finding.observed)},
          {"expected", number(finding.expected)},
          {"p", number(finding.p)},
          {"e", number(finding.e)},
          {"listed", finding.listed},
          {"level", finding.level},
          {"text", text(finding.text)},
          {"innocent", texts(finding.innocent)},
          {"exhibits", exhibits}};
}

// Who won, and which figures of the contest cannot all be right.
Json contest_object(const inquiry::ContestSummary& contest) {
  Json contradictions = Json::array();
  for (const contest::Contradiction& found : contest.count.contradictions) {
    contradictions.push_back({{"check", text(found.check)},
                              {"text", text(found.text)},
                              {"stated", number(found.stated)},
                              {"found", number(found.found)}});
  }
  return {{"rule", text(contest.count.rule)},
          {"winners", texts(contest.count.winners)},
          {"papers", number(contest.papers)},
          {"valid", number(contest.count.valid)},
          {"contradictions", contradictions}};
}

Json impact_object(const impact::Impact& impact) {
  const auto spelt = [](impact::ImpactOutcome outcome) { return std::string(impact::to_string(outcome)); };
  Json curve = Json::array();
  for (const impact::CurvePoint& point : impact.curve)
    curve.push_back({{"from", point.questioned}, {"outcome", spelt(point.outcome)}});
  Json tiers = Json::array();
  for (const impact::TierOutcome& tier : impact.tiers)
    tiers.push_back({{"tier", text(tier.tier)},
                     {"entries", tier.entries},
                     {"outcome", spelt(tier.outcome)},
                     {"by_ward", tier.by_ward}});
  Json scenarios = Json::array();
  for (const impact::ScenarioOutcome& scenario : impact.scenarios)
    scenarios.push_back({{"name", text(scenario.name)},
                         {"assumption", text(scenario.assumption)},
                         {"winner", text(scenario.winner)},
                         {"same_winner", scenario.same_winner},
                         {"lead", number(scenario.lead)}});
  Json polls = Json::array();
  for (const impact::PollReading& poll : impact.polls)
    polls.push_back({{"name", text(poll.name)},
                     {"date", text(poll.date)},
                     {"leader", text(poll.leader)},
                     {"second", text(poll.second)},
                     {"lead", number(poll.lead)},
                     {"lead_low", number(poll.lead_low)},
                     {"lead_high", number(poll.lead_high)},
                     {"above_party", number(poll.above_party)},
                     {"swing", number(poll.swing)}});
  Json at_random = nullptr;
  if (impact.at_random)
    at_random = {{"removed", impact.at_random->removed},
                 {"low", number(impact.at_random->low)},
                 {"high", number(impact.at_random->high)}};
  return {{"outcome", spelt(impact.outcome)},
          {"sentence", text(impact.sentence)},
          {"margin", whole(impact.margin)},
          {"margin_low", whole(impact.margin_low)},
          {"margin_high", whole(impact.margin_high)},
          {"questioned", impact.questioned},
          {"wrongly_barred", impact.wrongly_barred},
          {"tiers", tiers},
          {"curve", curve},
          {"because", texts(impact.because)},
          {"at_random", at_random},
          {"break_even_share", number(impact.break_even_share)},
          {"turnout_needed", number(impact.turnout_needed)},
          {"turnout", number(impact.turnout)},
          {"assumptions", texts(impact.assumptions)},
          {"scenarios", scenarios},
          {"polls", polls}};
}

}  // namespace

std::string findings_json(const inquiry::Outcome& outcome) {
  Json rolls = Json::array();
  for (const inquiry::RollSummary& roll : outcome.rolls) rolls.push_back(roll_object(roll));
  Json findings = Json::array();
  for (const signals::SignalReport& report : outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      if (finding.tier != signals::Tier::unused) findings.push_back(finding_object(finding));
    }
  }
  Json document = {{"inquiry", inquiry_object(outcome)},
                   {"rolls", rolls},
                   {"findings", findings},
                   {"verdict",
                    {{"outcome", std::string(impact::to_string(outcome.verdict.outcome))},
                     {"because", texts(outcome.verdict.because)}}},
                   {"impact", impact_object(outcome.impact)}};
  if (outcome.contest) document["contest"] = contest_object(*outcome.contest);
  return document.dump(2) + "\n";
}

}  // namespace scrutineer::report
