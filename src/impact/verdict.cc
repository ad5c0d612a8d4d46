#include "impact/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "signals/wording.h"
#include "stats/evalues.h"

namespace scrutineer::impact {
namespace {

using signals::LinkageTest;
using signals::wording::number;

constexpr double placebo_speaks = 0.005;  // in under 1 % of clean branches (doc/verdict.md)
constexpr double uneven_recording = 0.01;

void condition(Verdict& verdict, std::string name, std::string required, std::string found,
               std::optional<bool> met) {
  verdict.conditions.push_back({std::move(name), std::move(required), std::move(found), met});
}

std::string at_most(double value) {
  return fmt::format("at most {:.4g}", value);
}
std::string p_found(double value) {
  return fmt::format("{:.4g}", value);
}

void conditions_of_canvass(const LinkageTest& test, const VerdictSettings& settings, Verdict& verdict) {
  condition(verdict, "canvass", "outcomes of visits to members drawn at random, or to all",
            test.visits == 0 ? "no canvass"
            : test.arm == signals::Arm::unknown
                ? fmt::format("{} visits, none marked as of the random arm", test.visits)
            : test.arm == signals::Arm::everyone ? fmt::format("{} visits, nearly everyone", test.visited)
                                                 : fmt::format("{} visits on the random arm", test.visited),
            test.arm != signals::Arm::unknown);
  std::optional<bool> response_met;
  if (test.visited > 0) response_met = test.response() >= settings.planned_response;
  condition(verdict, "response",
            fmt::format("at least {:.0f} % of visits with an outcome", 100 * settings.planned_response),
            test.visited > 0
                ? fmt::format("{:.0f} % ({} of {})", 100 * test.response(), test.known, test.visited)
                : "not known",
            response_met);
}

// Which deletion did worst, in words.
std::string worst_deletion(const LinkageTest& test) {
  const signals::Deletion* worst = nullptr;
  for (const signals::Deletion& deletion : test.deletions) {
    if (deletion.decides() && (!worst || deletion.js > worst->js)) worst = &deletion;
  }
  if (!worst) return "no single one contributes";
  return fmt::format("{:.4g} without {}", worst->js, worst->in_words());
}

void conditions_of_rule(const LinkageTest& test, const VerdictSettings& settings, Verdict& verdict) {
  const signals::RuleL3& rule = settings.rule;
  const bool evaluated = test.known > 0;
  const auto met = [evaluated](bool value) { return evaluated ? std::optional(value) : std::nullopt; };
  const bool closer = test.sensitivity.permutations > 0;
  const auto met_closer = [closer](bool value) { return closer ? std::optional(value) : std::nullopt; };
  const std::string unseen = evaluated ? "not evaluated, the joint p being large" : "not evaluated";
  condition(verdict, "joint permutation p (js)", at_most(rule.joint),
            evaluated ? p_found(test.joint.js) : unseen, met(test.joint_met));
  condition(verdict, "single links that speak alone",
            fmt::format("{} of 4 with p at most {:.4g}", rule.links, rule.link),
            evaluated ? std::to_string(test.links_met) : unseen, met(test.links_are_met));
  condition(verdict, "without any one household, join day, phone or visitor", "js " + at_most(rule.deletion),
            closer ? worst_deletion(test) : unseen, met_closer(test.deletions_met));
  condition(verdict,
            fmt::format("if the most linked groups went wrong at up to {:.1f} times the odds of others",
                        closer ? test.gamma : rule.least_gamma),
            "js " + at_most(rule.sensitivity), closer ? p_found(test.sensitivity.js) : unseen,
            met_closer(test.sensitivity_met));
  condition(verdict, "if the people of each recruiter may go wrong at a rate of their own",
            fmt::format("js {}, or more than half of one recruiter's households irregular (p {})",
                        at_most(rule.within), at_most(rule.majority)),
            test.within_recruiter
                ? fmt::format("js {}; {:.1f} of {} {}, p {}", p_found(test.within_recruiter->js),
                              test.top_recruiter.irregular, test.top_recruiter.households,
                              test.top_recruiter.households == 1 ? "household" : "households",
                              p_found(test.top_recruiter.p))
                : unseen,
            met_closer(test.own_rates_met));
  condition(verdict, "payment record among the linked",
            fmt::format("one account for {} households, {} of its members confirmed irregular",
                        rule.account_households, rule.account_strict),
            evaluated ? fmt::format("{} such {}", test.accounts.size(),
                                    test.accounts.size() == 1 ? "account" : "accounts")
                      : unseen,
            met(test.payment_exhibit));
  std::size_t denials = 0;
  for (const signals::AccountExhibit& account : test.accounts)
    denials = std::max(denials, account.denied.size());
  condition(verdict, "statements of denial by members whom such an account paid for",
            fmt::format("{}, of different households", rule.denials),
            evaluated ? std::to_string(denials) : unseen, met(test.denial_exhibit));
}

void conditions_of_rate(const LinkageTest& test, const VerdictSettings& settings, double e,
                        Verdict& verdict) {
  const std::uint64_t enough = households_to_tell(settings);
  const bool known = test.known > 0;
  condition(
      verdict,
      fmt::format("rate e-value against a strict base rate of {:.3g} % of households ({})",
                  100 * settings.strict_base_rate, settings.strict_base_rate_source),
      fmt::format("at least {:.4g} for individual acts", settings.rate_e),
      known ? fmt::format(
                  "{} ({} of {} households, {:.1f} %)", number(e), test.strict_households, test.households,
                  100 * static_cast<double>(test.strict_households) / static_cast<double>(test.households))
            : "not evaluated",
      known ? std::optional(e >= settings.rate_e) : std::nullopt);
  condition(verdict, "households with an outcome, to have seen individual acts",
            fmt::format("at least {}", enough), std::to_string(test.households), test.households >= enough);
}

// What the tests beside the rule say.
void remarks(const LinkageTest& test, Verdict& verdict) {
  if (test.placebo && test.placebo->js <= placebo_speaks) {
    verdict.because.push_back(
        fmt::format("The same test on members who moved rejects too (js = {:.4g}): linked groups "
                    "here move house more than others.",
                    test.placebo->js));
  }
  if (test.absent_only) {
    verdict.because.push_back(fmt::format(
        "Among those not verified alone, strict against moved: js = {:.4g}.", test.absent_only->js));
  }
  if (test.outcome_recorded && test.outcome_recorded->js <= uneven_recording) {
    verdict.because.push_back(
        fmt::format("Whether a visit gave an outcome follows the links (js = {:.4g}): visits were "
                    "uneven, and p values above assume that they were not.",
                    test.outcome_recorded->js));
  }
  for (const signals::Deletion& deletion : test.deletions) {
    if (deletion.decides()) continue;
    verdict.because.push_back(
        fmt::format("Without the {} that contributes most, js = {:.4g}: the pattern has {}.", deletion.kind,
                    deletion.js, deletion.js <= 0.01 ? "several sources" : "a single source of this kind"));
  }
}

void because_of_conditions(Verdict& verdict) {
  for (const Condition& one : verdict.conditions) {
    if (one.met) verdict.because.push_back(in_words(one));
  }
}

void needs_of_canvass(const LinkageTest& test, const VerdictSettings& settings, Verdict& verdict) {
  const std::uint64_t households = households_to_tell(settings);
  const auto doors =
      static_cast<std::uint64_t>(std::ceil(static_cast<double>(households) / settings.planned_response));
  verdict.would_need.push_back(
      fmt::format("Visits to doors drawn at random: {} households with an outcome, about {} doors at a "
                  "response of {:.0f} %, to tell "
                  "accident from individual acts.",
                  households, doors, 100 * settings.planned_response));
  verdict.would_need.push_back(fmt::format(
      "To tell co-ordination: outcomes for about {:.0f} of the {} members (70 %), which finds 40 who act "
      "together in 97 %, "
      "and 20 in 70 %, of simulated branches of 1,200 with 5 % of scattered errors.",
      0.7 * static_cast<double>(test.members), test.members));
  verdict.would_need.emplace_back(
      "Visitors who do not know recruiter, payer or finding of whom they visit, and who log every attempt.");
}

void needs_of_documents(const LinkageTest& test, Verdict& verdict) {
  if (!test.payment_exhibit) {
    verdict.would_need.emplace_back("Payment records: which account paid for each of the linked members.");
  }
  if (!test.denial_exhibit) {
    verdict.would_need.emplace_back(
        "Statements, of two households or more, by people who say that they did not join.");
  }
}

bool one_visitor_alone(const LinkageTest& test) {
  return std::any_of(test.deletions.begin(), test.deletions.end(), [&](const signals::Deletion& deletion) {
    return deletion.kind == "visitor" && deletion.members == test.known;
  });
}

void needs_of_more_visits(const LinkageTest& test, const VerdictSettings& settings, Verdict& verdict) {
  const std::uint64_t households = households_to_tell(settings);
  if (test.households < households) {
    verdict.would_need.push_back(
        fmt::format("Outcomes for {} more households, drawn at random.", households - test.households));
  } else if (test.known < test.members) {
    verdict.would_need.push_back(
        fmt::format("Outcomes for more of the {} members whose doors have not been visited or "
                    "were not opened.",
                    test.members - test.known));
  }
  if (one_visitor_alone(test)) {
    verdict.would_need.emplace_back(
        "Repeat visits by a second visitor: one visitor alone recorded every outcome.");
  }
}

void cannot(Verdict& verdict, std::string why) {
  verdict.outcome = VerdictOutcome::cannot_conclude;
  verdict.sentence = "Cannot conclude: " + std::move(why) + ".";
}

// Steps 2 to 5 of the order, for a canvass as planned.
void decide_by_numbers(const LinkageTest& test, const VerdictSettings& settings, double e, Verdict& verdict) {
  const double js = test.joint.js;
  const bool rate = e >= settings.rate_e;
  if (test.statistics_met() && test.exhibits_met()) {
    verdict.outcome = VerdictOutcome::consistent_with_coordination;
    verdict.sentence = signals::wording::consistent_with_coordination(signals::alternatives_tested());
  } else if (test.statistics_met()) {
    cannot(
        verdict,
        "the confirmed irregularities hang together more than chance and mobility explain, but documents of "
        "two kinds that would show it are not there");
    needs_of_documents(test, verdict);
  } else if (rate && js > settings.individual_js) {
    verdict.outcome = VerdictOutcome::individual_acts;
    verdict.sentence = fmt::format(
        "Individual acts: more wrong entries than the base rate explains; no co-ordination "
        "found (a plan of fewer than about {} members would not have been).",
        settings.linked_to_tell);
  } else if (!rate && js > settings.accident_js && test.households >= households_to_tell(settings)) {
    verdict.outcome = VerdictOutcome::not_distinguishable_from_accident;
    verdict.sentence =
        "Not distinguishable from accident: wrong entries are no more than the base rate explains, and do "
        "not hang together more than chance gives.";
  } else if (!rate && js > settings.accident_js) {
    cannot(verdict, "too few doors have an outcome");
    needs_of_more_visits(test, settings, verdict);
  } else if (test.linked.size() < settings.linked_to_tell) {
    cannot(
        verdict,
        fmt::format("too few to tell; {} linked members were confirmed irregular, and a joint p of {:.4g} is "
                    "a lead, no more",
                    test.linked.size(), js));
    needs_of_more_visits(test, settings, verdict);
  } else {
    cannot(verdict,
           fmt::format(
               "the confirmed irregularities hang together somewhat (joint p {:.4g}), less than the rule "
               "asks for",
               js));
    needs_of_more_visits(test, settings, verdict);
  }
}

}  // namespace

std::string in_words(const Condition& condition) {
  return fmt::format("{}: {} ({} required), {}.", condition.name, condition.found, condition.required,
                     !condition.met   ? "not evaluated"
                     : *condition.met ? "met"
                                      : "not met");
}

double rate_e_of(const LinkageTest& test, const VerdictSettings& settings) {
  return stats::rate_e(test.strict_households, test.households, settings.strict_base_rate);
}

std::uint64_t households_to_tell(const VerdictSettings& settings) {
  constexpr std::uint64_t no_end = 1000000;
  const double rate = std::min(0.9, settings.multiple_to_see * settings.strict_base_rate);
  for (std::uint64_t households = 1; households < no_end; ++households) {
    const auto strict = static_cast<std::uint64_t>(std::floor(rate * static_cast<double>(households)));
    if (stats::rate_e(strict, households, settings.strict_base_rate) >= settings.rate_e) return households;
  }
  return no_end;
}

Verdict decide(const LinkageTest& test, const VerdictSettings& settings) {
  Verdict verdict;
  const double e = rate_e_of(test, settings);
  conditions_of_canvass(test, settings, verdict);
  conditions_of_rule(test, settings, verdict);
  conditions_of_rate(test, settings, e, verdict);
  if (test.visits == 0) {
    cannot(verdict,
           "a count of irregularities can never tell accident from co-ordination, and nobody was visited");
    needs_of_canvass(test, settings, verdict);
  } else if (test.arm == signals::Arm::unknown) {
    cannot(verdict,
           "what chose whom to visit is not recorded, and links that chose whom to visit cannot testify");
    needs_of_canvass(test, settings, verdict);
  } else if (test.known == 0 || test.response() < settings.planned_response) {
    cannot(verdict, "too few of the doors visited gave an outcome");
    const auto planned =
        static_cast<std::uint64_t>(std::ceil(settings.planned_response * static_cast<double>(test.visited)));
    verdict.would_need.push_back(
        fmt::format("Outcomes at {} more of the {} doors visited: further calls at other times, "
                    "letter, telephone.",
                    planned - std::min(planned, test.known), test.visited));
    needs_of_canvass(test, settings, verdict);
  } else {
    decide_by_numbers(test, settings, e, verdict);
  }
  because_of_conditions(verdict);
  remarks(test, verdict);
  verdict.because.emplace_back("Whether any person did this is not for numbers to say.");
  return verdict;
}

}  // namespace scrutineer::impact
