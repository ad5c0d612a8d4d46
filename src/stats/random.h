// Counter-based random numbers: the value drawn is a pure function of (seed, purpose, index, position), so
// any number of threads may draw in any order and the results are the same bytes.
//
// The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC 2011): ten rounds of multiplication and exchange on a 128-bit counter under a 64-bit key. It passes
// TestU01 BigCrush and is checked here against the authors' known answers. It is not cryptographic: a draw
// that an adversary must not foresee (which doors to knock on) is made from a public seed elsewhere.
#ifndef SCRUTINEER_STATS_RANDOM_H_
#define SCRUTINEER_STATS_RANDOM_H_

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

namespace scrutineer::stats {

// One block of four 32-bit words (Salmon et al. 2011, section 3.3; ten rounds).
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

// One stream of random 64-bit words. Streams of different (seed, purpose, index) share no block. A stream may
// be copied; a copy continues where the original stood. It can be handed to anything that takes a
// UniformRandomBitGenerator, but the distributions of <random> differ between standard libraries: use the
// members below and stats/draws.h, whose results do not.
class Random {
 public:
  using result_type = std::uint64_t;

  // `purpose` names what is drawn ("payer-households permutation"); `index` counts the replicates of it.
  Random(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return std::numeric_limits<std::uint64_t>::max(); }
  std::uint64_t operator()();

  // In [0, 1), a multiple of 2^-53.
  double uniform();
  // In (0, 1): never 0, so that its logarithm is finite.
  double uniform_open();
  // 0 .. bound - 1, each equally likely without bias (Lemire, "Fast random integer generation in an
  // interval", ACM TOMACS 2019, algorithm 5). `bound` must be at least 1.
  std::uint64_t below(std::uint64_t bound);
  // True with the given probability; at or below 0 never, at or above 1 always.
  bool chance(double probability) { return uniform() < probability; }

  // Puts the values in an order drawn uniformly from all orders (Fisher-Yates).
  template <typename T>
  void shuffle(std::span<T> values) {
    for (std::size_t left = values.size(); left > 1; --left)
      std::swap(values[left - 1], values[static_cast<std::size_t>(below(left))]);
  }

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint64_t index_;
  std::uint64_t block_ = 0;
  std::array<std::uint64_t, 2> ready_{};
  unsigned used_ = 2;
};

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_RANDOM_H_
