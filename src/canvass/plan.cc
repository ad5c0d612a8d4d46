#include "canvass/plan.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "stats/random.h"

namespace scrutineer::canvass {
namespace {

constexpr std::uint64_t doors_to_simulate = 400'000;
constexpr unsigned enough_replicates = 40;
constexpr std::uint64_t most_doors_to_simulate = 2'000'000;

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
  if (settings.replicates == 0) return wrong_usage("there are no canvasses to simulate", "replicates");
  for (const std::uint64_t number : settings.ineligible) {
    if (number > settings.claim.entries)
      return wrong_usage("more ineligible entries are assumed than there are entries",
                         "at most " + std::to_string(settings.claim.entries));
  }
  return {};
}

// The part of the roll that is sampled, and what is done before.
struct Field {
  Design design = Design::simple;
  std::uint64_t entries = 0;
  std::uint64_t ineligible = 0;
  std::uint64_t visited_first = 0;     // the questioned
  std::uint64_t ineligible_first = 0;  // of them
};

Field field_of(Design design, const PlanSettings& settings, std::uint64_t ineligible) {
  if (design == Design::simple) return {design, settings.claim.entries, ineligible, 0, 0};
  const std::uint64_t rest = settings.claim.entries - settings.questioned;
  auto caught = static_cast<std::uint64_t>(std::llround(settings.caught * static_cast<double>(ineligible)));
  caught = std::min(caught, settings.questioned);
  // What the rest cannot hold is among the questioned.
  if (ineligible > rest) caught = std::max(caught, ineligible - rest);
  return {design, rest, ineligible - caught, settings.questioned, caught};
}

struct Walk {
  std::uint64_t doors = 0;
  bool certified = false;
};

// One canvass. Whether an entry is ineligible is drawn without replacement as the doors come.
Walk walk(const Field& field, const PlanSettings& settings, double unanswered, stats::Random random) {
  Walk found;
  found.doors = field.visited_first;
  std::uint64_t unverified = field.ineligible_first;
  for (std::uint64_t i = field.ineligible_first; i < field.visited_first; ++i)
    unverified += random.chance(unanswered) ? 1U : 0U;
  if (unverified >= settings.claim.margin) return found;
  const Claim claim = {field.entries, std::min(settings.claim.margin - unverified, field.entries),
                       settings.claim.risk};
  // More entries unverified among the questioned than the rest could add to: certain without a sample.
  if (settings.claim.margin - unverified > field.entries) return {found.doors, true};
  Certificate certificate(claim);
  std::uint64_t ineligible = field.ineligible;
  for (std::uint64_t left = field.entries; left > 0 && found.doors < settings.most_doors; --left) {
    const bool is_ineligible = ineligible > 0 && random.below(left) < ineligible;
    ineligible -= is_ineligible ? 1 : 0;
    certificate.see(!is_ineligible && !random.chance(unanswered));
    ++found.doors;
    if (certificate.reached() || certificate.out_of_reach()) break;
  }
  found.certified = certificate.reached();
  return found;
}

std::optional<std::uint64_t> quantile(const std::vector<std::uint64_t>& certified, unsigned of,
                                      double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * of));
  if (rank == 0 || certified.size() < rank) return std::nullopt;
  return certified[rank - 1];
}

Cost cost_of(const Field& field, const Plan& plan, std::uint64_t row) {
  const PlanSettings& settings = plan.settings;
  const auto entries = static_cast<double>(field.entries);
  const double eligible = entries - static_cast<double>(field.ineligible);
  Cost cost;
  cost.design = field.design;
  cost.unverified = (static_cast<double>(field.ineligible) + eligible * plan.unanswered) / entries;
  const double lost_first =
      static_cast<double>(field.ineligible_first) +
      static_cast<double>(field.visited_first - field.ineligible_first) * plan.unanswered;
  cost.most_unverified =
      std::clamp((static_cast<double>(settings.claim.margin) - 1 - lost_first) / entries, 0.0, 1.0);
  cost.reachable =
      lost_first < static_cast<double>(settings.claim.margin) && cost.unverified <= cost.most_unverified;
  std::vector<std::uint64_t> certified;
  std::uint64_t doors = 0;
  while (cost.replicates < settings.replicates &&
         (doors < doors_to_simulate ||
          (cost.replicates < enough_replicates && doors < most_doors_to_simulate))) {
    const Walk one = walk(field, settings, plan.unanswered,
                          stats::Random(settings.seed, "canvass plan", row << 32U | cost.replicates));
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

std::string_view to_string(Design design) {
  return design == Design::simple ? "simple" : "visit-questioned";
}

Result<Plan> plan(PlanSettings settings) {
  SCRUTINEER_CHECK(check_settings(settings));
  Plan plan;
  plan.discovery_doors = discovery_doors(settings.claim);
  plan.clean_doors = *Certificate(settings.claim).clean_doors_needed();
  if (settings.ineligible.empty()) settings.ineligible = default_numbers(settings.claim.margin);
  if (settings.most_doors == 0) settings.most_doors = std::max<std::uint64_t>(5000, 10 * plan.clean_doors);
  settings.most_doors = std::min(settings.most_doors, settings.claim.entries);
  const double silent = std::pow(1 - settings.response, settings.calls);
  plan.unanswered = settings.never + (1 - settings.never) * silent;
  plan.calls_a_door =
      settings.never * settings.calls + (1 - settings.never) * (1 - silent) / settings.response;
  plan.settings = std::move(settings);

  const std::size_t designs = plan.settings.questioned > 0 ? 2 : 1;
  for (const std::uint64_t number : plan.settings.ineligible)
    plan.rows.push_back({number, std::vector<Cost>(designs)});
  parallel_for(plan.settings.threads, plan.rows.size() * designs, [&](std::size_t cell) {
    PlanRow& row = plan.rows[cell / designs];
    const Field field = field_of(static_cast<Design>(cell % designs), plan.settings, row.ineligible);
    row.costs[cell % designs] = cost_of(field, plan, cell);
  });
  return plan;
}

}  // namespace scrutineer::canvass
