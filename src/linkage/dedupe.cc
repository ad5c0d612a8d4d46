#include "linkage/dedupe.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "linkage/engine.h"
#include "linkage/nearest.h"
#include "linkage/profile_clusters.h"

namespace scrutineer::linkage {
namespace {

constexpr double edge_floor = 0.02;

std::vector<std::vector<std::uint32_t>> clusters_of(std::span<const std::uint32_t> person) {
  std::vector<std::vector<std::uint32_t>> by_person(person.size());
  for (std::uint32_t row = 0; row < person.size(); ++row) by_person[person[row]].push_back(row);
  std::erase_if(by_person, [](const auto& rows) { return rows.size() < 2; });
  return by_person;
}

}  // namespace

Result<DedupeResult> dedupe(std::span<const Field> fields, std::size_t rows, const DedupeOptions& options) {
  for (const Field& field : fields) {
    if (field.left != field.right)
      return refused("field \"" + field.name + "\" has two columns where one table is searched");
  }
  SCRUTINEER_TRY(const Comparison comparison, Comparison::make(fields, rows, rows, {}));
  DedupeResult result;
  result.person.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) result.person[row] = row;
  if (rows < 2) {
    result.diagnostics.converged = true;
    return result;
  }
  ChanceOptions chance_options;
  chance_options.threads = options.threads;
  chance_options.seed = options.seed;
  Chance chance(comparison, chance_options);
  NearestOptions nearest;
  nearest.threads = options.threads;
  const std::size_t wanted = nearest.neighbours;
  nearest.neighbours = affordable_neighbours(wanted, rows, options.memory);
  if (nearest.neighbours < wanted) {
    result.diagnostics.notes.push_back(
        "Only " + std::to_string(nearest.neighbours) +
        " neighbours of each row were compared, because of the memory allowed.");
  }
  const Candidates candidates = nearest_neighbours(comparison, nearest);

  EngineOptions engine;
  engine.threads = options.threads;
  engine.seed = options.seed;
  engine.all_pairs = static_cast<std::uint64_t>(rows) * (rows - 1) / 2;
  engine.first_prior = static_cast<double>(rows) / 2.0 / static_cast<double>(engine.all_pairs);
  engine.floor = std::min(edge_floor, options.threshold);
  engine.threshold = options.threshold;
  const Companions companions = Companions::measure(comparison, options.threads, options.seed);
  Scorer scorer(comparison, chance, companions);
  SCRUTINEER_TRY(std::vector<Link> edges, score_candidates(scorer, chance, candidates, options.model, engine,
                                                           result.model, result.diagnostics));
  ClusterOptions cluster;
  cluster.threads = options.threads;
  cluster.merge = static_cast<Weight>(std::lround(options.merge_bits * weight_scale));
  std::erase_if(edges, [](const Link& edge) { return edge.probability < edge_floor; });
  result.person = profile_clusters(scorer, edges, rows, cluster);
  result.clusters = clusters_of(result.person);
  std::erase_if(edges, [&](const Link& edge) { return edge.probability < options.threshold; });
  sort_links(edges);
  result.pairs = std::move(edges);
  return result;
}

}  // namespace scrutineer::linkage
