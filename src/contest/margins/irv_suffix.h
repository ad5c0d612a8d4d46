// The program of one suffix of an elimination order (Magrino, Rivest, Shen and Wagner, EVT/WOTE 2011; Blom,
// Stuckey, Teague and Tidhar, ECAI 2016, sections 3 and 6): the least number of papers to delete, add or
// change so that the candidates of the suffix are the last to remain and go out in its order. Who goes out
// before them is left open.
#ifndef SCRUTINEER_CONTEST_MARGINS_IRV_SUFFIX_H_
#define SCRUTINEER_CONTEST_MARGINS_IRV_SUFFIX_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "contest/certificate/proof.h"
#include "contest/margins/all_outcomes.h"
#include "contest/margins/bounded_program.h"
#include "contest/margins/means.h"
#include "contest/profile.h"

namespace scrutineer::contest {

// Where a stage must be won by more than a tie.
enum class Strict : std::uint8_t {
  nowhere,      // lots: every tie falls as the challenger needs it
  winner_goes,  // change, necessary: the winner goes out with strictly fewest votes
  everywhere,   // change, sufficient on the suffix: no ties at any of its stages
};

// e_1 .. e_k: the order in which the last k candidates go out; the last of them wins.
using Suffix = std::vector<Candidate>;

// Papers as the program sees them: under a suffix a paper counts for a rising sequence of positions (its
// record set), so papers with the same set, in the same group where caps bind, are one column.
struct Signature {
  std::uint64_t positions = 0;  // bit p: the paper counts at some time for e_(p+1)
  std::uint32_t group = 0;      // 0 where there are no caps
  std::int64_t count = 0;
};

struct SuffixProblem {
  const Profile& profile;
  Means means;
  Candidate winner;
  std::span<const std::int64_t> caps;      // by group; empty: none
  std::optional<std::int64_t> most_added;  // mixed: papers that may come; nothing: any number
};

class SuffixProgram {
 public:
  // `limit`: only solutions of fewer than `limit` papers matter; it bounds every flow of papers.
  SuffixProgram(const SuffixProblem& problem, const Suffix& suffix, Strict strict, std::int64_t limit,
                std::int64_t& work);

  const BoundedProgram& program() const { return program_; }

  // The profile after an integer solution: how many of each kind remain, and the papers put in. Any papers of
  // a signature do; the first kinds are taken first.
  struct Changed {
    std::vector<std::int64_t> counts;       // by kind
    std::vector<ExtraPaper> put_in;         // orders of candidates
    std::vector<std::uint32_t> put_groups;  // beside put_in
  };
  Changed apply(const IntegerSolution& solution) const;

  // Rows and columns by name, for the proof.
  std::vector<RowMultiplier> named(std::span<const std::int64_t> multipliers) const;
  ColumnName column_name(std::size_t column) const;

 private:
  void gather(std::int64_t& work);
  void tally_signatures();
  std::uint64_t positions_of(std::size_t kind) const;
  void add_rows(Strict strict);
  void add_bases();
  void add_removals(std::int64_t limit);
  void add_arcs(std::int64_t limit);
  void path_of(std::uint64_t positions, std::int32_t factor, std::vector<Term>& parts) const;
  std::size_t row_of(std::size_t stage, std::size_t position) const;
  std::uint32_t arc_of(std::size_t from, std::size_t to) const;
  void put_in_paths(const IntegerSolution& solution, std::vector<std::int64_t>& room, Changed& changed) const;

  const SuffixProblem problem_;
  const Suffix suffix_;
  std::size_t k_;
  std::vector<std::uint32_t> position_;           // by candidate; none where it is outside
  std::vector<Signature> signatures_;             // by rising positions, then group
  std::vector<std::vector<std::int64_t>> tally_;  // [stage][position]
  BoundedProgram program_;
  std::vector<std::uint32_t> arc_base_;    // by arc
  std::vector<std::uint32_t> arc_column_;  // by arc
  std::vector<std::uint32_t> flow_base_;   // by position below k - 1: in - out >= 0
  std::vector<std::uint32_t> cap_base_;    // by group
  std::optional<std::uint32_t> balance_base_;
  std::optional<std::uint32_t> added_base_;
  std::vector<RowMultiplier> row_names_;  // by row, without multipliers
};

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_IRV_SUFFIX_H_
