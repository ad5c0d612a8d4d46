// Probabilities of pairs set right by the people that were found, without labels.
//
// A pair of entries is judged on what the two say; a person is found on what all their entries say together,
// which is far more. Where a pair lies within, or between, groups of several entries, whether the grouping
// holds it to be one person is therefore a label that is better than its own weight, and a calibration
// (calibration.h) can be learned from such pairs. Pairs whose grouping rests on them alone (two entries and
// no third) teach nothing and are left out; where fewer than `fewest_labels` remain, as in a list with few
// repeated people, nothing is changed.
#ifndef SCRUTINEER_LINKAGE_PEOPLE_CALIBRATION_H_
#define SCRUTINEER_LINKAGE_PEOPLE_CALIBRATION_H_

#include <cstdint>
#include <span>
#include <vector>

#include "linkage/diagnostics.h"
#include "linkage/linkage.h"

namespace scrutineer::linkage {

inline constexpr std::size_t fewest_labels = 400;

// Changes the weights and probabilities of `links` (the pairs that were proposed, from probability `floor`
// up; of probability `let_go` in all were not kept) and what the diagnostics expect of them at `threshold`.
// `person`: the person of each row. True if anything was learned.
bool calibrate_by_people(std::span<const std::uint32_t> person, double floor, double let_go, double threshold,
                         std::vector<Link>& links, Diagnostics& diagnostics);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PEOPLE_CALIBRATION_H_
