// Sorting of 64-bit keys by their bytes, least significant first: linear in the number of keys.
#ifndef SCRUTINEER_LINKAGE_RADIX_SORT_H_
#define SCRUTINEER_LINKAGE_RADIX_SORT_H_

#include <cstdint>
#include <vector>

namespace scrutineer::linkage {

// Ascending. Bytes in which no two keys differ cost one pass of counting only.
void radix_sort(std::vector<std::uint64_t>& keys);

// Ascending by the bits from `lowest_bit` up; keys that agree in those keep their order.
void radix_sort(std::vector<std::uint64_t>& keys, unsigned lowest_bit);

// Ascending, and each key once.
void radix_sort_unique(std::vector<std::uint64_t>& keys);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_RADIX_SORT_H_
