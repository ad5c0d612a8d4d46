// Finds the rows of one table that are the same person.
#ifndef SCRUTINEER_LINKAGE_DEDUPE_H_
#define SCRUTINEER_LINKAGE_DEDUPE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "linkage/block_rules.h"
#include "linkage/candidates.h"
#include "linkage/diagnostics.h"
#include "linkage/incremental.h"
#include "linkage/linkage.h"
#include "linkage/model.h"

namespace scrutineer::linkage {

struct DedupeOptions {
  unsigned threads = 0;
  std::uint64_t memory = 0;  // bytes that automatic candidate pairs may take; 0: 2 GiB. Fewer neighbours are
                             // then compared
  std::uint64_t seed = 0;
  double threshold = 0.5;  // least probability of a pair that is returned; clusters have their own rule
  // Least evidence, in bits, that two groups are one person for them to be joined; 0: more likely than not.
  double merge_bits = 0;
  // Only pairs that agree on every part of one of these are compared. Empty: candidates are found
  // automatically, by nearest neighbours or, from 200,000 rows on, by rules chosen for the fields.
  std::vector<BlockRule> rules;
  // Decisions of reviewers: pairs of rows that are one person, and two; kept to whatever the evidence says.
  std::vector<PairKey> same;
  std::vector<PairKey> different;
  // For each row the list that it comes from, each of which holds a person at most once; 0: none. Empty: no
  // rule.
  std::vector<std::uint32_t> snapshot;
  bool explain_blocking = false;  // estimate how many of the pairs of one person the candidates hold
  Model model;                    // if not empty: scored with this model instead of training one
  Continuation continuation;      // what is taken over from an earlier run (incremental.h)
};

struct DedupeResult {
  // For each row the smallest row of the same person: stable as long as that row stays.
  std::vector<std::uint32_t> person;
  std::uint64_t repeated = 0;  // people with more than one row
  // Candidate pairs at or above the threshold, whether or not their rows ended in one cluster: left < right,
  // sorted as in LinkResult. Their probabilities are set right by the people found, where the list tells
  // enough (people_calibration.h).
  std::vector<Link> pairs;
  Model model;
  Diagnostics diagnostics;
  std::optional<LinkageState> state;  // where asked for, and candidates were found by rules
};

// Both columns of each field are the same column. Errors as link(), and decisions that contradict each other
// (constraints.h).
Result<DedupeResult> dedupe(std::span<const Field> fields, std::size_t rows, const DedupeOptions& options);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_DEDUPE_H_
