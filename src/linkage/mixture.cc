#include "linkage/mixture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "linkage/fixed_point.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {
namespace {

constexpr Weight cell_width = weight_scale / 8;
constexpr double pseudo_count = 0.5;
constexpr double least_prior = 1e-12;
constexpr double greatest_prior = 0.999;

// m as it would be if the share `same` of one person's entries agreed exactly, the other levels falling off
// by half from one to the next.
std::vector<std::vector<double>> start_m(std::span<const Compared> compared, double same) {
  std::vector<std::vector<double>> m;
  for (const Compared& what : compared) {
    const auto levels = levels_of(what.kind);
    std::vector<double> of_field(levels.size(), 0.0);
    std::array<double, 2> totals{};
    double share = 1.0;
    for (std::size_t level = 1; level < levels.size(); ++level) {
      const bool first = level == 1 || levels[level].group != levels[level - 1].group;
      share = first ? same : (level == 2 ? 1.0 - same : share) / 2.0;
      if (!first && share > 1.0 - same) share = (1.0 - same) / 2.0;
      of_field[level] = share;
      totals[levels[level].group] += share;
    }
    for (std::size_t level = 1; level < levels.size(); ++level)
      of_field[level] /= totals[levels[level].group];
    m.push_back(std::move(of_field));
  }
  return m;
}

// log2 of m of each pattern, plus what is added.
std::vector<double> pattern_weights(const PatternCounts& counts, const Mixture& mixture,
                                    std::span<const Weight> added) {
  std::vector<std::array<double, most_levels>> logs(mixture.m.size());
  for (std::size_t field = 0; field < logs.size(); ++field) {
    logs[field].fill(0.0);
    for (std::size_t level = 1; level < mixture.m[field].size(); ++level) {
      logs[field][level] = std::log2(mixture.m[field][level]);
    }
  }
  std::vector<double> weights(counts.patterns.size());
  for (std::size_t at = 0; at < weights.size(); ++at) {
    double sum = added.empty() ? 0.0 : static_cast<double>(added[at]) / weight_scale;
    for (std::size_t field = 0; field < logs.size(); ++field)
      sum += logs[field][level_in(counts.patterns[at], field)];
    weights[at] = sum;
  }
  return weights;
}

double log_odds(double prior) {
  return std::log2(prior) - std::log2(1.0 - prior);
}

struct Expectation {
  std::vector<double> matches;  // by pattern
  double total = 0;
  double log_likelihood = 0;
};

Expectation expect(const PatternCounts& counts, const Mixture& mixture, std::span<const Weight> added) {
  Expectation result;
  result.matches.assign(counts.patterns.size(), 0.0);
  const std::vector<double> weights = pattern_weights(counts, mixture, added);
  const double prior = log_odds(mixture.prior);
  for (const Cell& cell : counts.cells) {
    const double odds = prior + weights[cell.pattern] - static_cast<double>(cell.log2_u) / weight_scale;
    const double posterior = 1.0 / (1.0 + std::exp2(-odds));
    const double matches = posterior * static_cast<double>(cell.pairs);
    result.matches[cell.pattern] += matches;
    result.total += matches;
    // log2 of (prior m + (1 - prior) u) / ((1 - prior) u): the part of the likelihood that the parameters
    // move.
    const double gain =
        odds > 0 ? odds + std::log2(1.0 + std::exp2(-odds)) : std::log2(1.0 + std::exp2(odds));
    result.log_likelihood += gain * static_cast<double>(cell.pairs);
  }
  return result;
}

// The next m; returns the greatest change.
double maximise(const PatternCounts& counts, std::span<const Compared> compared,
                const Expectation& expectation, Mixture& mixture) {
  double change = 0;
  for (std::size_t field = 0; field < compared.size(); ++field) {
    const auto levels = levels_of(compared[field].kind);
    std::vector<double> sums(levels.size(), pseudo_count);
    std::array<double, 2> totals{};
    for (std::size_t at = 0; at < counts.patterns.size(); ++at) {
      sums[level_in(counts.patterns[at], field)] += expectation.matches[at];
    }
    for (std::size_t level = 1; level < levels.size(); ++level) totals[levels[level].group] += sums[level];
    for (std::size_t level = 1; level < levels.size(); ++level) {
      const double next = sums[level] / totals[levels[level].group];
      change = std::max(change, std::abs(next - mixture.m[field][level]));
      mixture.m[field][level] = next;
    }
  }
  return change;
}

}  // namespace

PatternCounts count_patterns(std::span<const Evidence> evidence) {
  PatternCounts counts;
  counts.pairs = evidence.size();
  counts.patterns.reserve(evidence.size());
  for (const Evidence& pair : evidence) counts.patterns.push_back(pair.pattern);
  radix_sort_unique(counts.patterns);
  counts.patterns.shrink_to_fit();
  // Cells as keys: pattern number above, rounded log2 u (offset to be positive) below.
  constexpr std::int64_t offset = std::int64_t{1} << 30;
  std::vector<std::uint64_t> keys;
  keys.reserve(evidence.size());
  for (const Evidence& pair : evidence) {
    const auto found = std::lower_bound(counts.patterns.begin(), counts.patterns.end(), pair.pattern);
    const auto pattern = static_cast<std::uint64_t>(found - counts.patterns.begin());
    const auto rounded =
        static_cast<std::int64_t>(std::floor(static_cast<double>(pair.log2_u) / cell_width + 0.5));
    keys.push_back(pattern << 32U | static_cast<std::uint64_t>(rounded + offset));
  }
  radix_sort(keys);
  for (std::size_t from = 0; from < keys.size();) {
    std::size_t to = from;
    while (to < keys.size() && keys[to] == keys[from]) ++to;
    const auto rounded = static_cast<std::int64_t>(keys[from] & 0xFFFFFFFFU) - offset;
    counts.cells.push_back({static_cast<std::uint32_t>(keys[from] >> 32U),
                            static_cast<Weight>(rounded) * cell_width, to - from});
    from = to;
  }
  return counts;
}

Mixture fit_from(const PatternCounts& counts, std::span<const Compared> compared,
                 std::span<const Weight> added, const MixtureOptions& options, Mixture start) {
  Mixture mixture = std::move(start);
  mixture.iterations = 0;
  mixture.converged = false;
  const auto all = static_cast<double>(std::max<std::uint64_t>(options.all_pairs, 1));
  while (mixture.iterations < options.most_iterations && !mixture.converged) {
    const Expectation expectation = expect(counts, mixture, added);
    mixture.log_likelihood =
        (expectation.log_likelihood + all * std::log1p(-mixture.prior) / std::numbers::ln2) /
        static_cast<double>(std::max<std::uint64_t>(counts.pairs, 1));
    const double change = maximise(counts, compared, expectation, mixture);
    const double prior = std::clamp((expectation.total + pseudo_count) / all, least_prior, greatest_prior);
    const double prior_change = std::abs(prior - mixture.prior) / mixture.prior;
    mixture.prior = prior;
    mixture.converged = change < options.tolerance && prior_change < 10 * options.tolerance;
    ++mixture.iterations;
  }
  return mixture;
}

Mixture fit(const PatternCounts& counts, std::span<const Compared> compared, std::span<const Weight> added,
            const MixtureOptions& options) {
  Mixture best;
  unsigned iterations = 0;
  for (const double same : {0.9, 0.7, 0.5}) {
    Mixture start;
    start.prior = std::clamp(options.first_prior, least_prior, greatest_prior);
    start.m = start_m(compared, same);
    Mixture found = fit_from(counts, compared, added, options, std::move(start));
    iterations += found.iterations;
    if (best.m.empty() || found.log_likelihood > best.log_likelihood + 1e-9) best = std::move(found);
  }
  best.iterations = iterations;
  return best;
}

std::vector<double> posteriors(const PatternCounts& counts, const Mixture& mixture,
                               std::span<const Weight> added) {
  const std::vector<double> weights = pattern_weights(counts, mixture, added);
  const double prior = log_odds(mixture.prior);
  std::vector<double> result;
  result.reserve(counts.cells.size());
  for (const Cell& cell : counts.cells) {
    const double odds = prior + weights[cell.pattern] - static_cast<double>(cell.log2_u) / weight_scale;
    result.push_back(1.0 / (1.0 + std::exp2(-odds)));
  }
  return result;
}

}  // namespace scrutineer::linkage
