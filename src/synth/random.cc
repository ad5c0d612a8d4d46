#include "synth/random.h"

#include <bit>

namespace scrutineer::synth {

Permutation::Permutation(std::uint64_t key, std::uint64_t size)
    : keys_{}, size_(size), half_bits_(1), mask_(0) {
  for (std::uint64_t& round_key : keys_) round_key = key = mixed(key);
  const auto bits = static_cast<unsigned>(std::bit_width(size > 1 ? size - 1 : 1));
  half_bits_ = (bits + 1) / 2;
  mask_ = (std::uint64_t{1} << half_bits_) - 1;
}

std::uint64_t Permutation::forward(std::uint64_t value) const {
  do {
    std::uint64_t left = value >> half_bits_;
    std::uint64_t right = value & mask_;
    for (const std::uint64_t key : keys_) {
      const std::uint64_t next = left ^ (mixed(right ^ key) & mask_);
      left = right;
      right = next;
    }
    value = (left << half_bits_) | right;
  } while (value >= size_);
  return value;
}

std::uint64_t Permutation::backward(std::uint64_t value) const {
  do {
    std::uint64_t left = value >> half_bits_;
    std::uint64_t right = value & mask_;
    for (unsigned round = 4; round-- > 0;) {
      const std::uint64_t before = right ^ (mixed(left ^ keys_[round]) & mask_);
      right = left;
      left = before;
    }
    value = (left << half_bits_) | right;
  } while (value >= size_);
  return value;
}

}  // namespace scrutineer::synth
