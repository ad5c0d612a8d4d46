// Could what was found have changed the result? Joins the contest with the findings, and holds the verdict
// on whether irregularities hang together.
#ifndef SCRUTINEER_IMPACT_IMPACT_H_
#define SCRUTINEER_IMPACT_IMPACT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scrutineer::impact {

enum class ImpactOutcome : std::uint8_t { could_not, could, undecided };
std::string_view to_string(ImpactOutcome outcome);  // "could-not", "could", "undecided"

// Written to findings.json under "impact".
struct Impact {
  ImpactOutcome outcome = ImpactOutcome::undecided;
  std::optional<std::int64_t> margin;      // deletions after which the winner is not sole winner for certain
  std::optional<std::int64_t> margin_low;  // where only bounds are known
  std::optional<std::int64_t> margin_high;
  std::int64_t questioned = 0;      // K: entries that could be removed and may have voted
  std::int64_t wrongly_barred = 0;  // E
  std::string sentence;             // one sentence that a committee understands
  std::vector<std::string> because;
};

enum class VerdictOutcome : std::uint8_t {
  not_distinguishable_from_accident,
  individual_acts,
  consistent_with_coordination,
  cannot_conclude
};
std::string_view to_string(VerdictOutcome outcome);  // as findings.json spells them, with hyphens

// One condition of the rule, met or not, with how far.
struct Condition {
  std::string name;         // "joint permutation p"
  std::string required;     // "at most 0.001"
  std::string found;        // "0.0001"
  std::optional<bool> met;  // nothing where it could not be evaluated
};

// Written to findings.json under "verdict".
struct Verdict {
  VerdictOutcome outcome = VerdictOutcome::cannot_conclude;
  std::string sentence;
  std::vector<Condition> conditions;
  std::vector<std::string> because;
  std::vector<std::string> would_need;  // what would allow a conclusion
};

}  // namespace scrutineer::impact

#endif  // SCRUTINEER_IMPACT_IMPACT_H_
