#include "canvass/certify.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "canvass/confidence.h"
#include "canvass/stratified.h"
#include "canvass/strip.h"
#include "canvass/weighted.h"

namespace scrutineer::canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <typename Certificate>
void take(const Certificate& certificate, Certified& found) {
  found.reached = certificate.reached();
  found.reached_at = certificate.reached_at();
  found.out_of_reach = !certificate.reached() && certificate.out_of_reach();
  found.p = certificate.p();
}

void bounds_from(const CountBounds& unverified, const CountBounds& against, Certified& found) {
  found.least = against.least;
  found.most = unverified.most;
  found.contradicted = unverified.contradicted || against.contradicted;
}

void simple(std::span<const CountedDoor> counted, const Claim& claim, Certified& found) {
  Certificate certificate(claim);
  MarkedCount unverified(claim.entries, claim.risk / 2);
  MarkedCount against(claim.entries, claim.risk / 2);
  for (const CountedDoor& door : counted) {
    certificate.see(door.verified);
    unverified.see(!door.verified);
    against.see(door.against);
    found.log_martingale.push_back(certificate.log_martingale());
  }
  take(certificate, found);
  found.clean_needed = certificate.clean_doors_needed();
  found.least = against.least();
  found.most = unverified.most();
  found.contradicted = against.contradicted() || unverified.contradicted();
}

void weighted(const Frame& frame, std::span<const Door> doors, std::span<const CountedDoor> counted,
              const Claim& claim, Certified& found) {
  WeightedCertificate certificate(claim, frame.lot_classes());
  std::vector<LotDoor> unverified, against;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    const std::uint32_t lots = frame.lots(doors[i].position);
    certificate.see(counted[i].verified, lots);
    unverified.push_back({!counted[i].verified, lots});
    against.push_back({counted[i].against, lots});
    found.log_martingale.push_back(certificate.martingale().log_martingale());
  }
  take(certificate.martingale(), found);
  found.clean_needed = certificate.clean_doors_needed();
  const auto bounds = [&](const std::vector<LotDoor>& marked) {
    return weighted_bounds(claim.entries, frame.all_lots(), frame.least_lots(), marked, claim.risk / 2);
  };
  bounds_from(bounds(unverified), bounds(against), found);
}

void stratified(const Frame& frame, std::span<const Door> doors, std::span<const CountedDoor> counted,
                const Claim& claim, Certified& found) {
  std::vector<std::uint64_t> sizes;
  for (const Frame::Stratum& stratum : frame.strata()) sizes.push_back(stratum.entries);
  StratifiedCertificate unverified(claim, sizes), against(claim, sizes);
  double log_greatest = 0;
  std::size_t next_look = 1;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    const std::uint32_t stratum = frame.stratum(doors[i].position);
    unverified.see(stratum, counted[i].verified);
    against.see(stratum, !counted[i].against);
    if (i + 1 == next_look || i + 1 == counted.size()) {
      found.log_martingale.push_back(unverified.log_product());
      if (i + 1 == next_look) next_look += std::max<std::size_t>(1, next_look / 50);
    } else {
      found.log_martingale.push_back(found.log_martingale.back());
    }
    log_greatest = std::max(log_greatest, found.log_martingale.back());
    if (!found.reached_at && found.log_martingale.back() >= -std::log(claim.risk)) found.reached_at = i + 1;
  }
  found.reached = found.reached_at.has_value();
  found.out_of_reach = !found.reached && unverified.unverified() >= claim.margin;
  found.p = std::exp(-log_greatest);
  if (found.reached) {
    found.clean_needed = 0;
  } else if (!found.out_of_reach) {
    found.clean_needed = unverified.clean_doors_needed();
  }
  const auto upper = unverified.sums(claim.risk / 2);
  const auto lower = against.sums(claim.risk / 2);
  found.contradicted = !upper || !lower;
  found.least = lower ? lower->least : 0;
  found.most = upper ? upper->most : claim.entries;
}

// Bounds where some doors were set aside: at the last door, all numbers B of marked entries with
//   prod_j q_j / P_B(door j) < 1 / alpha   over the random doors j,
// q the guesser of confidence.h, P_B the chance of door j among the entries then left. ln is convex in B.
struct AsideDoor {
  bool marked = false;
  bool targeted = false;
};
CountBounds bounds_aside(std::uint64_t entries, std::span<const AsideDoor> doors, double alpha) {
  const auto log_ratio = [&](std::uint64_t number) {
    double log_sum = 0, left = static_cast<double>(entries), marked_left = static_cast<double>(number);
    double seen = 0, seen_marked = 0;
    for (const AsideDoor& door : doors) {
      const double alike_left = door.marked ? marked_left : left - marked_left;
      if (alike_left < .5) return infinity;
      if (!door.targeted) {
        const double alike = door.marked ? seen_marked : seen - seen_marked;
        log_sum += std::log((alike + .5) / (seen + 1) * left / alike_left);
        seen += 1;
        seen_marked += door.marked ? 1 : 0;
      }
      left -= 1;
      marked_left -= door.marked ? 1 : 0;
    }
    return log_sum;
  };
  const auto marked = static_cast<std::uint64_t>(
      std::count_if(doors.begin(), doors.end(), [](const AsideDoor& door) { return door.marked; }));
  const std::uint64_t last = entries - (doors.size() - marked);
  std::uint64_t low = marked, high = last;  // to the least of the convex ratio
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (log_ratio(middle) <= log_ratio(middle + 1)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const double threshold = -std::log(alpha) + 1e-6;
  if (log_ratio(low) >= threshold) return {marked, last, true};
  CountBounds found{low, low, false};
  for (std::uint64_t gone = marked; gone < found.least;) {
    const std::uint64_t middle = gone + (found.least - gone) / 2;
    if (log_ratio(middle) < threshold) {
      found.least = middle;
    } else {
      gone = middle + 1;
    }
  }
  for (std::uint64_t gone = last; gone > found.most;) {
    const std::uint64_t middle = gone - (gone - found.most) / 2;
    if (log_ratio(middle) < threshold) {
      found.most = middle;
    } else {
      gone = middle - 1;
    }
  }
  return found;
}

void stripped(const Frame& frame, std::span<const Door> doors, std::span<const CountedDoor> counted,
              const Claim& claim, Certified& found) {
  StripCertificate certificate(claim, frame.questioned());
  std::vector<AsideDoor> unverified, against;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    certificate.see({counted[i].verified, frame.turn(doors[i].position) > 0, doors[i].targeted});
    unverified.push_back({!counted[i].verified, doors[i].targeted});
    against.push_back({counted[i].against, doors[i].targeted});
    found.log_martingale.push_back(certificate.martingale().log_martingale());
  }
  take(certificate.martingale(), found);
  found.clean_needed = certificate.clean_doors_needed(frame.pace());
  bounds_from(bounds_aside(claim.entries, unverified, claim.risk / 2),
              bounds_aside(claim.entries, against, claim.risk / 2), found);
}

}  // namespace

Certified certify(const Frame& frame, std::span<const Door> doors, std::span<const CountedDoor> counted,
                  const Claim& claim) {
  Certified found;
  found.log_martingale.reserve(counted.size());
  switch (frame.design()) {
    case Design::simple:
      simple(counted, claim, found);
      break;
    case Design::stratified:
      stratified(frame, doors, counted, claim, found);
      break;
    case Design::weighted:
      weighted(frame, doors, counted, claim, found);
      break;
    case Design::strip_and_sample:
      stripped(frame, doors, counted, claim, found);
      break;
  }
  return found;
}

}  // namespace scrutineer::canvass
