// The martingale of designs in which findings steer: bets that know of which class an entry is.
//
// The entries not visited yet fall into classes (by their lots in the urn, questioned or not), n_k of them in
// class k, an entry of which has l_k lots; L = l_1 n_1 + ... + l_K n_K. A door drawn by lots is of class k
// with probability pi_k = l_k n_k / L, whatever is true of the entries. Null: of the entries left at least m
// = M - (unverified so far) are not verified, in whatever classes. With r_k the share of class k guessed to
// be unverified, the door is bet on by the likelihood ratio
//
//   r_k / b_k  if it is not verified,   (1 - r_k) / (1 - b_k)  if it is,
//
// against the shares b that are hardest to tell from the guess of all that the null allows: those with n_1
// b_1 + ... + n_K b_K = m that minimise the Kullback-Leibler divergence of (pi, r) from (pi, b). With a
// Lagrange multiplier kappa >= 0 they solve, for every class at once,
//
//   pi_k (b_k - r_k) = kappa n_k b_k (1 - b_k),
//
// and so for any shares b' with n_1 b'_1 + ... >= m the factor's mean is
//
//   sum_k pi_k [b'_k r_k / b_k + (1 - b'_k) (1 - r_k) / (1 - b_k)] = 1 - kappa sum_k n_k (b'_k - b_k) <= 1.
//
// The product T is a nonnegative supermartingale from 1 under the null, and by Ville's inequality reaches 1 /
// alpha with probability at most alpha, whatever the lots and the guesses. With one class it is ALPHA
// (alpha.h) with eta = 1 - r, door for door. No other bet on one door grows faster if the guess is right.
//
// What is gained: a door at an entry that nobody questions says more against the null than one at a
// questioned entry, where more failures were to be expected. Written out, the factor is 1 + lambda (mu - Z) +
// sum_k gamma_k (1{class k} - pi_k) with Z the importance-weighted value of the door: Shekhar et al.'s
// martingale with the classes as control variates.
//
// A value that is sought out, not drawn, is set aside as in alpha.h: it leaves its class, nothing is bet.
//
// Sources: S. Shekhar, Z. Xu, Z. Lipton, P. Liang, A. Ramdas, "Risk-limiting financial audits via weighted
// sampling without replacement", UAI 2023, sections 2 and 4 (importance weights, control variates); P.
// Grünwald, R. de Heide, W. Koolen, "Safe testing", JRSS B 86, 2024, theorem 1 (the reverse information
// projection gives the bet that grows fastest); P. B. Stark, AOAS 17(1), 2023 (ALPHA).
#ifndef SCRUTINEER_CANVASS_STEERED_H_
#define SCRUTINEER_CANVASS_STEERED_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "canvass/certificate.h"

namespace scrutineer::canvass {

struct EntryClass {
  std::uint32_t lots = 1;     // of each of its entries, at least 1
  std::uint64_t entries = 0;  // to begin with
  bool questioned = false;
};

// The shares b above, given guesses r in (0, 1) with sum n_k r_k <= m and 0 < m < sum n_k; `kappa` is where
// the search for the multiplier begins (0: anywhere) and where it ended. Classes without entries have b = r.
// The sum of n_k b_k is m within rounding, and never more.
struct ClassLeft {
  double lots = 1, entries = 0, guess = 0;
};
void hardest_shares(std::span<const ClassLeft> classes, double unverified, double& kappa,
                    std::span<double> shares);

class SteeredMartingale {
 public:
  // `claim` must pass check(); the classes hold its entries.
  SteeredMartingale(const Claim& claim, std::vector<EntryClass> classes);

  // The next door drawn, in the order drawn: the class of its entry, an index into the classes.
  void see(std::size_t of, bool verified);
  // An entry sought out.
  void set_aside(std::size_t of, bool verified);

  // As in Certificate.
  [[nodiscard]] bool reached() const { return reached_at_.has_value(); }
  [[nodiscard]] std::optional<std::uint64_t> reached_at() const { return reached_at_; }
  [[nodiscard]] double log_martingale() const { return log_now_; }
  [[nodiscard]] double p() const;
  [[nodiscard]] std::uint64_t doors() const { return doors_; }
  [[nodiscard]] std::uint64_t unverified() const { return unverified_; }
  [[nodiscard]] bool out_of_reach() const { return unverified_ >= claim_.margin; }
  [[nodiscard]] const Claim& claim() const { return claim_; }
  // Entries of a class not visited yet.
  [[nodiscard]] std::uint64_t left(std::size_t of) const;
  [[nodiscard]] const std::vector<EntryClass>& classes() const { return classes_; }

 private:
  // Doors drawn at random among the entries of a kind, and how many of them were not verified: what guesses
  // are made of. Entries sought out do not enter, as they come in an order that puts the likeliest first.
  struct Drawn {
    double doors = 0, unverified = 0;
  };
  void guess();
  void take_out(std::size_t of, bool verified);

  Claim claim_;
  std::vector<EntryClass> classes_;
  std::vector<ClassLeft> left_;
  std::vector<double> shares_;  // of the door at hand
  double kappa_ = 0;
  double first_plain_ = 0, first_questioned_ = 0;  // guesses before the first door
  Drawn plain_, questioned_;
  double log_threshold_;
  double log_now_ = 0;
  double log_greatest_ = 0;
  std::uint64_t doors_ = 0;
  std::uint64_t unverified_ = 0;
  std::optional<std::uint64_t> reached_at_;
};

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_STEERED_H_
