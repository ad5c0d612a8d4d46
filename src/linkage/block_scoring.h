// Compares and scores all pairs within blocks, without keeping them: what is kept are counts of patterns and
// the pairs at or above a floor, in an order that does not depend on the number of threads.
#ifndef SCRUTINEER_LINKAGE_BLOCK_SCORING_H_
#define SCRUTINEER_LINKAGE_BLOCK_SCORING_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "linkage/engine.h"
#include "linkage/level_kernels.h"
#include "linkage/pattern_table.h"
#include "linkage/rule_blocks.h"

namespace scrutineer::linkage {

// What scoring all pairs adds up to.
struct BlockAccount {
  // Ascending. A pair that cannot reach the floor whatever the fields that are dear to compare say is not
  // compared in them: they stand at level_asked (level_kernels.h). With count_only all are.
  std::vector<PatternCount> patterns;
  // Pairs that the first look gave up (pair_gate.h), which are in no pattern, by level of each field.
  LevelPairs hopeless{};
  std::vector<std::uint64_t> pairs;  // by rule, each pair once
  std::uint64_t scored = 0;          // pairs whose bound reached the floor
  double expected_false = 0;         // as Diagnostics; of the pairs scored
  double expected_missed = 0;
};

struct BlockScoreOptions {
  unsigned threads = 0;
  double floor = 0.02;      // least probability of a pair that is handed over
  double threshold = 0.5;   // at which false and missed links are counted
  bool count_only = false;  // patterns alone; nothing is scored, no model needed
  // By row (left rows, then right ones), whether it is new: pairs of two rows that are not are passed over.
  // Empty: all are compared.
  std::span<const std::uint8_t> fresh;
};

// Takes pairs at or above the floor, rule by rule and block by block.
using LinkSink = std::function<Status(std::span<const Link>)>;

Result<BlockAccount> score_blocks(const Scorer& scorer, const RuleBlocks& blocks,
                                  const BlockScoreOptions& options, const LinkSink& sink);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_BLOCK_SCORING_H_
