// Each row at most once on either side: greedy by falling weight. A pair that is the best of both its rows is
// always kept; of rivals the likelier wins.
#ifndef SCRUTINEER_LINKAGE_ONE_TO_ONE_H_
#define SCRUTINEER_LINKAGE_ONE_TO_ONE_H_

#include <cstddef>
#include <span>
#include <vector>

#include "linkage/diagnostics.h"
#include "linkage/linkage.h"

namespace scrutineer::linkage {

// Keeps those of `links` that the assignment takes, and returns the others; ties go to the smaller left row,
// then the smaller right row.
std::vector<Link> one_to_one(std::vector<Link>& links, std::size_t left_rows, std::size_t right_rows);

// Sets right what is expected of the links, of which these were let go, all at or above the threshold: they
// are not wrong any more, but missed as far as they are one person. So too at any other threshold, for of the
// assignment by falling weight what is above a higher one is the assignment at that one.
void expect_without(std::span<const Link> let_go, Diagnostics& diagnostics);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_ONE_TO_ONE_H_
