// The certificate where entries are drawn with unequal chances: signals steer, doors decide.
//
// Entry i has l_i >= 1 lots in the urn; lots are drawn without replacement, and an entry is the next door
// when the first of its lots comes. Given the doors before, entry i is next with probability p(i) = l_i / L,
// L the lots of the entries left. With y_i = 1 for an entry that is not verified, Z = y_i / p(i) has the
// number of unverified entries left as its mean, whatever the lots: signals that say nothing, or the wrong
// thing, cannot make it wrong.
//
// Null: at least M of the N entries are not verified, so of those left at least m = M - (unverified so far).
// With b = L / min l, which Z never exceeds, x = 1 - Z / b lies in [0, 1] and has under the null a mean of at
// most mu = 1 - m / b: ALPHA's factor (alpha.h)
//
//   T_j = T_{j-1} [ (x / mu) (eta - mu) / (1 - mu) + (1 - eta) / (1 - mu) ]
//
// with the guess eta made of the earlier x. T is a nonnegative supermartingale from 1 under the null, so by
// Ville's inequality it reaches 1 / alpha with probability at most alpha. With all lots alike this is the
// certificate of a simple random sample, door for door.
//
// A share s of the lots beyond the least (steering) makes a canvass without a single failure longer by the
// factor 1 / (1 - s) at most, as ln(1 / mu) ~ m / b and b = N / (1 - s): steering_limit keeps that below a
// tenth.
//
// Source: S. Shekhar, Z. Xu, Z. Lipton, P. Liang, A. Ramdas, "Risk-limiting financial audits via weighted
// sampling without replacement", UAI 2023 (importance-weighted betting martingales, section 2), with ALPHA's
// bets.
#ifndef SCRUTINEER_CANVASS_WEIGHTED_H_
#define SCRUTINEER_CANVASS_WEIGHTED_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "canvass/certificate.h"

namespace scrutineer::canvass {

// The lots of an entry of which no finding says anything, and the share of all lots that findings may add.
inline constexpr std::uint32_t least_lots = 10;
inline constexpr double steering_limit = 0.07;

// Lots from e-values (1 or less: nothing found), one an entry: least_lots, and beyond them a share of the
// steering in proportion to ln e, ln e taken as at most ln 1000, rounded down. All together the further lots
// are at most steering_limit of all lots, and no entry gets more than 1,000 of them.
std::vector<std::uint32_t> lots_of(std::span<const double> e_values);

class WeightedCertificate {
 public:
  // `claim` must pass check(). `all_lots` is the sum over all entries, `least` the smallest of an entry.
  WeightedCertificate(const Claim& claim, std::uint64_t all_lots, std::uint32_t least);

  // The next door in the order drawn, with its entry's lots.
  void see(bool verified, std::uint32_t lots);

  [[nodiscard]] bool reached() const { return reached_at_.has_value(); }
  [[nodiscard]] std::optional<std::uint64_t> reached_at() const { return reached_at_; }
  [[nodiscard]] double log_martingale() const { return log_now_; }
  [[nodiscard]] double p() const;
  [[nodiscard]] std::uint64_t doors() const { return doors_; }
  [[nodiscard]] std::uint64_t unverified() const { return unverified_; }
  [[nodiscard]] bool out_of_reach() const { return unverified_ >= claim_.margin; }
  // As Certificate::clean_doors_needed, each further door taken to have the mean of the lots left.
  [[nodiscard]] std::optional<std::uint64_t> clean_doors_needed() const;

 private:
  Claim claim_;
  std::uint64_t lots_left_;
  std::uint32_t least_;
  double distance_;  // c of the guess
  double sum_ = 0;   // of x
  double log_threshold_;
  double log_now_ = 0;
  double log_greatest_ = 0;
  std::uint64_t doors_ = 0;
  std::uint64_t unverified_ = 0;
  std::optional<std::uint64_t> reached_at_;
};

// Bounds on the number of marked entries from doors drawn by lots, that hold at every door at once: all
// numbers that neither of two tests, one from each side at half of alpha, has refuted. With m marked entries
// left, their factors are 1 + f (m - Z) / (b - m) and 1 + f (Z - m) / m, averaged over a grid of bets f in
// (0, 1) fixed beforehand, so that no guess of the number is needed; both refute more the further a number
// lies outside. Doors in the order drawn. Time: O(doors log N).
struct CountBounds {
  std::uint64_t least = 0, most = 0;
  bool contradicted = false;
};
struct LotDoor {
  bool marked = false;
  std::uint32_t lots = 1;
};
CountBounds weighted_bounds(std::uint64_t entries, std::uint64_t all_lots, std::uint32_t least_lots,
                            std::span<const LotDoor> doors, double alpha);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_WEIGHTED_H_
