// Shares in an electoral college, exactly.
#ifndef SCRUTINEER_CONTEST_RULES_COLLEGE_H_
#define SCRUTINEER_CONTEST_RULES_COLLEGE_H_

#include <vector>

#include "base/result.h"
#include "contest/declaration.h"
#include "contest/profile.h"
#include "contest/rules.h"

namespace scrutineer::contest {

// The weight of each section (group of the ballots), in the order of the groups: as the options name them,
// else 1 each. Refused if a section named in the options is not among the groups, one of the groups is not
// named, or a weight is not above 0.
Result<std::vector<std::int64_t>> section_weights(const Ballots& ballots, const CountOptions& options);

// share(c) = sum over sections of weight * votes(c) / votes in play there, for the candidates in `in`; a
// section without votes in play gives nothing to anyone. By candidate; 0 for those not in.
struct CollegeShares {
  std::vector<Fraction> share;
  Fraction in_play;                     // the weights of the sections with votes in play
  std::vector<std::int64_t> exhausted;  // by section, in the profile's units
};
CollegeShares college_shares(const Profile& profile, const std::vector<std::int64_t>& weights,
                             const std::vector<char>& in);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_RULES_COLLEGE_H_
