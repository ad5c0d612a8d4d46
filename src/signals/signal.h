// The interface of a signal and the registry of all of them. Adding a signal is adding one file that defines
// a Signal, and one line in signals/registry.cc.
#ifndef SCRUTINEER_SIGNALS_SIGNAL_H_
#define SCRUTINEER_SIGNALS_SIGNAL_H_

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "signals/evidence.h"
#include "signals/finding.h"

namespace scrutineer::signals {

struct SignalOptions {
  unsigned threads = 0;
  double false_discovery_rate = 0.05;  // of e-BH within the family
  std::uint32_t permutations = 9999;
  bool whole_family = false;  // reports keep every finding that was tested, for calibration
};

struct Signal {
  int number;              // in METHODS.md section 7
  std::string_view key;    // "payer-households"
  std::string_view title;  // "One payer, several households"
  Tier tier;
  // The report, or what it would need. Deterministic: same evidence and seed, same result on any number of
  // threads. Never fails: contradictions in the data are notes.
  std::variant<SignalReport, Absent> (*run)(const Evidence& evidence, const SignalOptions& options);
};

// All signals in the order of their numbers.
std::span<const Signal> registry();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_SIGNAL_H_
