// Could what was found have changed the result? Plain numbers in: how many papers must go or come before the
// winner is not sure (the contest's margin), and how many entries are questioned.
//
// The ballot is secret, so the questioned papers may be any papers. If no choice of them changes who is sure
// to win, the answer is "could not", whatever they voted; if some choice does, "could", with that choice as
// witness; where the margin is known only between bounds and they do not settle it, "undecided". Taking K
// papers away is compared with the deletion margin, adding E papers of people wrongly kept out with the
// addition margin. Both at once are compared with a margin for both (`combined`): under plurality every
// paper, gone or come, moves a difference by at most one, so K + E < lots is exact; under preferential rules
// deletions and additions together can do with fewer than either alone, so without that margin the answer is
// "undecided" (METHODS.md 5.3, COUNTING.md 3).
#ifndef SCRUTINEER_IMPACT_ASSESS_H_
#define SCRUTINEER_IMPACT_ASSESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "impact/impact.h"

namespace scrutineer::impact {

// The least number of papers after which the winner is not sure to win (`lots`), or cannot (`change`): fewer
// than `low` cannot do it, `high` can. Equal where it is known exactly; `high` absent where it is not known;
// `impossible`: no number can.
struct Threshold {
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
  bool impossible = false;
};

struct ContestNumbers {
  std::string winner;
  Threshold deletion;  // lots, papers taken away, caps by ward applied where there are any
  std::optional<Threshold> deletion_change;
  std::optional<Threshold> addition;  // lots, papers added
  std::optional<Threshold>
      combined;             // lots, papers taken away or added; under plurality the same as deletion
  std::string witness;      // in words: which papers, then who wins; empty if not known
  std::int64_t papers = 0;  // valid papers
  // The break-even share is told where each paper moves one lead by one, whatever else is on it.
  bool plurality = false;
  std::optional<contest::Comparisons> comparisons;  // for papers drawn at random
  std::int64_t eligible = 0;                        // to compare turnout; 0 where it is not known
};

// Questioned entries. Each member counts once, under the strongest tier.
struct QuestionedEntries {
  std::int64_t exhibit = 0;  // tier A
  std::int64_t lead = 0;     // tier B
  bool voted_known =
      false;  // a marked register was given: only those marked as having voted are counted above
  std::int64_t not_voted = 0;       // questioned, and not marked: left out above; 0 where it is not known
  std::int64_t wrongly_barred = 0;  // E: people entitled and kept from voting
  // Margins of lots for exactly these entries: no more papers of a ward taken away than entries of it are
  // questioned, no more put in than E. Nothing where wards are not known: then the contest's margins decide.
  std::optional<Threshold> exhibits_within = {}, all_within = {};
  bool by_ward = false;  // the two were computed with a cap for each ward
};

// The outcome for k papers taken away and E added.
ImpactOutcome outcome_for(const ContestNumbers& contest, std::int64_t removed, std::int64_t added);

// Nothing given as `contest` (no ballots): undecided, and says what is needed.
Impact assess(const std::optional<ContestNumbers>& contest, const QuestionedEntries& entries);

}  // namespace scrutineer::impact

#endif  // SCRUTINEER_IMPACT_ASSESS_H_
