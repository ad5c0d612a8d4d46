#include "linkage/block_tables.h"

#include <algorithm>

#include "base/parallel.h"

namespace scrutineer::linkage {

BlockTables::BlockTables(const Comparison& compared, const PairFilter* filter, const PairGate* gate,
                         unsigned threads)
    : comparison(compared),
      fields(compared.compared().size()),
      values(fields),
      levels(fields),
      stride(fields + 2) {
  for (const Compared& what : compared.compared()) kernels.push_back(level_kernel(what.kind));
  names.resize(fields);
  only_word.resize(fields);
  parallel_for(threads, fields, [&](std::size_t field) {
    const Compared& what = compared.compared()[field];
    if (what.kind != Kind::name) return;
    names[field] = ShortNames(compared.values()[what.field].pool);
    for (std::uint32_t code = 0; code < compared.values()[what.field].distinct(); ++code) {
      const auto words = compared.words().words_of(what.field, code);
      only_word[field].push_back(words.empty()       ? NameWords::none
                                 : words.size() == 1 ? words.front()
                                                     : several_words);
    }
  });
  for (const FieldValues& of_field : compared.values())
    names_are_compared = names_are_compared && of_field.role != Role::full_name;
  fill_values(filter, gate, threads);
  fill_levels(threads);
  fill_rows(threads);
}

void BlockTables::fill_levels(unsigned threads) {
  constexpr std::size_t most_values = 512;  // 256 KiB a field, which the second-level cache holds
  for (std::size_t field = 0; field < fields; ++field) {
    const Compared& what = comparison.compared()[field];
    const std::size_t distinct = values[field].size();
    if (kernels[field] == nullptr || what.kind == Kind::name || distinct > most_values) continue;
    levels[field].resize(distinct * distinct);
    parallel_for(threads, distinct, [&](std::size_t mine) {
      for (std::size_t other = 0; other < distinct; ++other)
        levels[field][mine * distinct + other] = comparison.by_value(field).level(
            static_cast<std::uint32_t>(mine), static_cast<std::uint32_t>(other));
    });
  }
}

void BlockTables::fill_values(const PairFilter* filter, const PairGate* gate, unsigned threads) {
  parallel_for(threads, fields, [&](std::size_t field) {
    const std::vector<ValueKey> keys = value_keys(comparison, field);
    values[field].resize(comparison.values()[comparison.compared()[field].field].distinct());
    for (std::uint32_t code = 0; code < values[field].size(); ++code) {
      BlockValue& value = values[field][code];
      if (!keys.empty()) value.key = keys[code];
      if (gate != nullptr) value.deficits = gate->deficits(field, code);
      if (filter != nullptr) value.same = filter->same_alone(field, code);
    }
  });
}

void BlockTables::fill_rows(unsigned threads) {
  const std::vector<std::vector<std::uint64_t>> bits = name_bits();
  const std::size_t left_rows = comparison.left_rows();
  const std::size_t count = left_rows + (comparison.same_table() ? 0 : comparison.right_rows());
  rows = ScratchArray<std::uint32_t>(count * stride);
  constexpr std::size_t chunk_rows = std::size_t{1} << 16;
  parallel_for(threads, (count + chunk_rows - 1) / chunk_rows, [&](std::size_t chunk) {
    const std::size_t end = std::min(count, (chunk + 1) * chunk_rows);
    for (std::size_t row = chunk * chunk_rows; row < end; ++row) {
      const bool left = row < left_rows;
      std::uint32_t* const mine = &rows[row * stride];
      const auto code = [&](std::size_t field) {
        const FieldValues& of_field = comparison.values()[field];
        return left ? of_field.left_code(row) : of_field.right_code(row - left_rows);
      };
      for (std::size_t field = 0; field < fields; ++field)
        mine[field] = code(comparison.compared()[field].field);
      std::uint64_t words = 0;
      for (std::size_t field = 0; field < bits.size(); ++field) {
        if (!bits[field].empty()) words |= bits[field][code(field)];
      }
      mine[fields] = static_cast<std::uint32_t>(words);
      mine[fields + 1] = static_cast<std::uint32_t>(words >> 32U);
    }
  });
}

std::vector<std::vector<std::uint64_t>> BlockTables::name_bits() const {
  std::vector<std::vector<std::uint64_t>> bits(comparison.values().size());
  for (std::size_t field = 0; field < bits.size(); ++field) {
    const std::size_t distinct = comparison.values()[field].distinct();
    std::vector<std::uint64_t> of_field;
    std::uint64_t any = 0;
    for (std::uint32_t code = 0; code < distinct; ++code) {
      of_field.push_back(word_bits(comparison, field, code));
      any |= of_field.back();
    }
    if (any != 0) bits[field] = std::move(of_field);
  }
  return bits;
}

}  // namespace scrutineer::linkage
