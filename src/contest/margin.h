// How many ballots would have to go, come or change to change who won: exactly where that can be computed,
// and as proved bounds where it cannot.
//
// Two thresholds, both counted in papers:
//   lots    the least number after which the winner is no longer sure to win (a tie for the deciding place is
//           reached, so that lots, or the chair, could decide against the winner)
//   change  the least number after which the winner cannot win, however ties fall
// and four ways: papers are deleted, papers with any content are added, papers are changed into any other
// content, or some are deleted and some are added, each counted as one (mixed: entries questioned and people
// kept from voting together). Blank and void papers are never deleted or changed, and at least one valid
// paper always remains.
#ifndef SCRUTINEER_CONTEST_MARGIN_H_
#define SCRUTINEER_CONTEST_MARGIN_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contest/certificate/proof.h"
#include "contest/contest.h"
#include "contest/rules.h"

namespace scrutineer::contest {

// A least number of papers. Everything said is proved: fewer than `low` cannot do it, and `high` (where there
// is one) can, by the witness beside it.
struct Least {
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
  bool impossible = false;  // proved: no number can do it (within the caps, where there are caps)

  bool exact() const { return high && *high == low && !impossible; }
  std::optional<std::int64_t> value() const { return exact() ? high : std::nullopt; }
};

// `count` papers of one kind taken away or put in. What is taken away is a kind of Ballots::ballots
// (`source`); what is put in is the paper `ranks` in `group`.
struct PaperChange {
  bool added = false;
  std::optional<std::size_t> source;
  std::vector<std::vector<Candidate>> ranks;
  std::uint32_t group = 0;
  std::int64_t count = 0;
};

// Which papers: applied to the ballots and counted again, they do what the threshold says. A changed paper is
// one taken away and one put in (or nothing put in, where the changed paper is left blank).
struct Witness {
  std::vector<PaperChange> changes;
  std::vector<std::string> then_winners;  // who can win after it, by name
};

// One way of changing papers.
struct KindMargin {
  Least lots;
  Least change;
  std::optional<Witness> lots_witness;
  std::optional<Witness> change_witness;
  std::string proof;  // how the lower bounds were proved: "closed form", "search: 12 suffixes, 18 programs"
  std::optional<TreeProof> lots_proof, change_proof;  // irv, where they were asked for
};

struct Margins {
  std::string rule;
  std::string winner;
  std::vector<std::string> possible_winners;  // more than one where a tie decided
  std::optional<KindMargin> deletion, addition, modification, mixed;
  double valid = 0;
  std::string
      note;  // what the reader must know: that bounds did not meet, what caps were applied; may be empty
};

// At most caps[g] papers of group g may be touched (deleted, added or changed there; under mixed: deleted
// there). Empty: no caps.
using Caps = std::vector<std::int64_t>;

struct MarginOptions {
  CountOptions count;  // the seed decides who the winner is where a tie decided
  bool deletion = true;
  bool addition = true;
  bool modification = true;
  bool mixed = false;
  Caps caps;
  std::optional<std::int64_t> most_added;  // mixed: papers that may be added; nothing: any number
  bool keep_proofs = false;                // for a certificate (certificate/certificate.h)
  // Budget of each search in its own steps (preferences read and matrix entries touched; of the order of 10^9
  // a second), so that the same inputs give the same bounds on any machine. When it runs out the bounds
  // reached are given.
  std::int64_t steps = 500'000'000;
  // For measuring only: a further limit in seconds for each threshold; bounds then depend on the machine.
  std::optional<double> seconds;
};

// Margins under a rule. Refused where the count itself is refused and where papers have decimal weights (a
// fraction of a paper cannot be deleted).
Result<Margins> margins(const Ballots& ballots, Rule rule, const MarginOptions& options = {});

// The ballots after a witness. Internal error if it takes away papers that are not there.
Result<Ballots> apply(const Witness& witness, const Ballots& ballots);

// Everyone who can win under some way of settling every tie, by name. Where there are too many ways to follow
// (many candidates tied again and again) nothing is returned, never a wrong answer. Refused as count().
Result<std::optional<std::vector<std::string>>> possible_winners(const Ballots& ballots, Rule rule,
                                                                 const CountOptions& options = {});

// Caps from a CSV file with a header whose first column is the ward or section and whose second is the number
// of questioned papers there; wards that are not named get 0. Refused with line and column if a ward is not
// among the ballots' groups or named twice, or a number is not whole.
Result<Caps> read_caps(const std::filesystem::path& file, const Ballots& ballots);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGIN_H_
