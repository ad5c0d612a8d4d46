#include "linkage/one_to_one.h"

#include <algorithm>

namespace scrutineer::linkage {

void one_to_one(std::vector<Link>& links, std::size_t left_rows, std::size_t right_rows) {
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  });
  std::vector<bool> left_taken(left_rows, false);
  std::vector<bool> right_taken(right_rows, false);
  std::erase_if(links, [&](const Link& link) {
    if (left_taken[link.left] || right_taken[link.right]) return true;
    left_taken[link.left] = true;
    right_taken[link.right] = true;
    return false;
  });
}

}  // namespace scrutineer::linkage
