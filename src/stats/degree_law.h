// How many more, once there are two? The predictive law of a degree (households that one payer pays for,
// households that share one telephone), learned robustly from the data's own body.
//
// Null: given that a degree is at least `first`, it goes on from each step to the next with one probability
// q: P(D >= d | D >= first) = q^(d - first), a geometric law, whose tail is that of a negative binomial.
//
// q is unknown: it has a Beta prior and a posterior from the body, degrees from `first` to `last_of_body`,
// under the law truncated there, so that a few very large degrees cannot vouch for each other. The p-value
// is the posterior predictive tail E[q^(d - first)]: heavier than that of any one q, the more so the fewer
// degrees were seen.
//
// Validity: averaged over the prior it is an exact p-value for a new degree; checked by simulation for
// single q in the tests.
//
// Default prior Beta(4, 8): as if twelve decisions to go on had been seen, four of them "yes".
#ifndef SCRUTINEER_STATS_DEGREE_LAW_H_
#define SCRUTINEER_STATS_DEGREE_LAW_H_

#include <cstdint>
#include <span>
#include <vector>

namespace scrutineer::stats {

class DegreeLaw {
 public:
  struct Prior {
    double on = 4;
    double stop = 8;
  };

  // Degrees below `first` or above `last_of_body` are not used. Requires first < last_of_body.
  DegreeLaw(std::span<const std::uint64_t> degrees, std::uint64_t first, std::uint64_t last_of_body,
            Prior prior);
  DegreeLaw(std::span<const std::uint64_t> degrees, std::uint64_t first, std::uint64_t last_of_body)
      : DegreeLaw(degrees, first, last_of_body, Prior{}) {}

  // P(D >= degree | D >= first); 1 at or below `first`.
  [[nodiscard]] double upper_tail(std::uint64_t degree) const;
  // Posterior mean of q.
  [[nodiscard]] double mean_q() const;
  // first + the mean of q / (1 - q): the degree expected of a case that reached `first`.
  [[nodiscard]] double expected_degree() const;
  [[nodiscard]] std::uint64_t body_size() const { return body_size_; }

 private:
  std::uint64_t first_;
  std::uint64_t body_size_ = 0;
  std::vector<double> weight_;  // posterior on the middles of equal steps of q in (0, 1)
};

}  // namespace scrutineer::stats

#endif  // SCRUTINEER_STATS_DEGREE_LAW_H_
