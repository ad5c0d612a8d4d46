// What a run of the linker says about itself, so that nobody has to take its probabilities on trust.
#ifndef SCRUTINEER_LINKAGE_DIAGNOSTICS_H_
#define SCRUTINEER_LINKAGE_DIAGNOSTICS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/stage_clock.h"
#include "linkage/linkage.h"
#include "linkage/probability_mass.h"

namespace scrutineer::linkage {

// One level of one field, as the model holds it.
struct LevelReport {
  std::string level;        // "typing error"
  double m = 0;             // P(level | one person), missing values aside
  double u = 0;             // P(level | two people), averaged over values
  Weight weight = 0;        // log2(m / u) for a value of average frequency
  std::uint64_t pairs = 0;  // candidate pairs at this level
};

struct FieldReport {
  std::string field;
  std::vector<LevelReport> levels;
  std::uint64_t not_compared = 0;  // pairs that could not reach the floor whatever this field said
};

// One way in which candidate pairs were found.
struct BlockReport {
  std::string pass;                    // "nearest neighbours", "unit", "given + family"
  std::uint64_t keys = 0;              // distinct keys (blocks)
  std::uint64_t pairs = 0;             // pairs that it proposed
  std::uint64_t largest = 0;           // rows in its largest block
  std::uint64_t split = 0;             // blocks that were too large and were cut down
  std::uint64_t left_out = 0;          // parts of those that nothing could cut down further
  std::vector<std::string> oversized;  // the largest of those cut down: "john, smith: 8121 rows"
};

// What an exact key of two fields would capture (recall_estimate.h).
struct PassRecall {
  std::string pass;             // "given + birth_date"
  double pairs = 0;             // that agree on both fields
  double by_chance = 0;         // of those expected to be two people
  double recall = 0;            // share of the pairs of one person that it captures, at most; 0: not known
  double among_candidates = 0;  // share of its pairs that are among the candidates
};

struct RecallEstimate {
  double people = 0;  // pairs of one person that there are, at least; 0: not known
  double recall = 0;  // share of them among the candidates, at most; 0: not known
  std::vector<PassRecall> passes;
};

struct Diagnostics {
  std::uint64_t all_pairs = 0;       // pairs there are
  std::uint64_t pairs_compared = 0;  // pairs that were compared in full
  unsigned iterations = 0;           // of the EM algorithm, all rounds together
  bool converged = false;            // false is also said in `notes`
  double prior = 0;                  // P(a pair drawn from all pairs is one person)
  // Where the candidates of a row compete: share of the left rows whose person the right table holds, and of
  // those the share that moved house; 0 where they do not compete.
  double share_there = 0;
  double share_moved = 0;
  std::vector<FieldReport> fields;
  std::vector<BlockReport> blocks;
  // Over the pairs at or above the threshold: expected number that are two people; and over the candidate
  // pairs below it: expected number that are one person. Pairs that blocking never proposed are not in the
  // second number.
  double expected_false = 0;
  double expected_missed = 0;
  RecallEstimate recall;                    // where asked for
  std::vector<ThresholdLine> by_threshold;  // the same for any threshold
  std::vector<std::string> notes;           // sentences for the report
  StageClock clock;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_DIAGNOSTICS_H_
