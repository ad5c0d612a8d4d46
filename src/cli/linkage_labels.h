// What labelled pairs teach a run of the linker: probabilities set right, how far they were off, and for
// which names they are off more.
#ifndef SCRUTINEER_CLI_LINKAGE_LABELS_H_
#define SCRUTINEER_CLI_LINKAGE_LABELS_H_

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "cli/judged_pairs.h"
#include "linkage/calibration.h"
#include "linkage/diagnostics.h"
#include "linkage/name_classes.h"

namespace scrutineer::cli {

struct LabelReport {
  std::uint64_t labels = 0;
  std::uint64_t not_scored = 0;  // pairs that were not proposed, or far below any threshold
  linkage::Calibration::Method method = linkage::Calibration::Method::none;
  std::vector<linkage::ReliabilityBand> before;
  std::vector<linkage::ReliabilityBand> after;   // each fifth judged by a map learned from the other four
  std::vector<linkage::ClassRate> false_links;   // of labelled pairs at or above the threshold
  std::vector<linkage::ClassRate> missed_links;  // of labelled pairs that are one person
};

// Links at or above this probability are needed to learn from labels.
inline constexpr double label_floor = 0.001;

// Learns from the labels by `method` ("isotonic", "beta", or "auto": isotonic from a thousand labels on),
// sets the links' probabilities right, drops those below settings.threshold, and counts what is expected of
// them anew.
LabelReport learn_from_labels(const LinkageSettings& settings, const LinkageRoll& left,
                              std::span<const JudgedPair> labels, std::vector<linkage::Link>& links,
                              linkage::Diagnostics& diagnostics);

void print_label_report(const LabelReport& report);
nlohmann::ordered_json to_json(const LabelReport& report);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_LINKAGE_LABELS_H_
