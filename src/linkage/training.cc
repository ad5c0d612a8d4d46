#include "linkage/training.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr std::uint64_t random_pairs = 2'000'000;
constexpr double weight_unit = 65536.0;
constexpr unsigned rounds = 2;

std::vector<PairKey> draw_pairs(const Comparison& comparison, std::uint64_t seed) {
  const std::uint64_t left = comparison.left_rows();
  const std::uint64_t right = comparison.right_rows();
  std::vector<PairKey> pairs;
  pairs.reserve(random_pairs);
  for (std::uint64_t draw = 0; draw < random_pairs; ++draw) {
    const auto one = static_cast<std::uint32_t>(below(mixed(seed ^ 0x5EEDU, 2 * draw), left));
    const auto other = static_cast<std::uint32_t>(below(mixed(seed ^ 0x5EEDU, 2 * draw + 1), right));
    if (comparison.same_table() && one == other) continue;
    pairs.push_back(pair_key(one, other));
  }
  return pairs;
}

// Patterns of cells, each weighted by the probability of being different people.
std::vector<WeightedPattern> different_people(const PatternCounts& counts, std::span<const double> matches) {
  std::vector<WeightedPattern> patterns;
  patterns.reserve(counts.cells.size());
  for (std::size_t at = 0; at < counts.cells.size(); ++at) {
    const Cell& cell = counts.cells[at];
    const auto weight =
        static_cast<std::uint64_t>(std::llround((1.0 - matches[at]) * weight_unit)) * cell.pairs;
    patterns.push_back({counts.patterns[cell.pattern], weight});
  }
  merge_patterns(patterns);
  return patterns;
}

std::vector<Weight> added_weights(const PatternCounts& counts, const Training& training) {
  std::vector<Weight> added;
  added.reserve(counts.patterns.size());
  for (const Pattern pattern : counts.patterns) {
    added.push_back(dependence_of(training.dependences, training.mixture.m, pattern));
  }
  return added;
}

}  // namespace

std::vector<Evidence> evidence_of(const Scorer& scorer, std::span<const PairKey> pairs, unsigned threads) {
  constexpr std::size_t chunk_size = 4096;
  std::vector<Evidence> result(pairs.size());
  parallel_for(threads, (pairs.size() + chunk_size - 1) / chunk_size, [&](std::size_t chunk) {
    const std::size_t end = std::min(pairs.size(), (chunk + 1) * chunk_size);
    for (std::size_t at = chunk * chunk_size; at < end; ++at) {
      result[at] = scorer.evidence(left_of(pairs[at]), right_of(pairs[at]));
    }
  });
  return result;
}

Training train(const Scorer& scorer, std::span<const Evidence> evidence, const TrainingOptions& options) {
  const auto compared = scorer.comparison().compared();
  MixtureOptions mixture_options;
  mixture_options.all_pairs = options.all_pairs;
  mixture_options.first_prior = options.first_prior;
  const PatternCounts candidates = count_patterns(evidence);
  Training training;
  training.mixture = fit(candidates, compared, {}, mixture_options);

  PatternCounts random;
  if (options.different.empty()) {
    random =
        count_patterns(evidence_of(scorer, draw_pairs(scorer.comparison(), options.seed), options.threads));
  }
  unsigned iterations = training.mixture.iterations;
  for (unsigned round = 0; round < rounds; ++round) {
    std::vector<WeightedPattern> patterns(options.different.begin(), options.different.end());
    if (options.different.empty()) {
      patterns =
          different_people(random, posteriors(random, training.mixture, added_weights(random, training)));
    }
    training.dependences = dependence_tree(joint_counts(patterns, compared), compared);
    const std::vector<Weight> added = added_weights(candidates, training);
    training.mixture = fit_from(candidates, compared, added, mixture_options, training.mixture);
    iterations += training.mixture.iterations;
    if (!options.different.empty()) break;
  }
  training.mixture.iterations = iterations;
  return training;
}

}  // namespace scrutineer::linkage
