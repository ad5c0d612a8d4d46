#include "linkage/dependence.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "linkage/fixed_point.h"
#include "linkage/union_find.h"

namespace scrutineer::linkage {
namespace {

constexpr double pseudo_count = 3.0;
constexpr double cap_nats = 5.0;
constexpr double weight_unit = 65536.0;

struct Margins {
  std::vector<double> first;
  std::vector<double> second;
  double total = 0;
};

Margins margins_of(const JointCounts& counts, std::size_t second_levels) {
  Margins margins;
  margins.first.assign(counts.size() / second_levels, 0.0);
  margins.second.assign(second_levels, 0.0);
  for (std::size_t at = 0; at < counts.size(); ++at) {
    margins.first[at / second_levels] += counts[at];
    margins.second[at % second_levels] += counts[at];
    margins.total += counts[at];
  }
  return margins;
}

double mutual_information(const JointCounts& counts, std::size_t second_levels) {
  const Margins margins = margins_of(counts, second_levels);
  double information = 0;
  for (std::size_t at = 0; at < counts.size(); ++at) {
    if (counts[at] <= 0) continue;
    const double expected =
        margins.first[at / second_levels] * margins.second[at % second_levels] / margins.total;
    information += counts[at] / margins.total * std::log2(counts[at] / expected);
  }
  return information;
}

std::vector<Weight> edge_weights(const JointCounts& counts, std::size_t second_levels) {
  const Margins margins = margins_of(counts, second_levels);
  constexpr double cap = cap_nats * std::numbers::log2e;
  std::vector<Weight> weights(counts.size(), 0);
  for (std::size_t at = 0; at < counts.size(); ++at) {
    const std::size_t first = at / second_levels;
    const std::size_t second = at % second_levels;
    if (first == level_missing || second == level_missing) continue;
    const double expected =
        margins.total > 0 ? margins.first[first] * margins.second[second] / margins.total : 0.0;
    const double theta = std::log2((counts[at] + pseudo_count) / (expected + pseudo_count));
    weights[at] = static_cast<Weight>(std::lround(-std::clamp(theta, -cap, cap) * weight_scale));
  }
  return weights;
}

}  // namespace

void merge_patterns(std::vector<WeightedPattern>& patterns) {
  std::sort(patterns.begin(), patterns.end(),
            [](const WeightedPattern& a, const WeightedPattern& b) { return a.pattern < b.pattern; });
  std::size_t kept = 0;
  for (std::size_t at = 0; at < patterns.size(); ++at) {
    if (kept > 0 && patterns[kept - 1].pattern == patterns[at].pattern) {
      patterns[kept - 1].weight += patterns[at].weight;
    } else {
      patterns[kept++] = patterns[at];
    }
  }
  patterns.resize(kept);
}

std::vector<JointCounts> joint_counts(std::span<const WeightedPattern> patterns,
                                      std::span<const Compared> compared) {
  const std::size_t fields = compared.size();
  std::vector<JointCounts> result;
  for (std::size_t first = 0; first < fields; ++first) {
    for (std::size_t second = first + 1; second < fields; ++second) {
      const std::size_t levels = levels_of(compared[second].kind).size();
      JointCounts counts(levels_of(compared[first].kind).size() * levels, 0.0);
      for (const WeightedPattern& seen : patterns) {
        const std::uint8_t mine = level_in(seen.pattern, first);
        const std::uint8_t other = level_in(seen.pattern, second);
        if (mine == level_missing || other == level_missing) continue;
        counts[mine * levels + other] += static_cast<double>(seen.weight) / weight_unit;
      }
      result.push_back(std::move(counts));
    }
  }
  return result;
}

std::vector<Dependence> dependence_tree(std::span<const JointCounts> counts,
                                        std::span<const Compared> compared, const Companions& companions) {
  struct Edge {
    double information;
    std::uint32_t first;
    std::uint32_t second;
  };
  const auto fields = static_cast<std::uint32_t>(compared.size());
  std::vector<Edge> edges;
  for (std::uint32_t first = 0; first < fields; ++first) {
    for (std::uint32_t second = first + 1; second < fields; ++second) {
      const std::size_t levels = levels_of(compared[second].kind).size();
      edges.push_back({mutual_information(counts[pair_index(first, second, fields)], levels), first, second});
    }
  }
  std::stable_sort(edges.begin(), edges.end(),
                   [](const Edge& a, const Edge& b) { return a.information > b.information; });
  UnionFind trees(fields);
  std::vector<Dependence> tree;
  for (const Edge& edge : edges) {
    if (!(edge.information > 0) || !trees.unite(edge.first, edge.second)) continue;
    const std::size_t levels = levels_of(compared[edge.second].kind).size();
    Dependence found{edge.first, edge.second,
                     edge_weights(counts[pair_index(edge.first, edge.second, fields)], levels)};
    for (std::size_t at = 0; at < found.weights.size(); ++at) {
      const bool by_first = at / levels == level_same && companions.conditions(edge.first, edge.second);
      const bool by_second = at % levels == level_same && companions.conditions(edge.second, edge.first);
      if (by_first || by_second) found.weights[at] = 0;
    }
    tree.push_back(std::move(found));
  }
  return tree;
}

}  // namespace scrutineer::linkage
