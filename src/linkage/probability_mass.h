// Expected false and missed links at any threshold: candidate pairs counted by probability. If the
// probabilities hold, the pairs at or above a threshold contain sum(1 - p) pairs of two people, and those
// below it sum(p) pairs of one.
#ifndef SCRUTINEER_LINKAGE_PROBABILITY_MASS_H_
#define SCRUTINEER_LINKAGE_PROBABILITY_MASS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace scrutineer::linkage {

struct ThresholdLine {
  double threshold = 0;
  std::uint64_t pairs = 0;     // at or above it
  double expected_false = 0;   // of those, two people
  double expected_missed = 0;  // of the candidates below it, one person
};

class ProbabilityMass {
 public:
  // Ascending: .01, .02, .05, then by .05 to .95, then .98, .99, .995, .999.
  static constexpr std::array<double, 26> thresholds = {.01, .02, .05, .10, .15, .20,  .25,  .30,  .35,
                                                        .40, .45, .50, .55, .60, .65,  .70,  .75,  .80,
                                                        .85, .90, .95, .98, .99, .995, .999, .9999};

  void add(double probability);
  void add(const ProbabilityMass& other);
  // One for each of `thresholds`. Sums are fixed-point: the same in any order of addition.
  [[nodiscard]] std::vector<ThresholdLine> lines() const;

 private:
  std::array<std::uint64_t, thresholds.size() + 1>
      pairs_{};  // [i]: below thresholds[i], not below the one before
  std::array<std::uint64_t, thresholds.size() + 1> sums_{};  // of probabilities, in 2^-32
};

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PROBABILITY_MASS_H_
