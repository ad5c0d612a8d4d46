#include "linkage/one_to_one.h"

#include <algorithm>

namespace scrutineer::linkage {

std::vector<Link> one_to_one(std::vector<Link>& links, std::size_t left_rows, std::size_t right_rows) {
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  });
  std::vector<bool> left_taken(left_rows, false);
  std::vector<bool> right_taken(right_rows, false);
  std::vector<Link> let_go;
  std::erase_if(links, [&](const Link& link) {
    if (left_taken[link.left] || right_taken[link.right]) {
      let_go.push_back(link);
      return true;
    }
    left_taken[link.left] = true;
    right_taken[link.right] = true;
    return false;
  });
  return let_go;
}

void expect_without(std::span<const Link> let_go, Diagnostics& diagnostics) {
  for (const Link& link : let_go) {
    diagnostics.expected_false = std::max(0.0, diagnostics.expected_false - (1 - link.probability));
    diagnostics.expected_missed += link.probability;
    for (ThresholdLine& line : diagnostics.by_threshold) {
      if (link.probability < line.threshold) break;  // ascending
      --line.pairs;
      line.expected_false = std::max(0.0, line.expected_false - (1 - link.probability));
      line.expected_missed += link.probability;
    }
  }
}

}  // namespace scrutineer::linkage
