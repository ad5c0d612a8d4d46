// The certificate where entries are drawn with unequal chances: signals steer, doors decide.
//
// Entry i has l_i >= 1 lots in the urn; lots are drawn without replacement, and an entry is the next door
// when the first of its lots comes. Given the doors before, entry i is next with probability l_i / L, L the
// lots of the entries left. Entries of as many lots are a class, and doors are bet on as steered.h says:
// signals that say nothing, or the wrong thing, cannot make the certificate wrong.
//
// A share s of the lots beyond the least (steering) makes a canvass without a single failure longer by the
// factor 1 / (1 - s) at most, as the null may put all M unverified where lots are fewest: steering_limit
// keeps that below a tenth.
//
// Source: S. Shekhar, Z. Xu, Z. Lipton, P. Liang, A. Ramdas, "Risk-limiting financial audits via weighted
// sampling without replacement", UAI 2023.
#ifndef SCRUTINEER_CANVASS_WEIGHTED_H_
#define SCRUTINEER_CANVASS_WEIGHTED_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "canvass/certificate.h"
#include "canvass/design.h"
#include "canvass/steered.h"

namespace scrutineer::canvass {

// The lots of an entry of which no finding says anything, and the share of all lots that findings may add.
inline constexpr std::uint32_t least_lots = 10;
inline constexpr double steering_limit = 0.05;

// Lots from e-values (1 or less: nothing found), one an entry: least_lots, and beyond them a share of the
// steering in proportion to ln e, ln e taken as at most ln 1000, rounded down. All together the further lots
// are at most steering_limit of all lots, and no entry gets more than 1,000 of them.
std::vector<std::uint32_t> lots_of(std::span<const double> e_values);

class WeightedCertificate {
 public:
  // `claim` must pass check(). `lots`: each number of lots once, in ascending order; the entries add up to
  // those of the claim. Entries with more than the fewest lots count as questioned (steered.h).
  WeightedCertificate(const Claim& claim, std::span<const LotClass> lots);

  // The next door in the order drawn, with its entry's lots: one of the numbers given.
  void see(bool verified, std::uint32_t lots);

  [[nodiscard]] const SteeredMartingale& martingale() const { return martingale_; }
  [[nodiscard]] bool reached() const { return martingale_.reached(); }
  [[nodiscard]] std::uint64_t doors() const { return martingale_.doors(); }
  [[nodiscard]] bool out_of_reach() const { return martingale_.out_of_reach(); }
  // As Certificate::clean_doors_needed, the classes taking turns in proportion to the lots left.
  [[nodiscard]] std::optional<std::uint64_t> clean_doors_needed() const;

 private:
  SteeredMartingale martingale_;
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
