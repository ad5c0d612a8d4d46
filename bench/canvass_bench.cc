// bench canvass: whether wrong certificates keep to the risk limit, over tens of thousands of audits at the
// boundary, also where response depends on eligibility; and how long a plan and a status of a large roll
// take.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "canvass/certificate.h"
#include "canvass/confidence.h"
#include "canvass/draw.h"
#include "canvass/plan.h"
#include "canvass/status.h"
#include "canvass/stratified.h"
#include "canvass/strip.h"
#include "canvass/weighted.h"
#include "stats/random.h"

namespace {

using namespace scrutineer::canvass;
using scrutineer::stats::Random;
using Clock = std::chrono::steady_clock;

// AUDITS=2000 in the environment makes a quick run.
unsigned audits_wanted(unsigned usual) {
  const char* wanted = std::getenv("AUDITS");
  const long number = wanted != nullptr ? std::strtol(wanted, nullptr, 10) : 0;
  return number >= 100 ? static_cast<unsigned>(number) / 100 * 100 : usual;
}

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
  const unsigned audits = audits_wanted(20'000);
  fmt::print("wrong certificates of {} audits, risk limit 5 %\n", audits);
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

// ---------------------------------------------------------------- designs

// A population of which the first `questioned` are named by signals, `caught` of its ineligible among them.
struct Population {
  std::uint64_t entries, questioned, ineligible, caught;
  [[nodiscard]] bool is_ineligible(std::uint64_t at) const {
    return at < caught || (at >= questioned && at < questioned + ineligible - caught);
  }
};

Frame frame_of(const Population& population, Design design) {
  std::vector<FrameEntry> entries;
  std::vector<double> e_values(population.entries, 1);
  std::fill_n(e_values.begin(), population.questioned, 20.0);
  const auto lots = lots_of(e_values);
  for (std::uint64_t i = 0; i < population.entries; ++i) {
    FrameEntry entry{fmt::format("{:06}", i), 1, "", 0};
    const bool questioned = i < population.questioned;
    if (design == Design::weighted) entry.lots = lots[i];
    if (design == Design::stratified) entry.stratum = questioned ? "questioned" : "other";
    // Alike in their signals: their order tells nothing.
    if (design == Design::strip_and_sample && questioned)
      entry.turn = static_cast<std::uint32_t>(1 + i * 7919 % population.questioned);
    entries.push_back(entry);
  }
  return {design, design == Design::strip_and_sample ? usual_pace : 0, std::move(entries)};
}

// A draw as canvass/draw.h makes it, with random numbers in place of SHA-256, of which a bench needs too
// many.
class Drawer {
 public:
  Drawer(const Frame& frame, Random& random) : frame_(frame) {
    std::vector<std::pair<double, std::uint64_t>> keys;
    for (std::uint64_t p = 1; p <= frame.entries(); ++p)
      keys.emplace_back(-std::log(random.uniform_open()) / frame.lots(p), p);
    std::sort(keys.begin(), keys.end());
    std::vector<std::pair<std::uint32_t, std::uint64_t>> turns;
    for (const auto& [key, p] : keys) {
      orders_.resize(frame.strata().size());
      orders_[frame.stratum(p)].push_back(p);
      if (frame.turn(p) > 0) turns.emplace_back(frame.turn(p), p);
    }
    std::sort(turns.begin(), turns.end());
    for (const auto& [turn, p] : turns) turns_.push_back(p);
    visited_.resize(frame.entries() + 1);
    taken_.resize(orders_.size());
  }
  Door next() {
    ++number_;
    if (frame_.design() == Design::strip_and_sample && number_ % frame_.pace() == 0) {
      while (turn_ < turns_.size() && visited_[turns_[turn_]]) ++turn_;
      if (turn_ < turns_.size()) return taken(turns_[turn_], true);
    }
    std::size_t best = orders_.size();
    for (std::size_t s = 0; s < orders_.size(); ++s) {
      while (taken_[s] < orders_[s].size() && visited_[orders_[s][taken_[s]]]) ++taken_[s];
      if (taken_[s] == orders_[s].size()) continue;
      if (best == orders_.size() ||
          (2 * taken_[s] + 1) * orders_[best].size() < (2 * taken_[best] + 1) * orders_[s].size())
        best = s;
    }
    return taken(orders_[best][taken_[best]], false);
  }

 private:
  Door taken(std::uint64_t position, bool targeted) {
    visited_[position] = true;
    return {number_, position, false, targeted};
  }
  const Frame& frame_;
  std::vector<std::vector<std::uint64_t>> orders_;
  std::vector<std::uint64_t> turns_;
  std::vector<bool> visited_;
  std::vector<std::size_t> taken_;
  std::size_t turn_ = 0;
  std::uint64_t number_ = 0;
};

struct Walked {
  double doors = 0;
  bool certified = false;
};

template <typename Certificate, typename See>
Walked walk(Certificate certificate, See see, std::uint64_t entries) {
  while (certificate.doors() < entries && !certificate.reached() && !certificate.out_of_reach())
    see(certificate);
  return {static_cast<double>(certificate.doors()), certificate.reached()};
}

Walked canvass_of(const Frame& frame, const Population& population, const Claim& claim, double response,
                  Random random) {
  Drawer drawer(frame, random);
  const auto visit = [&](const Door& door) {
    return !population.is_ineligible(door.position - 1) && random.chance(response);
  };
  switch (frame.design()) {
    case Design::simple:
      return walk(
          Certificate(claim), [&](auto& c) { c.see(visit(drawer.next())); }, claim.entries);
    case Design::weighted:
      return walk(
          WeightedCertificate(claim, frame.all_lots(), frame.least_lots()),
          [&](auto& c) {
            const Door door = drawer.next();
            c.see(visit(door), frame.lots(door.position));
          },
          claim.entries);
    case Design::strip_and_sample:
      return walk(
          StripCertificate(claim, frame.questioned()),
          [&](auto& c) {
            const Door door = drawer.next();
            c.see({visit(door), frame.turn(door.position) > 0, door.targeted});
          },
          claim.entries);
    case Design::stratified:
      break;
  }
  std::vector<std::uint64_t> sizes;
  for (const auto& stratum : frame.strata()) sizes.push_back(stratum.entries);
  StratifiedCertificate certificate(claim, sizes);
  std::uint64_t unverified = 0, next_look = 1, doors = 0;
  while (doors < claim.entries && unverified < claim.margin) {
    const Door door = drawer.next();
    const bool verified = visit(door);
    unverified += verified ? 0 : 1;
    certificate.see(frame.stratum(door.position), verified);
    if (++doors < next_look) continue;
    if (certificate.certifies()) return {static_cast<double>(doors), true};
    next_look += std::max<std::uint64_t>(1, next_look / 50);
  }
  return {static_cast<double>(doors), false};
}

struct Averaged {
  double doors = 0, error = 0, certified = 0;
};
Averaged average(const Population& population, Design design, const Claim& claim, double response,
                 unsigned audits, std::uint64_t seed) {
  constexpr std::size_t chunks = 100;
  const Frame frame = frame_of(population, design);
  std::vector<double> doors(chunks, 0), squares(chunks, 0), certified(chunks, 0);
  scrutineer::parallel_for(0, chunks, [&](std::size_t chunk) {
    for (unsigned audit = 0; audit < audits / chunks; ++audit) {
      const Walked one =
          canvass_of(frame, population, claim, response, Random(seed, "bench design", chunk << 32U | audit));
      doors[chunk] += one.doors;
      squares[chunk] += one.doors * one.doors;
      certified[chunk] += one.certified ? 1 : 0;
    }
  });
  Averaged found;
  double square = 0;
  for (std::size_t i = 0; i < chunks; ++i) {
    found.doors += doors[i] / audits;
    square += squares[i] / audits;
    found.certified += certified[i] / audits;
  }
  found.error = std::sqrt(std::max(0.0, square - found.doors * found.doors) / audits);
  return found;
}

void wrong_by_design() {
  const unsigned audits = audits_wanted(20'000);
  fmt::print("wrong certificates by design, {} audits each at the boundary, risk limit 5 %\n", audits);
  struct Case {
    const char* name;
    Population population;
    double response;
  };
  const Case cases[] = {{"signals say nothing, all eligible verified", {600, 80, 60, 8}, 1},
                        {"signals name two thirds of the ineligible", {600, 80, 60, 40}, 1},
                        {"signals point away from all of them", {600, 80, 60, 0}, 1},
                        {"no ineligible ever answers, 99.5 % of the eligible do", {600, 80, 60, 40}, .995},
                        {"no ineligible ever answers, 95 % of the eligible do", {600, 80, 60, 20}, .95}};
  fmt::print("  {:<56}", "");
  for (std::size_t d = 0; d < design_count; ++d) fmt::print("{:>18}", to_string(static_cast<Design>(d)));
  fmt::print("\n");
  for (const Case& one : cases) {
    fmt::print("  {:<56}", one.name);
    for (std::size_t d = 0; d < design_count; ++d) {
      const Averaged found =
          average(one.population, static_cast<Design>(d), {600, 60, .05}, one.response, audits, 11 + d);
      fmt::print("{:>16.2f} %", 100 * found.certified);
    }
    fmt::print("\n");
  }
}

void doors_by_design() {
  const unsigned audits = std::max(100U, audits_wanted(20'000) / 50 / 100 * 100);
  fmt::print("mean doors until the certificate, {} audits each, and their ratio to simple sampling\n",
             audits);
  fmt::print("  {:<52}{:>8}{:>22}{:>22}{:>22}\n", "N, margin, ineligible, questioned", "simple", "stratified",
             "weighted", "strip-and-sample");
  struct Size {
    std::uint64_t entries, margin, questioned;
  };
  for (const Size size :
       {Size{1217, 182, 149}, Size{1217, 61, 100}, Size{10'000, 300, 400}, Size{10'000, 100, 300}}) {
    for (const double share : {0.0, .25, .5, .7}) {
      const auto ineligible =
          static_cast<std::uint64_t>(std::llround(share * static_cast<double>(size.margin)));
      for (const bool informative : {false, true}) {
        if (informative && ineligible == 0) continue;
        const std::uint64_t caught =
            informative ? ineligible * 7 / 10 : ineligible * size.questioned / size.entries;
        const Population population = {size.entries, size.questioned, ineligible, caught};
        const Claim claim = {size.entries, size.margin, .05};
        const double simple = average(population, Design::simple, claim, 1, audits, 5).doors;
        fmt::print("  {:<52}{:>8.0f}",
                   fmt::format("{}, {}, {}, {}: {} of them questioned", size.entries, size.margin, ineligible,
                               size.questioned, caught),
                   simple);
        for (const Design design : {Design::stratified, Design::weighted, Design::strip_and_sample}) {
          const Averaged found = average(population, design, claim, 1, audits, 5);
          fmt::print("{:>12.0f} ({:+5.1f} %)", found.doors, 100 * (found.doors / simple - 1));
        }
        fmt::print("{}\n", informative ? "  informative" : "");
      }
    }
  }
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
  for (const auto part : {times, status_time, wrong_by_design, doors_by_design, boundaries}) {
    part();
    std::fflush(stdout);
  }
}
