// Scan statistics: is there a window (a time, a ward, both) with more cases than the rest, whatever the
// window?
//
// Null of each model is in its comment. The likelihood ratio of the best window is compared with the best
// windows of replicates under the null, so the search over windows is paid for: p = (1 + #{best* >= best}) /
// (B + 1), exact under the null (Kulldorff, Communications in Statistics 26, 1997; Kulldorff et al., PLoS
// Medicine 2, 2005). Report the window, never the members in it as a finding about them, and never test
// again what a window chose.
#ifndef SCRUTINEER_STATS_SCAN_H_
#define SCRUTINEER_STATS_SCAN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace scrutineer::stats {

// Poisson model: c cases in the window where e are expected, of C in all:
// c ln(c / e) + (C - c) ln((C - c) / (C - e)) if c > e, else 0.
double scan_llr_poisson(double c, double e, double all_cases);

// Bernoulli model: c cases among n people in the window, C among N in all; 0 unless c / n > C / N.
double scan_llr_bernoulli(double c, double n, double all_cases, double all);

// A case at a place and a day.
struct PlacedCase {
  std::uint32_t place = 0;
  std::int32_t day = 0;
};

struct ScanWindow {
  std::uint32_t place = 0;
  std::int32_t first_day = 0;
  std::int32_t last_day = 0;
  double cases = 0;
  double expected = 0;  // C_place C_days / C
  double llr = 0;
  double p = 1;  // Monte Carlo rank of the best window
};

struct ScanOptions {
  std::int32_t longest_days = 30;  // of a window
  double largest_share = 0.5;      // windows expected to hold more of all cases than this are not scanned
  std::uint32_t replicates = 999;
  std::uint64_t seed = 0;
  unsigned threads = 0;
};

// Space-time permutation scan. Null: given how many cases each place and each day has, which day goes with
// which place is random. Needs no population, and is blind to what touches all places alike (a deadline) or
// one place always. Windows are one place and 1 to `longest_days` consecutive days. Best window; llr 0 if
// there is none.
ScanWindow space_time_permutation_scan(std::span<const PlacedCase> cases, const ScanOptions& options);

// The p of an observed maximum from the Gumbel law fitted by moments to the replicates' maxima, for p far
// below 1 / (B + 1); an approximation, for description only (Abrams, Kulldorff & Kleinman, Emerging Health
// Threats 3, 2010).
double gumbel_p(double observed, std::span<const double> replicates);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_SCAN_H_
