// Ballots as a rule reads them: each kind of paper reduced to the single order of candidates that the rule
// may use, packed so that counting walks memory once. Counting and margins both stand on this.
#ifndef SCRUTINEER_CONTEST_PROFILE_H_
#define SCRUTINEER_CONTEST_PROFILE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "contest/contest.h"

namespace scrutineer::contest {

// What becomes of a paper at a rank that marks two or more candidates.
enum class Overvote : std::uint8_t {
  exhaust,  // the paper says nothing from that rank on (the usual reading of "void for uncertainty")
  skip,     // the rank is passed over
  // The paper says nothing from that rank on while two or more of those marked continue; counts for the one
  // who does otherwise. What it says depends on the round: read by counts of ranked ballots alone (irv, stv).
  exhaust_if_several,
};

struct PaperRules {
  Overvote overvote = Overvote::exhaust;
  // The paper says nothing after more than this many skipped ranks in a row; no limit by default, as where
  // numbering is checked only for order.
  std::uint32_t max_skipped_ranks = 0xffffffff;
  bool exhaust_on_duplicate =
      false;  // a candidate ranked twice ends the paper; else the later mention is ignored
  std::uint32_t max_ranks =
      0xffffffff;  // ranks beyond are not read: 2 for the supplementary vote, 1 for plurality
};

// Kinds of paper in one order each; kind k ranks preferences(k), all different, none withdrawn. Kinds without
// any preference are left out and counted in `blank`.
struct Profile {
  std::uint32_t candidates = 0;
  std::uint32_t groups = 1;
  std::vector<std::uint64_t> offsets = {0};  // kinds + 1
  std::vector<Candidate> flat;
  std::vector<std::int64_t> counts;  // in units of 1 / weight_scale
  std::vector<std::uint32_t> group;
  std::vector<std::uint32_t> source;  // index into Ballots::ballots
  std::vector<char> standing;         // by candidate: 0 for the withdrawn
  std::int64_t valid = 0;
  std::int64_t blank = 0;
  std::int64_t weight_scale = 1;

  std::size_t kinds() const { return counts.size(); }
  std::span<const Candidate> preferences(std::size_t kind) const {
    return {flat.data() + offsets[kind], static_cast<std::size_t>(offsets[kind + 1] - offsets[kind])};
  }
};

// Withdrawn candidates are struck out first; a rank that held only them closes up, so it is not a skipped
// one. Then the ranks are read in order under `rules`. One kind of Ballots gives at most one kind of Profile.
Profile read_papers(const Ballots& ballots, const PaperRules& rules);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_PROFILE_H_
