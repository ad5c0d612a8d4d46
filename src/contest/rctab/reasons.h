// What the rule says of a round, in a sentence with the number that decided it.
#ifndef SCRUTINEER_CONTEST_RCTAB_REASONS_H_
#define SCRUTINEER_CONTEST_RCTAB_REASONS_H_

#include <cstddef>
#include <string>

#include "contest/rctab/config.h"

namespace scrutineer::contest::rctab {

// What happened in a round. `all_reach`: everyone elected in it reached the threshold.
struct Step {
  std::size_t winners = 0, losers = 0, standing = 0;
  bool all_reach = false;
  double threshold = 0;
};

std::string reason_of(const Rules& rules, const Step& step);

}  // namespace scrutineer::contest::rctab

#endif  // SCRUTINEER_CONTEST_RCTAB_REASONS_H_
