// The test that signals 1 and 2 share: is a share of members higher than an honest RANGE of base rates
// explains?
//
// Null: each member has the property with probability at most the upper end of the range; members of one
// household may go wrong together in any way, households are independent of each other.
//
// Method: e is the mean over seeded draws of one member a household of stats::rate_e at the upper rate. Each
// draw is of independent trials, so each e is valid, and so is their mean under any dependence. p is twice
// the mean of the draws' exact binomial p (Rueschendorf 1982; Vovk & Wang, Biometrika 107, 2020: valid under
// any dependence). METHODS.md 0 and section 7 (1, 2); VERDICT.md section 4 for the form of e.
#ifndef SCRUTINEER_SIGNALS_RATE_AGAINST_RANGE_H_
#define SCRUTINEER_SIGNALS_RATE_AGAINST_RANGE_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "signals/evidence.h"
#include "signals/finding.h"

namespace scrutineer::signals {

struct RateTest {
  std::uint64_t observed = 0;
  std::uint64_t counted = 0;  // members in the denominator
  std::uint64_t households = 0;
  double p = 1;
  double e = 1;
};

// `members` are indices; `has` says which of them (parallel) have the property. `purpose` names the random
// stream.
RateTest test_rate(const Evidence& evidence, std::span<const std::uint32_t> members,
                   const std::vector<bool>& has, double upper_rate, const std::string& purpose);

// Adds to the report the finding about the whole roll and, where wards are given, one about each ward with at
// least 20 members: one family for e-BH. `has` is parallel to `members`. Wording is left to the caller.
void add_rate_findings(const Evidence& evidence, std::span<const std::uint32_t> members,
                       const std::vector<bool>& has, const BaseRate& rate, SignalReport& report);

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_RATE_AGAINST_RANGE_H_
