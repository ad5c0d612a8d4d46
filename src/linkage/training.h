// Learns a model from candidate pairs: EM for m and the prior, dependence among pairs of different people,
// and EM again under that dependence.
#ifndef SCRUTINEER_LINKAGE_TRAINING_H_
#define SCRUTINEER_LINKAGE_TRAINING_H_

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/candidates.h"
#include "linkage/dependence.h"
#include "linkage/diagnostics.h"
#include "linkage/mixture.h"
#include "linkage/scorer.h"

namespace scrutineer::linkage {

struct TrainingOptions {
  unsigned threads = 0;
  std::uint64_t seed = 0;
  std::uint64_t all_pairs = 0;
  double first_prior = 0;
  std::uint64_t random_pairs = 2'000'000;  // drawn to measure dependence
  // Pairs of rows known (but for few) to be different people, among whom chance agreement and dependence are
  // measured; empty: random pairs, each weighted by its probability of being different people.
  std::span<const WeightedPattern> different;
  // False: chance agreement is not counted again without the matches found. For samples of large tables,
  // whose matches are few of a value's rows, and only a part of them.
  bool discount = true;
};

struct Training {
  Mixture mixture;
  std::vector<Dependence> dependences;
};

// From candidate pairs. `chance` is the one that `scorer` uses: its counts are discounted for the matches
// found (unless options.different is given).
Training train(Scorer& scorer, Chance& chance, std::span<const PairKey> pairs,
               const TrainingOptions& options);

// For a scorer whose model is given, not trained: takes the matches it finds among the candidates out of the
// value frequencies, as training does.
void discount_known(const Scorer& scorer, Chance& chance, std::span<const PairKey> pairs, unsigned threads);

// Evidence of pairs, in their order, on many threads.
std::vector<Evidence> evidence_of(const Scorer& scorer, std::span<const PairKey> pairs, unsigned threads);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_TRAINING_H_
