// Where one table holds each person at most once (a register), at most one candidate of a row can be right.
// Its candidates are then rivals of each other, and of the possibility that the row's person is not in that
// table:
//
//   P(row i is candidate j) = pi B_ij / n  /  ((1 - pi) + pi sum_k B_ik / n)
//
// B being the Bayes factor, n the rows that candidates were sought among, and pi the share of rows whose
// person is there at all. The best of a million candidates is thereby judged as that, not as a pair met by
// itself.
//
// Namesakes that the register has beyond the candidates are rivals too, where name pairs are measured: they
// are scored as the candidates are, or where they are many, a few of them drawn that stand for the others.
//
// A person who moved house agrees on the address no more than a stranger does, on all of its parts at once.
// Moving is a class of its own: with probability mu the fields that move say nothing,
//   B = B_rest ((1 - mu) B_address + mu).
//
// pi and mu are estimated from the rows by EM. Most names decide little on a large register, so that mu rests
// on small differences, and what chance brings must be right on average: a likelihood ratio averages 1 over
// those for whom its second hypothesis holds. Rows that another model has found (`open` near 0) are such
// people, with names written as the others': no entry that is left to them is theirs. Where B_rest, summed
// over those entries and namesakes, averages less than 1, the rest is the share of people who moved whose
// entry was not proposed (they are there, and are linked to nothing); where it averages more, chance is that
// much more frequent than the model has it. With fewer than 200 such rows nothing is known of it, and 1
// stands.
#ifndef SCRUTINEER_LINKAGE_COMPETITION_H_
#define SCRUTINEER_LINKAGE_COMPETITION_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "linkage/candidates.h"
#include "linkage/probability_mass.h"
#include "linkage/scorer.h"

namespace scrutineer::linkage {

struct CompetitionOptions {
  unsigned threads = 0;
  double floor = 0.02;               // least probability of a link that is returned
  double threshold = 0.5;            // at which false and missed links are counted
  std::vector<std::size_t> movable;  // compared fields that change when a person moves house
  std::uint64_t sought_among = 0;    // n; 0: as many rows as the row has candidates
  // By left row, the probability that its person is not accounted for already (by entries that another model
  // judges); empty: 1. Its links then share no more than that among them.
  std::span<const double> open;
  // Pairs that another model judges; may be empty. Called on many threads.
  std::function<bool(std::uint32_t, std::uint32_t)> leave_out;
};

struct Competition {
  std::vector<Link> links;  // in the order of the pairs
  double share_there = 0;   // pi
  double share_moved = 0;   // mu; 0 where nothing is movable
  double expected_false = 0;
  double expected_missed = 0;
  std::vector<ThresholdLine> by_threshold;
};

// `pairs` ascending. The scorer holds a model.
Competition compete(const Scorer& scorer, std::span<const PairKey> pairs, std::size_t left_rows,
                    const CompetitionOptions& options);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_COMPETITION_H_
