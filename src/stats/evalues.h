// E-values: non-negative numbers whose mean is at most 1 under the null. By Markov P(e >= 1/a) <= a; the mean
// of any e-values, however dependent, is an e-value (Vovk & Wang, "E-values: calibration, combination and
// applications", Annals of Statistics 49, 2021). METHODS.md 2.9.
#ifndef SCRUTINEER_STATS_EVALUES_H_
#define SCRUTINEER_STATS_EVALUES_H_

#include <cstdint>
#include <span>

namespace scrutineer::stats {

// kappa p^(kappa - 1), 0 < kappa < 1. Valid for any p with P(p <= a) <= a: its integral over (0, 1) is
// exactly 1 (Vovk & Wang 2021, equation 2). p is taken as at least 1e-300; at most 1. VERDICT.md uses kappa =
// 0.1.
double calibrated_power(double p, double kappa);

// (1 - p + p ln p) / (p ln^2 p): the average of calibrated_power over kappa uniform on (0, 1) (Vovk & Wang
// 2021, equation 3). 1/2 at p = 1. The default calibrator of the signals: needs no choice of kappa, and loses
// little.
double calibrated_mixture(double p);

// Soft-rank e-value of the first of exchangeable non-negative values: (B + 1) v_0 / sum of all (Wang &
// Ramdas, "False discovery rate control with e-values", JRSSB 2022, section 7; METHODS.md 2.9). Averages
// exactly 1 over the orbit. It cannot exceed v_0 / mean(v), so raw counts have little power (METHODS.md 3.3).
// 1 if all are 0.
double soft_rank_e(std::span<const double> values);

// Soft-rank e of exp(kappa z), z standardised over all values with the observed one among them: valid for any
// kappa fixed beforehand (VERDICT.md, section 1; kappa = 1 is its best compromise). Values may be negative.
double soft_rank_e_exponential(std::span<const double> values, double kappa = 1.0);

// Arithmetic mean: valid under any dependence, and essentially dominates every symmetric merging (Vovk & Wang
// 2021, proposition 3.1). An empty span gives 1, i.e. no evidence.
double mean_e(std::span<const double> e);

// Mean over q in {1.25, 1.5, 2, 3, 4} u, q < 1, of the likelihood ratio (q/u)^x ((1-q)/(1-u))^(n-x): an
// e-value for the null "each of n independent trials succeeds with probability at most u" (VERDICT.md,
// section 4). Its mean is 1 at the rate u and less at every smaller rate (a trial's factor has mean linear
// and rising in the rate). Multipliers that reach 1 are left out; if all do, the result is 1. n may be 0.
// Requires x <= n and 0 < u < 1 (else 1).
double rate_e(std::uint64_t x, std::uint64_t n, double u);

// The likelihood ratio of a Beta(a, b) mixture truncated to (u, 1) against the rate u:
// integral over q in (u, 1) of (q/u)^x ((1-q)/(1-u))^(n-x) dBeta(a, b | q > u). Valid as rate_e; smooth, and
// it grows with any excess. Beta(1, 1) by default.
double beta_mixture_e(std::uint64_t x, std::uint64_t n, double u, double a = 1.0, double b = 1.0);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_EVALUES_H_
