#include "linkage/rule_blocks.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "base/parallel.h"
#include "base/text.h"
#include "linkage/fixed_point.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t most_named = 5;  // oversized blocks named in the report
constexpr std::uint64_t chunk_pairs_wanted = 200'000;

struct Tables {
  std::size_t left_rows;
  bool same;
  // Pairs among ascending rows.
  [[nodiscard]] std::uint64_t pairs(std::span<const std::uint32_t> rows) const {
    const std::uint64_t all = rows.size();
    if (same) return all * (all - 1) / 2;
    const auto right = std::lower_bound(rows.begin(), rows.end(), static_cast<std::uint32_t>(left_rows));
    const auto left = static_cast<std::uint64_t>(right - rows.begin());
    return left * (all - left);
  }
};

// Parts that split what is too large, but for those of the rule itself.
std::vector<BlockPart> splitting_parts(const Comparison& comparison, const BlockRule& rule) {
  std::vector<BlockPart> parts;
  const auto add = [&](Role role, Transform transform) {
    for (std::size_t field = 0; field < comparison.values().size(); ++field) {
      if (comparison.values()[field].role != role) continue;
      const BlockPart part{field, transform, 0};
      const bool used = std::any_of(rule.parts.begin(), rule.parts.end(), [&](const BlockPart& one) {
        return one.field == field && (one.transform == Transform::whole || one == part);
      });
      if (!used) parts.push_back(part);
    }
  };
  add(Role::date, Transform::year);
  add(Role::family_name, Transform::soundex);
  add(Role::given_name, Transform::soundex);
  add(Role::code, Transform::outward);
  add(Role::date, Transform::whole);
  add(Role::family_name, Transform::whole);
  add(Role::given_name, Transform::whole);
  add(Role::code, Transform::whole);
  add(Role::full_name, Transform::whole);
  add(Role::text, Transform::whole);
  add(Role::number, Transform::whole);
  return parts;
}

class BlockBuilder {
 public:
  BlockBuilder(const Comparison& comparison, const BlockRule& rule, const RuleBlockOptions& options)
      : comparison_(comparison),
        rule_(rule),
        options_(options),
        tables_{comparison.left_rows(), comparison.same_table()},
        most_pairs_(options.largest_block * (options.largest_block - 1) / 2) {}

  BlocksOfRule build() {
    keys_ = rule_keys(comparison_, rule_, options_.threads);
    mark_reference();
    result_.cut = {rule_, options_.largest_block};
    result_.report.pass = to_string(rule_, comparison_.values());
    result_.block = ScratchArray<std::uint32_t>(keys_.size());
    std::vector<std::uint64_t> sorted;
    sorted.reserve(keys_.size());
    for (std::uint32_t row = 0; row < keys_.size(); ++row) {
      if (keys_[row] != 0) sorted.push_back((keys_[row] & ~std::uint64_t{0xFFFFFFFFU}) | row);
    }
    radix_sort(sorted, 32);
    std::vector<std::uint32_t> rows;
    for (std::size_t from = 0; from < sorted.size();) {
      std::size_t to = from;
      const std::uint64_t high = sorted[from] >> 32U;
      while (to < sorted.size() && sorted[to] >> 32U == high) ++to;
      if (to - from > 1) {
        rows.clear();
        for (std::size_t at = from; at < to; ++at) rows.push_back(static_cast<std::uint32_t>(sorted[at]));
        by_key(rows);
      } else {
        ++result_.report.keys;
      }
      from = to;
    }
    name_oversized();
    result_.block.put_away();
    return std::move(result_);
  }

 private:
  // Rows whose keys agree in their upper half: nearly always one key.
  void by_key(std::vector<std::uint32_t>& rows) {
    const std::uint64_t key = keys_[rows.front()];
    if (std::all_of(rows.begin(), rows.end(), [&](std::uint32_t row) { return keys_[row] == key; })) {
      ++result_.report.keys;
      take(rows);
      return;
    }
    std::sort(rows.begin(), rows.end(), [this](std::uint32_t a, std::uint32_t b) {
      return keys_[a] != keys_[b] ? keys_[a] < keys_[b] : a < b;
    });
    for (auto from = rows.begin(); from != rows.end();) {
      const auto to =
          std::find_if(from, rows.end(), [&](std::uint32_t row) { return keys_[row] != keys_[*from]; });
      ++result_.report.keys;
      take(std::vector<std::uint32_t>(from, to));
      from = to;
    }
  }

  // Which rows are reference rows, and which are there for nothing else.
  void mark_reference() {
    if (comparison_.all_are_reference()) return;
    is_reference_.assign(keys_.size(), false);
    is_active_.assign(keys_.size(), false);
    const auto mark = [&](Side side, std::size_t offset) {
      for (std::size_t at = 0; at < comparison_.reference_rows(side); ++at)
        is_reference_[offset + comparison_.reference_row(side, at)] = true;
      for (std::size_t row = 0; row < comparison_.active_rows(side); ++row) is_active_[offset + row] = true;
    };
    mark(Side::left, 0);
    if (!tables_.same) mark(Side::right, tables_.left_rows);
  }

  [[nodiscard]] std::vector<std::uint32_t> only(std::span<const std::uint32_t> rows,
                                                const std::vector<bool>& wanted) const {
    std::vector<std::uint32_t> kept;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(kept),
                 [&](std::uint32_t row) { return wanted[row]; });
    return kept;
  }

  [[nodiscard]] bool is_too_large(std::span<const std::uint32_t> rows) const {
    return (is_reference_.empty() ? tables_.pairs(rows) : tables_.pairs(only(rows, is_reference_))) >
           most_pairs_;
  }

  // A whole block, as it is or split.
  void take(const std::vector<std::uint32_t>& rows) {
    result_.report.largest = std::max<std::uint64_t>(result_.report.largest, rows.size());
    if (!is_too_large(rows)) {
      number(rows);
      return;
    }
    ++result_.report.split;
    oversized_.emplace_back(rows.size(), rows.front());
    if (splitting_.empty()) {
      for (const BlockPart& part : splitting_parts(comparison_, rule_))
        splitting_.emplace_back(part.field, parts_by_code(comparison_.values()[part.field], part));
    }
    split(rows, 0);
  }

  void split(std::span<const std::uint32_t> rows, std::size_t depth) {
    if (!is_too_large(rows)) {
      number(rows);
      return;
    }
    if (depth == splitting_.size()) {
      ++result_.report.left_out;
      return;
    }
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
    keyed.reserve(rows.size());
    // Rows that lack this value stay together and are split by the next.
    const auto& [field, by_code] = splitting_[depth];
    for (const std::uint32_t row : rows) keyed.emplace_back(by_code[code_of(field, row)], row);
    std::sort(keyed.begin(), keyed.end());
    std::vector<std::uint32_t> part;
    for (std::size_t from = 0; from < keyed.size();) {
      part.clear();
      std::size_t to = from;
      for (; to < keyed.size() && keyed[to].first == keyed[from].first; ++to)
        part.push_back(keyed[to].second);
      split(part, depth + 1);
      from = to;
    }
  }

  void number(std::span<const std::uint32_t> all) {
    std::vector<std::uint32_t> active;
    if (!is_active_.empty()) active = only(all, is_active_);
    const std::span<const std::uint32_t> rows = is_active_.empty() ? all : active;
    const std::uint64_t pairs = tables_.pairs(rows);
    if (pairs == 0) return;
    ++result_.blocks;
    result_.pairs += pairs;
    for (const std::uint32_t row : rows) result_.block[row] = result_.blocks;
  }

  [[nodiscard]] std::uint32_t code_of(std::size_t field, std::uint32_t row) const {
    const FieldValues& values = comparison_.values()[field];
    return row < tables_.left_rows ? values.left_code(row) : values.right_code(row - tables_.left_rows);
  }

  void name_oversized() {
    std::sort(oversized_.begin(), oversized_.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    oversized_.resize(std::min(oversized_.size(), most_named));
    for (const auto& [size, row] : oversized_) {
      std::string name;
      for (const BlockPart& part : rule_.parts) {
        const StringPool& values = comparison_.values()[part.field].pool;
        name += (name.empty() ? "" : ", ") + std::string(values[code_of(part.field, row)]);
      }
      result_.report.oversized.push_back(printable(name, 60) + ": " + std::to_string(size) + " rows");
    }
  }

  const Comparison& comparison_;
  const BlockRule& rule_;
  const RuleBlockOptions& options_;
  Tables tables_;
  std::uint64_t most_pairs_;
  std::vector<std::uint64_t> keys_;
  std::vector<bool> is_reference_;  // by row; empty: all are
  std::vector<bool> is_active_;
  // Parts that split: field, and the part of each of its values; made when needed.
  std::vector<std::pair<std::size_t, std::vector<std::uint64_t>>> splitting_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> oversized_;  // rows, first row
  BlocksOfRule result_;
};

}  // namespace

BlocksOfRule blocks_of_rule(const Comparison& comparison, const BlockRule& rule,
                            const RuleBlockOptions& options) {
  return BlockBuilder(comparison, rule, options).build();
}

RuleBlocks::RuleBlocks(const Comparison& comparison, std::vector<BlocksOfRule> rules)
    : left_rows_(comparison.left_rows()), same_table_(comparison.same_table()), rules_(std::move(rules)) {}

std::uint64_t RuleBlocks::pairs() const {
  return std::accumulate(rules_.begin(), rules_.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const BlocksOfRule& rule) { return sum + rule.pairs; });
}

namespace {

// Pairs of rows first .. last - 1 of a piece with the later ones before its end.
std::uint64_t pairs_of(const RuleBlocks::Piece& piece, std::uint64_t asking, bool same) {
  const std::uint64_t rows = piece.last - piece.first;
  if (!same) return rows * (piece.until - asking);
  return rows * (piece.until - piece.first) - rows * (rows + 1) / 2;
}

// Puts a piece behind the others, cut so that none has many more pairs than a chunk.
void add_cut(RuleBlocks::BlockOrder& order, const RuleBlocks::Piece& whole, std::uint64_t asking, bool same) {
  const std::uint64_t pairs = pairs_of(whole, asking, same);
  if (pairs == 0) return;
  const std::uint64_t rows = whole.last - whole.first;
  const std::uint64_t parts =
      std::clamp<std::uint64_t>(pairs / chunk_pairs_wanted, 1, std::max<std::uint64_t>(rows, 1));
  for (std::uint64_t part = 0; part < parts; ++part) {
    RuleBlocks::Piece piece = whole;
    piece.first = whole.first + rows * part / parts;
    piece.last = whole.first + rows * (part + 1) / parts;
    if (piece.first == piece.last) continue;
    order.pieces.push_back(piece);
    order.chunk_pairs.back() += std::max<std::uint64_t>(pairs / parts, 1);
    if (order.chunk_pairs.back() < chunk_pairs_wanted) continue;
    order.chunks.push_back(order.pieces.size());
    order.chunk_pairs.push_back(0);
  }
}

}  // namespace

void RuleBlocks::add_pieces(BlockOrder& order, std::uint64_t begin, std::uint64_t end,
                            std::span<const std::uint8_t> fresh) const {
  const auto rows = std::span(order.rows).subspan(begin, end - begin);
  const auto right = same_table_
                         ? rows.end()
                         : std::lower_bound(rows.begin(), rows.end(), static_cast<std::uint32_t>(left_rows_));
  const auto asking = static_cast<std::uint64_t>(right - rows.begin());
  const std::uint64_t size = end - begin;
  if (fresh.empty()) {
    add_cut(order, {begin, end, 0, asking, size}, asking, same_table_);
    return;
  }
  const auto is_fresh = [&](std::uint32_t row) { return fresh[row] != 0; };
  const auto fresh_left =
      static_cast<std::uint64_t>(std::stable_partition(rows.begin(), right, is_fresh) - rows.begin());
  add_cut(order, {begin, end, 0, fresh_left, size}, asking, same_table_);
  if (same_table_) return;
  const auto fresh_right =
      static_cast<std::uint64_t>(std::stable_partition(right, rows.end(), is_fresh) - rows.begin());
  add_cut(order, {begin, end, fresh_left, asking, fresh_right}, asking, same_table_);
}

RuleBlocks::BlockOrder RuleBlocks::order(std::size_t rule, std::span<const std::uint8_t> fresh) const {
  const BlocksOfRule& of = rules_[rule];
  std::vector<std::uint32_t> starts(of.blocks + std::size_t{2}, 0);
  for (const std::uint32_t block : of.block) ++starts[block + 1];
  starts[1] = 0;  // rows in no block
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  BlockOrder order;
  order.rows.resize(starts.back());
  {
    std::vector<std::uint32_t> next = starts;
    for (std::uint32_t row = 0; row < of.block.size(); ++row) {
      if (of.block[row] != 0) order.rows[next[of.block[row]]++] = row;
    }
  }
  order.chunks.push_back(0);
  order.chunk_pairs.push_back(0);
  for (std::uint32_t block = 1; block <= of.blocks; ++block)
    add_pieces(order, starts[block], starts[block + 1], fresh);
  if (order.chunks.back() != order.pieces.size()) {
    order.chunks.push_back(order.pieces.size());
  } else {
    order.chunk_pairs.pop_back();
  }
  return order;
}

}  // namespace scrutineer::linkage
