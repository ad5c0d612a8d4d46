#include "canvass/stratified.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "stats/special.h"

namespace scrutineer::canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double guess_weight = 50;
constexpr double least_weight = 2;

double log_gamma(double x) {
  return stats::log_gamma(x);
}

double log_falling(std::uint64_t a, std::uint64_t k) {
  return log_gamma(static_cast<double>(a) + 1) - log_gamma(static_cast<double>(a - k) + 1);
}

using Counts = StratifiedCertificate::Stratum;

// ln T_s(b + 1) - ln T_s(b).
double step(const Counts& stratum, std::uint64_t b) {
  const auto next = static_cast<double>(b + 1);
  const auto room = static_cast<double>(stratum.size - b);
  const auto kept = room - static_cast<double>(stratum.verified);
  if (kept <= 0) return infinity;  // all others were verified
  return -std::log(next / (next - static_cast<double>(stratum.unverified))) - std::log(kept / room);
}

// Goes through the sums from the least possible one up, at each with the allocation where the product is
// least.
class Walk {
 public:
  Walk(std::vector<Counts> strata, double log_constant) : strata_(std::move(strata)), log_(log_constant) {
    for (std::size_t s = 0; s < strata_.size(); ++s) {
      const Counts& one = strata_[s];
      at_.push_back(one.unverified);
      sum_ += one.unverified;
      log_ -= log_falling(one.unverified, one.unverified) +
              log_falling(one.size - one.unverified, one.verified) -
              log_falling(one.size, one.unverified + one.verified);
      push(s);
    }
  }
  [[nodiscard]] std::uint64_t sum() const { return sum_; }
  [[nodiscard]] double log() const { return log_; }
  [[nodiscard]] double next_step() const { return steps_.top().first; }
  void advance() {
    const auto [cost, s] = steps_.top();
    steps_.pop();
    log_ += cost;
    ++sum_;
    ++at_[s];
    push(s);
  }

 private:
  using Step = std::pair<double, std::size_t>;
  void push(std::size_t s) { steps_.emplace(step(strata_[s], at_[s]), s); }
  std::vector<Counts> strata_;
  std::vector<std::uint64_t> at_;
  std::priority_queue<Step, std::vector<Step>, std::greater<>> steps_;
  std::uint64_t sum_ = 0;
  double log_;
};

// ln of the product of q over the strata.
double log_guesses(const std::vector<Counts>& strata, double share) {
  std::uint64_t entries = 0;
  for (const Counts& one : strata) entries += one.size;
  double sum = 0;
  for (const Counts& one : strata) {
    const double weight =
        std::max(least_weight, guess_weight * static_cast<double>(one.size) / static_cast<double>(entries));
    const double guess = weight * share;
    const double rest = weight - guess;
    const auto u = static_cast<double>(one.unverified);
    const auto g = static_cast<double>(one.verified);
    sum += log_gamma(guess + u) + log_gamma(rest + g) - log_gamma(weight + u + g) -
           (log_gamma(guess) + log_gamma(rest) - log_gamma(weight));
  }
  return sum;
}

// The number of entries at which steps of a stratum begin to cost more than `price`: steps only grow dearer.
std::uint64_t entries_at(const Counts& stratum, double price) {
  std::uint64_t low = stratum.unverified, high = stratum.size - stratum.verified;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (step(stratum, middle) <= price) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

double log_at(const Counts& stratum, std::uint64_t b) {
  return -log_falling(b, stratum.unverified) - log_falling(stratum.size - b, stratum.verified) +
         log_falling(stratum.size, stratum.unverified + stratum.verified);
}

// The least of the product over allocations of at least `margin`. The steps worth taking are those below a
// common price: found by bisection, the few at the price itself one by one.
double least_product(const std::vector<Counts>& strata, double guess, std::uint64_t margin) {
  std::uint64_t unverified = 0, room = 0;
  for (const Counts& one : strata) {
    unverified += one.unverified;
    room += one.size - one.verified;
  }
  if (unverified >= margin) return -infinity;
  if (room < margin) return infinity;
  const auto sum_at = [&](double price) {
    std::uint64_t sum = 0;
    for (const Counts& one : strata) sum += entries_at(one, price);
    return sum;
  };
  double low = 0, high = 64;  // prices; a step costs more only next to the end of a stratum
  std::vector<std::uint64_t> at;
  if (sum_at(low) < margin) {
    while (sum_at(high) < margin) high *= 2;
    for (int halving = 0; halving < 60 && high - low > 1e-13 * high; ++halving) {
      const double middle = (low + high) / 2;
      (sum_at(middle) < margin ? low : high) = middle;
    }
  }
  std::uint64_t sum = 0;
  for (const Counts& one : strata) {
    at.push_back(entries_at(one, low));
    sum += at.back();
  }
  for (std::size_t s = 0; s < strata.size() && sum < margin; ++s) {
    const std::uint64_t more = std::min(entries_at(strata[s], high) - at[s], margin - sum);
    at[s] += more;
    sum += more;
  }
  double log = log_guesses(strata, guess);
  for (std::size_t s = 0; s < strata.size(); ++s) log += log_at(strata[s], at[s]);
  return log;
}

}  // namespace

StratifiedCertificate::StratifiedCertificate(const Claim& claim, const std::vector<std::uint64_t>& sizes)
    : claim_(claim), guess_(static_cast<double>(claim.margin) / (2 * static_cast<double>(claim.entries))) {
  for (const std::uint64_t size : sizes) strata_.push_back({size, 0, 0});
}

void StratifiedCertificate::see(std::size_t stratum, bool verified) {
  ++(verified ? strata_[stratum].verified : strata_[stratum].unverified);
}

std::uint64_t StratifiedCertificate::doors() const {
  std::uint64_t all = 0;
  for (const Stratum& one : strata_) all += one.verified + one.unverified;
  return all;
}

std::uint64_t StratifiedCertificate::unverified() const {
  std::uint64_t all = 0;
  for (const Stratum& one : strata_) all += one.unverified;
  return all;
}

double StratifiedCertificate::log_product() const {
  return least_product(strata_, guess_, claim_.margin);
}

bool StratifiedCertificate::certifies() const {
  const double threshold = -std::log(claim_.risk);
  std::uint64_t sum = 0;
  double log = log_guesses(strata_, guess_);
  for (const Stratum& one : strata_) {
    const double share = static_cast<double>(claim_.margin) * static_cast<double>(one.size) /
                         static_cast<double>(claim_.entries);
    const std::uint64_t b =
        std::clamp(static_cast<std::uint64_t>(std::ceil(share)), one.unverified, one.size - one.verified);
    sum += b;
    log += log_at(one, b);
  }
  if (sum >= claim_.margin && log < threshold) return false;
  return log_product() >= threshold;
}

std::optional<StratifiedCertificate::Sums> StratifiedCertificate::sums(double alpha) const {
  const double threshold = -std::log(alpha) + 1e-6;  // a tie is not settled by rounding but left in
  std::optional<Sums> found;
  Walk walk(strata_, log_guesses(strata_, guess_));
  while (true) {
    if (walk.log() < threshold) {
      if (!found) found = Sums{walk.sum(), walk.sum()};
      found->most = walk.sum();
    } else if (found) {
      break;
    }
    if (walk.next_step() == infinity) break;
    walk.advance();
  }
  return found;
}

std::optional<std::uint64_t> StratifiedCertificate::clean_doors_needed() const {
  const double threshold = -std::log(claim_.risk);
  const auto reaches = [&](std::uint64_t further) {
    std::vector<Counts> strata;
    const double left = static_cast<double>(claim_.entries - doors());
    for (const Stratum& one : strata_) {
      const std::uint64_t room = one.size - one.verified - one.unverified;
      const auto share = static_cast<std::uint64_t>(
          std::ceil(static_cast<double>(further) * static_cast<double>(room) / std::max(left, 1.0)));
      strata.push_back({one.size, one.unverified, one.verified + std::min(room, share)});
    }
    return least_product(strata, guess_, claim_.margin) >= threshold;
  };
  std::uint64_t low = 0, high = claim_.entries - doors();
  if (reaches(0)) return 0;
  if (!reaches(high)) return std::nullopt;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (reaches(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace scrutineer::canvass
