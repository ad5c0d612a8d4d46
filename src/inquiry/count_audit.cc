#include "inquiry/count_audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/text.h"
#include "canvass/alpha.h"
#include "canvass/bravo.h"
#include "canvass/kaplan.h"
#include "contest/assertions/raire.h"
#include "contest/profile.h"
#include "rolls/read_roll.h"

namespace scrutineer::inquiry {
namespace {

using Preferences = std::vector<contest::Candidate>;

Result<std::optional<Preferences>> preferences_of(std::string_view text,
                                                  const std::vector<std::string>& candidates,
                                                  const Place& where) {
  if (ascii_lower(trimmed(text)) == "not found") return std::nullopt;
  Preferences found;
  if (trimmed(text).empty()) return found;
  for (const std::string_view part : split(text, '>')) {
    const std::string_view name = trimmed(part);
    const auto place = std::find(candidates.begin(), candidates.end(), name);
    if (place == candidates.end()) {
      return refused(fmt::format("\"{}\" is none of the candidates", printable(name, 80)), where,
                     nearest(name, candidates));
    }
    found.push_back(static_cast<contest::Candidate>(place - candidates.begin()));
  }
  return found;
}

// Papers as counted: the first mention of a candidate counts.
Preferences read_as_counted(const Preferences& preferences) {
  Preferences kept;
  for (const contest::Candidate one : preferences)
    if (std::find(kept.begin(), kept.end(), one) == kept.end()) kept.push_back(one);
  return kept;
}

double p_of(const contest::Assertion& assertion, const CountAudit& audit,
            const std::vector<SampledPaper>& sample) {
  const double papers = static_cast<double>(audit.papers);
  const double mean_margin = static_cast<double>(assertion.margin) / papers;
  const double upper = audit.comparison ? 2 / (2 - mean_margin) : 1;
  canvass::Guess guess;
  if (audit.comparison) {
    // Nine tenths of the way to the highest bet: a record wrong by two votes costs a factor of ten, not the
    // audit.
    guess = {.first = .5 + .9 * (upper - .5), .weight = std::nullopt, .distance = {}};
  } else {
    guess = {.first = (1 + mean_margin) / 2, .weight = 100, .distance = {}};
  }
  canvass::Alpha alpha({.population = audit.papers, .total = papers / 2, .upper = upper}, guess);
  for (const SampledPaper& paper : sample) {
    const double seen = paper.seen ? contest::assort(assertion, *paper.seen) : 0;
    if (!audit.comparison) {
      alpha.see(seen);
      continue;
    }
    const double recorded = paper.recorded ? contest::assort(assertion, *paper.recorded) : 1;
    alpha.see((1 - (recorded - seen)) / (2 - mean_margin));
  }
  return alpha.p();
}

std::uint64_t expected_papers(const contest::Assertion& hardest, const contest::Profile& profile,
                              const CountAudit& audit) {
  const double papers = static_cast<double>(audit.papers);
  const double margin = static_cast<double>(hardest.margin);
  if (audit.comparison) return canvass::kaplan_markov_comparison_sample(margin / papers, {}, audit.risk);
  canvass::Pair reported;
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const double value = contest::assort(hardest, profile.preferences(kind));
    if (value > .5) reported.winner += static_cast<double>(profile.counts[kind]);
    if (value < .5) reported.loser += static_cast<double>(profile.counts[kind]);
  }
  return std::min(canvass::bravo_expected(reported, papers, audit.risk), audit.papers);
}

Result<std::vector<contest::Assertion>> assertions_of(const contest::Profile& profile, contest::Rule rule,
                                                      contest::Candidate winner) {
  if (rule == contest::Rule::irv) {
    SCRUTINEER_TRY(contest::RaireSet set, contest::raire(profile, winner));
    return std::move(set.assertions);
  }
  auto found = contest::plurality_assertions(profile, winner);
  for (const contest::Assertion& one : found)
    if (one.margin <= 0) return refused("the winner has no more first preferences than another candidate");
  return found;
}

}  // namespace

Result<std::vector<SampledPaper>> read_sample(const std::filesystem::path& file,
                                              const std::vector<std::string>& candidates) {
  rolls::RollSpec spec;
  spec.name = "sample";
  spec.kind = rolls::RollKind::canvass;
  spec.file = file;
  // What is seen stands in the column of outcomes, as of a visit.
  spec.columns = {{rolls::Column::id, {"paper"}}, {rolls::Column::outcome, {"seen"}}};
  SCRUTINEER_TRY(rolls::Roll roll, rolls::read_roll(spec));
  const auto& unused = roll.recognition.unused;
  const bool compared = std::find(unused.begin(), unused.end(), "recorded") != unused.end();
  if (compared) {
    spec.extra.emplace_back("recorded");
    SCRUTINEER_TRY(roll, rolls::read_roll(spec));
  }
  if (!roll.rejects.empty())
    return refused(roll.rejects.front().reason, {.file = file.string(), .line = roll.rejects.front().line});
  std::vector<SampledPaper> sample;
  std::set<std::string> papers;
  for (std::size_t row = 0; row < roll.rows(); ++row) {
    const Place where = {.file = file.string(), .line = roll.lines[row]};
    SampledPaper paper;
    paper.paper = roll.text(rolls::Column::id, row);
    if (!papers.insert(paper.paper).second)
      return refused(fmt::format("paper \"{}\" stands twice", printable(paper.paper, 60)), where);
    SCRUTINEER_TRY(paper.seen, preferences_of(roll.text(rolls::Column::outcome, row), candidates, where));
    if (compared) {
      SCRUTINEER_TRY(paper.recorded, preferences_of(roll.extra[0].second[row], candidates, where));
    }
    sample.push_back(std::move(paper));
  }
  return sample;
}

Result<CountAudit> audit_count(const contest::Ballots& ballots, contest::Rule rule,
                               const std::vector<SampledPaper>& sample, double risk) {
  if (rule != contest::Rule::irv && rule != contest::Rule::plurality)
    return wrong_usage("only plurality and irv counts can be audited by assertions",
                       "--rule plurality or irv");
  if (!(risk > 0 && risk < 1)) return wrong_usage("the risk limit is a probability", "0.05");
  if (ballots.seats > 1) return wrong_usage("only contests of one seat can be audited by assertions");
  if (ballots.weight_scale != 1) return refused("the papers have weights other than 1");
  SCRUTINEER_TRY(const contest::Count count, contest::count(ballots, rule));
  if (count.winners.size() != 1) return refused("the count has no single winner");
  contest::PaperRules papers;
  if (rule == contest::Rule::plurality) papers.max_ranks = 1;
  const contest::Profile profile = contest::read_papers(ballots, papers);
  const auto place = std::find(ballots.candidates.begin(), ballots.candidates.end(), count.winners.front());
  const auto winner = static_cast<contest::Candidate>(place - ballots.candidates.begin());
  SCRUTINEER_TRY(auto assertions, assertions_of(profile, rule, winner));
  if (assertions.empty()) return refused("there is only one candidate: nothing is to be audited");

  CountAudit audit;
  audit.rule = contest::to_string(rule);
  audit.winner = count.winners.front();
  audit.papers = static_cast<std::uint64_t>(profile.valid + profile.blank);
  audit.sampled = sample.size();
  audit.risk = risk;
  if (audit.sampled > audit.papers) return refused("more papers are sampled than were cast");
  std::vector<SampledPaper> read = sample;
  for (SampledPaper& paper : read) {
    audit.not_found += paper.seen ? 0U : 1U;
    audit.comparison = audit.comparison || paper.recorded;
    if (paper.seen) paper.seen = read_as_counted(*paper.seen);
    if (paper.recorded) paper.recorded = read_as_counted(*paper.recorded);
    if (paper.recorded && paper.seen && paper.seen != paper.recorded) ++audit.differ;
  }
  std::sort(assertions.begin(), assertions.end(),
            [](const auto& a, const auto& b) { return a.margin < b.margin; });
  audit.p = 0;
  for (const contest::Assertion& one : assertions) {
    audit.assertions.push_back({one, contest::words(one, ballots.candidates), static_cast<double>(one.margin),
                                p_of(one, audit, read)});
    audit.p = std::max(audit.p, audit.assertions.back().p);
  }
  audit.passed = audit.p <= risk;
  audit.expected = expected_papers(assertions.front(), profile, audit);
  return audit;
}

std::string to_text(const CountAudit& audit) {
  std::string text = fmt::format(
      "{} by {}: {} of {} papers looked at, {}.\n", printable(audit.winner, 200), audit.rule, audit.sampled,
      audit.papers,
      audit.comparison ? fmt::format("each compared with its record ({} not as recorded)", audit.differ)
                       : std::string("as a poll of papers"));
  if (audit.not_found > 0)
    text += fmt::format("{} papers were not found and count as the worst.\n", audit.not_found);
  text += fmt::format("{:>10}{:>10}  {}\n", "margin", "p", "what must be true for this winner");
  for (const AuditedAssertion& one : audit.assertions)
    text += fmt::format("{:>10.0f}{:>10.4f}  {}\n", one.margin, one.p, printable(one.words));
  if (audit.passed) {
    text += fmt::format("Passed at a risk limit of {:g} %: {} won on these papers.\n", 100 * audit.risk,
                        printable(audit.winner, 200));
  } else {
    text += fmt::format(
        "Not passed so far (p = {:.4f}, risk limit {:g}). About {} papers are expected if the count is "
        "right; more may be\n"
        "drawn at any time. That is no finding against the count.\n",
        audit.p, audit.risk, audit.expected);
  }
  return text;
}

namespace {

nlohmann::ordered_json json_of(const CountAudit& audit) {
  nlohmann::ordered_json json = {{"rule", audit.rule},
                                 {"winner", audit.winner},
                                 {"papers", audit.papers},
                                 {"sampled", audit.sampled},
                                 {"comparison", audit.comparison},
                                 {"risk", audit.risk},
                                 {"p", audit.p},
                                 {"passed", audit.passed},
                                 {"not_found", audit.not_found},
                                 {"differ", audit.differ},
                                 {"expected_papers", audit.expected}};
  json["assertions"] = nlohmann::ordered_json::array();
  for (const AuditedAssertion& one : audit.assertions)
    json["assertions"].push_back({{"words", one.words}, {"margin", one.margin}, {"p", one.p}});
  return json;
}

std::string printed(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string to_json(const CountAudit& audit) {
  return printed(json_of(audit));
}

std::string to_json(const CountAudit& count, const canvass::CanvassStatus& roll) {
  auto json = json_of(count);
  json["joint"] = {{"certified", roll.reached && count.passed},
                   {"roll_certified", roll.reached},
                   {"count_certified", count.passed},
                   {"risk", std::max(roll.draw.claim.risk, count.risk)},
                   {"entries", roll.draw.claim.entries},
                   {"margin", roll.draw.claim.margin},
                   {"statement", std::string(trimmed(joint_statement(roll, count)))}};
  return printed(json);
}

std::string joint_statement(const canvass::CanvassStatus& roll, const CountAudit& count) {
  const canvass::Claim& claim = roll.draw.claim;
  if (!roll.reached || !count.passed) {
    return fmt::format("Roll and count together: no joint statement yet ({} not certified).\n",
                       !roll.reached && !count.passed ? "both are"
                       : roll.reached                 ? "the count is"
                                                      : "the roll is");
  }
  return fmt::format(
      "Roll and count together: at a risk limit of {:g} %, neither a wrong count nor {} or more ineligible "
      "entries changed "
      "the result.\nThis does not speak of the two adding up (a count wrong by little and a roll wrong by "
      "little), of who "
      "voted under which entry,\nor of members who were wrongly kept from voting.\n",
      100 * std::max(claim.risk, count.risk), claim.margin);
}

}  // namespace scrutineer::inquiry
