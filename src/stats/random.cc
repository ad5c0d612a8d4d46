#include "stats/random.h"

#include "base/text_column.h"

namespace scrutineer::stats {
namespace {

constexpr std::uint32_t low_half(std::uint64_t word) {
  return static_cast<std::uint32_t>(word);
}
constexpr std::uint32_t high_half(std::uint64_t word) {
  return static_cast<std::uint32_t>(word >> 32U);
}

// The finaliser of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): mixes a sum into a key.
constexpr std::uint64_t mixed(std::uint64_t word) {
  word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  word = (word ^ (word >> 27U)) * 0x94D049BB133111EBULL;
  return word ^ (word >> 31U);
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53U} * counter[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57U} * counter[2];
    counter = {high_half(second) ^ counter[1] ^ key[0], low_half(second),
               high_half(first) ^ counter[3] ^ key[1], low_half(first)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

Random::Random(std::uint64_t seed, std::string_view purpose, std::uint64_t index) : index_(index) {
  const std::uint64_t key = mixed(seed + 0x9E3779B97F4A7C15ULL) ^ mixed(hash_bytes(purpose));
  key_ = {low_half(key), high_half(key)};
}

std::uint64_t Random::operator()() {
  if (used_ == 2) {
    const auto words =
        philox4x32({low_half(block_), high_half(block_), low_half(index_), high_half(index_)}, key_);
    ready_ = {(std::uint64_t{words[1]} << 32U) | words[0], (std::uint64_t{words[3]} << 32U) | words[2]};
    ++block_;
    used_ = 0;
  }
  return ready_[used_++];
}

double Random::uniform() {
  return static_cast<double>((*this)() >> 11U) * 0x1.0p-53;
}

double Random::uniform_open() {
  return (static_cast<double>((*this)() >> 12U) + 0.5) * 0x1.0p-52;
}

std::uint64_t Random::below(std::uint64_t bound) {
  __extension__ using Wide = unsigned __int128;
  Wide product = Wide{(*this)()} * bound;
  auto low = static_cast<std::uint64_t>(product);
  if (low < bound) {
    const std::uint64_t threshold = (0 - bound) % bound;
    while (low < threshold) {
      product = Wide{(*this)()} * bound;
      low = static_cast<std::uint64_t>(product);
    }
  }
  return static_cast<std::uint64_t>(product >> 64U);
}

}  // namespace scrutineer::stats
