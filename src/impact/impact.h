// Could what was found have changed the result? Joins the contest with the findings, and holds the verdict
// on whether irregularities hang together.
#ifndef SCRUTINEER_IMPACT_IMPACT_H_
#define SCRUTINEER_IMPACT_IMPACT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "impact/polls.h"
#include "impact/random_removal.h"

namespace scrutineer::impact {

enum class ImpactOutcome : std::uint8_t { could_not, could, undecided };
std::string_view to_string(ImpactOutcome outcome);  // "could-not", "could", "undecided"

// The outcome if `questioned` papers were to go, wherever they lie: from this k on.
struct CurvePoint {
  std::int64_t questioned = 0;
  ImpactOutcome outcome = ImpactOutcome::undecided;
};

// The same question for the entries of one tier and all stronger ones.
struct TierOutcome {
  std::string tier;  // "exhibits", "exhibits and leads"
  std::int64_t entries = 0;
  ImpactOutcome outcome = ImpactOutcome::undecided;
  bool by_ward = false;  // no more papers of a ward were taken to be questioned than entries of it are
};

// A what-if, worked out.
struct ScenarioOutcome {
  std::string name;
  std::string assumption;  // in words, as stated in the inquiry
  std::string winner;
  bool same_winner = true;
  std::optional<double> lead;  // of the winner in the last round, in papers
};

// Written to findings.json under "impact".
struct Impact {
  ImpactOutcome outcome = ImpactOutcome::undecided;
  std::optional<std::int64_t> margin = {};  // deletions after which the winner is not sole winner for certain
  std::optional<std::int64_t> margin_low = {};  // where only bounds are known
  std::optional<std::int64_t> margin_high = {};
  std::int64_t questioned = 0;      // K: entries that could be removed and may have voted
  std::int64_t wrongly_barred = 0;  // E
  std::string sentence;             // one sentence that a committee understands
  std::vector<std::string> because = {};

  std::vector<CurvePoint> curve = {};   // by rising k, beginning at 0; empty without a margin
  std::vector<TierOutcome> tiers = {};  // strongest first; the last is the outcome above
  // Beside the worst case, each under an assumption that is named in `assumptions`:
  std::optional<RandomRemoval> at_random = {};  // the questioned papers drawn at random from those cast
  std::optional<double> break_even_share = {};  // of the questioned that must have voted for the winner
  std::optional<double> turnout_needed = {};    // of the questioned, where who voted is not known
  std::optional<double> turnout = {};           // of all who were eligible, to compare
  std::vector<std::string> assumptions = {};
  std::vector<ScenarioOutcome> scenarios = {};
  std::vector<PollReading> polls = {};
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
