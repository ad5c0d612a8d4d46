#include "canvass/certificate.h"

#include <fmt/format.h>

#include <cmath>

namespace scrutineer::canvass {

Status check(const Claim& claim) {
  if (claim.entries == 0) return wrong_usage("there are no entries to draw from");
  if (claim.margin == 0 || claim.margin > claim.entries) {
    return wrong_usage(fmt::format("a margin of {} cannot be certified", claim.margin),
                       fmt::format("1 to the number of eligible entries, {}", claim.entries));
  }
  if (!(claim.risk > 0 && claim.risk < 1))
    return wrong_usage("the risk limit is a probability", "more than 0 and less than 1, such as 0.05");
  return {};
}

Guess default_guess(const Claim& claim) {
  return {.first = 1 - static_cast<double>(claim.margin) / (2 * static_cast<double>(claim.entries)),
          .weight = 50,
          .distance = std::nullopt};
}

MeanNull null_of(const Claim& claim) {
  return {
      .population = claim.entries, .total = static_cast<double>(claim.entries - claim.margin), .upper = 1};
}

Certificate::Certificate(const Claim& claim) : Certificate(claim, default_guess(claim)) {}

Certificate::Certificate(const Claim& claim, const Guess& guess)
    : claim_(claim), martingale_(null_of(claim), guess), log_threshold_(-std::log(claim.risk)) {}

void Certificate::see(bool verified) {
  martingale_.see(verified ? 1 : 0);
  verified_ += verified ? 1 : 0;
  if (!reached_at_ && martingale_.log_martingale() >= log_threshold_) reached_at_ = doors();
}

std::optional<std::uint64_t> Certificate::clean_doors_needed() const {
  if (reached()) return 0;
  if (out_of_reach()) return std::nullopt;
  Certificate ahead = *this;
  // Fewer than M zeros among all N entries refute the null at the last door at the latest.
  while (!ahead.reached()) ahead.see(true);
  return ahead.doors() - doors();
}

std::uint64_t discovery_doors(const Claim& claim) {
  Certificate certificate(claim, {.first = 1, .weight = std::nullopt, .distance = std::nullopt});
  while (!certificate.reached()) certificate.see(true);
  return certificate.doors();
}

}  // namespace scrutineer::canvass
