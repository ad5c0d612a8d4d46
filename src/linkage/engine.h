// The steps that link() and dedupe() share: from candidate pairs to scored pairs, and the account of it.
#ifndef SCRUTINEER_LINKAGE_ENGINE_H_
#define SCRUTINEER_LINKAGE_ENGINE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "linkage/candidates.h"
#include "linkage/chance.h"
#include "linkage/comparison.h"
#include "linkage/diagnostics.h"
#include "linkage/model.h"
#include "linkage/scorer.h"
#include "linkage/training.h"

namespace scrutineer::linkage {

struct EngineOptions {
  unsigned threads = 0;
  std::uint64_t seed = 0;
  std::uint64_t all_pairs = 0;
  double first_prior = 0;
  std::uint64_t random_pairs = 2'000'000;      // see TrainingOptions
  double floor = 0.02;                         // least probability of a pair that is kept
  double threshold = 0.5;                      // at which false and missed links are counted
  std::span<const WeightedPattern> different;  // see TrainingOptions
  bool discount = true;                        // see TrainingOptions
  std::span<const std::uint8_t> fresh;         // see BlockScoreOptions
};

// Trains a model on `learn_from`, pairs chosen by hash from `candidates` candidate pairs, or takes `given` if
// it is not empty; leaves it in `scorer`, `model` and `diagnostics`. Refused if a given model does not fit
// the fields.
Status learn_model(Scorer& scorer, Chance& chance, std::span<const PairKey> learn_from,
                   std::uint64_t candidates, const Model& given, const EngineOptions& options, Model& model,
                   Diagnostics& diagnostics);

// Adds the levels of each field to the diagnostics; `level_pairs` counts candidate pairs,
// [field * most_levels + level].
void report_fields(const Model& model, std::span<const std::uint64_t> level_pairs, Diagnostics& diagnostics);

// Trains a model on the candidates, or takes `given` if it is not empty, and leaves it in `scorer`, `model`
// and `diagnostics`; returns the pairs at or above the floor, in the order of the candidates. Refused if a
// given model does not fit the fields.
Result<std::vector<Link>> score_candidates(Scorer& scorer, Chance& chance, const Candidates& candidates,
                                           const Model& given, const EngineOptions& options, Model& model,
                                           Diagnostics& diagnostics);

// Takes a model's probabilities into the scorer. Refused if they are not those of the fields compared.
Status use_model(Scorer& scorer, const Model& model);

// By left row, then falling weight, then right row.
void sort_links(std::span<Link> links, unsigned threads = 1);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_ENGINE_H_
