#include "linkage/constraints.h"

#include <algorithm>
#include <map>
#include <string>

#include "linkage/union_find.h"

namespace scrutineer::linkage {
namespace {

std::vector<PairKey> ordered(std::span<const PairKey> pairs) {
  std::vector<PairKey> result;
  for (const PairKey pair : pairs)
    result.push_back(
        pair_key(std::min(left_of(pair), right_of(pair)), std::max(left_of(pair), right_of(pair))));
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::string rows_of(std::uint32_t one, std::uint32_t other) {
  return "rows " + std::to_string(one + 1) + " and " + std::to_string(other + 1) + " (counted from 1)";
}

}  // namespace

Result<Constraints> Constraints::make(std::size_t rows, std::span<const PairKey> same,
                                      std::span<const PairKey> different,
                                      std::span<const std::uint32_t> snapshot) {
  Constraints made;
  made.same_ = ordered(same);
  made.different_ = ordered(different);
  made.snapshot_.assign(snapshot.begin(), snapshot.end());
  if (!snapshot.empty() && snapshot.size() != rows) return refused("there is not one snapshot for each row");
  made.tied_.assign(rows, false);
  made.parted_.assign(rows, false);
  UnionFind people(rows);
  for (const auto* pairs : {&made.same_, &made.different_}) {
    for (const PairKey pair : *pairs) {
      if (right_of(pair) >= rows) return refused("a decision names a row that is not there");
      if (left_of(pair) == right_of(pair)) return refused("a decision compares a row with itself");
    }
  }
  for (const PairKey pair : made.same_) {
    people.unite(left_of(pair), right_of(pair));
    made.tied_[left_of(pair)] = made.tied_[right_of(pair)] = true;
  }
  for (const PairKey pair : made.different_) {
    made.parted_[left_of(pair)] = made.parted_[right_of(pair)] = true;
    if (people.find(left_of(pair)) == people.find(right_of(pair)))
      return refused("the decisions contradict each other: " + rows_of(left_of(pair), right_of(pair)) +
                     " are held to be both one person and two");
  }
  if (snapshot.empty()) return made;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> seen;  // person, snapshot -> row
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (!made.tied_[row] || snapshot[row] == 0) continue;
    const auto [found, added] = seen.emplace(std::pair(people.find(row), snapshot[row]), row);
    if (!added)
      return refused("the decisions contradict the snapshots: " + rows_of(found->second, row) +
                     " are held to be one person but stand in one snapshot");
  }
  return made;
}

bool Constraints::forbid(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other) const {
  if (different_.empty() && snapshot_.empty()) return false;
  for (const std::uint32_t mine : one) {
    for (const std::uint32_t theirs : other) {
      if (!snapshot_.empty() && snapshot_[mine] != 0 && snapshot_[mine] == snapshot_[theirs]) return true;
      if (different_.empty() || !parted_[mine] || !parted_[theirs]) continue;
      const PairKey pair = pair_key(std::min(mine, theirs), std::max(mine, theirs));
      if (std::binary_search(different_.begin(), different_.end(), pair)) return true;
    }
  }
  return false;
}

}  // namespace scrutineer::linkage
