// The verdict: accident, individual acts, or a pattern consistent with co-ordination; in the order below
// (reasons: doc/verdict.md), with thresholds that are fixed before outcomes are read. A count never decides;
// what decides is whether irregularities confirmed at the door hang together. It never says who: attribution
// to a person is for people.
//
//   1. no canvass, no random arm, or a response below plan             => cannot conclude
//   2. rule L3 (steps 1 to 5) and both kinds of exhibits               => consistent with co-ordination
//      rule L3 without the exhibits                                    => cannot conclude
//   3. rate e-value >= 20 at the upper strict base rate, js > 0.005    => individual acts
//   4. rate e-value < 20, js > 0.05, and enough doors to have seen it  => not distinguishable from accident
//   5. anything else                                                   => cannot conclude
//      with fewer than about 20 linked members: too few to tell, js is a lead
//
// What it costs and what it finds: doc/verdict.md, as bench/verdict_bench.cc and
// bench/null_calibration_bench.cc print it.
#ifndef SCRUTINEER_IMPACT_VERDICT_H_
#define SCRUTINEER_IMPACT_VERDICT_H_

#include <cstdint>
#include <string>

#include "impact/impact.h"
#include "signals/linkage_of_irregulars.h"

namespace scrutineer::impact {

struct VerdictSettings {
  signals::RuleL3 rule;  // the one the test was made with
  // Upper end of the share of *households* with a strict irregularity that accident gives: estimated from the
  // same kind of canvass elsewhere, under the same definition. The off-register base rate is another rate and
  // must not be put here. Everything about individual acts hangs on it (doc/verdict.md).
  double strict_base_rate = 0.04;
  std::string strict_base_rate_source = "assumed: no canvass of the same kind elsewhere is given";
  double rate_e = 20;             // individual acts: at least
  double individual_js = 0.005;   // individual acts: js above
  double accident_js = 0.05;      // not distinguishable: js above
  double planned_response = 0.5;  // share of visited members with an outcome: at least
  std::uint64_t linked_to_tell = 20;
  double multiple_to_see = 2.5;  // enough doors: that a rate of this many times the base rate would be seen
};

// E-value of the rate of strict households, against every base rate up to settings.strict_base_rate: valid if
// households are independent (stats::rate_e).
double rate_e_of(const signals::LinkageTest& test, const VerdictSettings& settings);

// The fewest households with an outcome among which a rate of settings.multiple_to_see times the base rate
// (at most 0.9) gives the rate e-value required. Fewer cannot tell accident from individual acts.
std::uint64_t households_to_tell(const VerdictSettings& settings);

// A condition as `because` gives it: what was found, what was required, whether it was met.
std::string in_words(const Condition& condition);

// Total; every condition is named with what was required and found, met or not, or not evaluated.
Verdict decide(const signals::LinkageTest& test, const VerdictSettings& settings = {});

}  // namespace scrutineer::impact

#endif  // SCRUTINEER_IMPACT_VERDICT_H_
