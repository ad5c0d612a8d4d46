// Binomial tails and intervals.
//
// Null: n independent trials with one success probability p. Upper tails answer "is x more than p
// explains?".
//
// Validity: the upper tail is an exact p-value (P(p <= a) <= a). The mid-p is not: it is on average right
// and may exceed a by a little; it is for description (Lancaster, JASA 56, 1961), never an input of a
// calibrator.
#ifndef SCRUTINEER_STATS_BINOMIAL_H_
#define SCRUTINEER_STATS_BINOMIAL_H_

namespace scrutineer::stats {

// P(X >= x), by the incomplete beta function, which is defined for real 0 <= x <= n too (used where counts
// are divided by a design effect). x <= 0 gives 1, x > n gives 0.
double binomial_upper_tail(double x, double n, double p);
// P(X <= x), the same way.
double binomial_lower_tail(double x, double n, double p);
// P(X > x) + P(X = x) / 2.
double binomial_mid_p(double x, double n, double p);
// P(X = x), whole x and n.
double binomial_probability(double x, double n, double p);

struct Interval {
  double low = 0;
  double high = 1;
};

// Wilson's score interval for x successes in n trials (JASA 22, 1927), 95 % by default. (0, 1) if n is 0.
Interval wilson(double x, double n, double z = 1.959963984540054);

// Clopper and Pearson's exact interval at the level 1 - alpha (Biometrika 26, 1934).
Interval clopper_pearson(double x, double n, double alpha = 0.05);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_BINOMIAL_H_
