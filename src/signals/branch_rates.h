// A rate in this branch against the same rate in the other branches.
//
// Null: this branch is one more draw from the beta-binomial law of the others (share and dispersion by
// maximum likelihood, the dispersion at its upper 95 % bound). p is the upper tail; e by the mixture
// calibrator.
//
// Assumptions: the branches are alike but for size, and members are counted the same way everywhere.
#ifndef SCRUTINEER_SIGNALS_BRANCH_RATES_H_
#define SCRUTINEER_SIGNALS_BRANCH_RATES_H_

#include <cstdint>
#include <optional>
#include <span>

#include "signals/evidence.h"

namespace scrutineer::signals {

struct BranchTest {
  double share = 0;     // of the other branches
  double expected = 0;  // count here
  double p = 1;
  double e = 1;
  std::size_t branches = 0;
};

// Nothing with fewer than five other branches with members, or where no member of any is concerned.
std::optional<BranchTest> test_against_branches(std::int64_t concerned, std::int64_t members,
                                                std::span<const BranchRate> others);

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_BRANCH_RATES_H_
