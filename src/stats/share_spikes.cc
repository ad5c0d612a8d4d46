#include "stats/share_spikes.h"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "stats/special.h"

namespace scrutineer::stats {
namespace {

constexpr double negligible = 1e-9;
constexpr double least_log = -3.0;  // of a and b: laws that pile up at the ends are not wanted
constexpr double greatest_log = 8.0;
constexpr int most_halvings = 12;

double log_probability(const BetaComponent& component, const TrialCell& cell) {
  const auto n = static_cast<double>(cell.n);
  const auto x = static_cast<double>(cell.x);
  return log_choose(n, x) + log_beta(x + component.a, n - x + component.b) -
         log_beta(component.a, component.b);
}

// Weights of the components given a cell, summing to 1; the cell's log-probability is returned.
double responsibilities(const BetaMixture& mixture, const TrialCell& cell, std::vector<double>& weights) {
  weights.clear();
  double top = -1e300;
  for (const BetaComponent& component : mixture) {
    weights.push_back(std::log(std::max(component.weight, 1e-300)) + log_probability(component, cell));
    top = std::max(top, weights.back());
  }
  double sum = 0;
  for (double& weight : weights) sum += weight = std::exp(weight - top);
  for (double& weight : weights) weight /= sum;
  return top + std::log(sum);
}

struct WeightedCell {
  TrialCell cell;
  double weight = 0;
};

double weighted_likelihood(const BetaComponent& component, std::span<const WeightedCell> cells) {
  double sum = 0;
  for (const auto& [cell, weight] : cells) {
    const auto n = static_cast<double>(cell.n);
    const auto x = static_cast<double>(cell.x);
    sum += weight * (log_beta(x + component.a, n - x + component.b) - log_beta(component.a, component.b));
  }
  return sum;
}

// One Newton step in (ln a, ln b); a gradient step where the curvature is not negative definite.
BetaComponent improved(const BetaComponent& old, std::span<const WeightedCell> cells) {
  using boost::math::digamma;
  using boost::math::trigamma;
  const double a = old.a;
  const double b = old.b;
  const double digamma_sum = digamma(a + b);
  const double trigamma_sum = trigamma(a + b);
  double all = 0, ga = 0, gb = 0, haa = 0, hbb = 0, hab = 0;
  for (const auto& [cell, weight] : cells) {
    const auto n = static_cast<double>(cell.n);
    const auto x = static_cast<double>(cell.x);
    const double both = digamma_sum - digamma(n + a + b);
    const double curved = trigamma_sum - trigamma(n + a + b);
    all += weight;
    ga += weight * (digamma(x + a) + both);
    gb += weight * (digamma(n - x + b) + both);
    haa += weight * (trigamma(x + a) + curved);
    hbb += weight * (trigamma(n - x + b) + curved);
    hab += weight * curved;
  }
  ga -= all * digamma(a);
  gb -= all * digamma(b);
  haa -= all * trigamma(a);
  hbb -= all * trigamma(b);
  // In logarithms: gradient a g, curvature a^2 h + a g.
  const double la = a * ga, lb = b * gb;
  const double laa = a * a * haa + a * ga, lbb = b * b * hbb + b * gb, lab = a * b * hab;
  const double determinant = laa * lbb - lab * lab;
  double step_a = 0, step_b = 0;
  if (laa < 0 && determinant > 0) {
    step_a = -(lbb * la - lab * lb) / determinant;
    step_b = -(laa * lb - lab * la) / determinant;
  } else {
    const double size = std::max(1e-300, std::hypot(la, lb));
    step_a = 0.2 * la / size;
    step_b = 0.2 * lb / size;
  }
  const double before = weighted_likelihood(old, cells);
  for (int halving = 0; halving < most_halvings; ++halving, step_a /= 2, step_b /= 2) {
    BetaComponent next = old;
    next.a = std::exp(std::clamp(std::log(a) + std::clamp(step_a, -1.0, 1.0), least_log, greatest_log));
    next.b = std::exp(std::clamp(std::log(b) + std::clamp(step_b, -1.0, 1.0), least_log, greatest_log));
    if (weighted_likelihood(next, cells) >= before) return next;
  }
  return old;
}

// Equal parts of the cells by share, each a component of its mean share and a sum a + b of 20.
BetaMixture start(std::span<const TrialCell> cells, std::size_t components) {
  std::vector<double> shares;
  for (const TrialCell& cell : cells)
    shares.push_back(static_cast<double>(cell.x) / static_cast<double>(cell.n));
  std::sort(shares.begin(), shares.end());
  BetaMixture mixture;
  for (std::size_t k = 0; k < components; ++k) {
    const std::size_t from = k * shares.size() / components;
    const std::size_t to = (k + 1) * shares.size() / components;
    const double mean = std::accumulate(shares.begin() + static_cast<std::ptrdiff_t>(from),
                                        shares.begin() + static_cast<std::ptrdiff_t>(to), 0.0) /
                        static_cast<double>(to - from);
    const double share = std::clamp(mean, 0.02, 0.98);
    mixture.push_back({1.0 / static_cast<double>(components), 20.0 * share, 20.0 * (1.0 - share)});
  }
  return mixture;
}

// The law of a count of n trials counted once more, given what was counted: components with the posterior's
// parameters and weights.
BetaMixture recounted(const BetaMixture& mixture, const TrialCell& cell) {
  std::vector<double> weights;
  responsibilities(mixture, cell, weights);
  BetaMixture result;
  for (std::size_t k = 0; k < mixture.size(); ++k) {
    result.push_back({weights[k], mixture[k].a + static_cast<double>(cell.x),
                      mixture[k].b + static_cast<double>(cell.n - cell.x)});
  }
  return result;
}

// Probabilities of the counts [first, first + size) of n trials; what is left out is negligible.
struct CountLaw {
  std::uint64_t first = 0;
  std::vector<double> probability;
};

CountLaw count_law(const BetaMixture& mixture, std::uint64_t n) {
  std::vector<double> all(n + 1, 0.0);
  const auto m = static_cast<double>(n);
  for (const BetaComponent& component : mixture) {
    if (component.weight < negligible) continue;
    const double share = component.a / (component.a + component.b);
    const auto middle = std::min(n, static_cast<std::uint64_t>(m * share));
    const double largest = component.weight * std::exp(log_probability(component, {n, middle}));
    const auto ratio = [&](double x) {  // P(x + 1) / P(x)
      return (m - x) / (x + 1.0) * (x + component.a) / (m - x - 1.0 + component.b);
    };
    all[middle] += largest;
    double term = largest;
    for (std::uint64_t x = middle; x < n && term > negligible * largest; ++x)
      all[x + 1] += term *= ratio(static_cast<double>(x));
    term = largest;
    for (std::uint64_t x = middle; x > 0 && term > negligible * largest; --x)
      all[x - 1] += term /= ratio(static_cast<double>(x - 1));
  }
  CountLaw law;
  std::size_t end = all.size();
  while (end > 0 && all[end - 1] <= 0) --end;
  while (law.first < end && all[law.first] <= 0) ++law.first;
  law.probability.assign(all.begin() + static_cast<std::ptrdiff_t>(law.first),
                         all.begin() + static_cast<std::ptrdiff_t>(end));
  return law;
}

bool within(std::uint64_t votes, std::uint64_t voters, double low, double high) {
  const double share = voters == 0 ? 0.0 : static_cast<double>(votes) / static_cast<double>(voters);
  return share > low && share <= high;
}

double probability_within(const ShareStation& station, const BetaMixture& turnout, const BetaMixture& support,
                          double low, double high) {
  const CountLaw voters = count_law(recounted(turnout, {station.electors, station.voters}), station.electors);
  const BetaMixture votes = recounted(support, {station.voters, station.votes});
  double sum = 0;
  for (std::size_t at = 0; at < voters.probability.size(); ++at) {
    const std::uint64_t t = voters.first + at;
    // Only counts near the two ends can be within; the test decides which.
    auto v = static_cast<std::uint64_t>(std::max(0.0, std::floor(low * static_cast<double>(t))));
    double found = 0;
    for (; v <= t && static_cast<double>(v) <= high * static_cast<double>(t) + 1.0; ++v) {
      if (!within(v, t, low, high)) continue;
      for (const BetaComponent& component : votes) {
        if (component.weight >= negligible)
          found += component.weight * std::exp(log_probability(component, {t, v}));
      }
    }
    sum += voters.probability[at] * found;
  }
  return sum;
}

}  // namespace

double density(const BetaMixture& mixture, double x) {
  double sum = 0;
  for (const BetaComponent& component : mixture) {
    sum +=
        component.weight * std::exp((component.a - 1.0) * std::log(x) + (component.b - 1.0) * std::log1p(-x) -
                                    log_beta(component.a, component.b));
  }
  return sum;
}

double mean_log_likelihood(const BetaMixture& mixture, std::span<const TrialCell> cells) {
  std::vector<double> weights;
  double sum = 0;
  for (const TrialCell& cell : cells) {
    if (cell.n > 0 && cell.x <= cell.n) sum += responsibilities(mixture, cell, weights);
  }
  return cells.empty() ? 0.0 : sum / static_cast<double>(cells.size());
}

std::optional<BetaMixture> fit_beta_mixture(std::span<const TrialCell> cells, std::size_t components,
                                            std::size_t rounds, double tolerance) {
  std::vector<TrialCell> used;
  for (const TrialCell& cell : cells) {
    if (cell.n > 0 && cell.x <= cell.n) used.push_back(cell);
  }
  if (components == 0 || used.size() < 10 * components) return std::nullopt;
  BetaMixture mixture = start(used, components);
  std::vector<std::vector<WeightedCell>> of_component(components);
  std::vector<double> weights;
  double before = -1e300;
  for (std::size_t round = 0; round < rounds; ++round) {
    for (auto& part : of_component) part.clear();
    double sum = 0;
    std::vector<double> total(components, 0.0);
    for (const TrialCell& cell : used) {
      sum += responsibilities(mixture, cell, weights);
      for (std::size_t k = 0; k < components; ++k) {
        total[k] += weights[k];
        if (weights[k] > negligible) of_component[k].push_back({cell, weights[k]});
      }
    }
    const double mean = sum / static_cast<double>(used.size());
    if (mean - before < tolerance) break;
    before = mean;
    for (std::size_t k = 0; k < components; ++k) {
      mixture[k] = improved(mixture[k], of_component[k]);
      mixture[k].weight = total[k] / static_cast<double>(used.size());
    }
  }
  return mixture;
}

ShareSpike share_spike(std::span<const ShareStation> stations, const BetaMixture& turnout,
                       const BetaMixture& support, double low, double high, unsigned threads) {
  std::vector<double> probability(stations.size(), 0.0);
  parallel_for(threads, stations.size(), [&](std::size_t at) {
    const ShareStation& station = stations[at];
    if (station.voters <= station.electors && station.votes <= station.voters)
      probability[at] = probability_within(station, turnout, support, low, high);
  });
  ShareSpike spike;
  if (stations.empty()) return spike;
  double variance = 0;
  for (std::size_t at = 0; at < stations.size(); ++at) {
    spike.observed += within(stations[at].votes, stations[at].voters, low, high) ? 1.0 : 0.0;
    spike.expected += probability[at];
    variance += probability[at] * (1.0 - probability[at]);
  }
  const auto n = static_cast<double>(stations.size());
  spike.observed /= n;
  spike.expected /= n;
  spike.deviation = std::sqrt(variance) / n;
  return spike;
}

}  // namespace scrutineer::stats
