// The certificate of a stratified sample: doors are drawn at random within strata (wards, branches), how many
// from which may be chosen as one goes.
//
// With b_s of the N_s entries of stratum s unverified, u_s unverified and g_s verified doors seen there, the
// likelihood ratio (confidence.h, with another guesser)
//
//   T_s(b_s) = q(u_s, g_s) / [ (b_s)_u (N_s - b_s)_g / (N_s)_n ],
//   q(u, g)  = B(d e + u, d (1 - e) + g) / B(d e, d (1 - e)),   e = M / 2N,  d = max(2, 50 N_s / N)
//
// is a martingale from 1 if b_s is the truth, and martingales of strata multiply, in whatever order their
// doors come and however the next stratum is chosen from what was seen (Stark 2023, section 4; Spertus &
// Stark, "Sweeter than SUITE", 2022). With all b_s given, q is ALPHA's guess that averages e, worth d doors,
// with the doors.
//
// Null: b_1 + ... + b_S >= M. The product must reach 1 / alpha for every such allocation: it is taken at the
// one where it is least. ln T_s is convex in b_s, so the least over allocations of one sum is found exactly
// by adding to the stratum where the next entry costs least. One stratum is the simple design with an
// untruncated guess.
//
// The least is convex in the sum of the allocation too, and where the doors speak of fewer than M entries it
// is at the sum M itself; where they speak of more it is below 1 and certifies nothing.
#ifndef SCRUTINEER_CANVASS_STRATIFIED_H_
#define SCRUTINEER_CANVASS_STRATIFIED_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "canvass/certificate.h"

namespace scrutineer::canvass {

class StratifiedCertificate {
 public:
  struct Stratum {
    std::uint64_t size = 0, unverified = 0, verified = 0;
  };

  // `sizes` add up to claim.entries, each at least 1; `claim` must pass check().
  StratifiedCertificate(const Claim& claim, const std::vector<std::uint64_t>& sizes);

  // The next door of a stratum, in the order drawn there. Nothing is computed yet.
  void see(std::size_t stratum, bool verified);

  // ln of the product at the allocation where it is least, now. Minus infinity once M doors are unverified,
  // plus infinity where no allocation is left. Time: O(strata log N) bisections.
  [[nodiscard]] double log_product() const;
  // log_product() >= ln(1 / alpha). Most often decided by one allocation, that in proportion to the strata's
  // sizes: where the product is too small there, it is too small where it is least.
  [[nodiscard]] bool certifies() const;

  [[nodiscard]] std::uint64_t doors() const;
  [[nodiscard]] std::uint64_t unverified() const;
  // How many further doors, all verified, taken from strata in proportion to their sizes, reach the
  // certificate; nothing if none do.
  [[nodiscard]] std::optional<std::uint64_t> clean_doors_needed() const;
  // The sums b_1 + ... + b_S that some allocation keeps above `alpha` now: an interval, as the least over
  // allocations is convex in the sum. The truth is outside with probability at most alpha. Nothing where none
  // is left. Time: O(N log strata).
  struct Sums {
    std::uint64_t least = 0, most = 0;
  };
  [[nodiscard]] std::optional<Sums> sums(double alpha) const;

 private:
  Claim claim_;
  double guess_;  // e
  std::vector<Stratum> strata_;
};

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_STRATIFIED_H_
