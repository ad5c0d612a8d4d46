// The wording ladder of METHODS.md 6.4: the only source of sentences that a signal writes about people. A
// signal fills in numbers and the names of models; it never writes a sentence of its own. Rungs:
//   0 "No signal."   1 "Record needs updating."   2 "Unusual under model Z: expected E, observed O, e = ...;
//   innocent explanations not excluded: ..."   3 "Not verified after k attempts."   4 "The person named at
//   this address told two interviewers on <date> that ..."   5 "Pattern consistent with co-ordination;
//   alternatives tested: ..."
#ifndef SCRUTINEER_SIGNALS_WORDING_H_
#define SCRUTINEER_SIGNALS_WORDING_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"

namespace scrutineer::signals::wording {

// What was seen against what a model expects. `expected_low` where the model is a range of rates; `e` where
// the model gives one.
struct Comparison {
  std::string model;    // "the households that the other payers of this roll pay for"
  std::string counted;  // what the numbers count: "households"; may be empty
  double observed = 0;
  std::optional<double> expected;
  std::optional<double> expected_low;
  std::optional<double> e;
};

// Rung 0, with the numbers: "No signal under Z: expected E, observed O." Where e is 20 or more, which one
// test alone would seldom reach, it says that so many were tested alike: "No signal among all that were
// tested alike, though e = 77 would be unusual of one alone: under Z expected E, observed O."
std::string no_signal(const Comparison& comparison);
// Rung 0 for what is shown as background alone. `described` is a count with its denominator, no judgement:
// "No signal. Context only: 90 of 800 recorded recruits came through one recruiter; ..."
std::string context_only(std::string_view described);
// Rung 1: the strongest that one member's register status alone can be given.
std::string record_needs_updating();
// Rung 2. `innocent` must not be empty: there is always an explanation that was not excluded.
std::string unusual(const Comparison& comparison, std::span<const std::string> innocent);
// Rung 3.
std::string not_verified(int attempts);
// Rung 4. `interviewers`: "two interviewers" is for two or more of them, one is said to be one. `said` ends
// the sentence: "they are not a member".
std::string told_at_address(int interviewers, std::optional<Date> on, std::string_view said);
// Rung 5.
std::string consistent_with_coordination(std::span<const std::string> alternatives_tested);

// Fixed sentences that a rung may be followed by.
std::string count_alone_cannot_tell();  // accident, individual acts or co-ordination
std::string record_to_check(
    std::string_view what);  // "Record to check: ...": a row that a person must read first

// A number as it stands in these sentences: three significant figures, whole numbers whole, "over 1,000,000".
std::string number(double value);

// The first forbidden token in a text (METHODS.md 6.4), or nothing. Tests scan every produced text with it.
std::optional<std::string> forbidden_token(std::string_view text);

}  // namespace scrutineer::signals::wording

#endif  // SCRUTINEER_SIGNALS_WORDING_H_
