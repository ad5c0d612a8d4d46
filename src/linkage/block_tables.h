// What scoring pairs within blocks reads of values and rows: worked out once, then read by all workers.
#ifndef SCRUTINEER_LINKAGE_BLOCK_TABLES_H_
#define SCRUTINEER_LINKAGE_BLOCK_TABLES_H_

#include <cstdint>
#include <vector>

#include "base/scratch.h"
#include "linkage/level_kernels.h"
#include "linkage/pair_gate.h"
#include "linkage/short_names.h"

namespace scrutineer::linkage {

// What is looked at of one value, in one line of the cache.
struct alignas(64) BlockValue {
  ValueKey key;  // where its kind has a kernel
  LevelDeficits deficits{};
  Weight same = 0;  // PairFilter::same_alone
};
static_assert(sizeof(BlockValue) == 64);

struct BlockTables {
  const Comparison& comparison;
  std::size_t fields;                           // compared
  std::vector<std::vector<BlockValue>> values;  // [compared][code]
  std::vector<LevelKernel> kernels;             // [compared]; null: none
  // [compared][code * distinct + other code]: levels of all pairs of values, where few values alone decide
  // (house numbers, sex); else empty.
  std::vector<std::vector<std::uint8_t>> levels;
  FoldLevels fold = fold_levels();
  std::vector<ShortNames> names;  // [compared]; empty for other kinds
  // [compared][code]: the word of a name of one word, NameWords::none where it has none, or several_words;
  // empty for other kinds. All names there are must be compared as names for it to tell anything.
  static constexpr std::uint32_t several_words = NameWords::none - 1;
  std::vector<std::vector<std::uint32_t>> only_word;
  bool names_are_compared = true;
  // Row by row (left ones, then right ones where the tables are two), so that a row costs one look into far
  // memory: the code of each compared field, then two halves of a bit for each word of its names.
  std::size_t stride;
  ScratchArray<std::uint32_t> rows;

  // The comparison must outlive this. Without filter and gate nothing is known of weights.
  BlockTables(const Comparison& compared, const PairFilter* filter, const PairGate* gate, unsigned threads);

  [[nodiscard]] bool same_table() const { return comparison.same_table(); }

 private:
  void fill_values(const PairFilter* filter, const PairGate* gate, unsigned threads);
  void fill_levels(unsigned threads);
  void fill_rows(unsigned threads);
  // [field][code]: a bit for each word of a name; empty for fields without names.
  [[nodiscard]] std::vector<std::vector<std::uint64_t>> name_bits() const;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_BLOCK_TABLES_H_
