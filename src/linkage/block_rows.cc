#include "linkage/block_rows.h"

#include <algorithm>

namespace scrutineer::linkage {
namespace {

constexpr std::size_t prefetched_rows = 48;    // whose codes are fetched ahead
constexpr std::size_t prefetched_values = 16;  // of which the values are fetched too

}  // namespace

BlockRows::BlockRows(const BlockTables& tables)
    : tables_(tables),
      keys_(tables.fields),
      codes_(tables.fields),
      deficits_(tables.fields),
      same_(tables.fields) {}

void BlockRows::clear() {
  rows_.clear();
  for (auto& of_rule : earlier_) of_rule.clear();
}

std::uint32_t BlockRows::append(const RuleBlocks& blocks, std::size_t rule,
                                const RuleBlocks::BlockOrder& order, const RuleBlocks::Piece& piece) {
  const std::size_t from = rows_.size();
  rows_.insert(rows_.end(), order.rows.begin() + static_cast<std::ptrdiff_t>(piece.begin),
               order.rows.begin() + static_cast<std::ptrdiff_t>(piece.end));
  // The next block's rows, while this one's are at hand.
  const std::size_t soon = std::min(order.rows.size(), piece.end + prefetched_rows);
  const std::size_t sooner = std::min(order.rows.size(), piece.end + prefetched_values);
  for (std::size_t at = piece.end; at < sooner; ++at) {
    const std::uint32_t* const row = &tables_.rows[order.rows[at] * tables_.stride];
    for (std::size_t field = 0; field < tables_.fields; ++field)
      __builtin_prefetch(&tables_.values[field][row[field]]);
  }
  for (std::size_t at = sooner; at < soon; ++at) {
    __builtin_prefetch(&tables_.rows[order.rows[at] * tables_.stride]);
    for (std::size_t other = 0; other < rule; ++other)
      __builtin_prefetch(&blocks.rule(other).block[order.rows[at]]);
  }
  append_fields(from);
  earlier_.resize(rule);
  for (std::size_t other = 0; other < rule; ++other) {
    const auto& block = blocks.rule(other).block;
    earlier_[other].resize(rows_.size());
    for (std::size_t at = from; at < rows_.size(); ++at) earlier_[other][at] = block[rows_[at]];
  }
  return static_cast<std::uint32_t>(from);
}

void BlockRows::append_fields(std::size_t from) {
  const std::size_t end = rows_.size();
  words_.resize(end);
  for (auto& of_field : codes_) of_field.resize(end);
  for (std::size_t at = from; at < end; ++at) {
    const std::uint32_t* const row = &tables_.rows[rows_[at] * tables_.stride];
    for (std::size_t field = 0; field < tables_.fields; ++field) codes_[field][at] = row[field];
    words_[at] = row[tables_.fields] | static_cast<std::uint64_t>(row[tables_.fields + 1]) << 32U;
  }
  for (std::size_t field = 0; field < tables_.fields; ++field) {
    keys_[field].resize(end);
    deficits_[field].resize(end);
    same_[field].resize(end);
    const BlockValue* const values = tables_.values[field].data();
    for (std::size_t at = from; at < end; ++at) {
      const BlockValue& value = values[codes_[field][at]];
      keys_[field][at] = value.key;
      deficits_[field][at] = value.deficits;
      same_[field][at] = value.same;
    }
  }
}

void BlockRows::mark_met(std::size_t one, std::size_t other, std::size_t count, std::uint8_t* met) const {
  std::fill_n(met, count, std::uint8_t{0});
  for (const auto& of_rule : earlier_) {
    const std::uint32_t mine = of_rule[one];
    if (mine == 0) continue;
    const std::uint32_t* const others = &of_rule[other];
    for (std::size_t at = 0; at < count; ++at) met[at] |= static_cast<std::uint8_t>(others[at] == mine);
  }
}

}  // namespace scrutineer::linkage
