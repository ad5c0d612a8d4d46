#include "linkage/radix_sort.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace scrutineer::linkage {
namespace {

constexpr std::size_t digit_bits = 11;
constexpr std::size_t buckets = std::size_t{1} << digit_bits;
constexpr std::size_t passes = (64 + digit_bits - 1) / digit_bits;
constexpr std::size_t too_few = 256;

constexpr std::size_t digit(std::uint64_t key, std::size_t pass) {
  return static_cast<std::size_t>(key >> (pass * digit_bits)) & (buckets - 1);
}

}  // namespace

void radix_sort(std::vector<std::uint64_t>& keys) {
  if (keys.size() < too_few) {
    std::sort(keys.begin(), keys.end());
    return;
  }
  std::vector<std::array<std::size_t, buckets>> counts(passes);
  for (auto& of_pass : counts) of_pass.fill(0);
  for (const std::uint64_t key : keys) {
    for (std::size_t pass = 0; pass < passes; ++pass) ++counts[pass][digit(key, pass)];
  }
  std::vector<std::uint64_t> other(keys.size());
  for (std::size_t pass = 0; pass < passes; ++pass) {
    auto& starts = counts[pass];
    if (starts[digit(keys.front(), pass)] == keys.size()) continue;  // all keys share this digit
    std::size_t start = 0;
    for (std::size_t& bucket : starts) {
      const std::size_t size = bucket;
      bucket = start;
      start += size;
    }
    for (const std::uint64_t key : keys) other[starts[digit(key, pass)]++] = key;
    keys.swap(other);
  }
}

void radix_sort_unique(std::vector<std::uint64_t>& keys) {
  radix_sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

}  // namespace scrutineer::linkage
