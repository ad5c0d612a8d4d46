// The pairs within blocks one by one: a sample of them to learn from, and the textbook's count of their
// patterns.
#ifndef SCRUTINEER_LINKAGE_BLOCK_PAIRS_H_
#define SCRUTINEER_LINKAGE_BLOCK_PAIRS_H_

#include <cstdint>
#include <vector>

#include "linkage/candidates.h"
#include "linkage/pattern_table.h"
#include "linkage/rule_blocks.h"

namespace scrutineer::linkage {

// About `wanted` of the pairs within blocks, each once: those of a hash-chosen share of their left rows
// (whole rows, so that each keeps its neighbours).
struct SampledPairs {
  std::vector<PairKey> pairs;
  double share = 1;  // of the left rows
};
SampledPairs sample_pairs(const Comparison& comparison, const RuleBlocks& blocks, std::uint64_t wanted,
                          std::uint64_t seed, unsigned threads);

// The pattern of every pair within blocks as score_blocks counts it, by the textbook: Comparison::compare of
// each pair of each rule's blocks that met under no earlier rule. For tests and the benchmark.
std::vector<PatternCount> count_patterns_by_pairs(const Comparison& comparison, const RuleBlocks& blocks);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_BLOCK_PAIRS_H_
