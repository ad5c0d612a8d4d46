#include "linkage/probability_mass.h"

#include <algorithm>

namespace scrutineer::linkage {
namespace {

constexpr double unit = 4294967296.0;

}  // namespace

void ProbabilityMass::add(double probability) {
  std::size_t bin = 0;
  if (probability >= thresholds.front()) {
    bin = static_cast<std::size_t>(std::upper_bound(thresholds.begin(), thresholds.end(), probability) -
                                   thresholds.begin());
  }
  ++pairs_[bin];
  sums_[bin] += static_cast<std::uint64_t>(probability * unit);
}

void ProbabilityMass::add(const ProbabilityMass& other) {
  for (std::size_t bin = 0; bin < pairs_.size(); ++bin) {
    pairs_[bin] += other.pairs_[bin];
    sums_[bin] += other.sums_[bin];
  }
}

std::vector<ThresholdLine> ProbabilityMass::lines() const {
  std::vector<ThresholdLine> lines(thresholds.size());
  std::uint64_t below = 0;
  for (std::size_t at = 0; at < thresholds.size(); ++at) {
    below += sums_[at];
    lines[at].threshold = thresholds[at];
    lines[at].expected_missed = static_cast<double>(below) / unit;
    double sum = 0;
    for (std::size_t bin = at + 1; bin < pairs_.size(); ++bin) {
      lines[at].pairs += pairs_[bin];
      sum += static_cast<double>(sums_[bin]) / unit;
    }
    lines[at].expected_false = std::max(0.0, static_cast<double>(lines[at].pairs) - sum);
  }
  return lines;
}

}  // namespace scrutineer::linkage
