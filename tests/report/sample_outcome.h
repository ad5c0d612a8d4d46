// A rich Outcome of a fictional borough, for tests of the report and for its picture: every section has
// something to show. Figures are plausible, not computed by the signals.
#ifndef SCRUTINEER_TESTS_REPORT_SAMPLE_OUTCOME_H_
#define SCRUTINEER_TESTS_REPORT_SAMPLE_OUTCOME_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "inquiry/outcome.h"

namespace scrutineer::report_test {

// 1,217 members of Northmere, 6 register snapshots, payments, canvass and an alternative-vote count.
inquiry::Outcome sample_outcome();

// The same with `members` members and `findings` further findings in the signal of payers.
inquiry::Outcome large_outcome(std::size_t members, std::size_t findings);

// The sample with `text` in every string that can come from a file.
inquiry::Outcome hostile_outcome(std::string_view text);

}  // namespace scrutineer::report_test

#endif  // SCRUTINEER_TESTS_REPORT_SAMPLE_OUTCOME_H_
