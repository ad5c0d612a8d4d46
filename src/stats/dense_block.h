// The densest block of a bipartite graph: which set of left nodes (households) and right nodes (payers,
// telephones, days) has the most weight of edges for its number of nodes?
//
// Weights: an edge to a right node of degree d has weight 1 / ln(d + 5), so that what everybody shares
// counts little (FRAUDAR: Hooi et al., KDD 2016, section 4). Density of a set S of nodes: weight of edges
// inside / |S|.
//
// greedy_block peels the node of least weight until none is left and keeps the best set on the way: its
// density is at least half the largest there is (Charikar 2000; Hooi et al., theorem 1). densest_block is
// exact: the largest g for which a cut of a flow network keeps a set of density above g (Goldberg, Report
// CSD-84-171, Berkeley 1984). swapped_edges draws a graph with the same degrees (pairs of edges exchange
// their right ends; Milo et al., 2003): the null "given who has how many links, who is linked to what is
// random".
//
// A dense block is an order of reading, not evidence: families, estates and one energetic organiser are
// dense.
#ifndef SCRUTINEER_STATS_DENSE_BLOCK_H_
#define SCRUTINEER_STATS_DENSE_BLOCK_H_

#include <cstdint>
#include <span>
#include <vector>

#include "stats/random.h"

namespace scrutineer::stats {

struct BipartiteEdge {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  auto operator<=>(const BipartiteEdge&) const = default;
};

struct Block {
  std::vector<std::uint32_t> left, right;  // sorted
  double density = 0;
};

// Edges must be distinct; nodes are 0 .. largest number used.
Block greedy_block(std::span<const BipartiteEdge> edges);
Block densest_block(std::span<const BipartiteEdge> edges);
std::vector<BipartiteEdge> swapped_edges(std::span<const BipartiteEdge> edges, Random random);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_DENSE_BLOCK_H_
