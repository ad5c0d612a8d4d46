#include "linkage/key_blocks.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/parallel.h"
#include "linkage/fixed_point.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {
namespace {

// Rows of one side by code of one field: a radix sort on the code in one pass, because codes are dense.
class RowsByCode {
 public:
  RowsByCode(const std::vector<std::uint32_t>& codes, std::size_t distinct) : starts_(distinct + 1, 0) {
    for (const std::uint32_t code : codes) ++starts_[code + 1];
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    rows_.resize(codes.size());
    std::vector<std::uint64_t> next(starts_.begin(), starts_.end() - 1);
    for (std::uint32_t row = 0; row < codes.size(); ++row) rows_[next[codes[row]]++] = row;
  }
  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t code) const {
    return std::span(rows_).subspan(starts_[code], starts_[code + 1] - starts_[code]);
  }

 private:
  std::vector<std::uint64_t> starts_;
  std::vector<std::uint32_t> rows_;
};

const std::vector<std::uint32_t>& codes_of(const FieldValues& values, Side side) {
  return side == Side::left || values.same_table ? values.left : values.right;
}

// The field of names with most distinct values: what splits an oversized block.
std::size_t splitting_field(const Comparison& comparison, std::size_t otherwise) {
  std::size_t best = otherwise;
  std::size_t most = 0;
  for (std::size_t field = 0; field < comparison.values().size(); ++field) {
    const FieldValues& values = comparison.values()[field];
    const bool name = values.role == Role::family_name || values.role == Role::given_name;
    if (name && values.distinct() > most) {
      best = field;
      most = values.distinct();
    }
  }
  return best;
}

// Pairs of one field, the rows of one side (`asking`) streamed past the other's, which is indexed. Pairs that
// already agree on an earlier field are left to it.
class Pass {
 public:
  Pass(const Comparison& comparison, std::span<const std::size_t> fields, std::size_t at,
       const BlockOptions& options)
      : comparison_(comparison),
        earlier_(fields.first(at)),
        values_(comparison.values()[fields[at]]),
        split_(comparison.values()[splitting_field(comparison, fields[at])]),
        options_(options),
        left_indexed_(comparison.same_table() || comparison.left_rows() <= comparison.right_rows()),
        index_(codes_of(values_, left_indexed_ ? Side::left : Side::right), values_.distinct()) {}

  void run(std::vector<PairKey>& pairs, BlockReport& report) const {
    const auto& asking = codes_of(values_, left_indexed_ ? Side::right : Side::left);
    constexpr std::size_t chunk_size = 8192;
    const std::size_t chunks = (asking.size() + chunk_size - 1) / chunk_size;
    std::vector<std::vector<PairKey>> found(chunks);
    parallel_for(options_.threads, chunks, [&](std::size_t chunk) {
      const std::size_t end = std::min(asking.size(), (chunk + 1) * chunk_size);
      for (std::size_t row = chunk * chunk_size; row < end; ++row) {
        if (asking[row] != TextColumn::missing)
          meet(static_cast<std::uint32_t>(row), asking[row], found[chunk]);
      }
    });
    for (const auto& of_chunk : found) {
      pairs.insert(pairs.end(), of_chunk.begin(), of_chunk.end());
      report.pairs += of_chunk.size();
    }
    report.pass = values_.name;
    const auto& counts = left_indexed_ ? values_.left_counts : values_.counts_right();
    for (std::size_t code = 1; code < counts.size(); ++code) {
      report.keys += static_cast<std::uint64_t>(counts[code] > 0);
      report.largest = std::max<std::uint64_t>(report.largest, counts[code]);
      report.split += static_cast<std::uint64_t>(counts[code] > options_.largest_block);
    }
  }

 private:
  void meet(std::uint32_t row, std::uint32_t code, std::vector<PairKey>& found) const {
    const auto block = index_.of(code);
    const bool oversized = block.size() > options_.largest_block;
    for (const std::uint32_t other : block) {
      const std::uint32_t left = left_indexed_ ? other : row;
      const std::uint32_t right = left_indexed_ ? row : other;
      if (comparison_.same_table() && left >= right) continue;
      if (oversized) {
        const std::uint32_t part = split_.left_code(left);
        if (part == TextColumn::missing || part != split_.right_code(right)) continue;
      }
      if (!met_before(left, right)) found.push_back(pair_key(left, right));
    }
  }

  [[nodiscard]] bool met_before(std::uint32_t left, std::uint32_t right) const {
    return std::any_of(earlier_.begin(), earlier_.end(), [&](std::size_t field) {
      const FieldValues& values = comparison_.values()[field];
      const std::uint32_t code = values.left_code(left);
      if (code == TextColumn::missing || code != values.right_code(right)) return false;
      const auto& counts = left_indexed_ ? values.left_counts : values.counts_right();
      return counts[code] <= options_.largest_block;  // in a split block the pair may not have met
    });
  }

  const Comparison& comparison_;
  std::span<const std::size_t> earlier_;
  const FieldValues& values_;
  const FieldValues& split_;
  BlockOptions options_;
  bool left_indexed_;
  RowsByCode index_;
};

}  // namespace

Candidates key_blocks(const Comparison& comparison, std::span<const std::size_t> fields,
                      const BlockOptions& options) {
  Candidates result;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    BlockReport report;
    Pass(comparison, fields, at, options).run(result.pairs, report);
    result.blocks.push_back(std::move(report));
  }
  radix_sort_unique(result.pairs);
  return result;
}

std::vector<PairKey> pairs_within_right(const Comparison& comparison, std::span<const std::size_t> fields,
                                        std::uint64_t most, std::uint64_t seed) {
  constexpr std::size_t widest = 64;  // rows of a block that are paired with each other
  std::vector<PairKey> pairs;
  for (const std::size_t field : fields) {
    const FieldValues& values = comparison.values()[field];
    const RowsByCode index(codes_of(values, Side::right), values.distinct());
    for (std::uint32_t code = 1; code < values.distinct(); ++code) {
      if (values.left_counts[code] == 0) continue;
      const auto block = index.of(code);
      const std::size_t size = std::min(block.size(), widest);
      for (std::size_t one = 0; one < size; ++one) {
        for (std::size_t two = one + 1; two < size; ++two) pairs.push_back(pair_key(block[one], block[two]));
      }
    }
  }
  radix_sort_unique(pairs);
  if (pairs.size() > most) {
    const std::uint64_t limit = ~std::uint64_t{0} / pairs.size() * most;
    std::erase_if(pairs, [&](PairKey pair) { return mixed(seed, pair) > limit; });
  }
  return pairs;
}

}  // namespace scrutineer::linkage
