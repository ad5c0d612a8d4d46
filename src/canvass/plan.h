// How many doors a certificate will take, before anyone knocks: canvasses simulated for assumed true numbers
// of ineligible entries and an assumed response.
//
// Weighted, stratified and stripped designs are simulated for questioned entries that are all questioned
// alike: what ranks them among themselves is not known beforehand. The strata are the questioned and the
// others.
//
// Model of a door, stated because the plan is only as good as it: B of the N entries are ineligible and never
// come out as verified. An eligible entry comes out as verified unless nobody vouches for it: a share `never`
// refuses or is never met; anyone else answers each call with probability `response`, calls being independent
// of each other, up to `calls` of them. An ineligible entry takes as many calls as an eligible one. Calls at
// varied times come near to this; calls always at the same hour do not, and then need `never` put higher.
//
// The simulation concerns cost alone. The risk limit of the certificate does not rest on this model: it holds
// whatever the response and whomever it depends on (canvass/certificate.h).
#ifndef SCRUTINEER_CANVASS_PLAN_H_
#define SCRUTINEER_CANVASS_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "canvass/certificate.h"
#include "canvass/design.h"

namespace scrutineer::canvass {

struct PlanSettings {
  Claim claim;
  std::vector<std::uint64_t> ineligible;  // numbers to plan for; empty: 0 to 3/4 of M
  double response = 0.7;                  // chance that a call is answered; more than 0, at most 1
  unsigned calls = 3;                     // at one door, at most; 1 to 50
  double never = 0;                       // share of eligible entries that no call reaches; 0 to below 1
  std::uint64_t questioned = 0;           // entries named by a listed finding; 0: simple sampling alone
  std::vector<Design> designs;            // empty: all, or the simple one alone where nothing is questioned
  std::uint64_t pace = usual_pace;        // of strip and sample
  double caught = 0.5;                    // share of the ineligible that are among the questioned
  std::uint64_t most_doors = 0;           // a canvass gives up there; 0: max(5,000, ten times clean_doors)
  unsigned replicates = 500;              // simulated canvasses a row; fewer where doors are many (Cost)
  std::uint64_t seed = 20260506;
  unsigned threads = 0;  // 0: all; the numbers do not depend on it
};

// One design at one true number of ineligible entries. Doors include those of the questioned.
struct Cost {
  Design design = Design::simple;
  // Share of all entries expected to count 0, and what it must not exceed for the certificate to be reachable
  // at all, under any design: (M - 1) / N.
  double unverified = 0;
  double most_unverified = 0;
  bool reachable = false;  // the expected share is within the limit
  // As asked for, but no more than 400,000 doors allow (at least 40 then, within 2,000,000 doors).
  unsigned replicates = 0;
  double certified = 0;  // share of the simulated canvasses that certified
  // Doors by which half, and nine tenths, of the simulated canvasses certified; nothing where fewer did.
  std::optional<std::uint64_t> median_doors, most_of_the_time;
  double mean_doors = 0;  // of all, those that gave up included
  double mean_calls = 0;  // mean doors times calls a door
};

struct PlanRow {
  std::uint64_t ineligible = 0;
  std::vector<Cost> costs;  // one a design
};

// Up to how many ineligible entries a certificate can be had at all, if this share of the eligible stays
// unverified; nothing if none can.
struct Reach {
  double unanswered = 0;
  std::optional<std::uint64_t> most_ineligible;
};
Reach reach(const Claim& claim, double unanswered);

struct Plan {
  PlanSettings settings;              // as used, defaults filled in
  std::uint64_t discovery_doors = 0;  // no design does with fewer
  std::uint64_t clean_doors = 0;      // that certify under the default guess if all are verified
  double unanswered = 0;              // share of eligible entries that nobody vouches for after all calls
  double calls_a_door = 0;
  std::vector<PlanRow> rows;
  std::vector<Reach> reach;  // for the planned share and for round ones
};

// Wrong usage if a setting is out of its range. The same numbers on any number of threads. Time: under a
// second for a million entries (bench canvass).
Result<Plan> plan(PlanSettings settings);

// A table for people, and the same for programs (pretty-printed, keys in a fixed order).
std::string to_text(const Plan& plan);
std::string to_json(const Plan& plan);
// A picture (SVG, an XML document): doors of each design by the number of ineligible entries, and for which
// numbers and shares unverified a certificate can be had.
std::string to_svg(const Plan& plan);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_PLAN_H_
