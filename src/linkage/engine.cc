#include "linkage/engine.h"

#include <algorithm>
#include <string>

#include "base/parallel.h"
#include "linkage/fixed_point.h"
#include "linkage/level_kernels.h"

namespace scrutineer::linkage {
namespace {

constexpr std::uint64_t most_training_pairs = 4'000'000;

// The candidates to learn from: all, or those of a hash-chosen share of the left rows (whole rows, so that
// each keeps its neighbours).
std::vector<PairKey> training_pairs(std::span<const PairKey> pairs, std::uint64_t seed) {
  if (pairs.size() <= most_training_pairs) return {pairs.begin(), pairs.end()};
  const std::uint64_t limit = ~std::uint64_t{0} / pairs.size() * most_training_pairs;
  std::vector<PairKey> kept;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(kept),
               [&](PairKey pair) { return mixed(seed ^ 0x7EA1U, left_of(pair)) <= limit; });
  return kept;
}

Model model_of(const Scorer& scorer, const Training& training) {
  Model model;
  model.prior = training.mixture.prior;
  model.dependences = training.dependences;
  const auto compared = scorer.comparison().compared();
  for (std::size_t at = 0; at < compared.size(); ++at) {
    FieldModel field;
    field.name = compared[at].name;
    field.role = compared[at].role;
    for (const LevelDefinition& level : levels_of(compared[at].kind)) field.levels.emplace_back(level.name);
    field.m = training.mixture.m[at];
    field.u = scorer.chance().mean_u(at);
    model.fields.push_back(std::move(field));
  }
  return model;
}

Status check_model(const Model& model, const Scorer& scorer) {
  const auto compared = scorer.comparison().compared();
  if (model.fields.size() != compared.size()) {
    return refused("the model has " + std::to_string(model.fields.size()) + " fields where " +
                   std::to_string(compared.size()) + " are compared");
  }
  for (std::size_t at = 0; at < compared.size(); ++at) {
    const FieldModel& field = model.fields[at];
    if (field.name != compared[at].name || field.levels.size() != levels_of(compared[at].kind).size()) {
      return refused("field \"" + field.name + "\" of the model is not the field compared in its place", {},
                     "\"" + compared[at].name + "\" with its levels");
    }
  }
  return {};
}

// What one chunk of candidates adds up to.
struct ChunkAccount {
  std::vector<Link> links;
  std::vector<std::uint64_t> level_pairs = std::vector<std::uint64_t>(most_fields * most_levels, 0);
  std::uint64_t expected_false = 0;  // in 2^-32 of a pair, so that sums do not depend on their order
  std::uint64_t expected_missed = 0;
  std::uint64_t expected_true = 0;
  ProbabilityMass mass;
};

std::uint64_t in_units(double probability) {
  return static_cast<std::uint64_t>(probability * 4294967296.0);
}
double from_units(std::uint64_t units) {
  return static_cast<double>(units) / 4294967296.0;
}

void account(const Scorer& scorer, PairKey pair, const EngineOptions& options, ChunkAccount& chunk) {
  const Evidence evidence = scorer.evidence(left_of(pair), right_of(pair));
  const std::size_t fields = scorer.comparison().compared().size();
  for (std::size_t field = 0; field < fields; ++field) {
    ++chunk.level_pairs[field * most_levels + level_in(evidence.pattern, field)];
  }
  const Weight weight = scorer.weight(evidence);
  const double probability = probability_of(weight);
  chunk.expected_true += in_units(probability);
  chunk.mass.add(probability);
  if (probability >= options.threshold) {
    chunk.expected_false += in_units(1.0 - probability);
  } else {
    chunk.expected_missed += in_units(probability);
  }
  if (probability >= options.floor)
    chunk.links.push_back({left_of(pair), right_of(pair), weight, probability});
}

}  // namespace

Status use_model(Scorer& scorer, const Model& model) {
  SCRUTINEER_CHECK(check_model(model, scorer));
  std::vector<std::vector<double>> m;
  m.reserve(model.fields.size());
  for (const FieldModel& field : model.fields) m.push_back(field.m);
  scorer.set_model(model.prior, m, model.dependences);
  return {};
}

Status learn_model(Scorer& scorer, Chance& chance, std::span<const PairKey> learn_from,
                   std::uint64_t candidates, const Model& given, const EngineOptions& options, Model& model,
                   Diagnostics& diagnostics) {
  diagnostics.all_pairs = options.all_pairs;
  diagnostics.pairs_compared = candidates;
  if (given.empty()) {
    TrainingOptions training_options;
    training_options.threads = options.threads;
    training_options.seed = options.seed;
    training_options.all_pairs = options.all_pairs;
    training_options.first_prior = options.first_prior;
    training_options.random_pairs = options.random_pairs;
    training_options.different = options.different;
    training_options.discount = options.discount;
    if (learn_from.size() < candidates) {
      // The prior is a share of all pairs, so the part learned from must be set against its part of them.
      training_options.all_pairs = static_cast<std::uint64_t>(static_cast<double>(options.all_pairs) *
                                                              static_cast<double>(learn_from.size()) /
                                                              static_cast<double>(candidates));
    }
    const Training training = train(scorer, chance, learn_from, training_options);
    model = model_of(scorer, training);
    diagnostics.iterations = training.mixture.iterations;
    diagnostics.converged = training.mixture.converged;
    if (!diagnostics.converged) {
      diagnostics.notes.push_back("The estimation of the model stopped after " +
                                  std::to_string(diagnostics.iterations) +
                                  " iterations without converging: its probabilities are approximate.");
    }
  } else {
    SCRUTINEER_CHECK(use_model(scorer, given));
    if (options.different.empty() && options.discount)
      discount_known(scorer, chance, learn_from, options.threads);
    model = given;
    diagnostics.converged = true;
    diagnostics.notes.emplace_back("Scored with a saved model; nothing was learned from these rows.");
  }
  SCRUTINEER_CHECK(use_model(scorer, model));
  diagnostics.prior = model.prior;
  return {};
}

Result<std::vector<Link>> score_candidates(Scorer& scorer, Chance& chance, const Candidates& candidates,
                                           const Model& given, const EngineOptions& options, Model& model,
                                           Diagnostics& diagnostics) {
  diagnostics.blocks = candidates.blocks;
  SCRUTINEER_CHECK(learn_model(scorer, chance, training_pairs(candidates.pairs, options.seed),
                               candidates.pairs.size(), given, options, model, diagnostics));
  constexpr std::size_t chunk_size = 65'536;
  std::vector<ChunkAccount> chunks((candidates.pairs.size() + chunk_size - 1) / chunk_size);
  parallel_for(options.threads, chunks.size(), [&](std::size_t chunk) {
    const std::size_t end = std::min(candidates.pairs.size(), (chunk + 1) * chunk_size);
    for (std::size_t at = chunk * chunk_size; at < end; ++at) {
      account(scorer, candidates.pairs[at], options, chunks[chunk]);
    }
  });
  ChunkAccount all;
  for (const ChunkAccount& chunk : chunks) {
    all.links.insert(all.links.end(), chunk.links.begin(), chunk.links.end());
    for (std::size_t at = 0; at < all.level_pairs.size(); ++at) all.level_pairs[at] += chunk.level_pairs[at];
    all.expected_false += chunk.expected_false;
    all.expected_missed += chunk.expected_missed;
    all.expected_true += chunk.expected_true;
    all.mass.add(chunk.mass);
  }
  diagnostics.expected_false = from_units(all.expected_false);
  diagnostics.expected_missed = from_units(all.expected_missed);
  diagnostics.by_threshold = all.mass.lines();
  report_fields(model, all.level_pairs, diagnostics);
  return std::move(all.links);
}

void report_fields(const Model& model, std::span<const std::uint64_t> level_pairs, Diagnostics& diagnostics) {
  for (std::size_t at = 0; at < model.fields.size(); ++at) {
    const FieldModel& field = model.fields[at];
    FieldReport report;
    report.field = field.name;
    for (std::size_t level = 0; level < field.levels.size(); ++level) {
      LevelReport line;
      line.level = field.levels[level];
      line.pairs = level_pairs[at * most_levels + level];
      if (level != level_missing) {
        line.m = field.m[level];
        line.u = field.u[level];
        line.weight = to_weight(line.m) - to_weight(line.u);
      }
      report.levels.push_back(std::move(line));
    }
    report.not_compared = level_pairs[at * most_levels + level_asked];
    diagnostics.fields.push_back(std::move(report));
  }
}

namespace {

// Cuts into as many parts as threads, each with what stands before the next, and sorts them side by side.
template <typename Before>
void sort_in_parts(std::span<Link> links, unsigned threads, const Before& before) {
  constexpr std::size_t worth_a_thread = 20'000;
  if (threads < 2 || links.size() < worth_a_thread) {
    std::sort(links.begin(), links.end(), before);
    return;
  }
  const auto middle = static_cast<std::ptrdiff_t>(links.size() / 2);
  std::nth_element(links.begin(), links.begin() + middle, links.end(), before);
  parallel_for(2, 2, [&](std::size_t half) {
    sort_in_parts(half == 0 ? links.first(links.size() / 2) : links.subspan(links.size() / 2), threads / 2,
                  before);
  });
}

}  // namespace

void sort_links(std::span<Link> links, unsigned threads) {
  sort_in_parts(links, thread_count(threads), [](const Link& a, const Link& b) {
    if (a.left != b.left) return a.left < b.left;
    if (a.weight != b.weight) return a.weight > b.weight;
    return a.right < b.right;
  });
}

}  // namespace scrutineer::linkage
