#include "canvass/plan.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "canvass/stratified.h"
#include "canvass/strip.h"
#include "canvass/weighted.h"
#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

constexpr std::uint64_t doors_to_simulate = 250'000;
constexpr unsigned enough_replicates = 40;
constexpr std::uint64_t most_doors_to_simulate = 1'000'000;

Status check_settings(const PlanSettings& settings) {
  SCRUTINEER_CHECK(check(settings.claim));
  const auto share = [](double value) { return value >= 0 && value < 1; };
  if (!(settings.response > 0 && settings.response <= 1))
    return wrong_usage("the response is the chance that a call is answered", "more than 0, at most 1");
  if (settings.calls < 1 || settings.calls > 50)
    return wrong_usage("the number of calls at a door is out of range", "1 to 50");
  if (!share(settings.never)) return wrong_usage("the share never reached is out of range", "0 to below 1");
  if (!(settings.caught >= 0 && settings.caught <= 1))
    return wrong_usage("the share of the ineligible among the questioned is out of range", "0 to 1");
  if (settings.questioned >= settings.claim.entries)
    return wrong_usage("every entry is questioned: there is nothing to sample", "fewer questioned entries");
  if (settings.pace == 0) return wrong_usage("a pace of 0 never comes to the questioned", "1 or more");
  for (const Design design : settings.designs) {
    if (design != Design::simple && settings.questioned == 0)
      return wrong_usage("no entry is questioned: only the simple design can be planned", "--design simple");
  }
  if (settings.replicates == 0) return wrong_usage("there are no canvasses to simulate", "replicates");
  for (const std::uint64_t number : settings.ineligible) {
    if (number > settings.claim.entries)
      return wrong_usage("more ineligible entries are assumed than there are entries",
                         "at most " + std::to_string(settings.claim.entries));
  }
  return {};
}

// Entries still to be visited, questioned and other, and how many of them are ineligible.
struct Part {
  std::uint64_t entries = 0;
  std::uint64_t ineligible = 0;
};
struct Field {
  Part questioned, plain;
};

Field field_of(const PlanSettings& settings, std::uint64_t ineligible) {
  const std::uint64_t rest = settings.claim.entries - settings.questioned;
  auto caught = static_cast<std::uint64_t>(std::llround(settings.caught * static_cast<double>(ineligible)));
  caught = std::min(caught, settings.questioned);
  // What the rest cannot hold is among the questioned.
  if (ineligible > rest) caught = std::max(caught, ineligible - rest);
  return {{settings.questioned, caught}, {rest, ineligible - caught}};
}

struct Walk {
  std::uint64_t doors = 0;
  bool certified = false;
};

// One canvass: which entries are ineligible is drawn without replacement as the doors come.
class Canvass {
 public:
  Canvass(const Field& field, const PlanSettings& settings, double unanswered, stats::Random random)
      : field_(field), settings_(settings), unanswered_(unanswered), random_(random) {}

  Walk run(Design design) {
    switch (design) {
      case Design::simple: {
        Certificate certificate(settings_.claim);
        return run(certificate, [&] { certificate.see(visit(part_by(1))); });
      }
      case Design::stratified:
        return run_stratified();
      case Design::weighted:
        return run_weighted();
      case Design::strip_and_sample:
        break;
    }
    StripCertificate certificate(settings_.claim, settings_.questioned);
    return run(certificate, [&] {
      const bool due = (doors_ + 1) % settings_.pace == 0 && field_.questioned.entries > 0;
      Part& part = due ? field_.questioned : part_by(1);
      const bool questioned = &part == &field_.questioned;
      certificate.see({visit(part), questioned, due});
    });
  }

 private:
  template <typename Certificate, typename Step>
  Walk run(Certificate& certificate, Step step) {
    const std::uint64_t most = std::min(settings_.most_doors, settings_.claim.entries);
    while (doors_ < most && !certificate.reached() && !certificate.out_of_reach()) {
      step();
      ++doors_;
    }
    return {doors_, certificate.reached()};
  }

  Walk run_weighted() {
    const auto further = static_cast<std::uint32_t>(
        std::min<double>(1000, std::floor(steering_limit / (1 - steering_limit) * least_lots *
                                          static_cast<double>(settings_.claim.entries) /
                                          std::max(1.0, static_cast<double>(settings_.questioned)))));
    const std::uint32_t lots = least_lots + (settings_.questioned > 0 ? further : 0);
    std::vector<LotClass> classes = {{least_lots, field_.plain.entries}};
    if (settings_.questioned > 0) {
      if (lots == least_lots) {
        classes[0].entries += settings_.questioned;
      } else {
        classes.push_back({lots, settings_.questioned});
      }
    }
    WeightedCertificate certificate(settings_.claim, classes);
    return run(certificate, [&] {
      Part& part = part_by(lots);
      const std::uint32_t of_it = &part == &field_.questioned ? lots : least_lots;
      certificate.see(visit(part), of_it);
    });
  }

  Walk run_stratified() {
    StratifiedCertificate certificate(settings_.claim,
                                      {settings_.questioned, settings_.claim.entries - settings_.questioned});
    std::uint64_t taken[2] = {0, 0};
    std::uint64_t unverified = 0, next_look = 1;
    while (doors_ < std::min(settings_.most_doors, settings_.claim.entries)) {
      const bool questioned = field_.questioned.entries > 0 &&
                              (field_.plain.entries == 0 ||
                               (2 * taken[0] + 1) * (settings_.claim.entries - settings_.questioned) <
                                   (2 * taken[1] + 1) * settings_.questioned);
      ++taken[questioned ? 0 : 1];
      const bool verified = visit(questioned ? field_.questioned : field_.plain);
      unverified += verified ? 0 : 1;
      certificate.see(questioned ? 0 : 1, verified);
      ++doors_;
      if (unverified >= settings_.claim.margin) break;
      if (doors_ < next_look) continue;
      if (certificate.certifies()) return {doors_, true};
      next_look += std::max<std::uint64_t>(1, next_look / 50);
    }
    return {doors_, false};
  }

  // Where the next random door is, questioned entries having `lots` for each of the least.
  Part& part_by(std::uint64_t lots) {
    const std::uint64_t each = lots == 1 ? 1 : least_lots;
    const std::uint64_t questioned = field_.questioned.entries * lots;
    return random_.below(questioned + field_.plain.entries * each) < questioned ? field_.questioned
                                                                                : field_.plain;
  }

  bool visit(Part& part) {
    const bool ineligible = part.ineligible > 0 && random_.below(part.entries) < part.ineligible;
    part.ineligible -= ineligible ? 1 : 0;
    --part.entries;
    return !ineligible && !random_.chance(unanswered_);
  }

  Field field_;
  const PlanSettings& settings_;
  double unanswered_;
  stats::Random random_;
  std::uint64_t doors_ = 0;
};

std::optional<std::uint64_t> quantile(const std::vector<std::uint64_t>& certified, unsigned of,
                                      double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * of));
  if (rank == 0 || certified.size() < rank) return std::nullopt;
  return certified[rank - 1];
}

Cost cost_of(Design design, const Plan& plan, std::uint64_t ineligible, std::uint64_t cell) {
  const PlanSettings& settings = plan.settings;
  const Field field = field_of(settings, ineligible);
  const auto entries = static_cast<double>(settings.claim.entries);
  Cost cost;
  cost.design = design;
  cost.unverified =
      (static_cast<double>(ineligible) + (entries - static_cast<double>(ineligible)) * plan.unanswered) /
      entries;
  cost.most_unverified = (static_cast<double>(settings.claim.margin) - 1) / entries;
  cost.reachable = cost.unverified <= cost.most_unverified;
  std::vector<std::uint64_t> certified;
  std::uint64_t doors = 0;
  while (cost.replicates < settings.replicates &&
         (doors < doors_to_simulate ||
          (cost.replicates < enough_replicates && doors < most_doors_to_simulate))) {
    Canvass canvass(field, settings, plan.unanswered,
                    stats::Random(settings.seed, "canvass plan", cell << 32U | cost.replicates));
    const Walk one = canvass.run(design);
    doors += one.doors;
    if (one.certified) certified.push_back(one.doors);
    ++cost.replicates;
  }
  std::sort(certified.begin(), certified.end());
  cost.certified = static_cast<double>(certified.size()) / cost.replicates;
  cost.median_doors = quantile(certified, cost.replicates, 0.5);
  cost.most_of_the_time = quantile(certified, cost.replicates, 0.9);
  cost.mean_doors = static_cast<double>(doors) / cost.replicates;
  // Calls a door are alike and independent of the past, and stopping looks only back: Wald's identity.
  cost.mean_calls = cost.mean_doors * plan.calls_a_door;
  return cost;
}

std::vector<std::uint64_t> default_numbers(std::uint64_t margin) {
  std::vector<std::uint64_t> numbers = {0, margin / 8, margin / 4, margin / 2, margin / 2 + margin / 4};
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace

Reach reach(const Claim& claim, double unanswered) {
  const auto entries = static_cast<double>(claim.entries);
  const double most = (static_cast<double>(claim.margin) - 1 - entries * unanswered) / (1 - unanswered);
  if (most < 0) return {unanswered, std::nullopt};
  return {unanswered, static_cast<std::uint64_t>(most + 1e-9)};
}

Result<Plan> plan(PlanSettings settings) {
  SCRUTINEER_CHECK(check_settings(settings));
  Plan plan;
  plan.discovery_doors = discovery_doors(settings.claim);
  plan.clean_doors = *Certificate(settings.claim).clean_doors_needed();
  if (settings.ineligible.empty()) settings.ineligible = default_numbers(settings.claim.margin);
  if (settings.designs.empty()) {
    settings.designs = {Design::simple};
    if (settings.questioned > 0)
      settings.designs.insert(settings.designs.end(),
                              {Design::stratified, Design::weighted, Design::strip_and_sample});
  }
  if (settings.most_doors == 0) settings.most_doors = std::max<std::uint64_t>(5000, 10 * plan.clean_doors);
  settings.most_doors = std::min(settings.most_doors, settings.claim.entries);
  const double silent = std::pow(1 - settings.response, settings.calls);
  plan.unanswered = settings.never + (1 - settings.never) * silent;
  plan.calls_a_door =
      settings.never * settings.calls + (1 - settings.never) * (1 - silent) / settings.response;
  plan.settings = std::move(settings);

  const std::vector<Design>& designs = plan.settings.designs;
  for (const std::uint64_t number : plan.settings.ineligible)
    plan.rows.push_back({number, std::vector<Cost>(designs.size())});
  parallel_for(plan.settings.threads, plan.rows.size() * designs.size(), [&](std::size_t cell) {
    PlanRow& row = plan.rows[cell / designs.size()];
    const std::size_t at = cell % designs.size();
    row.costs[at] = cost_of(designs[at], plan, row.ineligible, cell);
  });
  plan.reach.push_back(reach(plan.settings.claim, plan.unanswered));
  for (const double share : {0.0, .02, .05, .08, .10, .15, .20})
    plan.reach.push_back(reach(plan.settings.claim, share));
  return plan;
}

}  // namespace scrutineer::canvass
