// Margins from a declaration: what its totals prove, where the papers are not to be had.
#ifndef SCRUTINEER_CONTEST_MARGINS_DECLARATION_MARGIN_H_
#define SCRUTINEER_CONTEST_MARGINS_DECLARATION_MARGIN_H_

#include "base/result.h"
#include "contest/declaration.h"
#include "contest/margin.h"

namespace scrutineer::contest {

// Plurality: exact, from papers of one preference each (by ward where wards are declared, so that caps
// apply).
//
// Supplementary vote, with F the first preferences, w the winner and b the other who remained, T what they
// were given in the run-off, d the difference of their totals, x anyone else, V the valid papers:
//   high  d papers (change d + 1; modify ceil(d/2) and floor(d/2) + 1) that put w first away, or that put b
//   first in, or
//         both: no other tally moves, so either w is overtaken or w does not even remain. Where b is not
//         known to be the other: w's own papers away until w is third, F_w - F_third + 1.
//   low   the least over the ways of being unseated, each needing at least:
//           w and b remain: d papers (modify ceil(d/2)), since a paper moves a difference by one (two)
//           x remains: min(F_w, F_b) - F_x, and what x lacks at best, F_w - F_x - G_x, where G_x, what x may
//           be given, is x's
//             second preferences where declared, else all papers that put neither first; or, b remaining too,
//             what b lacks if w loses the second preferences of all who then remain, d - min(T_w, sum of
//             their F)
//           w does not remain: two others must pass F_w
//         Where w had more than half at once: 2 F_w - V papers (modify the half), before w has no majority.
// Other rules: the majority alone (a majority of first preferences wins under each), or refused where there
// is none. There is no witness to be counted again: `proof` says which totals each bound rests on. Refused
// where count_declaration() is, under caps (but for plurality), and for a college whose papers are not
// declared.
Result<Margins> margins(const Declaration& declaration, Rule rule, const MarginOptions& options = {});

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_DECLARATION_MARGIN_H_
