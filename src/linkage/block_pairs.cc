#include "linkage/block_pairs.h"

#include <map>

#include "base/parallel.h"
#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

// Calls visit(left row, right row) for each pair of one piece that met under no earlier rule, for left rows
// for which `wanted` says so.
template <typename Wanted, typename Visit>
void visit_pairs(const Comparison& comparison, const RuleBlocks& blocks, std::size_t rule,
                 const RuleBlocks::BlockOrder& order, const RuleBlocks::Piece& piece, const Wanted& wanted,
                 const Visit& visit) {
  const auto left_rows = static_cast<std::uint32_t>(comparison.left_rows());
  const bool same = comparison.same_table();
  for (std::uint64_t at = piece.begin + piece.first; at < piece.begin + piece.last; ++at) {
    const std::uint32_t row = order.rows[at];
    if (!wanted(row)) continue;
    for (std::uint64_t other_at = at + 1; other_at < piece.begin + piece.until; ++other_at) {
      const std::uint32_t other = order.rows[other_at];
      if (!same && other < left_rows) continue;
      bool met = false;
      for (std::size_t earlier = 0; earlier < rule && !met; ++earlier) {
        const auto& block = blocks.rule(earlier).block;
        met = block[row] != 0 && block[row] == block[other];
      }
      if (!met) visit(row, same ? other : other - left_rows);
    }
  }
}

}  // namespace

SampledPairs sample_pairs(const Comparison& comparison, const RuleBlocks& blocks, std::uint64_t wanted,
                          std::uint64_t seed, unsigned threads) {
  const std::uint64_t all = std::max<std::uint64_t>(blocks.pairs(), 1);
  const std::uint64_t limit = all <= wanted ? ~std::uint64_t{0} : ~std::uint64_t{0} / all * wanted;
  SampledPairs sample;
  sample.share = all <= wanted ? 1.0 : static_cast<double>(wanted) / static_cast<double>(all);
  for (std::size_t rule = 0; rule < blocks.rules(); ++rule) {
    const auto order = blocks.order(rule);
    std::vector<std::vector<PairKey>> found(order.chunk_pairs.size());
    parallel_for(threads, found.size(), [&](std::size_t chunk) {
      for (std::size_t at = order.chunks[chunk]; at < order.chunks[chunk + 1]; ++at) {
        visit_pairs(
            comparison, blocks, rule, order, order.pieces[at],
            [&](std::uint32_t row) { return mixed(seed ^ 0x7EA1U, row) <= limit; },
            [&](std::uint32_t left, std::uint32_t right) { found[chunk].push_back(pair_key(left, right)); });
      }
    });
    for (const auto& of_chunk : found)
      sample.pairs.insert(sample.pairs.end(), of_chunk.begin(), of_chunk.end());
  }
  return sample;
}

std::vector<PatternCount> count_patterns_by_pairs(const Comparison& comparison, const RuleBlocks& blocks) {
  std::map<Pattern, std::uint64_t> counts;
  for (std::size_t rule = 0; rule < blocks.rules(); ++rule) {
    const auto order = blocks.order(rule);
    for (const RuleBlocks::Piece& piece : order.pieces) {
      visit_pairs(
          comparison, blocks, rule, order, piece, [](std::uint32_t) { return true; },
          [&](std::uint32_t left, std::uint32_t right) {
            Pattern pattern = 0;
            for (std::size_t field = 0; field < comparison.compared().size(); ++field)
              pattern |= at_level(field, comparison.compare(field, left, right).level);
            ++counts[pattern];
          });
    }
  }
  std::vector<PatternCount> result;
  for (const auto& [pattern, pairs] : counts) result.push_back({pattern, pairs});
  return result;
}

}  // namespace scrutineer::linkage
