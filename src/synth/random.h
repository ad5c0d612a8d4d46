// Random numbers without state: every choice of the invented world is a function of the seed and of what is
// being chosen (stream, and up to three numbers such as dwelling, epoch, person). So any row of any file can
// be made alone, in any order, on any thread, and the world needs no memory. The mixer is the finaliser of
// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014), which is a bijection of 64 bits.
#ifndef SCRUTINEER_SYNTH_RANDOM_H_
#define SCRUTINEER_SYNTH_RANDOM_H_

#include <cmath>
#include <cstdint>
#include <span>

namespace scrutineer::synth {

// What is being drawn. Numbers are part of the meaning of a seed and must not change.
enum class Stream : std::uint64_t {
  turnover = 1,
  chain = 2,
  permutation = 3,
  household = 4,
  person = 5,
  registration = 6,
  clerk = 7,
  street = 8,
  building = 9,
  calendar = 10,
  member = 11,
  member_name = 12,
  member_address = 13,
  recruiter = 14,
  payer = 15,
  planted = 16,
  scattered = 17,
  canvass = 18,
  ballot = 19,
  payment = 20,
  other_electors = 21,
  roll_person = 22,
  roll_row = 23,
  roll_order = 24,
  identity = 25,
};

constexpr std::uint64_t mixed(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

constexpr std::uint64_t key_of(std::uint64_t seed, Stream stream, std::uint64_t a = 0, std::uint64_t b = 0,
                               std::uint64_t c = 0) {
  std::uint64_t key = mixed(seed ^ (static_cast<std::uint64_t>(stream) << 56));
  key = mixed(key ^ a);
  key = mixed(key ^ (b * 0xD6E8FEB86659FD93ULL));
  return mixed(key ^ (c * 0xA0761D6478BD642FULL));
}

// A sequence of draws that belongs to one key.
class Draw {
 public:
  explicit constexpr Draw(std::uint64_t key) : state_(key) {}
  constexpr Draw(std::uint64_t seed, Stream stream, std::uint64_t a = 0, std::uint64_t b = 0,
                 std::uint64_t c = 0)
      : state_(key_of(seed, stream, a, b, c)) {}

  constexpr std::uint64_t next() {
    const std::uint64_t value = mixed(state_);
    state_ += 0x9E3779B97F4A7C15ULL;
    return value;
  }
  // Uniform on 0 .. count - 1; count must not be 0. The bias is below count / 2^32.
  constexpr std::uint64_t below(std::uint64_t count) {
    if (count <= 0xFFFFFFFFULL) return ((next() >> 32) * count) >> 32;
    return next() % count;
  }
  // Uniform on [0, 1).
  constexpr double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  constexpr bool chance(double probability) { return unit() < probability; }
  // Index drawn in proportion to the weights; they need not sum to 1.
  constexpr std::size_t weighted(std::span<const double> weights) {
    double total = 0;
    for (const double weight : weights) total += weight;
    double left = unit() * total;
    for (std::size_t index = 0; index + 1 < weights.size(); ++index) {
      left -= weights[index];
      if (left < 0) return index;
    }
    return weights.size() - 1;
  }
  // A rank below count, low ranks more often: P(rank < r) = (r / count)^(2/3), the head of a name law.
  std::size_t ranked(std::size_t count) {
    const double u = unit();
    return static_cast<std::size_t>(static_cast<double>(count) * u * std::sqrt(u));
  }
  // Poisson by multiplication of uniforms in pieces of mean 16 (Knuth, TAOCP 2, 3.4.1, algorithm Q).
  std::uint64_t poisson(double mean) {
    std::uint64_t total = 0;
    while (mean > 0) {
      const double piece = mean < 16 ? mean : 16;
      mean -= piece;
      const double floor = std::exp(-piece);
      double product = unit();
      while (product > floor) {
        ++total;
        product *= unit();
      }
    }
    return total;
  }

 private:
  std::uint64_t state_;
};

// A bijection of 0 .. size - 1 that mixes well: a four-round balanced Feistel network over the next even
// number of bits, walked along its cycle until it lands inside (Black & Rogaway, CT-RSA 2002).
class Permutation {
 public:
  Permutation(std::uint64_t key, std::uint64_t size);
  [[nodiscard]] std::uint64_t forward(std::uint64_t value) const;
  [[nodiscard]] std::uint64_t backward(std::uint64_t value) const;

 private:
  std::uint64_t keys_[4];
  std::uint64_t size_;
  unsigned half_bits_;
  std::uint64_t mask_;
};

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_RANDOM_H_
