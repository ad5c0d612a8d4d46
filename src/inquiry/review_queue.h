// What is to be decided, in which order (inquiry/write_review.h says how it is found).
#ifndef SCRUTINEER_INQUIRY_REVIEW_QUEUE_H_
#define SCRUTINEER_INQUIRY_REVIEW_QUEUE_H_

#include <vector>

#include "inquiry/audit.h"
#include "store/review_rows.h"

namespace scrutineer::inquiry {

std::vector<store::QueueRow> review_queue(const Audit& audit);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_REVIEW_QUEUE_H_
