// Plain words for the codes of other rooms.
#ifndef SCRUTINEER_REPORT_WORDS_H_
#define SCRUTINEER_REPORT_WORDS_H_

#include <array>
#include <string>
#include <string_view>

#include "impact/impact.h"
#include "signals/evidence.h"
#include "signals/finding.h"

namespace scrutineer::report {

inline constexpr std::array<signals::RegisterStatus, 4> all_statuses = {
    signals::RegisterStatus::at_address, signals::RegisterStatus::elsewhere,
    signals::RegisterStatus::not_found, signals::RegisterStatus::unclear};

inline constexpr std::array<signals::Outcome, 7> all_outcomes = {
    signals::Outcome::verified,  signals::Outcome::denied,   signals::Outcome::not_known,
    signals::Outcome::moved,     signals::Outcome::deceased, signals::Outcome::refused,
    signals::Outcome::no_contact};

std::string_view words(signals::RegisterStatus status);  // "At the address given"
std::string_view words(signals::Outcome outcome);        // "Not known there"
std::string_view words(impact::VerdictOutcome outcome);  // "Cannot conclude"
std::string_view words(impact::ImpactOutcome outcome);   // "Could not have changed the result"
// A finding's sentence without the innocent explanations that it names, for pages that list them below it.
std::string without_explanations(const signals::Finding& finding);
// "the alternative vote (instant run-off)" for "irv"; a rule not known here as it is.
std::string_view rule_in_words(std::string_view rule);
std::string_view words(signals::Tier tier);    // "Tier A: exhibits"
std::string_view meaning(signals::Tier tier);  // one sentence

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_WORDS_H_
