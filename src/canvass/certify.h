// What the doors of a draw certify, whatever its design.
#ifndef SCRUTINEER_CANVASS_CERTIFY_H_
#define SCRUTINEER_CANVASS_CERTIFY_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "canvass/certificate.h"
#include "canvass/draw.h"

namespace scrutineer::canvass {

// A door as it counts: an entry somebody vouched for, one that answers speak against, or neither.
struct CountedDoor {
  bool verified = false;
  bool against = false;
};

struct Certified {
  bool reached = false;
  std::optional<std::uint64_t> reached_at;  // door
  bool out_of_reach = false;
  std::optional<std::uint64_t> clean_needed;  // 0 if reached; nothing if out of reach
  double p = 1;
  std::vector<double> log_martingale;  // after each door
  // Ineligible entries: outside with probability at most the risk, on any day. The lower number counts doors
  // that answers speak against, the upper all that are not verified; each takes half of the risk.
  std::uint64_t least = 0, most = 0;
  bool contradicted = false;
};

// `counted` are the first doors of `doors`, in order. The stratified product is taken at every door up to
// 100, at about every fiftieth part of the doors beyond, and at the last: any such looks keep the risk limit.
// Bounds: at every door for the simple design (confidence.h) and the weighted one (weighted.h), at the last
// door for the others (stratified.h; for strip and sample the likelihood ratio of the random doors, with what
// was set aside taken out).
Certified certify(const Frame& frame, std::span<const Door> doors, std::span<const CountedDoor> counted,
                  const Claim& claim);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_CERTIFY_H_
