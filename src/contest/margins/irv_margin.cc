#include "contest/margins/margin_of_rule.h"

namespace scrutineer::contest {

Status irv_margins(const Ballots&, Candidate, const MarginOptions& options, Margins& margins) {
  KindMargin open;
  open.proof = "winner of the count";
  open.lots.low = open.change.low = margins.possible_winners.size() == 1 ? 1 : 0;
  if (margins.possible_winners.size() != 1) open.lots.high = 0, open.lots_witness.emplace();
  if (options.deletion) margins.deletion = open;
  if (options.addition) margins.addition = open;
  if (options.modification) margins.modification = open;
  return {};
}

}  // namespace scrutineer::contest
