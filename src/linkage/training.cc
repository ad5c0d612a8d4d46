#include "linkage/training.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "linkage/fixed_point.h"
#include "linkage/radix_sort.h"
#include "linkage/swapped_names.h"

namespace scrutineer::linkage {
namespace {

constexpr double weight_unit = 65536.0;
constexpr unsigned rounds = 2;
constexpr unsigned discount_rounds = 2;

std::vector<PairKey> draw_pairs(const Comparison& comparison, std::uint64_t draws, std::uint64_t seed) {
  const std::uint64_t left = comparison.left_rows();
  const std::uint64_t right = comparison.right_rows();
  std::vector<PairKey> pairs;
  pairs.reserve(draws);
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    const auto one = static_cast<std::uint32_t>(below(mixed(seed ^ 0x5EEDU, 2 * draw), left));
    const auto other = static_cast<std::uint32_t>(below(mixed(seed ^ 0x5EEDU, 2 * draw + 1), right));
    if (comparison.same_table() && one == other) continue;
    pairs.push_back(pair_key(one, other));
  }
  return pairs;
}

std::vector<Weight> added_weights(const PatternCounts& counts, const Training& training) {
  std::vector<Weight> added;
  added.reserve(counts.patterns.size());
  for (const Pattern pattern : counts.patterns) {
    added.push_back(dependence_of(training.dependences, training.mixture.m, pattern));
  }
  return added;
}

// Calls work(place) for each pair, on several threads, while what later ones look at is fetched.
template <typename Work>
void for_each_pair(const Scorer& scorer, std::span<const PairKey> pairs, unsigned threads, const Work& work) {
  constexpr std::size_t chunk_size = 4096;
  constexpr std::size_t codes_ahead = 16;
  constexpr std::size_t values_ahead = 8;
  parallel_for(threads, (pairs.size() + chunk_size - 1) / chunk_size, [&](std::size_t chunk) {
    const std::size_t end = std::min(pairs.size(), (chunk + 1) * chunk_size);
    for (std::size_t at = chunk * chunk_size; at < end; ++at) {
      if (at + codes_ahead < end)
        scorer.comparison().prefetch_codes(left_of(pairs[at + codes_ahead]),
                                           right_of(pairs[at + codes_ahead]));
      if (at + values_ahead < end)
        scorer.prefetch_values(left_of(pairs[at + values_ahead]), right_of(pairs[at + values_ahead]));
      work(at);
    }
  });
}

}  // namespace

std::vector<Evidence> evidence_of(const Scorer& scorer, std::span<const PairKey> pairs, unsigned threads) {
  std::vector<Evidence> result(pairs.size());
  for_each_pair(scorer, pairs, threads, [&](std::size_t at) {
    result[at] = scorer.evidence(left_of(pairs[at]), right_of(pairs[at]));
  });
  return result;
}

namespace {

void weigh_again(const Scorer& scorer, std::span<const PairKey> pairs, std::span<Evidence> evidence,
                 unsigned threads) {
  for_each_pair(scorer, pairs, threads, [&](std::size_t at) {
    evidence[at].log2_u = scorer.log2_u(evidence[at].pattern, left_of(pairs[at]), right_of(pairs[at]));
  });
}

// The candidate pairs that may be one person, with their probabilities.
std::vector<Chance::Match> matches_among(const Scorer& scorer, std::span<const PairKey> pairs,
                                         std::span<const Evidence> evidence) {
  constexpr double negligible = 0.02;
  const Weight least =
      weight_of_probability(negligible) - 1;  // most pairs are told without their probability
  std::vector<Chance::Match> matches;
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    const Weight weight = scorer.weight(evidence[at]);
    if (weight < least) continue;
    const double probability = probability_of(weight);
    if (probability >= negligible) matches.push_back({pairs[at], evidence[at].pattern, probability});
  }
  return matches;
}

// Random pairs: nearly all are beyond doubt two people and are kept as patterns only.
struct RandomPairs {
  std::vector<WeightedPattern> patterns;
  std::vector<PairKey> doubtful;
  std::vector<Evidence> evidence;  // of the doubtful
};

RandomPairs draw_evidence(const Scorer& scorer, const TrainingOptions& options) {
  constexpr double beyond_doubt = 1e-4;
  const std::vector<PairKey> pairs = draw_pairs(scorer.comparison(), options.random_pairs, options.seed);
  const std::vector<Evidence> evidence = evidence_of(scorer, pairs, options.threads);
  RandomPairs random;
  std::vector<Pattern> patterns;
  patterns.reserve(pairs.size());
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    if (probability_of(scorer.weight(evidence[at])) < beyond_doubt) {
      patterns.push_back(evidence[at].pattern);
    } else {
      random.doubtful.push_back(pairs[at]);
      random.evidence.push_back(evidence[at]);
    }
  }
  radix_sort(patterns);
  for (const Pattern pattern : patterns) {
    if (random.patterns.empty() || random.patterns.back().pattern != pattern)
      random.patterns.push_back({pattern, 0});
    random.patterns.back().weight += static_cast<std::uint64_t>(weight_unit);
  }
  return random;
}

// Patterns of random pairs, each weighted by the probability of being different people.
std::vector<WeightedPattern> different_people(Scorer& scorer, const RandomPairs& random,
                                              const Training& training) {
  scorer.set_model(training.mixture.prior, training.mixture.m, training.dependences);
  std::vector<WeightedPattern> patterns = random.patterns;
  for (const Evidence& pair : random.evidence) {
    const double different = 1.0 - probability_of(scorer.weight(pair));
    patterns.push_back({pair.pattern, static_cast<std::uint64_t>(std::llround(different * weight_unit))});
  }
  merge_patterns(patterns);
  return patterns;
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

// The dependence tree without the weights that the scorer tells otherwise.
std::vector<Dependence> dependences_of(std::span<const WeightedPattern> different, const Scorer& scorer) {
  const auto compared = scorer.comparison().compared();
  std::vector<Dependence> tree =
      dependence_tree(joint_counts(different, compared), compared, scorer.companions());
  for (Dependence& edge : tree) {
    if (scorer.name_pairs_tell(edge)) std::fill(edge.weights.begin(), edge.weights.end(), 0);
  }
  return tree;
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
  PatternCounts counts = count_patterns(evidence);
  training.mixture = fit(counts, compared, {}, mixture_options);
  unsigned iterations = training.mixture.iterations;
  if (!options.different.empty()) {
    scorer.set_model(training.mixture.prior, training.mixture.m, {});
    training.dependences = dependences_of(options.different, scorer);
    add_swapped_names(matches_among(scorer, pairs, evidence), compared, training.mixture.m,
                      training.dependences);
    training.mixture =
        fit_from(counts, compared, added_weights(counts, training), mixture_options, training.mixture);
    training.mixture.iterations += iterations;
    return training;
  }
  if (options.discount)
    iterations += settle(scorer, chance, pairs, evidence, mixture_options, options, training);
  scorer.set_model(training.mixture.prior, training.mixture.m, training.dependences);

  RandomPairs random = draw_evidence(scorer, options);
  for (unsigned round = 0; round < rounds; ++round) {
    training.dependences = dependences_of(different_people(scorer, random, training), scorer);
    add_swapped_names(matches_among(scorer, pairs, evidence), compared, training.mixture.m,
                      training.dependences);
    if (options.discount) counts = count_patterns(evidence);  // else chance has not changed, nor what it says
    training.mixture =
        fit_from(counts, compared, added_weights(counts, training), mixture_options, training.mixture);
    iterations += training.mixture.iterations;
    if (!options.discount) continue;
    iterations += settle(scorer, chance, pairs, evidence, mixture_options, options, training);
    weigh_again(scorer, random.doubtful, random.evidence, options.threads);
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
