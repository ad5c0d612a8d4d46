// Logarithms in fixed point (thousandths of a bit).
#ifndef SCRUTINEER_LINKAGE_FIXED_POINT_H_
#define SCRUTINEER_LINKAGE_FIXED_POINT_H_

#include <cmath>
#include <cstdint>

#include "linkage/linkage.h"

namespace scrutineer::linkage {

// log2 of a positive number, rounded to the nearest Weight.
inline Weight to_weight(double positive) {
  return static_cast<Weight>(std::lround(std::log2(positive) * static_cast<double>(weight_scale)));
}

// 2^weight.
inline double from_weight(Weight weight) {
  return std::exp2(static_cast<double>(weight) / static_cast<double>(weight_scale));
}

// 1 / (1 + 2^-weight).
inline double probability_of(Weight weight) {
  return 1.0 / (1.0 + std::exp2(-static_cast<double>(weight) / static_cast<double>(weight_scale)));
}

// log2 of the mean of 2^left and 2^right, from a table: within 1/1000 of a bit.
Weight log2_mean(Weight left, Weight right);

// A well-mixed 64-bit number from a seed and a counter (Steele, Lea and Flood 2014, "SplitMix").
inline std::uint64_t mixed(std::uint64_t seed, std::uint64_t counter) {
  std::uint64_t state = seed + (counter + 1) * 0x9E3779B97F4A7C15ULL;
  state = (state ^ state >> 30U) * 0xBF58476D1CE4E5B9ULL;
  state = (state ^ state >> 27U) * 0x94D049BB133111EBULL;
  return state ^ state >> 31U;
}

__extension__ using Wide = unsigned __int128;  // for the product below

// A number in [0, limit), unbiased to within 2^-32 for limits below 2^32.
inline std::uint64_t below(std::uint64_t random, std::uint64_t limit) {
  return static_cast<std::uint64_t>((static_cast<Wide>(random) * limit) >> 64U);
}

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_FIXED_POINT_H_
