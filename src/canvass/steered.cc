#include "canvass/steered.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace scrutineer::canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();

// The first guesses: M / 2N over all entries, as in the simple design; an entry that is questioned is taken
// to be so many times as likely to be unverified as another. What the plain ones are first taken for is worth
// 50 doors, the questioned 10. Chosen by simulation (bench canvass): signals that say much are believed soon,
// and such as say nothing cost little. The risk limit rests on none of these numbers.
constexpr double questioned_ratio = 3;
constexpr double plain_weight = 50;
constexpr double questioned_weight = 10;
constexpr double most_guessed = 0.5;

// The root in [0, 1] of  a b^2 + (1 - a) b - r = 0,  in the form that does not cancel.
double share_at(double a, double guess) {
  const double root = std::sqrt((1 - a) * (1 - a) + 4 * a * guess);
  return a <= 1 ? 2 * guess / (1 - a + root) : (a - 1 + root) / (2 * a);
}

}  // namespace

void hardest_shares(std::span<const ClassLeft> classes, double unverified, double& kappa,
                    std::span<double> shares) {
  // With x = kappa L, a of the class is x / lots. The sum of n_k b_k rises in x from that of the guesses to
  // that of all entries.
  const auto sum_at = [&](double x, double& slope) {
    double sum = 0;
    slope = 0;
    for (std::size_t k = 0; k < classes.size(); ++k) {
      const ClassLeft& one = classes[k];
      const double a = x / one.lots;
      const double b = shares[k] = share_at(a, one.guess);
      sum += one.entries * b;
      slope += one.entries * b * (1 - b) / (std::sqrt((1 - a) * (1 - a) + 4 * a * one.guess) * one.lots);
    }
    return sum;
  };
  double low = 0, high = infinity, x = kappa > 0 ? kappa : 1;
  double slope = 0;
  for (int step = 0; step < 200; ++step) {
    const double over = sum_at(x, slope) - unverified;
    (over <= 0 ? low : high) = x;
    if (over <= 0 && over >= -1e-12 * unverified) break;
    if (high - low <= 4 * epsilon * low) break;
    // Newton, aimed a little below so as to come to rest on the side that keeps the sum within m; else halve.
    double next = slope > 0 ? x - (over + 5e-13 * unverified) / slope : infinity;
    if (!(next > low && next < high)) next = std::isinf(high) ? 2 * x : (low + high) / 2;
    x = next;
  }
  kappa = low;
  sum_at(low, slope);
}

SteeredMartingale::SteeredMartingale(const Claim& claim, std::vector<EntryClass> classes)
    : claim_(claim),
      classes_(std::move(classes)),
      shares_(classes_.size()),
      log_threshold_(-std::log(claim.risk)) {
  double questioned = 0;
  for (const EntryClass& one : classes_) {
    left_.push_back({static_cast<double>(one.lots), static_cast<double>(one.entries), 0});
    questioned += one.questioned ? static_cast<double>(one.entries) : 0;
  }
  const auto entries = static_cast<double>(claim.entries);
  const double share = questioned / entries;
  first_plain_ = static_cast<double>(claim.margin) / (2 * entries) / (1 - share + share * questioned_ratio);
  first_questioned_ = std::min(most_guessed, questioned_ratio * first_plain_);
}

std::uint64_t SteeredMartingale::left(std::size_t of) const {
  return static_cast<std::uint64_t>(left_[of].entries);
}

void SteeredMartingale::guess() {
  const double plain = (plain_weight * first_plain_ + plain_.unverified) / (plain_weight + plain_.doors);
  const double questioned = (questioned_weight * first_questioned_ + questioned_.unverified) /
                            (questioned_weight + questioned_.doors);
  double sum = 0;
  for (std::size_t k = 0; k < classes_.size(); ++k)
    sum += left_[k].entries * (left_[k].guess = classes_[k].questioned ? questioned : plain);
  // Truncated as in alpha.h: below what the null allows, by c / sqrt of the doors the guess is worth; so that
  // a canvass that looks lost does not bet against itself.
  const auto entries = static_cast<double>(claim_.entries);
  const double distance = static_cast<double>(claim_.margin) / (4 * entries) /
                          std::sqrt(plain_weight + plain_.doors + questioned_.doors);
  const double null_sum = static_cast<double>(claim_.margin - unverified_);
  const double most = null_sum - (entries - static_cast<double>(doors_)) * distance;
  const double scale = sum > most ? std::max(0.0, most) / sum : 1;
  for (ClassLeft& one : left_) one.guess = std::max(epsilon, one.guess * scale);
}

void SteeredMartingale::see(std::size_t of, bool verified) {
  const std::uint64_t entries = claim_.entries - doors_;
  // Once as many are unverified as the margin the null cannot be refuted any more; where it needs all entries
  // left there is nothing to bet on.
  if (unverified_ < claim_.margin && claim_.margin - unverified_ < entries) {
    guess();
    hardest_shares(left_, static_cast<double>(claim_.margin - unverified_), kappa_, shares_);
    const double share = shares_[of], guessed = left_[of].guess;
    log_now_ += verified ? std::log1p(-guessed) - std::log1p(-share) : std::log(guessed / share);
  }
  Drawn& kind = classes_[of].questioned ? questioned_ : plain_;
  kind.doors += 1;
  kind.unverified += verified ? 0 : 1;
  take_out(of, verified);
}

void SteeredMartingale::set_aside(std::size_t of, bool verified) {
  take_out(of, verified);
}

void SteeredMartingale::take_out(std::size_t of, bool verified) {
  left_[of].entries -= 1;
  ++doors_;
  unverified_ += verified ? 0 : 1;
  if (unverified_ >= claim_.margin) {
    log_now_ = -infinity;
  } else if (claim_.margin - unverified_ > claim_.entries - doors_) {
    log_now_ = infinity;  // fewer are left than the null needs
  }
  log_greatest_ = std::max(log_greatest_, log_now_);
  if (!reached_at_ && log_now_ >= log_threshold_) reached_at_ = doors_;
}

double SteeredMartingale::p() const {
  return std::exp(-log_greatest_);
}

}  // namespace scrutineer::canvass
