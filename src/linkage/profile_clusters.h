// Groups the rows of one table into people, by profile: what all rows of one group and all rows of another
// say together, field by field, rather than by the best single pair. Chains of chance resemblances do not
// hold together under it, as they do under connected components.
//
// Evidence that groups A and B are one person (doc/linkage.md):
//   prior + sum over fields of log2(mean of 2^weight over the pairs of A x B where the field is present)
//         + mean of the pairs' dependence.
#ifndef SCRUTINEER_LINKAGE_PROFILE_CLUSTERS_H_
#define SCRUTINEER_LINKAGE_PROFILE_CLUSTERS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/constraints.h"
#include "linkage/linkage.h"
#include "linkage/scorer.h"

namespace scrutineer::linkage {

struct ClusterOptions {
  unsigned threads = 0;
  Weight merge = 0;                          // least evidence for joining two groups
  const Constraints* constraints = nullptr;  // may be null: none
  Weight veto = -6000;  // least mean of the pairs' weights, each clipped to +-12 bits; below it never joined
};

// Rows that a decision ties together are one group from the start and stay so, whatever the evidence; groups
// that a constraint parts are never joined.
//
// For each row the smallest row of its group. `edges` (left < right) are the pairs along which groups may
// join, in any order.
std::vector<std::uint32_t> profile_clusters(const Scorer& scorer, std::span<const Link> edges,
                                            std::size_t rows, const ClusterOptions& options);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PROFILE_CLUSTERS_H_
