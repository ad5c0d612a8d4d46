// The least canvass that could certify anything: discovery sampling.
#ifndef SCRUTINEER_REPORT_CLEAN_VISITS_H_
#define SCRUTINEER_REPORT_CLEAN_VISITS_H_

#include <cstdint>
#include <optional>

namespace scrutineer::report {

// The least number n of members, drawn at random without replacement from `members`, such that finding every
// one of them verified has probability at most `risk` if `material` or more of the list were not valid: the
// least n with C(N - M, n) / C(N, n) <= risk. This is the sample on which the ALPHA martingale with eta = 1
// certifies (METHODS.md 5.2, identity; Stark, ALPHA: audit that learns from previously hand-audited ballots,
// 2022), so fewer doors can never do, and any door that is not verified means more. Nothing if `material` is
// 0 or more than `members`.
std::optional<std::uint64_t> least_clean_visits(std::uint64_t members, std::uint64_t material,
                                                double risk = 0.05);

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_CLEAN_VISITS_H_
