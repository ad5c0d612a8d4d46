// Members listed twice: pairs that the matcher holds to be one person, and how many pairs as alike as these
// coincidence alone would give a list of these names and dates.
#ifndef SCRUTINEER_INQUIRY_DUPLICATES_H_
#define SCRUTINEER_INQUIRY_DUPLICATES_H_

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "linkage/dedupe.h"
#include "linkage/link.h"
#include "rolls/standard_roll.h"
#include "signals/evidence.h"

namespace scrutineer::inquiry {

struct Duplicates {
  std::vector<std::uint32_t> person;  // per member row: the smallest row of the same person
  std::vector<signals::DuplicatePair> pairs;
  // Expected number of pairs of different people who agree as far as the listed pairs do, over the whole
  // list: sum over names of C(n_k, 2) times the chance that two bearers agree in birth date, or in address
  // where dates are not told (METHODS.md 1.2, formula 2).
  double expected = 0;
  linkage::Diagnostics diagnostics;
  // Every pair more likely than not one person, listed or not, with how its fields spoke.
  std::vector<linkage::Link> candidates;
  std::vector<linkage::PairExplanation> explanations;  // one for each candidate
};

// What people decided about two members: one person, or not.
struct DecidedPair {
  std::uint32_t first = 0, second = 0;
  bool link = false;
};

struct DuplicateOptions {
  unsigned threads = 0;
  std::uint64_t memory = 0;
  std::uint64_t seed = 0;
  std::vector<DecidedPair> decided;
};

Result<Duplicates> find_duplicates(const rolls::StandardRoll& members, const DuplicateOptions& options);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_DUPLICATES_H_
