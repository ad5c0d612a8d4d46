#include "linkage/dedupe.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "linkage/block_engine.h"
#include "linkage/constraints.h"
#include "linkage/edge_store.h"
#include "linkage/engine.h"
#include "linkage/kin.h"
#include "linkage/nearest.h"
#include "linkage/people_calibration.h"
#include "linkage/profile_clusters.h"
#include "linkage/recall_estimate.h"

namespace scrutineer::linkage {
namespace {

constexpr double edge_floor = 0.02;
constexpr double pairs_per_row = 25;  // that chosen rules may bring together
// A large table is grouped by at most one doubtful pair to so many rows.
constexpr std::size_t doubtful_edges = 2;
// A list of moderate length can afford more neighbours than the usual: up to this many of each row, and about
// so many in all. On historical_50k that takes the true pairs reached from .94 to .96.
constexpr std::size_t most_neighbours = 110;
constexpr std::size_t neighbours_in_all = 5'500'000;

std::uint64_t repeated_people(std::span<const std::uint32_t> person) {
  std::vector<bool> repeated(person.size(), false);
  for (std::uint32_t row = 0; row < person.size(); ++row) {
    if (person[row] != row) repeated[person[row]] = true;
  }
  return static_cast<std::uint64_t>(std::count(repeated.begin(), repeated.end(), true));
}

Result<std::vector<Link>> score_nearest(const Comparison& comparison, Scorer& scorer, Chance& chance,
                                        const EngineOptions& engine, const DedupeOptions& options,
                                        DedupeResult& result) {
  NearestOptions nearest;
  nearest.threads = options.threads;
  const std::size_t wanted =
      std::clamp(neighbours_in_all / comparison.left_rows(), nearest.neighbours, most_neighbours);
  nearest.neighbours = affordable_neighbours(wanted, comparison.left_rows(), options.memory);
  if (nearest.neighbours < wanted) {
    result.diagnostics.notes.push_back(
        "Only " + std::to_string(nearest.neighbours) +
        " neighbours of each row were compared, because of the memory allowed.");
  }
  const Candidates candidates = nearest_neighbours(comparison, nearest);
  if (options.explain_blocking)
    result.diagnostics.recall = estimate_recall(comparison, candidates.pairs, options.threads);
  return score_candidates(scorer, chance, candidates, options.model, engine, result.model,
                          result.diagnostics);
}

// About as many as there will be, so that they need not be moved about.
std::size_t likely_edges(const Model& model, std::size_t rows) {
  const auto table = static_cast<double>(rows);
  return static_cast<std::size_t>(std::min(1.25 * model.prior * table * table / 2, 2 * table));
}

std::string note_of(const EdgeStore& store) {
  const long floor = std::lround(100 * store.floor());
  return "People were grouped by pairs from a probability of about " + std::to_string(floor) +
         " % up: " + std::to_string(store.let_go()) +
         " pairs below it were too many for a table of this size.";
}

// What people share who are not one person, and how often kin are alike: side by side.
std::pair<Companions, Kin> measure_relations(const Comparison& comparison, const DedupeOptions& options) {
  const auto policy = thread_count(options.threads) > 1 ? std::launch::async : std::launch::deferred;
  std::future<Kin> kin = std::async(policy, [&] { return Kin::measure(comparison, options.seed); });
  Companions companions = Companions::measure(comparison, options.threads, options.seed);
  return {std::move(companions), kin.get()};
}

// The likely pairs of blocks, as far as the store keeps them.
Result<std::vector<Link>> score_edges(Scorer& scorer, Chance& chance, std::vector<BlocksOfRule> blocks,
                                      const Model& model, const EngineOptions& engine, EdgeStore& store,
                                      DedupeResult& result) {
  SCRUTINEER_CHECK(score_by_rules(scorer, chance, std::move(blocks), model, engine, result.model,
                                  result.diagnostics, [&](std::span<const Link> links) -> Status {
                                    store.expect(likely_edges(result.model, result.person.size()));
                                    store.add(links);
                                    return {};
                                  }));
  std::vector<Link> edges = store.take();
  if (store.let_go() > 0) result.diagnostics.notes.push_back(note_of(store));
  return edges;
}

// Groups the rows; where a state was taken over, only those whose people it may not tell any more.
std::vector<std::uint32_t> people_of(const Scorer& scorer, std::span<const Link> edges, const Fitted* fitted,
                                     const ClusterOptions& options, std::size_t rows) {
  if (fitted == nullptr || !options.constraints->empty()) {
    std::vector<std::uint32_t> person =
        profile_clusters(scorer, edges, scorer.comparison().left_rows(), options);
    person.resize(rows);
    return person;
  }
  const std::vector<std::uint8_t> touched = touched_components(edges, fitted->touched);
  std::vector<Link> of_touched;
  std::copy_if(edges.begin(), edges.end(), std::back_inserter(of_touched),
               [&](const Link& edge) { return touched[edge.left] != 0; });
  std::vector<std::uint32_t> person = profile_clusters(scorer, of_touched, touched.size(), options);
  person.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (touched[row] == 0) person[row] = fitted->person[row];
  }
  return person;
}

std::vector<std::uint32_t> group(const Scorer& scorer, std::span<const Link> edges, double floor,
                                 const Fitted* fitted, const Constraints& constraints,
                                 const DedupeOptions& options, std::size_t rows) {
  ClusterOptions cluster;
  cluster.threads = options.threads;
  cluster.constraints = &constraints;
  cluster.merge = static_cast<Weight>(std::lround(options.merge_bits * weight_scale));
  if (floor >= edge_floor) return people_of(scorer, edges, fitted, cluster, rows);
  // Groups join along the stronger of the pairs only, whatever was asked to be returned.
  std::vector<Link> strong;
  std::copy_if(edges.begin(), edges.end(), std::back_inserter(strong),
               [](const Link& edge) { return edge.probability >= edge_floor; });
  return people_of(scorer, strong, fitted, cluster, rows);
}

}  // namespace

Result<DedupeResult> dedupe(std::span<const Field> fields, std::size_t rows, const DedupeOptions& options) {
  for (const Field& field : fields) {
    if (field.left != field.right)
      return refused("field \"" + field.name + "\" has two columns where one table is searched");
  }
  DedupeResult result;
  SCRUTINEER_TRY(const Constraints constraints,
                 Constraints::make(rows, options.same, options.different, options.snapshot));
  EngineOptions engine;
  engine.floor = std::min(edge_floor, options.threshold);
  std::optional<Fitted> fitted = take_over(options.continuation, fields, options.seed, engine.floor,
                                           options.rules, options.model, result.diagnostics.notes);
  Comparison comparison;
  if (fitted) {
    comparison = std::move(fitted->comparison);
  } else {
    SCRUTINEER_TRY(comparison, Comparison::make(fields, rows, rows, {}, options.threads));
  }
  const bool rescan = !fitted || options.continuation.rescan;
  const Model model = fitted ? options.continuation.earlier->model : options.model;
  result.person.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) result.person[row] = row;
  if (rows < 2) {
    result.diagnostics.converged = true;
    return result;
  }
  engine.threads = options.threads;
  engine.seed = options.seed;
  engine.all_pairs = static_cast<std::uint64_t>(rows) * (rows - 1) / 2;
  engine.first_prior = static_cast<double>(rows) / 2.0 / static_cast<double>(engine.all_pairs);
  engine.threshold = options.threshold;
  if (!rescan) engine.fresh = fitted->fresh;
  const bool large = comparison.reference_rows(Side::left) >= rows_for_rules;
  const bool by_rules = large || !options.rules.empty() || fitted;
  ChanceOptions chance_options;
  if (large) chance_options = large_chance_options(options.threads, options.seed);
  chance_options.threads = options.threads;
  chance_options.seed = options.seed;
  Chance chance(comparison, chance_options);
  const auto [companions, kin] = measure_relations(comparison, options);
  Scorer scorer(comparison, chance, companions);
  scorer.use_kin(kin);
  result.diagnostics.clock.lap("values and chance");
  std::vector<Link> edges;
  double let_go_mass = 0;
  std::vector<CutRule> rules;
  if (by_rules) {
    auto blocks = blocks_of_run(comparison, fitted ? options.continuation.earlier : nullptr, options.rules,
                                pairs_per_row, options.threads, rules);
    // What is asked for, or left for a later run, is kept whole.
    const bool whole = !large || fitted || options.continuation.keep || options.threshold < 0.5;
    EdgeStore store(whole ? EdgeStore::unlimited : rows / doubtful_edges);
    SCRUTINEER_TRY(edges, score_edges(scorer, chance, std::move(blocks), model, engine, store, result));
    let_go_mass = store.let_go_mass();
    if (!rescan) add_taken_over(*fitted, options.threshold, edges, result.diagnostics);
    sort_links(edges, options.threads);  // in an order that does not tell which were taken over
  } else {
    SCRUTINEER_TRY(edges, score_nearest(comparison, scorer, chance, engine, options, result));
    result.diagnostics.clock.lap("neighbours, learning, comparing");
  }
  result.person = group(scorer, edges, engine.floor, rescan ? nullptr : &*fitted, constraints, options, rows);
  std::vector<Link> as_scored;
  if (options.continuation.keep && by_rules) as_scored = edges;
  result.repeated = repeated_people(result.person);
  calibrate_by_people(result.person, engine.floor, let_go_mass, options.threshold, edges, result.diagnostics);
  std::erase_if(edges, [&](const Link& edge) { return edge.probability < options.threshold; });
  sort_links(edges, options.threads);
  result.pairs = std::move(edges);
  result.diagnostics.clock.lap("grouping");
  if (options.continuation.keep) {
    leave_state(std::move(comparison), options.continuation, rules, result.model, result.diagnostics,
                result.state);
  }
  if (result.state) {
    result.state->rules_were_chosen = options.rules.empty();
    result.state->constrained = !constraints.empty();
    result.state->seed = options.seed;
    result.state->floor = engine.floor;
    result.state->links = std::move(as_scored);
    result.state->person = result.person;
  }
  return result;
}

}  // namespace scrutineer::linkage
