// An upper bound by trial, where no exact margin is known: some number of papers that does it, small if the
// trials are lucky. What is found is true; that fewer cannot is not claimed.
#ifndef SCRUTINEER_CONTEST_MARGINS_FOUND_BY_TRIAL_H_
#define SCRUTINEER_CONTEST_MARGINS_FOUND_BY_TRIAL_H_

#include <algorithm>
#include <cstdint>
#include <optional>

namespace scrutineer::contest {

// Some k in [1, most] with holds(k), by doubling and then halving: the least one where holds() stays true
// once it is.
template <typename Holds>
std::optional<std::int64_t> found_by_trial(std::int64_t most, Holds holds) {
  std::int64_t not_yet = 0;
  std::int64_t k = 1;
  while (k <= most && !holds(k)) {
    not_yet = k;
    k = k == most ? most + 1 : std::min(2 * k, most);
  }
  if (k > most) return std::nullopt;
  while (k - not_yet > 1) {
    const std::int64_t middle = not_yet + (k - not_yet) / 2;
    (holds(middle) ? k : not_yet) = middle;
  }
  return k;
}

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_MARGINS_FOUND_BY_TRIAL_H_
