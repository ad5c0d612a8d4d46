// Bounds for an electoral college between more than two candidates, or of many sections, where no exact
// margin is known.
//
//   low   The order of elimination stays as it is while each who goes out keeps a smaller share than each who
//   stays.
//         With T papers in play in a section of weight W and a lead of d papers there, k papers lower the
//         difference of two shares by at most
//           delete  W (d/T - (d - k)/(T - k)), convex in k: never more than if all k lay in one section
//           add     k W (T + d)/T^2           modify  2 k W/(T - k)
//         so fewer papers than each difference needs leave every step, and the winner, as they are. Only
//         while k is below the papers in play in each section.
//   high  by trial: the winner's papers away in one section, papers for one other put in, or both, counted
//   again with
//         every way of settling ties
#ifndef SCRUTINEER_CONTEST_MARGINS_COLLEGE_BOUNDS_H_
#define SCRUTINEER_CONTEST_MARGINS_COLLEGE_BOUNDS_H_

#include <cstdint>
#include <vector>

#include "contest/margin.h"
#include "contest/margins/means.h"
#include "contest/profile.h"

namespace scrutineer::contest {

// `tied`: a tie decided or could have.
KindMargin college_bounds(const Ballots& ballots, const Profile& profile,
                          const std::vector<std::int64_t>& weights, Candidate winner, Means means,
                          const MarginOptions& options, bool tied);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_COLLEGE_BOUNDS_H_
