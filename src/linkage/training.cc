#include "linkage/training.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr std::uint64_t random_draws = 2'000'000;
constexpr double weight_unit = 65536.0;
constexpr unsigned rounds = 2;
constexpr unsigned discount_rounds = 2;

std::vector<PairKey> draw_pairs(const Comparison& comparison, std::uint64_t seed) {
  const std::uint64_t left = comparison.left_rows();
  const std::uint64_t right = comparison.right_rows();
  std::vector<PairKey> pairs;
  pairs.reserve(random_draws);
  for (std::uint64_t draw = 0; draw < random_draws; ++draw) {
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

namespace {

void weigh_again(const Scorer& scorer, std::span<const PairKey> pairs, std::span<Evidence> evidence,
                 unsigned threads) {
  constexpr std::size_t chunk_size = 4096;
  parallel_for(threads, (pairs.size() + chunk_size - 1) / chunk_size, [&](std::size_t chunk) {
    const std::size_t end = std::min(pairs.size(), (chunk + 1) * chunk_size);
    for (std::size_t at = chunk * chunk_size; at < end; ++at) {
      evidence[at].log2_u = scorer.log2_u(evidence[at].pattern, left_of(pairs[at]), right_of(pairs[at]));
    }
  });
}

// The candidate pairs that may be one person, with their probabilities.
std::vector<Chance::Match> matches_among(const Scorer& scorer, std::span<const PairKey> pairs,
                                         std::span<const Evidence> evidence) {
  constexpr double negligible = 0.02;
  std::vector<Chance::Match> matches;
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    const double probability = probability_of(scorer.weight(evidence[at]));
    if (probability >= negligible) matches.push_back({pairs[at], evidence[at].pattern, probability});
  }
  return matches;
}

// EM, with chance agreement counted again without the matches it finds, until both have settled.
unsigned settle(Scorer& scorer, Chance& chance, std::span<const PairKey> pairs, std::span<Evidence> evidence,
                const MixtureOptions& options, const TrainingOptions& training_options, Training& training) {
  unsigned iterations = 0;
  for (unsigned round = 0; round < discount_rounds; ++round) {
    scorer.set_model(training.mixture.prior, training.mixture.m, training.dependences);
    chance.discount_matches(matches_among(scorer, pairs, evidence));
    weigh_again(scorer, pairs, evidence, training_options.threads);
    const PatternCounts counts = count_patterns(evidence);
    training.mixture = fit_from(counts, scorer.comparison().compared(), added_weights(counts, training),
                                options, training.mixture);
    iterations += training.mixture.iterations;
  }
  return iterations;
}

}  // namespace

Training train(Scorer& scorer, Chance& chance, std::span<const PairKey> pairs,
               const TrainingOptions& options) {
  const auto compared = scorer.comparison().compared();
  MixtureOptions mixture_options;
  mixture_options.all_pairs = options.all_pairs;
  mixture_options.first_prior = options.first_prior;
  std::vector<Evidence> evidence = evidence_of(scorer, pairs, options.threads);
  Training training;
  {
    const PatternCounts counts = count_patterns(evidence);
    training.mixture = fit(counts, compared, {}, mixture_options);
  }
  unsigned iterations = training.mixture.iterations;
  if (!options.different.empty()) {
    training.dependences = dependence_tree(joint_counts(options.different, compared), compared);
    const PatternCounts counts = count_patterns(evidence);
    training.mixture =
        fit_from(counts, compared, added_weights(counts, training), mixture_options, training.mixture);
    training.mixture.iterations += iterations;
    return training;
  }
  iterations += settle(scorer, chance, pairs, evidence, mixture_options, options, training);

  const std::vector<PairKey> random_pairs = draw_pairs(scorer.comparison(), options.seed);
  std::vector<Evidence> random_evidence = evidence_of(scorer, random_pairs, options.threads);
  for (unsigned round = 0; round < rounds; ++round) {
    const PatternCounts random = count_patterns(random_evidence);
    const auto patterns =
        different_people(random, posteriors(random, training.mixture, added_weights(random, training)));
    training.dependences = dependence_tree(joint_counts(patterns, compared), compared);
    const PatternCounts counts = count_patterns(evidence);
    training.mixture =
        fit_from(counts, compared, added_weights(counts, training), mixture_options, training.mixture);
    iterations += training.mixture.iterations;
    iterations += settle(scorer, chance, pairs, evidence, mixture_options, options, training);
    weigh_again(scorer, random_pairs, random_evidence, options.threads);
  }
  training.mixture.iterations = iterations;
  return training;
}

void discount_known(const Scorer& scorer, Chance& chance, std::span<const PairKey> pairs, unsigned threads) {
  std::vector<Evidence> evidence = evidence_of(scorer, pairs, threads);
  for (unsigned round = 0; round < discount_rounds; ++round) {
    chance.discount_matches(matches_among(scorer, pairs, evidence));
    if (round + 1 < discount_rounds) weigh_again(scorer, pairs, evidence, threads);
  }
}

}  // namespace scrutineer::linkage
