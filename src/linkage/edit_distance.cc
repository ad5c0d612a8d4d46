#include "linkage/edit_distance.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace scrutineer::linkage {
namespace {

// Without what the two share at either end. (Optimal: an alignment of least cost exists that leaves a common
// prefix and suffix alone.)
void strip_common(std::string_view& left, std::string_view& right) {
  std::size_t same = 0;
  const std::size_t shorter = std::min(left.size(), right.size());
  while (same < shorter && left[same] == right[same]) ++same;
  left.remove_prefix(same);
  right.remove_prefix(same);
  while (!left.empty() && !right.empty() && left.back() == right.back()) {
    left.remove_suffix(1);
    right.remove_suffix(1);
  }
}

std::size_t osa_bit_parallel(std::string_view pattern, std::string_view text) {
  thread_local std::array<std::uint64_t, 256> positions{};
  const auto of = [](char letter) -> std::uint64_t& { return positions[static_cast<unsigned char>(letter)]; };
  for (std::size_t at = 0; at < pattern.size(); ++at) of(pattern[at]) |= std::uint64_t{1} << at;
  const std::uint64_t last = std::uint64_t{1} << (pattern.size() - 1);
  std::uint64_t vertical_up = ~std::uint64_t{0};
  std::uint64_t vertical_down = 0;
  std::uint64_t diagonal = 0;
  std::uint64_t previous_match = 0;
  std::size_t distance = pattern.size();
  for (const char letter : text) {
    const std::uint64_t match = of(letter);
    const std::uint64_t swap = (((~diagonal) & match) << 1U) & previous_match;
    diagonal = (((match & vertical_up) + vertical_up) ^ vertical_up) | match | vertical_down | swap;
    std::uint64_t horizontal_up = vertical_down | ~(diagonal | vertical_up);
    std::uint64_t horizontal_down = diagonal & vertical_up;
    distance += static_cast<std::size_t>((horizontal_up & last) != 0);
    distance -= static_cast<std::size_t>((horizontal_down & last) != 0);
    horizontal_up = (horizontal_up << 1U) | 1U;
    horizontal_down <<= 1U;
    vertical_up = horizontal_down | ~(diagonal | horizontal_up);
    vertical_down = horizontal_up & diagonal;
    previous_match = match;
  }
  for (const char letter : pattern) of(letter) = 0;
  return distance;
}

std::size_t osa_long(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before(right.size() + 1);
  std::vector<std::size_t> above(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t column = 0; column <= right.size(); ++column) above[column] = column;
  for (std::size_t line = 1; line <= left.size(); ++line) {
    row[0] = line;
    for (std::size_t column = 1; column <= right.size(); ++column) {
      const std::size_t substituted =
          above[column - 1] + static_cast<std::size_t>(left[line - 1] != right[column - 1]);
      row[column] = std::min({above[column] + 1, row[column - 1] + 1, substituted});
      if (line > 1 && column > 1 && left[line - 1] == right[column - 2] &&
          left[line - 2] == right[column - 1]) {
        row[column] = std::min(row[column], before[column - 2] + 1);
      }
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[right.size()];
}

}  // namespace

std::size_t osa_distance(std::string_view left, std::string_view right) {
  strip_common(left, right);
  if (left.size() > right.size()) std::swap(left, right);
  if (left.empty()) return right.size();
  return left.size() <= 64 ? osa_bit_parallel(left, right) : osa_long(left, right);
}

bool within_one_edit(std::string_view left, std::string_view right) {
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > 1) return false;
  strip_common(left, right);
  if (right.size() <= 1) return true;
  return left.size() == 2 && right.size() == 2 && left[0] == right[1] && left[1] == right[0];
}

}  // namespace scrutineer::linkage
