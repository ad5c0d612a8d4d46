// Candidates by exact agreement on given fields: all pairs that agree on at least one of them.
//
// A block (one value of one field) larger than `largest_block` rows on the indexed side is a placeholder or a
// very common value: it is split, that is, only its rows that also agree on the field of names that splits it
// best are paired, and it is reported.
#ifndef SCRUTINEER_LINKAGE_KEY_BLOCKS_H_
#define SCRUTINEER_LINKAGE_KEY_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "linkage/candidates.h"
#include "linkage/comparison.h"

namespace scrutineer::linkage {

struct BlockOptions {
  unsigned threads = 0;
  std::uint64_t largest_block = 2'000;  // pairs that one row may meet in one block
};

// `fields` index comparison.values().
Candidates key_blocks(const Comparison& comparison, std::span<const std::size_t> fields,
                      const BlockOptions& options);

// Pairs of different rows of the right table that agree on at least one of `fields` with each other and whose
// block also holds a row of the left table; at most about `most` of them, chosen by hash. Left and right of
// each pair are both rows of the right table, the smaller first.
std::vector<PairKey> pairs_within_right(const Comparison& comparison, std::span<const std::size_t> fields,
                                        std::uint64_t most, std::uint64_t seed);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_KEY_BLOCKS_H_
