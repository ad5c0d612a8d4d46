// Assertions about single papers that, if all of them are true of the papers as they are, prove who won: what
// a risk-limiting audit of a count tests. Each is a majority: its assorter gives every paper a value in [0,
// 1], and the assertion is true if and only if the mean over all papers exceeds 1/2.
//
// Sources: P. B. Stark, "Sets of half-average nulls generate risk-limiting audits: SHANGRLA", 2020; M. Blom,
// P. Stuckey, V. Teague, "RAIRE: Risk-limiting audits for IRV elections", arXiv:1903.08804.
#ifndef SCRUTINEER_CONTEST_ASSERTIONS_ASSERTION_H_
#define SCRUTINEER_CONTEST_ASSERTIONS_ASSERTION_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "contest/contest.h"
#include "contest/profile.h"

namespace scrutineer::contest {

struct Assertion {
  enum class Kind : std::uint8_t {
    more_first_preferences,  // plurality: winner has more first preferences than loser
    not_eliminated_before,   // NEB: winner's first preferences exceed all that loser could have while winner
                             // stands
    not_eliminated_next      // NEN: with just `continuing` left, winner has more votes than loser
  };
  Kind kind = Kind::more_first_preferences;
  Candidate winner = 0, loser = 0;
  std::uint64_t continuing = 0;  // NEN: a bit for each candidate left
  std::int64_t margin = 0;       // papers for winner less papers for loser, over all of the profile

  bool operator==(const Assertion&) const = default;
};

// The assorter on one paper, its preferences in order: 1 for winner, 0 for loser, 1/2 for neither.
double assort(const Assertion& assertion, std::span<const Candidate> preferences);

// margin of the assertion over a profile, in papers of its weight scale.
std::int64_t margin_of(const Assertion& assertion, const Profile& profile);

// "A is not eliminated before B", in the candidates' names.
std::string words(const Assertion& assertion, const std::vector<std::string>& candidates);

// Plurality: the winner against every other candidate. An assertion with a margin of 0 or less is false.
std::vector<Assertion> plurality_assertions(const Profile& profile, Candidate winner);

// Whether these, if true, leave no order of elimination that ends with anybody but `winner`: the check of a
// set of assertions that knows nothing of how it was found. At most 64 candidates. Time: exponential at
// worst; orders are cut off at the first assertion that contradicts them.
bool prove_winner(std::span<const Assertion> assertions, std::uint32_t candidates, Candidate winner);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_ASSERTIONS_ASSERTION_H_
