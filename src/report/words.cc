#include "report/words.h"

#include "base/text.h"

namespace scrutineer::report {

std::string_view words(signals::RegisterStatus status) {
  switch (status) {
    case signals::RegisterStatus::at_address:
      return "At the address given";
    case signals::RegisterStatus::elsewhere:
      return "Elsewhere on the register";
    case signals::RegisterStatus::not_found:
      return "Not found on the register";
    case signals::RegisterStatus::unclear:
      break;
  }
  return "Unclear";
}

std::string_view words(signals::Outcome outcome) {
  switch (outcome) {
    case signals::Outcome::verified:
      return "Verified";
    case signals::Outcome::denied:
      return "Denied membership";
    case signals::Outcome::not_known:
      return "Not known there";
    case signals::Outcome::moved:
      return "Moved away";
    case signals::Outcome::deceased:
      return "Deceased";
    case signals::Outcome::refused:
      return "Refused to answer";
    case signals::Outcome::no_contact:
      break;
  }
  return "No contact";
}

std::string_view words(impact::VerdictOutcome outcome) {
  switch (outcome) {
    case impact::VerdictOutcome::not_distinguishable_from_accident:
      return "Not distinguishable from accident";
    case impact::VerdictOutcome::individual_acts:
      return "More wrong entries than the base rate explains; no "
             "co-ordination found";
    case impact::VerdictOutcome::consistent_with_coordination:
      return "Pattern consistent with co-ordination";
    case impact::VerdictOutcome::cannot_conclude:
      break;
  }
  return "Cannot conclude";
}

std::string_view words(impact::ImpactOutcome outcome) {
  switch (outcome) {
    case impact::ImpactOutcome::could_not:
      return "Could not have changed the result";
    case impact::ImpactOutcome::could:
      return "Could have changed the result";
    case impact::ImpactOutcome::undecided:
      break;
  }
  return "Undecided";
}

std::string without_explanations(const signals::Finding& finding) {
  const std::string listed = "; innocent explanations not excluded: " + join(finding.innocent, ", ");
  const std::size_t at = finding.text.find(listed);
  if (finding.innocent.empty() || at == std::string::npos) return finding.text;
  std::string text = finding.text;
  return text.erase(at, listed.size());
}

std::string_view rule_in_words(std::string_view rule) {
  if (rule == "plurality") return "plurality (the most votes win)";
  if (rule == "sv") return "the supplementary vote";
  if (rule == "irv") return "the alternative vote (instant run-off)";
  if (rule == "stv") return "the single transferable vote";
  if (rule == "college") return "the electoral college";
  return rule;
}

std::string_view words(signals::Tier tier) {
  switch (tier) {
    case signals::Tier::exhibit:
      return "Tier A: exhibits";
    case signals::Tier::lead:
      return "Tier B: leads";
    case signals::Tier::context:
      return "Tier C: context";
    case signals::Tier::unused:
      break;
  }
  return "Tier X: computed and not used";
}

std::string_view meaning(signals::Tier tier) {
  switch (tier) {
    case signals::Tier::exhibit:
      return "Rows of a ledger or a statement that a panel can be shown. They show what was recorded, not "
             "why.";
    case signals::Tier::lead:
      return "A question worth asking. A lead is never a reason to remove anyone.";
    case signals::Tier::context:
      return "Background to the other findings, never about a person alone.";
    case signals::Tier::unused:
      break;
  }
  return "Computed only to show that it carries weight 0, because innocent causes or a group's naming "
         "customs would "
         "set it off.";
}

}  // namespace scrutineer::report
