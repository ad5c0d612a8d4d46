#include "inquiry/verdict_stage.h"

#include "impact/verdict.h"

namespace scrutineer::inquiry {

void run_verdict_stage(const impact::VerdictSettings& settings, Audit& audit) {
  audit.outcome.verdict = impact::decide(audit.linkage_test, settings);
  // What was chosen after seeing what belongs to the reasons.
  if (audit.evidence.has_canvass) audit.outcome.verdict.because.push_back(audit.outcome.chronology.sentence);
  for (const std::string& change : audit.outcome.chronology.changed)
    audit.outcome.verdict.because.push_back("Changed after outcomes had been seen: " + change + ".");
}

}  // namespace scrutineer::inquiry
