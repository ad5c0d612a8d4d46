// Are certain shares (a half, two thirds) reported by more polling stations than a smooth law of shares
// gives? (Rozenas, "Detecting election fraud from irregularities in vote-share distributions", Political
// Analysis 25, 2017; his R package `spikes` is the reference for the figures in the tests.)
//
// Null: station i of n_i electors has a turnout probability from a mixture of beta laws, t_i ~ Bin(n_i, .),
// and its t_i votes a share from another, v_i ~ Bin(t_i, .). Both mixtures are fitted to the stations
// themselves, and each station keeps its own data: what is compared is the observed number at a share with
// the number expected of the same stations counted once more, given what they reported. Where the paper draws
// a thousand such recounts, the expectation is summed here exactly.
//
// Assumptions: the mixture is smooth enough to show no spike of its own; small stations give coarse shares by
// themselves and are in the expectation.
//
// It is for demonstration and checking: nothing of it is evidence about a membership roll, nor about any one
// station.
#ifndef SCRUTINEER_STATS_SHARE_SPIKES_H_
#define SCRUTINEER_STATS_SHARE_SPIKES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scrutineer::stats {

struct BetaComponent {
  double weight = 1;
  double a = 1, b = 1;
};
using BetaMixture = std::vector<BetaComponent>;

// x successes of n trials.
struct TrialCell {
  std::uint64_t n = 0;
  std::uint64_t x = 0;
};

// Density of the mixture at 0 < x < 1.
double density(const BetaMixture& mixture, double x);

// ln of the probability of the cells, each beta-binomial under a component drawn by weight, per cell. Cells
// with n = 0 or x > n count as certain.
double mean_log_likelihood(const BetaMixture& mixture, std::span<const TrialCell> cells);

// Maximum likelihood of a mixture of `components` beta-binomial laws by generalised EM: the weights exactly,
// each (a, b) by one Newton step in their logarithms, halved until the component's likelihood does not fall.
// Starts from equal parts of the cells ordered by share, so that no random number is used. Stops when the
// mean log-likelihood gains less than `tolerance` a round, or after `rounds`. A local maximum, as every EM.
// Nothing for fewer than 10 cells a component.
std::optional<BetaMixture> fit_beta_mixture(std::span<const TrialCell> cells, std::size_t components,
                                            std::size_t rounds = 300, double tolerance = 1e-7);

// A station: electors, of them voters, of them for one choice.
struct ShareStation {
  std::uint64_t electors = 0, voters = 0, votes = 0;
};

struct ShareSpike {
  double observed = 0;  // share of all stations reporting a share of votes within (low, high]
  double expected = 0;
  // Of the observed, over the stations' own probabilities, which are independent.
  double deviation = 0;
};

// Exact expectation under the two mixtures. Terms below 1e-9 of the largest are left out. A station without
// voters reports the share 0. Quadratic in the size of a station only over the turnouts that matter.
ShareSpike share_spike(std::span<const ShareStation> stations, const BetaMixture& turnout,
                       const BetaMixture& support, double low, double high, unsigned threads = 0);

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_SHARE_SPIKES_H_
