#include "canvass/strip.h"

#include <cmath>

namespace scrutineer::canvass {
namespace {

constexpr double plain_weight = 50;
constexpr double questioned_weight = 5;

}  // namespace

StripCertificate::StripCertificate(const Claim& claim, std::uint64_t questioned)
    : claim_(claim),
      martingale_(null_of(claim), default_guess(claim)),
      log_threshold_(-std::log(claim.risk)),
      plain_{claim.entries - questioned, 0, 0, 0, 0},
      questioned_{questioned, 0, 0, 0, 0} {}

double StripCertificate::expected() const {
  const double first = static_cast<double>(claim_.margin) / (2 * static_cast<double>(claim_.entries));
  const auto unverified_left = [first](const Part& part, double weight) {
    const double rate = (weight * first + static_cast<double>(part.random_unverified)) /
                        (weight + static_cast<double>(part.random));
    return rate * static_cast<double>(part.entries - part.seen);
  };
  const auto left = static_cast<double>(plain_.entries + questioned_.entries - doors());
  return 1 - (unverified_left(plain_, plain_weight) + unverified_left(questioned_, questioned_weight)) / left;
}

void StripCertificate::see(const Seen& door) {
  if (door.targeted) {
    martingale_.set_aside(door.verified ? 1 : 0);
  } else {
    martingale_.see(door.verified ? 1 : 0, expected());
  }
  Part& part = door.questioned ? questioned_ : plain_;
  ++part.seen;
  if (!door.targeted) {
    ++part.random;
    part.random_unverified += door.verified ? 0 : 1;
  }
  part.unverified += door.verified ? 0 : 1;
  if (!reached_at_ && martingale_.log_martingale() >= log_threshold_) reached_at_ = doors();
}

std::optional<std::uint64_t> StripCertificate::clean_doors_needed(std::uint64_t pace) const {
  if (reached()) return 0;
  if (out_of_reach()) return std::nullopt;
  StripCertificate ahead = *this;
  while (!ahead.reached()) {
    const bool questioned_left = ahead.questioned_.seen < ahead.questioned_.entries;
    const bool plain_left = ahead.plain_.seen < ahead.plain_.entries;
    const bool targeted = questioned_left && (!plain_left || (ahead.doors() + 1) % pace == 0);
    ahead.see({true, targeted, targeted});
  }
  return ahead.doors() - doors();
}

}  // namespace scrutineer::canvass
