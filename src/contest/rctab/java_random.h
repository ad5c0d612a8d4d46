// java.util.Random, so that ties fall as in a program that uses it (the algorithm is fixed by the Java API
// specification: a linear congruential generator modulo 2^48, Knuth, TAOCP 2, 3.2.1).
#ifndef SCRUTINEER_CONTEST_RCTAB_JAVA_RANDOM_H_
#define SCRUTINEER_CONTEST_RCTAB_JAVA_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace scrutineer::contest::rctab {

class JavaRandom {
 public:
  explicit JavaRandom(std::uint64_t seed) : state_((seed ^ 0x5DEECE66DULL) & mask) {}

  double next_double() {
    const std::uint64_t high = next(26);
    return static_cast<double>((high << 27) + next(27)) * 0x1.0p-53;
  }

  // Uniform on 0 .. bound - 1. REQUIRES 1 <= bound < 2^31.
  std::uint32_t next_int(std::uint32_t bound) {
    if ((bound & (bound - 1)) == 0)
      return static_cast<std::uint32_t>((std::uint64_t{bound} * next(31)) >> 31);
    for (;;) {
      const std::uint64_t bits = next(31);
      const std::uint64_t value = bits % bound;
      if (bits - value + (bound - 1) < (std::uint64_t{1} << 31)) return static_cast<std::uint32_t>(value);
    }
  }

  // As java.util.Collections.shuffle.
  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[next_int(static_cast<std::uint32_t>(i))]);
  }

 private:
  static constexpr std::uint64_t mask = (std::uint64_t{1} << 48) - 1;
  std::uint64_t next(unsigned bits) {
    state_ = (state_ * 0x5DEECE66DULL + 0xBULL) & mask;
    return state_ >> (48 - bits);
  }
  std::uint64_t state_;
};

}  // namespace scrutineer::contest::rctab

#endif  // SCRUTINEER_CONTEST_RCTAB_JAVA_RANDOM_H_
