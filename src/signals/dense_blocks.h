// Signal 24: the densest block of households and what they share: an order of reading, not evidence.
//
// Graph: households on the left; payers, telephones, e-mails and days of joining on the right, each that at
// least two households share. Recruiters are left out: one energetic organiser is a block by himself. The
// densest block is exact (stats/dense_block.h) with FRAUDAR's weights, by which what everybody shares counts
// little.
//
// Null: given how many links every household and every shared thing has, who is linked to what is random. p
// is the rank of the greedy block's density among graphs with exchanged edges (at most 99); max-type, since
// every graph's densest block is taken. Families and estates are dense under any honest law, so p is given
// and nothing is listed.
//
// Innocent: a family in two homes, an estate or a street, a union branch, one stall.
#ifndef SCRUTINEER_SIGNALS_DENSE_BLOCKS_H_
#define SCRUTINEER_SIGNALS_DENSE_BLOCKS_H_

#include "signals/signal.h"

namespace scrutineer::signals {

Signal dense_blocks();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_DENSE_BLOCKS_H_
