#include "inquiry/verdict_stage.h"

#include "impact/verdict.h"

namespace scrutineer::inquiry {

void run_verdict_stage(Audit& audit) {
  audit.outcome.verdict = impact::decide(audit.linkage_test);
}

}  // namespace scrutineer::inquiry
