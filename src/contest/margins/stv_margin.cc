// Single transferable vote: no exact margin is known to be computable (Blom et al. 2025, arXiv 2501.14847,
// give bounds). What is certain is said: without a tie the result stands unless at least one paper is
// touched.
#include "contest/margins/margin_of_rule.h"
#include "contest/rules/counting.h"

namespace scrutineer::contest {

Status stv_margins(const Ballots& ballots, Candidate, const MarginOptions& options, Margins& margins) {
  SCRUTINEER_TRY(const Count counted, count_stv(ballots, options.count));
  KindMargin open;
  open.proof = "the count itself: margins of a transferable vote are not known exactly";
  open.lots.low = counted.ties.empty() ? 1 : 0;
  open.change.low = open.lots.low;
  if (options.deletion) margins.deletion = open;
  if (options.addition) margins.addition = open;
  if (options.modification) margins.modification = open;
  margins.note = "For a transferable vote only the trivial lower bound is given; the result stays undecided.";
  return {};
}

std::optional<std::vector<Candidate>> stv_possible_winners(const Ballots&, const CountOptions&) {
  return std::nullopt;
}

}  // namespace scrutineer::contest
