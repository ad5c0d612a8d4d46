#include "stats/dense_block.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <set>
#include <unordered_set>

namespace scrutineer::stats {
namespace {

struct Neighbour {
  std::uint32_t node;
  double weight;
};

// Left nodes first, then right ones; only nodes with edges matter.
struct Graph {
  std::size_t lefts = 0;
  std::vector<std::vector<Neighbour>> neighbours;
  std::vector<double> weight;  // sum of a node's edges
  double total = 0;
};

Graph graph_of(std::span<const BipartiteEdge> edges) {
  Graph graph;
  std::size_t rights = 0;
  for (const auto& edge : edges) {
    graph.lefts = std::max(graph.lefts, std::size_t{edge.left} + 1);
    rights = std::max(rights, std::size_t{edge.right} + 1);
  }
  std::vector<double> degree(rights, 0.0);
  for (const auto& edge : edges) degree[edge.right] += 1;
  graph.neighbours.resize(graph.lefts + rights);
  graph.weight.assign(graph.lefts + rights, 0.0);
  for (const auto& edge : edges) {
    const double weight = 1.0 / std::log(degree[edge.right] + 5.0);
    const auto right = static_cast<std::uint32_t>(graph.lefts + edge.right);
    graph.neighbours[edge.left].push_back({right, weight});
    graph.neighbours[right].push_back({edge.left, weight});
    graph.weight[edge.left] += weight;
    graph.weight[right] += weight;
    graph.total += weight;
  }
  return graph;
}

Block block_of(const Graph& graph, const std::vector<bool>& inside) {
  Block block;
  double weight = 0;
  std::size_t nodes = 0;
  for (std::uint32_t node = 0; node < inside.size(); ++node) {
    if (!inside[node]) continue;
    ++nodes;
    if (node < graph.lefts) {
      block.left.push_back(node);
      for (const auto& [other, w] : graph.neighbours[node]) weight += inside[other] ? w : 0.0;
    } else {
      block.right.push_back(node - static_cast<std::uint32_t>(graph.lefts));
    }
  }
  block.density = nodes > 0 ? weight / static_cast<double>(nodes) : 0.0;
  return block;
}

// A flow network with real capacities; Dinic's algorithm (1970).
class Network {
 public:
  explicit Network(std::size_t nodes) : out_(nodes), level_(nodes), next_(nodes) {}

  void add(std::uint32_t from, std::uint32_t to, double capacity, double back = 0) {
    out_[from].push_back(arcs_.size());
    arcs_.push_back({to, capacity});
    out_[to].push_back(arcs_.size());
    arcs_.push_back({from, back});
  }

  // Saturates the network and returns the nodes still reachable from the source: the source side of a
  // smallest cut.
  std::vector<bool> source_side(std::uint32_t source, std::uint32_t sink) {
    while (layer(source, sink)) {
      std::fill(next_.begin(), next_.end(), std::size_t{0});
      while (push(source, sink, std::numeric_limits<double>::infinity()) > 0) {
      }
    }
    std::vector<bool> reached(out_.size());
    for (std::size_t node = 0; node < out_.size(); ++node) reached[node] = level_[node] >= 0;
    return reached;
  }

 private:
  static constexpr double nothing = 1e-11;
  struct Arc {
    std::uint32_t to;
    double capacity;
  };

  bool layer(std::uint32_t source, std::uint32_t sink) {
    std::fill(level_.begin(), level_.end(), -1);
    std::queue<std::uint32_t> queue;
    level_[source] = 0;
    queue.push(source);
    while (!queue.empty()) {
      const std::uint32_t node = queue.front();
      queue.pop();
      for (const std::size_t arc : out_[node])
        if (arcs_[arc].capacity > nothing && level_[arcs_[arc].to] < 0) {
          level_[arcs_[arc].to] = level_[node] + 1;
          queue.push(arcs_[arc].to);
        }
    }
    return level_[sink] >= 0;
  }

  // Paths are short (the layers are few), so the recursion is too.
  double push(std::uint32_t node, std::uint32_t sink, double amount) {
    if (node == sink) return amount;
    for (std::size_t& i = next_[node]; i < out_[node].size(); ++i) {
      const std::size_t arc = out_[node][i];
      if (arcs_[arc].capacity <= nothing || level_[arcs_[arc].to] != level_[node] + 1) continue;
      const double pushed = push(arcs_[arc].to, sink, std::min(amount, arcs_[arc].capacity));
      if (pushed <= 0) continue;
      arcs_[arc].capacity -= pushed;
      arcs_[arc ^ 1U].capacity += pushed;
      return pushed;
    }
    return 0;
  }

  std::vector<std::vector<std::size_t>> out_;
  std::vector<Arc> arcs_;
  std::vector<int> level_;
  std::vector<std::size_t> next_;
};

// Goldberg's network for the guess g: a set of density above g exists iff the source side is more than the
// source.
std::vector<bool> denser_than(const Graph& graph, double g) {
  const std::size_t nodes = graph.neighbours.size();
  const auto source = static_cast<std::uint32_t>(nodes);
  const auto sink = source + 1;
  Network network(nodes + 2);
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (graph.neighbours[node].empty()) continue;
    network.add(source, node, graph.total);
    network.add(node, sink, graph.total + 2.0 * g - graph.weight[node]);
    if (node < graph.lefts)
      for (const auto& [other, weight] : graph.neighbours[node]) network.add(node, other, weight, weight);
  }
  std::vector<bool> side = network.source_side(source, sink);
  side.resize(nodes);
  return side;
}

}  // namespace

Block greedy_block(std::span<const BipartiteEdge> edges) {
  const Graph graph = graph_of(edges);
  std::vector<double> weight = graph.weight;
  std::set<std::pair<double, std::uint32_t>> queue;
  for (std::uint32_t node = 0; node < weight.size(); ++node)
    if (!graph.neighbours[node].empty()) queue.emplace(weight[node], node);
  std::vector<std::uint32_t> removed;
  std::vector<bool> inside(weight.size(), false);
  for (const auto& [w, node] : queue) inside[node] = true;
  double total = graph.total;
  double best = 0;
  std::size_t removed_at_best = 0;
  while (!queue.empty()) {
    const double density = total / static_cast<double>(queue.size());
    if (density > best) {
      best = density;
      removed_at_best = removed.size();
    }
    const std::uint32_t node = queue.begin()->second;
    queue.erase(queue.begin());
    inside[node] = false;
    removed.push_back(node);
    for (const auto& [other, w] : graph.neighbours[node]) {
      if (!inside[other]) continue;
      queue.erase({weight[other], other});
      weight[other] -= w;
      total -= w;
      queue.emplace(weight[other], other);
    }
  }
  std::vector<bool> kept(weight.size(), false);
  for (std::size_t i = removed_at_best; i < removed.size(); ++i) kept[removed[i]] = true;
  return block_of(graph, kept);
}

Block densest_block(std::span<const BipartiteEdge> edges) {
  if (edges.empty()) return {};
  const Graph graph = graph_of(edges);
  // Start from the greedy block: each cut either finds a denser set, whose density is the next guess, or
  // proves that there is none (Dinkelbach's iteration: ends after few cuts).
  Block best = greedy_block(edges);
  for (;;) {
    const Block next = block_of(graph, denser_than(graph, best.density));
    if (next.density <= best.density * (1.0 + 1e-9)) return best;
    best = next;
  }
}

std::vector<BipartiteEdge> swapped_edges(std::span<const BipartiteEdge> edges, Random random) {
  std::vector<BipartiteEdge> result(edges.begin(), edges.end());
  if (result.size() < 2) return result;
  const auto key = [](std::uint32_t left, std::uint32_t right) {
    return (std::uint64_t{left} << 32U) | right;
  };
  std::unordered_set<std::uint64_t> present;  // looked up only: its order is never seen
  for (const auto& edge : result) present.insert(key(edge.left, edge.right));
  for (std::size_t swap = 0; swap < 10 * result.size(); ++swap) {
    auto& a = result[static_cast<std::size_t>(random.below(result.size()))];
    auto& b = result[static_cast<std::size_t>(random.below(result.size()))];
    if (a.left == b.left || a.right == b.right) continue;
    if (present.contains(key(a.left, b.right)) || present.contains(key(b.left, a.right))) continue;
    present.erase(key(a.left, a.right));
    present.erase(key(b.left, b.right));
    std::swap(a.right, b.right);
    present.insert(key(a.left, a.right));
    present.insert(key(b.left, b.right));
  }
  return result;
}

}  // namespace scrutineer::stats
