// Candidates by nearest neighbours: for each row the `neighbours` rows of the other table with which it
// shares the most, counted in bits: the sum of log2(rows / rows that hold it) over the atoms in common.
//
// An inverted index holds the atoms of the larger table; each row of the smaller asks it, its rarest atoms
// first, and stops after `visits` index entries, so that the cost grows with the rows and not with their
// square, whatever the names. Atoms held by more than 1/20 of the rows, or than `visits`, are left out. Where
// the tables are of comparable size both ask, and the pairs are united.
#ifndef SCRUTINEER_LINKAGE_NEAREST_H_
#define SCRUTINEER_LINKAGE_NEAREST_H_

#include <cstdint>

#include "linkage/candidates.h"
#include "linkage/comparison.h"

namespace scrutineer::linkage {

struct NearestOptions {
  unsigned threads = 0;
  std::size_t neighbours = 60;
  std::uint64_t visits = 40'000;  // index entries that one row may read
};

// As many of the wanted neighbours as leave room for the pairs of `asking` rows in `memory` bytes (0: 2 GiB),
// at least one.
std::size_t affordable_neighbours(std::size_t wanted, std::size_t asking, std::uint64_t memory);

Candidates nearest_neighbours(const Comparison& comparison, const NearestOptions& options);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_NEAREST_H_
