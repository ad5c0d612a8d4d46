// A small generator of branches with known truth for the tests of the signals: the honest branch of
// VERDICT.md section 0 (families, shared houses, treasurers who pay for a few households, stalls, a freeze
// week, one lawful recruiter of 90 on five stall days, joins elsewhere that rise and fall together with the
// local ones), and what can be planted in it.
#ifndef SCRUTINEER_TESTS_SIGNALS_BRANCH_H_
#define SCRUTINEER_TESTS_SIGNALS_BRANCH_H_

#include <cstdint>

#include "signals/evidence.h"

namespace scrutineer::tests {

struct BranchPlan {
  std::uint64_t seed = 1;
  std::uint32_t members = 1200;
  double off_register = 0.12;  // of members
  bool joins_elsewhere = true;
  bool stalls = true;                      // recruitment stalls, freeze week and the lawful recruiter
  std::uint32_t treasurers = 3;            // accounts paying for 3 to 5 households each, or for as many as
  std::uint32_t treasurer_households = 0;  // this says
  std::uint32_t carers = 15;               // accounts paying for a second household
  // Planted: accounts that pay for `planted_households` to that plus 5 households each.
  std::uint32_t planted_payers = 0;
  std::uint32_t planted_households = 15;
  // Share of the planted payers' and the planted day's households that were never on a register there.
  double planted_off = 0.6;
  // Planted: extra members at one address whose register shows two electors.
  std::uint32_t planted_crowd = 0;
  // Planted: households that join on one further day.
  std::uint32_t planted_day = 0;
  bool canvass = false;  // outcomes for 70 % of the households
};

signals::Evidence make_branch(const BranchPlan& plan);

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_SIGNALS_BRANCH_H_
