#include "stats/draws.h"

#include <algorithm>
#include <cmath>

namespace scrutineer::stats {

double normal_draw(Random& random) {
  for (;;) {
    const double u = 2.0 * random.uniform_open() - 1.0;
    const double v = 2.0 * random.uniform_open() - 1.0;
    const double s = u * u + v * v;
    if (s < 1.0 && s > 0.0) return u * std::sqrt(-2.0 * std::log(s) / s);
  }
}

double gamma_draw(Random& random, double shape) {
  if (shape < 1.0) return gamma_draw(random, shape + 1.0) * std::pow(random.uniform_open(), 1.0 / shape);
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = normal_draw(random);
    const double base = 1.0 + c * x;
    if (base <= 0) continue;
    const double v = base * base * base;
    if (std::log(random.uniform_open()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

double beta_draw(Random& random, double a, double b) {
  const double x = gamma_draw(random, a);
  const double y = gamma_draw(random, b);
  return x + y > 0 ? x / (x + y) : (random.chance(a / (a + b)) ? 1.0 : 0.0);
}

std::uint64_t binomial_draw(Random& random, std::uint64_t n, double p) {
  std::uint64_t successes = 0;
  for (std::uint64_t i = 0; i < n; ++i) successes += random.chance(p) ? 1U : 0U;
  return successes;
}

std::uint64_t poisson_draw(Random& random, double mean) {
  std::uint64_t count = 0;
  while (mean > 0) {
    const double piece = std::min(mean, 16.0);
    mean -= piece;
    const double limit = std::exp(-piece);
    for (double product = random.uniform_open(); product > limit; product *= random.uniform_open()) ++count;
  }
  return count;
}

std::uint64_t negative_binomial_draw(Random& random, double mean, double size) {
  return poisson_draw(random, gamma_draw(random, size) * mean / size);
}

std::uint64_t beta_binomial_draw(Random& random, std::uint64_t n, double p, double rho) {
  const double sum = (1.0 - rho) / rho;
  return binomial_draw(random, n, beta_draw(random, p * sum, (1.0 - p) * sum));
}

}  // namespace scrutineer::stats
