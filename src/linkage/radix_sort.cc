#include "linkage/radix_sort.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace scrutineer::linkage {
namespace {

constexpr unsigned digit_bits = 11;
constexpr std::size_t buckets = std::size_t{1} << digit_bits;
constexpr std::size_t too_few = 256;

}  // namespace

void radix_sort(std::vector<std::uint64_t>& keys) {
  radix_sort(keys, 0);
}

void radix_sort(std::vector<std::uint64_t>& keys, unsigned lowest_bit) {
  if (keys.size() < too_few) {
    std::stable_sort(keys.begin(), keys.end(), [lowest_bit](std::uint64_t a, std::uint64_t b) {
      return a >> lowest_bit < b >> lowest_bit;
    });
    return;
  }
  const std::size_t passes = (64 - lowest_bit + digit_bits - 1) / digit_bits;
  const auto digit = [lowest_bit](std::uint64_t key, std::size_t pass) {
    return static_cast<std::size_t>(key >> (lowest_bit + pass * digit_bits)) & (buckets - 1);
  };
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
