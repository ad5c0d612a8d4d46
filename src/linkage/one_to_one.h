// Each row at most once on either side: greedy by falling weight. A pair that is the best of both its rows is
// always kept; of rivals the likelier wins.
#ifndef SCRUTINEER_LINKAGE_ONE_TO_ONE_H_
#define SCRUTINEER_LINKAGE_ONE_TO_ONE_H_

#include <cstddef>
#include <vector>

#include "linkage/linkage.h"

namespace scrutineer::linkage {

// Keeps those of `links` that the assignment takes; ties go to the smaller left row, then the smaller right
// row.
void one_to_one(std::vector<Link>& links, std::size_t left_rows, std::size_t right_rows);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_ONE_TO_ONE_H_
