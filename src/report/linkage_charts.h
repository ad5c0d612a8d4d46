// The pictures that users of record linkage are used to, as one page that needs nothing else: match weights,
// m and u, waterfalls of single pairs, entries that could not be linked whatever they met, what any threshold
// costs, how pairs were proposed, and reliability.
#ifndef SCRUTINEER_REPORT_LINKAGE_CHARTS_H_
#define SCRUTINEER_REPORT_LINKAGE_CHARTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "linkage/calibration.h"
#include "linkage/diagnostics.h"
#include "linkage/link.h"

namespace scrutineer::report {

struct ExamplePair {
  std::string left, right;  // ids
  linkage::PairExplanation explanation;
};

struct LinkageCharts {
  std::string title;  // "members.csv and register.csv"
  std::string program_version;
  linkage::Diagnostics diagnostics;
  std::vector<ExamplePair> examples;
  // Weights that entries reach against themselves, ascending: a fair sample of one list; empty where two
  // lists were linked.
  std::vector<linkage::Weight> against_themselves;
  std::vector<linkage::ReliabilityBand> reliability;  // empty without labels
  std::vector<linkage::ReliabilityBand> set_right;    // after calibration
};

// The page holds values of the example pairs: it is as confidential as the lists. No script, no request.
std::string linkage_charts_html(const LinkageCharts& charts);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_LINKAGE_CHARTS_H_
