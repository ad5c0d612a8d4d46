// How many of N entries are marked: bounds that hold at every door at once ("whatever day you stop").
//
// For each possible number M of marked entries, the likelihood ratio of the doors seen so far, with b marked
// and g not, n = b + g, drawn without replacement:
//
//   T(M) = q(b, g) / [ (M)_b (N - M)_g / (N)_n ],   (a)_k = a (a - 1) ... (a - k + 1)
//   q(b, g) = Gamma(b + 1/2) Gamma(g + 1/2) / (pi Gamma(n + 1))
//
// q is the chance that the guesser of Krichevsky and Trofimov gives to the sequence, so T(M) is a martingale
// from 1 if M is the truth: it is ALPHA (alpha.h) with the guess (S + 1/2) / j, not truncated and the same
// for all M. By Ville's inequality the set of all M with T(M) < 1 / alpha at every door so far holds the
// truth with probability at least 1 - alpha for all doors together. ln T is convex in M, so the set at one
// door is an interval, found by bisection; the bounds only ever draw closer. A door that turns from marked to
// not marked never raises a bound, so doors not yet settled may be counted as the worse of the two.
//
// Sources: I. Waudby-Smith & A. Ramdas, "Confidence sequences for sampling without replacement", NeurIPS 2020
// (prior-posterior ratio, section 2); R. Krichevsky & V. Trofimov, IEEE Trans. Information Theory 27, 1981.
#ifndef SCRUTINEER_CANVASS_CONFIDENCE_H_
#define SCRUTINEER_CANVASS_CONFIDENCE_H_

#include <cstdint>

namespace scrutineer::canvass {

class MarkedCount {
 public:
  // 1 <= N < 2^32; `alpha` in (0, 1) is the chance, over all doors together, that the truth is ever outside
  // least() .. most().
  MarkedCount(std::uint64_t entries, double alpha);

  // The next door in the order drawn; at most N of them. Time: O(log N).
  void see(bool marked);

  [[nodiscard]] std::uint64_t least() const { return least_; }
  [[nodiscard]] std::uint64_t most() const { return most_; }
  // No number is left: the doors were not a random sample, or the one event in 1 / alpha has happened. The
  // bounds then stay where they last agreed.
  [[nodiscard]] bool contradicted() const { return contradicted_; }

  // ln T(M) at this door; plus infinity where M is impossible.
  [[nodiscard]] double log_ratio(std::uint64_t marked_entries) const;

 private:
  [[nodiscard]] bool rejected(std::uint64_t marked_entries) const;
  void draw_closer();

  std::uint64_t entries_;
  double log_threshold_;
  std::uint64_t marked_ = 0;
  std::uint64_t seen_ = 0;
  double log_constant_ = 0;  // ln q + ln (N)_n
  std::uint64_t least_ = 0;
  std::uint64_t most_;
  bool contradicted_ = false;
};

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_CONFIDENCE_H_
