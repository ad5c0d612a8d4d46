// Every outcome of an instant run-off over all ways of settling ties.
#ifndef SCRUTINEER_CONTEST_MARGINS_ALL_OUTCOMES_H_
#define SCRUTINEER_CONTEST_MARGINS_ALL_OUTCOMES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "contest/profile.h"

namespace scrutineer::contest {

// The candidates that win under some way of settling ties, in rising order, when kind k of `profile` is there
// counts[k] times and the papers `extra` (orders of candidates, with counts) are there besides.
//
// Works on sets of continuing candidates: a set is counted once however it was reached. Where the lowest j
// candidates together have fewer votes than the next one they all go out whatever the order, so they go
// together. Nothing is returned when more than `most_sets` sets would have to be counted.
struct ExtraPaper {
  std::vector<Candidate> order;
  std::int64_t count = 0;
};
std::optional<std::vector<Candidate>> all_irv_winners(const Profile& profile,
                                                      std::span<const std::int64_t> counts,
                                                      std::span<const ExtraPaper> extra,
                                                      std::size_t most_sets = 3000);

// Is the winner unseated? With `change`: true if `winner` wins in no way; without: true if someone else wins
// in some way. Stops at the first way that decides; nothing where there are too many.
std::optional<bool> unseats(const Profile& profile, std::span<const std::int64_t> counts,
                            std::span<const ExtraPaper> extra, Candidate winner, bool change,
                            std::size_t most_sets = 3000);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_ALL_OUTCOMES_H_
