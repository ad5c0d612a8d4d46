// The rows of some blocks with everything that comparing them looks at, side by side in near memory.
#ifndef SCRUTINEER_LINKAGE_BLOCK_ROWS_H_
#define SCRUTINEER_LINKAGE_BLOCK_ROWS_H_

#include <cstdint>
#include <vector>

#include "linkage/block_tables.h"
#include "linkage/rule_blocks.h"

namespace scrutineer::linkage {

class BlockRows {
 public:
  // The tables must outlive this.
  explicit BlockRows(const BlockTables& tables);

  void clear();
  // Adds the rows of a piece's block; returns the place of the first.
  std::uint32_t append(const RuleBlocks& blocks, std::size_t rule, const RuleBlocks::BlockOrder& order,
                       const RuleBlocks::Piece& piece);
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

  // By place.
  [[nodiscard]] std::uint32_t row(std::size_t at) const { return rows_[at]; }
  [[nodiscard]] std::uint32_t code(std::size_t compared, std::size_t at) const {
    return codes_[compared][at];
  }
  // By place, of one field.
  [[nodiscard]] const std::uint32_t* codes(std::size_t compared) const { return codes_[compared].data(); }
  // True if the rows from `other` on hold the value of row `one`, as where blocks agree on it.
  [[nodiscard]] bool all_hold(std::size_t compared, std::size_t one, std::size_t other,
                              std::size_t count) const {
    const std::uint32_t mine = codes_[compared][one];
    const std::uint32_t* const others = &codes_[compared][other];
    if (others[count - 1] != mine) return false;
    std::uint32_t differing = 0;
    for (std::size_t at = 0; at < count; ++at) differing |= others[at] ^ mine;
    return differing == 0;
  }
  [[nodiscard]] const std::vector<ValueKey>& keys(std::size_t compared) const { return keys_[compared]; }
  [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }
  [[nodiscard]] const LevelDeficits& deficits(std::size_t compared, std::size_t at) const {
    return deficits_[compared][at];
  }
  // PairFilter::same_alone of the row's value.
  [[nodiscard]] Weight same(std::size_t compared, std::size_t at) const { return same_[compared][at]; }
  // Sets a byte for each row from `other` on to whether it shares a block of an earlier rule with row `one`.
  void mark_met(std::size_t one, std::size_t other, std::size_t count, std::uint8_t* met) const;
  // True if a word of one row's value may stand in another field of the other row.
  [[nodiscard]] bool may_be_elsewhere(std::size_t compared, std::size_t one, std::size_t other) const {
    return ((keys_[compared][one].parts & words_[other]) | (keys_[compared][other].parts & words_[one])) != 0;
  }

 private:
  void append_fields(std::size_t from);

  const BlockTables& tables_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint64_t> words_;
  std::vector<std::vector<ValueKey>> keys_;           // [compared][place]
  std::vector<std::vector<std::uint32_t>> codes_;     // [compared][place]
  std::vector<std::vector<LevelDeficits>> deficits_;  // [compared][place]
  std::vector<std::vector<Weight>> same_;             // [compared][place]
  std::vector<std::vector<std::uint32_t>> earlier_;   // [rule][place]: block
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_BLOCK_ROWS_H_
