// ALPHA: a test martingale for the mean of a population of bounded values, looked at after every value.
//
// Null: the values drawn have, each given those before it, a mean of at most what the population's total
// allows: drawn at random with replacement from a population of mean at most t, or without replacement from
// N values whose total is at most N t. Nothing else is assumed about the values but that they lie in [0, u].
//
//   T_j = T_{j-1} [ (x_j / mu_j) (eta_j - mu_j) / (u - mu_j)  +  (u - eta_j) / (u - mu_j) ]
//   mu_j = (N t - S_{j-1}) / (N - j + 1)   without replacement,  t with;   S_{j-1} = x_1 + ... + x_{j-1}
//
// with eta_j in [mu_j, u] a guess of what the next value will be, made from the earlier ones alone. Under the
// null T is a nonnegative supermartingale from 1, so by Ville's inequality P(sup_j T_j >= 1 / alpha) <=
// alpha: one may look after every value, go on, or stop for any reason. p = min(1, 1 / max_j T_j).
//
// Source: P. B. Stark, "ALPHA: Audit that Learns from Previously Hand-Audited Ballots", Annals of Applied
// Statistics 17(1), 2023, equations (1) to (4) and section 2.5. With eta = u = 1 and all values 1 it is
// classical discovery sampling: T_n = prod (N - j + 1) / (N - M - j + 1).
#ifndef SCRUTINEER_CANVASS_ALPHA_H_
#define SCRUTINEER_CANVASS_ALPHA_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scrutineer::canvass {

// The guess eta_j: the shrink-truncate estimator of Stark 2023, section 2.5.2. The first guess, worth
// `weight` values (d), and the values seen are averaged; the guess is kept above mu_j by c / sqrt(d + j - 1)
// and below u:
//
//   eta_j = min(u (1 - epsilon), max((d eta_0 + S_{j-1}) / (d + j - 1), mu_j + c / sqrt(d + j - 1)))
//
// An unset weight stands for infinity: the guess never moves (and may be u itself), as in BRAVO.
struct Guess {
  double first = 1;                     // eta_0
  std::optional<double> weight = 50;    // d > 0
  std::optional<double> distance = {};  // c > 0; default (eta_0 - t) / 2
};

// What the null allows.
struct MeanNull {
  std::optional<std::uint64_t> population =
      {};              // N; nothing: drawn with replacement, or from no end of values
  double total = 0.5;  // N t, exactly; with replacement t itself
  double upper = 1;    // u > 0
};

class Alpha {
 public:
  // Requires 0 <= t <= u and at least one value in the population.
  Alpha(const MeanNull& null, const Guess& guess);

  // The next value, in [0, u], in the order drawn. At most `population` of them. `expected`, if given, stands
  // in place of the average of first guess and values: it must be made from earlier values alone.
  void see(double value, std::optional<double> expected = {});

  // A value that was not drawn at random but sought out. There is nothing to bet on: T stays, the value
  // leaves the population with what it takes of the total, and the guess is not made from it. What is left is
  // a population of its own from which the next value is drawn, so T stays a martingale: which values are
  // sought out, and when, may depend on all that was seen before.
  void set_aside(double value);

  // ln T_j; minus infinity once T is 0 (the null cannot be refuted any more), plus infinity once the values
  // seen exceed the total that the null allows, which refutes it outright.
  [[nodiscard]] double log_martingale() const { return log_now_; }
  // ln max_{i <= j} T_i, at least 0.
  [[nodiscard]] double log_greatest() const { return log_greatest_; }
  // min(1, 1 / max T).
  [[nodiscard]] double p() const;
  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  [[nodiscard]] double sum() const { return sum_; }
  // mu_j of the next value; meaningless when all of the population has been seen.
  [[nodiscard]] double null_mean() const;

 private:
  [[nodiscard]] double guessed(double null_mean, std::optional<double> expected) const;
  void take_out(double value);

  MeanNull null_;
  Guess guess_;
  double distance_;
  std::uint64_t seen_ = 0;
  double sum_ = 0;
  std::uint64_t aside_ = 0;  // of them, set aside
  double aside_sum_ = 0;
  double log_now_ = 0;
  double log_greatest_ = 0;
};

// p after each of the values. Not the running minimum of anything but itself: it never rises.
std::vector<double> p_values(Alpha martingale, std::span<const double> values);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_ALPHA_H_
