#include "linkage/namesakes.h"

#include <algorithm>

#include "base/text_column.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {

Namesakes::Namesakes(const Comparison& comparison, std::size_t given, std::size_t family)
    : comparison_(&comparison), given_(given), family_(family) {
  // By forename and then, keeping that order, by family name.
  std::vector<std::uint64_t> sorted;
  for (std::uint32_t row = 0; row < comparison.right_rows(); ++row) {
    const std::uint64_t of_given = comparison.code(given, row, Side::right);
    const bool has_both =
        of_given != TextColumn::missing && comparison.code(family, row, Side::right) != TextColumn::missing;
    if (has_both) sorted.push_back(of_given << 32U | row);
  }
  radix_sort(sorted, 32);
  for (std::uint64_t& entry : sorted) {
    const auto row = static_cast<std::uint32_t>(entry);
    entry = std::uint64_t{comparison.code(family, row, Side::right)} << 32U | row;
  }
  radix_sort(sorted, 32);
  rows_.assign(sorted.begin(), sorted.end());
}

std::uint64_t Namesakes::key(std::size_t row, Side side) const {
  return std::uint64_t{comparison_->code(family_, row, side)} << 32U | comparison_->code(given_, row, side);
}

std::span<const std::uint32_t> Namesakes::of(std::size_t left_row) const {
  if (comparison_ == nullptr) return {};
  const std::uint64_t names = key(left_row, Side::left);
  const auto before = [this](std::uint32_t row, std::uint64_t than) { return key(row, Side::right) < than; };
  const auto from = std::lower_bound(rows_.begin(), rows_.end(), names, before);
  const auto to = std::lower_bound(from, rows_.end(), names + 1, before);
  return {from, to};
}

}  // namespace scrutineer::linkage
