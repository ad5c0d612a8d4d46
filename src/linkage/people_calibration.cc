#include "linkage/people_calibration.h"

#include <algorithm>

#include "linkage/calibration.h"
#include "linkage/probability_mass.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t labels_for_isotonic = 20'000;

std::vector<LabelledPair> labels_of(std::span<const std::uint32_t> person, std::span<const Link> links) {
  std::vector<std::uint32_t> entries(person.size(), 0);
  for (const std::uint32_t one : person) ++entries[one];
  std::vector<LabelledPair> labels;
  for (const Link& link : links) {
    const bool same = person[link.left] == person[link.right];
    const std::uint32_t most = std::max(entries[person[link.left]], entries[person[link.right]]);
    if (most >= (same ? 3U : 2U)) labels.push_back({link.weight, same});
  }
  return labels;
}

}  // namespace

bool calibrate_by_people(std::span<const std::uint32_t> person, double floor, double let_go, double threshold,
                         std::vector<Link>& links, Diagnostics& diagnostics) {
  const std::vector<LabelledPair> labels = labels_of(person, links);
  if (labels.size() < fewest_labels) return false;
  // What lies below the floor was counted and is not here.
  double below_floor = let_go;
  for (const ThresholdLine& line : diagnostics.by_threshold) {
    if (line.threshold <= floor) below_floor = let_go + line.expected_missed;
  }
  const Calibration map =
      labels.size() >= labels_for_isotonic ? Calibration::isotonic(labels) : Calibration::beta(labels);
  recalibrate(map, links);
  ProbabilityMass mass;
  double wrong = 0;
  double missed = below_floor;
  for (const Link& link : links) {
    mass.add(link.probability);
    (link.probability >= threshold ? wrong : missed) +=
        link.probability >= threshold ? 1 - link.probability : link.probability;
  }
  diagnostics.by_threshold = mass.lines();
  for (ThresholdLine& line : diagnostics.by_threshold) line.expected_missed += below_floor;
  diagnostics.expected_false = wrong;
  diagnostics.expected_missed = missed;
  return true;
}

}  // namespace scrutineer::linkage
