// Beside the worst case: had the questioned papers been any papers, drawn at random from those cast, how
// likely would their removal change the result? Exact or bounded, never simulated.
//
// Each reason why the winner won is a comparison of two tallies (contest/margins/comparisons.h). Of k papers
// drawn without replacement from N, A of them counting for the one ahead and B for the one behind, (X_A, X_B)
// is multivariate hypergeometric; the comparison fails if X_A - X_B >= A - B. Given how many S of the k count
// for either, X_A is hypergeometric too, so the probability is a single sum over S. All comparisons hold with
// at least 1 - sum of these (Bonferroni); where each of them is needed, the largest is a lower bound.
#ifndef SCRUTINEER_IMPACT_RANDOM_REMOVAL_H_
#define SCRUTINEER_IMPACT_RANDOM_REMOVAL_H_

#include <cstdint>

#include "contest/margins/comparisons.h"

namespace scrutineer::impact {

struct RandomRemoval {
  std::int64_t removed = 0;
  double low = 0, high = 1;  // the probability lies between
};

// P(X_ahead - X_behind >= ahead - behind) for `removed` papers drawn at random from `papers`. REQUIRES ahead
// > behind, ahead + behind <= papers, 0 <= removed <= papers.
double probability_of_failing(const contest::Comparison& comparison, std::int64_t papers,
                              std::int64_t removed);

RandomRemoval random_removal(const contest::Comparisons& comparisons, std::int64_t papers,
                             std::int64_t removed);

}  // namespace scrutineer::impact

#endif  // SCRUTINEER_IMPACT_RANDOM_REMOVAL_H_
