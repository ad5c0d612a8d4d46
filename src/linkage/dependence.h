// Fields that agree together by chance more often than apart (postcode and town, forename and sex, surname
// and address): a maximum spanning tree of pairwise dependences among pairs of different people (Chow and Liu
// 1968, "Approximating discrete probability distributions with dependence trees", IEEE Trans. Inf. Theory
// 14).
//
// On an edge between fields f and g, levels l and k, the weight -theta is added, where
//   theta = log2((n_lk + 3) / (n_l. n_.k / n + 3)), |theta| at most 5 nats,
// n counting pairs by their probability of being different people.
#ifndef SCRUTINEER_LINKAGE_DEPENDENCE_H_
#define SCRUTINEER_LINKAGE_DEPENDENCE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/companions.h"
#include "linkage/comparison.h"
#include "linkage/model.h"

namespace scrutineer::linkage {

// A pattern and how many pairs of different people show it, in 1/65536 of a pair.
struct WeightedPattern {
  Pattern pattern = 0;
  std::uint64_t weight = 0;
};

// Sorted by pattern, each once.
void merge_patterns(std::vector<WeightedPattern>& patterns);

// Counts of levels of two fields among pairs where both are present: [a * levels of second + b].
using JointCounts = std::vector<double>;

// All pairs of fields f < g, in order.
std::vector<JointCounts> joint_counts(std::span<const WeightedPattern> patterns,
                                      std::span<const Compared> compared);

// The edges of the maximum spanning tree by mutual information, with their weights. Fields whose dependence
// the companions tell already are not joined by an edge.
std::vector<Dependence> dependence_tree(std::span<const JointCounts> counts,
                                        std::span<const Compared> compared, const Companions& companions);

// Position of the pair of fields f < g among all such pairs of `fields` fields.
constexpr std::size_t pair_index(std::size_t first, std::size_t second, std::size_t fields) {
  return first * fields - first * (first + 1) / 2 + second - first - 1;
}

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_DEPENDENCE_H_
