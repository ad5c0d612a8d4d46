// Rows in blocks, rule by rule, and the pairs within blocks, each once: a pair is left to the first rule
// under which its rows share a block, so that no set of pairs is ever kept.
//
// A block with more pairs than `largest_block` rows would have among themselves is a placeholder or a very
// common value (postcode unknown, John Smith). It is split by further fields, as many as it takes, those that
// tell most people apart first; what is too large after all of them is left out. Each such block is counted,
// and the largest are named.
#ifndef SCRUTINEER_LINKAGE_RULE_BLOCKS_H_
#define SCRUTINEER_LINKAGE_RULE_BLOCKS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/scratch.h"
#include "linkage/block_rules.h"
#include "linkage/diagnostics.h"

namespace scrutineer::linkage {

struct RuleBlockOptions {
  unsigned threads = 0;
  std::uint64_t largest_block = 5'000;  // rows
};

// A rule, and from what size on its blocks are cut down: what decides, with the reference rows, which rows
// meet.
struct CutRule {
  BlockRule rule;
  std::uint64_t largest_block = 0;
};

// The blocks of one rule. Rows are numbered left rows first, then, where the tables are two, right ones.
struct BlocksOfRule {
  CutRule cut;
  ScratchArray<std::uint32_t> block;  // of each row, from 1; 0: alone or in none
  std::uint32_t blocks = 0;
  std::uint64_t pairs = 0;  // those met under earlier rules included
  BlockReport report;
};

// Whether a block is cut down is decided by the reference rows in it (Comparison::reference_row); rows that
// are there for reference alone are in no block.
BlocksOfRule blocks_of_rule(const Comparison& comparison, const BlockRule& rule,
                            const RuleBlockOptions& options);

class RuleBlocks {
 public:
  RuleBlocks(const Comparison& comparison, std::vector<BlocksOfRule> rules);

  [[nodiscard]] std::size_t rules() const { return rules_.size(); }
  [[nodiscard]] const BlocksOfRule& rule(std::size_t at) const { return rules_[at]; }
  [[nodiscard]] BlockReport& report(std::size_t at) { return rules_[at].report; }
  [[nodiscard]] std::uint64_t pairs() const;  // of all rules, repetitions included

  // A stretch of the pairs of one block: rows first .. last - 1 of it with all later ones (of the right table
  // where the tables are two) before `until`.
  struct Piece {
    std::uint64_t begin = 0, end = 0;  // of the block, in BlockOrder::rows
    std::uint64_t first = 0, last = 0;
    std::uint64_t until = 0;
  };
  struct BlockOrder {
    std::vector<std::uint32_t> rows;  // by block; left rows before right ones, fresh before others, ascending
    std::vector<Piece> pieces;
    std::vector<std::size_t> chunks;  // pieces by chunk of about as many pairs: [chunk] .. [chunk + 1] - 1
    std::vector<std::uint64_t> chunk_pairs;
  };
  // `fresh`: by row, whether it is to be compared; pairs of two rows that are not are left out. Empty: all.
  [[nodiscard]] BlockOrder order(std::size_t rule, std::span<const std::uint8_t> fresh = {}) const;

 private:
  void add_pieces(BlockOrder& order, std::uint64_t begin, std::uint64_t end,
                  std::span<const std::uint8_t> fresh) const;

  std::size_t left_rows_;
  bool same_table_;
  std::vector<BlocksOfRule> rules_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_RULE_BLOCKS_H_
