// bench canvass: whether wrong certificates keep to the risk limit, over tens of thousands of audits at the
// boundary, also where response depends on eligibility; and how long a plan and a status of a large roll
// take.
#include <fmt/format.h>

#include <algorithm>
#include <array>
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

// A population of which signals name the `questioned`, all by the same e-value: their order tells nothing.
// `caught` of the ineligible are among them.
struct Population {
  std::uint64_t entries, questioned, ineligible, caught;
};

std::uint32_t lots_when(const Population& population, Design design) {
  if (design != Design::weighted) return 1;
  std::vector<double> e_values(population.entries, 1);
  std::fill_n(e_values.begin(), population.questioned, 20.0);
  return lots_of(e_values).front();
}

// A draw as canvass/draw.h makes it, with random numbers in place of SHA-256, of which a bench needs too
// many; and by kinds of entries, as the doors of a kind come in random order.
class Urn {
 public:
  Urn(const Population& population, Design design, std::uint32_t lots, std::uint64_t pace, Random& random)
      : parts_{Part{population.entries - population.questioned, population.ineligible - population.caught},
               Part{population.questioned, population.caught}},
        sizes_{parts_[0].entries, parts_[1].entries},
        design_(design),
        lots_(lots),
        pace_(pace),
        random_(random) {}
  struct Door {
    bool questioned = false, targeted = false, ineligible = false;
  };
  Door next() {
    ++number_;
    Door door;
    Part &plain = parts_[0], &questioned = parts_[1];
    if (design_ == Design::strip_and_sample && number_ % pace_ == 0 && questioned.entries > 0) {
      door.questioned = door.targeted = true;
    } else if (design_ == Design::stratified) {
      door.questioned = plain.entries == 0 || (questioned.entries > 0 && (2 * taken_[1] + 1) * sizes_[0] <
                                                                             (2 * taken_[0] + 1) * sizes_[1]);
    } else {
      const std::uint64_t least = design_ == Design::weighted ? least_lots : 1;
      door.questioned =
          random_.below(questioned.entries * lots_ + plain.entries * least) < questioned.entries * lots_;
    }
    Part& part = parts_[door.questioned ? 1 : 0];
    door.ineligible = random_.below(part.entries) < part.ineligible;
    part.ineligible -= door.ineligible ? 1 : 0;
    --part.entries;
    ++taken_[door.questioned ? 1 : 0];
    return door;
  }

 private:
  struct Part {
    std::uint64_t entries, ineligible;
  };
  std::array<Part, 2> parts_;
  std::array<std::uint64_t, 2> sizes_, taken_{};
  Design design_;
  std::uint32_t lots_;
  std::uint64_t pace_;
  Random& random_;
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

// How a canvass of the bench goes: the design, the lots of a questioned entry, and whoever answers.
struct Scheme {
  Design design;
  std::uint32_t lots;
  std::uint64_t pace;
  double response;
};

Walked canvass_of(const Scheme& scheme, const Population& population, const Claim& claim, Random random) {
  Urn urn(population, scheme.design, scheme.lots, scheme.pace, random);
  const auto verifies = [&](const Urn::Door& door) {
    return !door.ineligible && random.chance(scheme.response);
  };
  switch (scheme.design) {
    case Design::simple:
      return walk(
          Certificate(claim), [&](auto& c) { c.see(verifies(urn.next())); }, claim.entries);
    case Design::weighted: {
      const std::vector<LotClass> classes = {{least_lots, population.entries - population.questioned},
                                             {scheme.lots, population.questioned}};
      return walk(
          WeightedCertificate(claim, classes),
          [&](auto& c) {
            const Urn::Door door = urn.next();
            c.see(verifies(door), door.questioned ? scheme.lots : least_lots);
          },
          claim.entries);
    }
    case Design::strip_and_sample:
      return walk(
          StripCertificate(claim, population.questioned),
          [&](auto& c) {
            const Urn::Door door = urn.next();
            c.see({verifies(door), door.questioned, door.targeted});
          },
          claim.entries);
    case Design::stratified:
      break;
  }
  StratifiedCertificate certificate(claim,
                                    {population.entries - population.questioned, population.questioned});
  std::uint64_t unverified = 0, next_look = 1, doors = 0;
  while (doors < claim.entries && unverified < claim.margin) {
    const Urn::Door door = urn.next();
    const bool verified = verifies(door);
    unverified += verified ? 0 : 1;
    certificate.see(door.questioned ? 1 : 0, verified);
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
  const Scheme scheme = {design, lots_when(population, design), usual_pace, response};
  std::vector<double> doors(chunks, 0), squares(chunks, 0), certified(chunks, 0);
  scrutineer::parallel_for(0, chunks, [&](std::size_t chunk) {
    for (unsigned audit = 0; audit < audits / chunks; ++audit) {
      const Walked one =
          canvass_of(scheme, population, claim, Random(seed, "bench design", chunk << 32U | audit));
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

// What a design is held to: fewer doors than simple sampling where signals carry information, at most a tenth
// more where they carry none.
struct Promise {
  double greatest_informative = -1, greatest_uninformative = -1, greatest_error = 0;
  unsigned cells = 0, kept = 0;
};

void doors_by_design() {
  const unsigned audits = std::max(100U, audits_wanted(20'000) / 10 / 100 * 100);
  fmt::print("mean doors until the certificate, {} audits each, and their ratio to simple sampling\n",
             audits);
  fmt::print("  {:<46}{:>8}{:>28}{:>28}{:>28}\n", "N, margin, ineligible, of them questioned", "simple",
             "stratified", "weighted", "strip-and-sample");
  struct Size {
    std::uint64_t entries, margin, questioned;
  };
  std::array<Promise, design_count> promises;
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
        const Averaged simple = average(population, Design::simple, claim, 1, audits, 5);
        fmt::print("  {:<46}{:>8.0f}",
                   fmt::format("{}, {}, {}, {} of {}", size.entries, size.margin, ineligible, caught,
                               size.questioned),
                   simple.doors);
        for (const Design design : {Design::stratified, Design::weighted, Design::strip_and_sample}) {
          const Averaged found = average(population, design, claim, 1, audits, 6);
          const double ratio = found.doors / simple.doors;
          const double error = ratio * std::hypot(found.error / found.doors, simple.error / simple.doors);
          fmt::print("{:>10.0f} ({:+5.1f} %, se {:3.1f})", found.doors, 100 * (ratio - 1), 100 * error);
          Promise& promise = promises[static_cast<std::size_t>(design)];
          double& greatest = informative ? promise.greatest_informative : promise.greatest_uninformative;
          greatest = std::max(greatest, ratio - 1);
          promise.greatest_error = std::max(promise.greatest_error, error);
          ++promise.cells;
          promise.kept += ratio - 1 <= (informative ? 0 : .1) ? 1 : 0;
        }
        fmt::print("{}\n", informative ? "  informative" : "");
        std::fflush(stdout);
      }
    }
  }
  for (const Design design : {Design::stratified, Design::weighted, Design::strip_and_sample}) {
    const Promise& promise = promises[static_cast<std::size_t>(design)];
    fmt::print(
        "{}: at most {:+.1f} % doors where signals inform, {:+.1f} % where they do not (se at most {:.1f}); "
        "fewer, or no more than a tenth more, in {} of {} rows\n",
        to_string(design), 100 * promise.greatest_informative, 100 * promise.greatest_uninformative,
        100 * promise.greatest_error, promise.kept, promise.cells);
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
  for (const auto part : {times, status_time, doors_by_design, wrong_by_design, boundaries}) {
    part();
    std::fflush(stdout);
  }
}
