// bench canvass: whether wrong certificates keep to the risk limit, over tens of thousands of audits at the
// boundary, also where response depends on eligibility; and how long a plan and a status of a large roll
// take.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "canvass/certificate.h"
#include "canvass/confidence.h"
#include "canvass/draw.h"
#include "canvass/plan.h"
#include "canvass/status.h"
#include "stats/random.h"

namespace {

using namespace scrutineer::canvass;
using scrutineer::stats::Random;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// `ineligible` of the N entries are never verified, an eligible one with the chance given: response then
// depends on eligibility as strongly as it can. A certificate is wrong exactly where ineligible >= margin.
struct Boundary {
  const char* name;
  Claim claim;
  std::uint64_t ineligible;
  double eligible_response;
};

double wrong_share(const Boundary& boundary, unsigned audits) {
  constexpr std::size_t chunks = 100;
  std::vector<unsigned> wrong(chunks, 0);
  scrutineer::parallel_for(0, chunks, [&](std::size_t chunk) {
    for (unsigned audit = 0; audit < audits / chunks; ++audit) {
      Random random(1, "bench boundary", chunk << 32U | audit);
      Certificate certificate(boundary.claim);
      std::uint64_t ineligible = boundary.ineligible;
      for (std::uint64_t left = boundary.claim.entries; left > 0; --left) {
        const bool is_ineligible = random.below(left) < ineligible;
        ineligible -= is_ineligible ? 1 : 0;
        certificate.see(!is_ineligible && random.chance(boundary.eligible_response));
        if (certificate.reached() || certificate.out_of_reach()) break;
      }
      wrong[chunk] += certificate.reached() ? 1U : 0U;
    }
  });
  unsigned all = 0;
  for (const unsigned some : wrong) all += some;
  return static_cast<double>(all) / audits;
}

double bounds_missed(std::uint64_t entries, std::uint64_t truth, unsigned audits) {
  constexpr std::size_t chunks = 100;
  std::vector<unsigned> missed(chunks, 0);
  scrutineer::parallel_for(0, chunks, [&](std::size_t chunk) {
    for (unsigned audit = 0; audit < audits / chunks; ++audit) {
      Random random(2, "bench bounds", chunk << 32U | audit);
      MarkedCount count(entries, .05);
      std::uint64_t marked = truth;
      for (std::uint64_t left = entries; left > 0; --left) {
        const bool is_marked = random.below(left) < marked;
        marked -= is_marked ? 1 : 0;
        count.see(is_marked);
      }
      missed[chunk] += count.contradicted() || count.least() > truth || count.most() < truth ? 1U : 0U;
    }
  });
  unsigned all = 0;
  for (const unsigned some : missed) all += some;
  return static_cast<double>(all) / audits;
}

void boundaries() {
  constexpr unsigned audits = 20'000;
  fmt::print("wrong certificates of {} audits, risk limit 5 % (error of the simulation 0.15 %)\n", audits);
  const std::vector<Boundary> all = {
      {"M=61 of 1,217, all eligible verified", {1217, 61, .05}, 61, 1},
      {"M=182 of 1,217, all eligible verified", {1217, 182, .05}, 182, 1},
      {"M=182 of 1,217, 99.5 % of eligible verified", {1217, 182, .05}, 182, .995},
      {"M=182 of 1,217, 90 % of eligible verified", {1217, 182, .05}, 182, .9},
      {"M=500 of 10,000, all eligible verified", {10'000, 500, .05}, 500, 1}};
  for (const Boundary& boundary : all)
    fmt::print("  {:<46} {:>6.2f} %\n", boundary.name, 100 * wrong_share(boundary, audits));
  fmt::print("truth outside the 95 % bounds at any door of a full canvass of 500, {} audits\n", audits);
  for (const std::uint64_t truth : {0U, 5U, 50U, 250U})
    fmt::print("  {:>4} ineligible {:>39.2f} %\n", truth, 100 * bounds_missed(500, truth, audits));
}

void times() {
  PlanSettings settings;
  settings.claim = {1'000'000, 10'000, .05};
  settings.questioned = 20'000;
  auto start = Clock::now();
  const auto found = plan(settings);
  fmt::print("plan, 1,000,000 entries, margin 10,000: {:.3f} s{}\n", seconds_since(start),
             found ? "" : " refused");
  start = Clock::now();
  Certificate certificate({1'000'000, 20'000, .05});
  MarkedCount most(1'000'000, .025), least(1'000'000, .025);
  for (int door = 0; door < 10'000; ++door) {
    certificate.see(door % 60 != 7);
    most.see(door % 60 == 7);
    least.see(door % 120 == 7);
  }
  const auto needed = certificate.clean_doors_needed();
  fmt::print("certificate and bounds, 10,000 doors of 1,000,000: {:.3f} s ({} to {}, {} more clean doors)\n",
             seconds_since(start), least.least(), most.most(),
             needed ? std::to_string(*needed) : "no number of");
}

void status_time() {
  std::vector<std::string> ids;
  for (int i = 0; i < 1'000'000; ++i) ids.push_back(fmt::format("M{:07}", i));
  auto start = Clock::now();
  const Frame frame(std::move(ids));
  const auto doors = draw(frame, "bench", 10'000);
  fmt::print("frame and draw of 10,000 doors from 1,000,000: {:.3f} s\n", seconds_since(start));
  Visits visits;
  for (const Door& door : *doors)
    visits.visits.push_back({frame.id(door.position),
                             door.number % 60 == 7 ? Answer::no_contact : Answer::verified,
                             fmt::format("V{}", door.number % 40), door.number});
  start = Clock::now();
  const CanvassStatus status =
      assess(frame, *doors, {1, frame.digest(), "bench", 10'000, {1'000'000, 20'000, .05}, ""}, visits);
  fmt::print("status of 10,000 visits: {:.3f} s ({} to {} ineligible)\n", seconds_since(start), status.least,
             status.most);
}

}  // namespace

int main() {
  boundaries();
  times();
  status_time();
}
