#include "signals/branch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "stats/random.h"

namespace scrutineer::tests {
namespace {

using signals::Evidence;
using signals::Member;
using signals::none;
using signals::Outcome;
using signals::RegisterStatus;

constexpr std::int32_t span_days = 1000;

class Builder {
 public:
  explicit Builder(const BranchPlan& plan) : plan_(plan), random_(plan.seed, "branch") {}

  Evidence build() {
    settings();
    while (evidence_.members.size() < plan_.members) household();
    stalls();
    payers();
    recruiters();
    planted();
    register_counts();
    elsewhere();
    if (plan_.canvass) canvass();
    return std::move(evidence_);
  }

 private:
  Date day(std::uint64_t offset) const { return first_ + static_cast<std::int32_t>(offset); }

  void settings() {
    evidence_.seed = plan_.seed;
    evidence_.freeze_date = first_ + span_days;
    evidence_.min_membership_days = 180;
    for (int s = 0; s < 6; ++s) evidence_.snapshots.push_back(first_ + (span_days - 183 * (5 - s)));
    evidence_.wards = {"north", "south", "east", "west"};
    evidence_.branches = {"own"};
    evidence_.own_branch = "own";
    evidence_.has_recruiters = true;
    // A level that drifts, weekdays that differ: shared with joins elsewhere.
    double level = 0;
    for (std::int32_t d = 0; d < span_days; ++d) {
      level += 0.04 * (random_.uniform() - 0.5);
      const bool weekend = day(static_cast<std::uint64_t>(d)).weekday() >= 5;
      weight_.push_back(std::exp(level) * (weekend ? 0.6 : 1.0) * (0.3 + 1.4 * random_.uniform()));
      total_weight_ += weight_.back();
    }
  }

  Date ordinary_day() {
    double left = random_.uniform() * total_weight_;
    for (std::size_t d = 0; d < weight_.size(); ++d)
      if ((left -= weight_[d]) < 0) return day(d);
    return day(weight_.size() - 1);
  }

  std::uint32_t new_address(std::uint32_t electors) {
    signals::Address address;
    address.key = "address " + std::to_string(evidence_.addresses.size());
    address.electors = electors;
    address.electors_ever_max = electors;
    address.register_rows.push_back({"register", evidence_.addresses.size() + 2});
    evidence_.addresses.push_back(address);
    return static_cast<std::uint32_t>(evidence_.addresses.size() - 1);
  }

  std::uint32_t new_payer() {
    evidence_.payers.push_back("account " + std::to_string(evidence_.payers.size()));
    return static_cast<std::uint32_t>(evidence_.payers.size() - 1);
  }

  void household() {
    const double kind = random_.uniform();
    const bool shared_house = kind >= 0.96;
    const auto size = static_cast<std::uint32_t>(kind < 0.76    ? 1
                                                 : shared_house ? 3 + random_.below(4)
                                                                : 2 + random_.below(2));
    const bool family_moved = random_.chance(plan_.off_register / 2);
    const Date joined = ordinary_day();
    const std::uint32_t address = new_address(0);
    const std::uint32_t payer = new_payer();
    std::uint32_t registered = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      Member member;
      member.joined = shared_house ? ordinary_day() : joined;
      member.address = address;
      member.household = households_;
      member.payer = shared_house && i > 0 ? new_payer() : payer;
      member.ward = static_cast<std::uint32_t>(households_ % 4);
      member.branch = 0;
      const bool off = family_moved || random_.chance(plan_.off_register / 2);
      member.status = !off                  ? RegisterStatus::at_address
                      : random_.chance(0.5) ? RegisterStatus::elsewhere
                                            : RegisterStatus::not_found;
      member.ever_at_address = !off || random_.chance(0.5);
      registered += off ? 0U : 1U;
      add(std::move(member));
    }
    evidence_.addresses[address].members = size;
    evidence_.addresses[address].electors =
        registered + static_cast<std::uint32_t>(random_.below(shared_house ? 5 : 3));
    ++households_;
  }

  void add(Member member) {
    const std::uint64_t number = evidence_.members.size() + 1;
    member.id = "m" + std::to_string(number);
    member.row = {"members", number + 1};
    member.phone = static_cast<std::uint32_t>(evidence_.phones.size());
    evidence_.phones.push_back("phone " + std::to_string(number));
    member.form_no = static_cast<std::int64_t>(random_.below(100000));
    if (member.household >= of_household_.size()) of_household_.resize(member.household + 1);
    of_household_[member.household].push_back(static_cast<std::uint32_t>(number - 1));
    evidence_.members.push_back(std::move(member));
  }

  // A whole household joins on another day.
  void join_on(std::uint32_t household, Date date) {
    for (const std::uint32_t i : of_household_[household]) evidence_.members[i].joined = date;
  }

  void stalls() {
    if (!plan_.stalls) return;
    for (std::uint32_t h = 0; h < households_; ++h) {
      const double u = random_.uniform();
      if (u < 0.08)
        join_on(h, day(100 + 140 * random_.below(6)));
      else if (u < 0.13)
        join_on(h, day(static_cast<std::uint64_t>(span_days) - 180 - random_.below(7)));
    }
  }

  void pay_for(std::uint32_t payer, std::uint32_t household) {
    for (const std::uint32_t i : of_household_[household]) evidence_.members[i].payer = payer;
  }

  // Distinct households nobody else was given to pay for yet.
  void pay_for_next(std::uint32_t payer, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count && next_paid_ < households_; ++i) pay_for(payer, next_paid_++);
  }

  void payers() {
    for (std::uint32_t t = 0; t < plan_.treasurers; ++t)
      pay_for_next(new_payer(), plan_.treasurer_households > 0
                                    ? plan_.treasurer_households
                                    : 3 + static_cast<std::uint32_t>(random_.below(3)));
    for (std::uint32_t c = 0; c < plan_.carers; ++c) pay_for_next(new_payer(), 2);
  }

  // A planted household is, by the plan's share, on no register at its address.
  void leave_register(std::uint32_t household) {
    if (!random_.chance(plan_.planted_off)) return;
    for (const std::uint32_t i : of_household_[household]) {
      evidence_.members[i].status = RegisterStatus::not_found;
      evidence_.members[i].ever_at_address = false;
    }
  }

  void recruiters() {
    for (int r = 0; r < 13; ++r) evidence_.recruiters.push_back("recruiter " + std::to_string(r));
    for (std::uint32_t h = 0; h < households_; ++h) {
      if (random_.chance(0.45)) continue;
      const double u = random_.uniform();
      const auto recruiter = static_cast<std::uint32_t>(1 + 12 * u * u);
      for (const std::uint32_t i : of_household_[h]) evidence_.members[i].recruiter = recruiter;
    }
    if (!plan_.stalls) return;
    for (std::uint32_t i = 0; i < 75 && i < households_; ++i) {  // about ninety members
      const auto h = static_cast<std::uint32_t>(random_.below(households_));
      join_on(h, day(150 + 150 * random_.below(5)));
      for (const std::uint32_t member : of_household_[h]) evidence_.members[member].recruiter = 0;
    }
  }

  void planted() {
    for (std::uint32_t p = 0; p < plan_.planted_payers; ++p) {
      const std::uint32_t payer = new_payer();
      evidence_.payers.back() = "planted " + std::to_string(p);
      const std::uint32_t first = next_paid_;
      pay_for_next(payer, plan_.planted_households + static_cast<std::uint32_t>(random_.below(6)));
      for (std::uint32_t h = first; h < next_paid_; ++h) leave_register(h);
    }
    for (std::uint32_t i = 0; i < plan_.planted_day; ++i) {
      leave_register(next_paid_);
      join_on(next_paid_++, day(555));
    }
    if (plan_.planted_crowd == 0) return;
    const std::uint32_t address = new_address(2);
    evidence_.addresses[address].key = "planted";
    evidence_.addresses[address].members = plan_.planted_crowd;
    for (std::uint32_t i = 0; i < plan_.planted_crowd; ++i) {
      Member member;
      member.joined = ordinary_day();
      member.address = address;
      member.household = households_;
      member.payer = new_payer();
      member.status = RegisterStatus::not_found;
      add(std::move(member));
    }
    ++households_;
  }

  // The rest of a register of some 40,000 electors.
  void register_counts() {
    constexpr std::array<double, 6> share{0.34, 0.36, 0.15, 0.10, 0.04, 0.01};
    for (std::uint32_t electors = 1; electors <= 6; ++electors) {
      auto addresses = static_cast<std::uint64_t>(19000 * share.at(electors - 1));
      for (const auto& address : evidence_.addresses) addresses += address.electors == electors ? 1 : 0;
      evidence_.register_occupancy.emplace_back(electors, addresses);
    }
    for (const auto& address : evidence_.addresses)
      if (address.electors > 6) evidence_.register_occupancy.emplace_back(address.electors, 1);
    evidence_.electors = 41000;
  }

  void elsewhere() {
    if (!plan_.joins_elsewhere) return;
    for (std::size_t d = 0; d < weight_.size(); ++d) {
      double expected = 60.0 * weight_[d];
      if (d + 187 >= weight_.size() && d + 180 < weight_.size())
        expected *= 6;  // the freeze week is everyone's
      const double noise = 0.7 + 0.6 * random_.uniform();
      evidence_.joins_elsewhere.push_back({day(d), static_cast<std::int64_t>(expected * noise)});
    }
  }

  void canvass() {
    evidence_.has_canvass = true;
    evidence_.visitors = {"pair 1", "pair 2", "pair 3"};
    std::uint64_t line = 1;
    for (std::uint32_t h = 0; h < households_; ++h) {
      if (!random_.chance(0.7)) continue;
      const auto visitor = static_cast<std::uint32_t>(random_.below(3));
      const bool moved = random_.chance(0.07);
      for (const std::uint32_t i : of_household_[h]) {
        Member& member = evidence_.members[i];
        member.outcome = random_.chance(0.007) ? Outcome::denied : moved ? Outcome::moved : Outcome::verified;
        if (random_.chance(0.012)) member.outcome = Outcome::not_known;
        member.random_arm = true;
        member.visitor = visitor;
        member.visited_on = *evidence_.freeze_date + 30;
        member.visit = {"canvass", ++line};
      }
    }
  }

  const BranchPlan& plan_;
  stats::Random random_;
  Evidence evidence_;
  Date first_{19000};
  std::vector<double> weight_;
  double total_weight_ = 0;
  std::uint32_t households_ = 0;
  std::vector<std::vector<std::uint32_t>> of_household_;
  std::uint32_t next_paid_ = 0;
};

}  // namespace

signals::Evidence make_branch(const BranchPlan& plan) {
  return Builder(plan).build();
}

}  // namespace scrutineer::tests
