// RAIRE: the assertions that prove the winner of an instant-runoff count, chosen so that the hardest of them
// is as easy to audit as it can be.
//
// All orders of elimination that end with another winner are ruled out, from their ends: a tail of an order
// is either contradicted by an assertion (NEB or NEN) or made longer by one more candidate. The difficulty of
// an assertion is papers / margin. Branch and bound: the tail whose best assertion so far, its own or that of
// a shorter tail, is the hardest is worked on next; one that cannot be made easier fixes a lower bound, and
// what is no harder than the bound is taken as it is. The largest difficulty of the set found is the least
// possible with such assertions.
//
// Source: M. Blom, P. Stuckey, V. Teague, "RAIRE: Risk-limiting audits for IRV elections", arXiv:1903.08804,
// algorithm in section 5. Checked against raire-rs on 33 published counts, and by prove_winner.
#ifndef SCRUTINEER_CONTEST_ASSERTIONS_RAIRE_H_
#define SCRUTINEER_CONTEST_ASSERTIONS_RAIRE_H_

#include <vector>

#include "base/result.h"
#include "contest/assertions/assertion.h"

namespace scrutineer::contest {

struct RaireSet {
  std::vector<Assertion> assertions;  // by rising margin, none needless
  std::int64_t least_margin = 0;
};

// Refused if no set of assertions proves the winner (a tie on the way, or not the winner), if there are more
// than 64 candidates, or after `most_tails` tails were looked at.
Result<RaireSet> raire(const Profile& profile, Candidate winner, std::uint64_t most_tails = 2'000'000);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_ASSERTIONS_RAIRE_H_
