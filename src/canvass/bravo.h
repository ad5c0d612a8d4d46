// Ballot polling by Wald's sequential ratio, and sizes of samples before an audit begins.
//
// BRAVO, null: winner and loser are tied among the papers that are for one of them. With s the winner's
// reported share of those, T = prod (2 s)^(papers for the winner) (2 (1 - s))^(papers for the loser), drawn
// with replacement; p = 1 / max T. It is ALPHA with a guess that never moves. Sources: M. Lindeman, P. Stark,
// V. Yates, "BRAVO: Ballot-polling risk-limiting audits to verify outcomes", EVT/WOTE 2012; sizes as in
// rlacalc, Arlo and RAIRE, whose published values tests reproduce.
#ifndef SCRUTINEER_CANVASS_BRAVO_H_
#define SCRUTINEER_CANVASS_BRAVO_H_

#include <cstdint>

namespace scrutineer::canvass {

struct Pair {
  double winner = 0, loser = 0;
};

// p after a sample with so many papers for each, at most 1. As published: the value at the end of the sample,
// which is the anytime p only if it was looked at then for the first time. Requires reported.winner >
// reported.loser.
double bravo_p(const Pair& reported, const Pair& sample);

// The papers expected to be looked at, for a contest in which `papers` were cast:
//   (ln(1 / alpha) + z_w / 2) / (p_w z_w + p_l z_l),  z_w = ln 2s, z_l = ln(2 - 2s), p = votes / papers.
double bravo_difficulty(const Pair& reported, double papers, double risk);
// The same, rounded up.
std::uint64_t bravo_expected(const Pair& reported, double papers, double risk);

// Papers to be compared with their records if no record is wrong: -ln(alpha) 2 gamma papers / margin (MACRO,
// as RAIRE ranks assertions).
double comparison_difficulty(double margin, double papers, double risk, double gamma);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_BRAVO_H_
