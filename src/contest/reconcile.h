// Do the figures of a contest agree with each other? Nothing here stops a count: what cannot be right at once
// is listed, with both figures, for a person to look into.
//
//   electorate-marked   nobody is marked who was not on the list: electorate >= marked >= papers >= valid
//   papers-valid        papers = valid + rejected
//   first-valid         first preferences of the candidates add up to the valid papers
//   wards-add-up        wards add up to the declaration, candidate by candidate and paper by paper
//   transfers-add-up    total = first preferences + transfers
//   transfers-pool      transfers come from papers of candidates who are out, and no more of them than those
//   second-preferences  no more second preferences than valid papers, no fewer than were transferred
//   shares-add-up       the shares of a section add up to 100 percent
//   stated-twice        one figure is stated twice
//   elected             who is declared elected is who the figures elect
//   votes-conserved     the votes of each round and those exhausted are the valid papers
//   rounds-add-up       a tally is the one before and what was transferred
#ifndef SCRUTINEER_CONTEST_RECONCILE_H_
#define SCRUTINEER_CONTEST_RECONCILE_H_

#include <vector>

#include "contest/contest.h"
#include "contest/declaration.h"

namespace scrutineer::contest {

// A declaration within itself. What is not stated contradicts nothing; figures in percent are compared with
// the rounding they are stated with.
std::vector<Contradiction> reconcile(const Declaration& declaration);

// electorate >= marked >= papers >= valid, and papers = valid + rejected, of one area; `name` empty for the
// whole contest.
std::vector<Contradiction> reconcile_papers(const DeclaredPapers& papers, const std::string& name);

// A count within itself. Rules count in at most nine decimals; differences below that are none.
std::vector<Contradiction> reconcile(const Count& count);

// Two declarations of one contest, figure by figure: what both state and state differently, with the names
// that messages give the two.
std::vector<Contradiction> reconcile(const Declaration& one, const std::string& one_name,
                                     const Declaration& other, const std::string& other_name);

// A count of the ballots against the declaration: first preferences by candidate and ward, the papers, the
// run-off totals, who was elected.
std::vector<Contradiction> reconcile(const Declaration& declaration, const Ballots& ballots,
                                     const Count& count);

// Who is declared elected and who was counted as elected; nothing where the declaration names nobody.
std::vector<Contradiction> reconcile_elected(const Declaration& declaration, const Count& count);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_RECONCILE_H_
