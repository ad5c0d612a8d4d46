// Random draws from the laws used here, the same on every machine (those of <random> are not). For parametric
// bootstraps and for the tests.
#ifndef SCRUTINEER_STATS_DRAWS_H_
#define SCRUTINEER_STATS_DRAWS_H_

#include <cstdint>

#include "stats/random.h"

namespace scrutineer::stats {

// Standard normal, by the polar method (Marsaglia & Bray, SIAM Review 6, 1964).
double normal_draw(Random& random);
// Gamma with the given shape > 0 and scale 1 (Marsaglia & Tsang, ACM TOMS 26, 2000; shape < 1 by their
// boost).
double gamma_draw(Random& random, double shape);
// Beta(a, b), a, b > 0.
double beta_draw(Random& random, double a, double b);
// Number of successes in n trials: one uniform a trial.
std::uint64_t binomial_draw(Random& random, std::uint64_t n, double p);
// Poisson by multiplication (Knuth) in pieces of mean at most 16.
std::uint64_t poisson_draw(Random& random, double mean);
// Poisson of a gamma mean: mean mu, variance mu + mu^2 / size.
std::uint64_t negative_binomial_draw(Random& random, double mean, double size);
// Binomial of a beta share with mean p and correlation rho.
std::uint64_t beta_binomial_draw(Random& random, std::uint64_t n, double p, double rho);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_DRAWS_H_
