// Special functions that the null models share. Safe to call from many threads (the C library's lgamma is
// not: it writes the global `signgam`).
#ifndef SCRUTINEER_STATS_SPECIAL_H_
#define SCRUTINEER_STATS_SPECIAL_H_

namespace scrutineer::stats {

// ln Gamma(x), x > 0.
double log_gamma(double x);
// ln B(a, b), a, b > 0.
double log_beta(double a, double b);
// ln C(n, k), 0 <= k <= n, real arguments allowed.
double log_choose(double n, double k);
// ln(exp(a) + exp(b)) without overflow; minus infinity stands for ln 0.
double log_sum(double a, double b);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_SPECIAL_H_
