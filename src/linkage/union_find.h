// Disjoint sets with path halving and union by smallest member (Tarjan 1975), so that the representative of a
// set is its smallest row whatever the order of unions.
#ifndef SCRUTINEER_LINKAGE_UNION_FIND_H_
#define SCRUTINEER_LINKAGE_UNION_FIND_H_

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace scrutineer::linkage {

class UnionFind {
 public:
  explicit UnionFind(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }

  // The smallest member of the set of `member`.
  std::uint32_t find(std::uint32_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }

  // False if the two were in one set already.
  bool unite(std::uint32_t one, std::uint32_t other) {
    one = find(one);
    other = find(other);
    if (one == other) return false;
    if (other < one) std::swap(one, other);
    parent_[other] = one;
    return true;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_UNION_FIND_H_
