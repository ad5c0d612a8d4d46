// The branch model of doc/verdict.md, "The simulated branch", as Evidence: households, families and shared
// houses, recruiters, treasurer accounts, stalls, a lawful recruiter of 90, movers and what is recorded of
// them, scattered and organised irregularity, and the traps t1 to t6. Everything random derives from the
// seed.
#ifndef SCRUTINEER_TESTS_IMPACT_BRANCH_SIMULATOR_H_
#define SCRUTINEER_TESTS_IMPACT_BRANCH_SIMULATOR_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "signals/evidence.h"
#include "stats/random.h"

namespace scrutineer::tests {

struct SimulationPlan {
  std::uint64_t seed = 1;
  int members = 1200;
  double scattered = 0;          // share of members wrong on their own account
  int organised = 0;             // paper members through one recruiter
  int trap = 0;                  // 0 none, 1 to 6
  double response = 0.7;         // of households
  bool uneven_visiting = false;  // verified people of the recruiter of 90 are recorded half as often
  int lawful_recruits = 90;
  int honest_recruits = 30;  // of the organiser, beside the paper members
};

class BranchSimulator {
 public:
  explicit BranchSimulator(const SimulationPlan& plan)
      : plan_(plan), random_(plan.seed, "branch"), freeze_(*Date::of(2026, 5, 6)) {}

  signals::Evidence evidence() {
    start();
    while (evidence_.members.size() + static_cast<std::size_t>(plan_.organised) + reserved() <
           static_cast<std::size_t>(plan_.members)) {
      honest_household();
    }
    lawful_recruiter();
    organise();
    respond();
    return std::move(evidence_);
  }

  // Indices of the members that were organised.
  [[nodiscard]] const std::vector<std::uint32_t>& organised() const { return organised_; }
  static constexpr std::uint32_t lawful = 12;  // recruiter codes
  static constexpr std::uint32_t organiser = 60;

 private:
  enum class Home { single, family, shared };
  [[nodiscard]] std::size_t reserved() const { return static_cast<std::size_t>(plan_.lawful_recruits); }

  void start() {
    evidence_.freeze_date = freeze_;
    evidence_.seed = plan_.seed;
    evidence_.has_canvass = true;
    evidence_.has_recruiters = true;
    for (int half_year = 0; half_year < 6; ++half_year)
      evidence_.snapshots.push_back(freeze_ + (half_year * 180 - 1000));
    for (int ward = 0; ward < 4; ++ward) evidence_.wards.push_back("ward " + std::to_string(ward));
    for (int recruiter = 0; recruiter <= 60; ++recruiter)
      evidence_.recruiters.push_back("r" + std::to_string(recruiter));
    for (int visitor = 0; visitor < 8; ++visitor) evidence_.visitors.push_back("v" + std::to_string(visitor));
    for (int account = 0; account < 3; ++account)
      evidence_.payers.push_back("treasurer " + std::to_string(account));
    for (int stall = 0; stall < 6; ++stall) stalls_.push_back(freeze_ + (-30 - 100 * stall));
  }

  std::uint32_t new_address(Home home) {
    signals::Address address;
    address.key = "a" + std::to_string(evidence_.addresses.size());
    address.electors = home == Home::shared ? 7 : 2;
    address.electors_ever_max = address.electors;
    evidence_.addresses.push_back(address);
    return static_cast<std::uint32_t>(evidence_.addresses.size() - 1);
  }
  std::uint32_t new_payer() {
    evidence_.payers.push_back("account " + std::to_string(evidence_.payers.size()));
    return static_cast<std::uint32_t>(evidence_.payers.size() - 1);
  }
  std::uint32_t new_phone() {
    evidence_.phones.push_back("phone " + std::to_string(evidence_.phones.size()));
    return static_cast<std::uint32_t>(evidence_.phones.size() - 1);
  }

  Date day() {
    const double u = random_.uniform();
    if (u < 0.08) return stalls_[random_.below(stalls_.size())];
    if (u < 0.13) return freeze_ + (-static_cast<std::int32_t>(random_.below(7)) - 1);
    return freeze_ + (-static_cast<std::int32_t>(random_.below(730)) - 1);
  }
  // 45 % none; the others by weights 1, 1/2, ..., 1/12.
  std::uint32_t recruiter() {
    if (random_.chance(0.45)) return signals::none;
    double total = 0;
    for (int r = 1; r <= 12; ++r) total += 1.0 / r;
    double u = random_.uniform() * total;
    for (std::uint32_t r = 0; r < 12; ++r) {
      u -= 1.0 / (r + 1);
      if (u < 0) return r;
    }
    return 11;
  }
  std::uint32_t payer() {
    return random_.chance(0.05) ? static_cast<std::uint32_t>(random_.below(3)) : new_payer();
  }

  signals::Member new_member(std::uint32_t household, std::uint32_t ward, std::uint32_t address) {
    signals::Member member;
    member.id = "m" + std::to_string(evidence_.members.size());
    member.row = {"members", evidence_.members.size() + 2};
    member.household = household;
    member.ward = ward;
    member.address = address;
    member.random_arm = true;
    member.status = signals::RegisterStatus::at_address;
    member.ever_at_address = true;
    member.outcome = signals::Outcome::verified;
    return member;
  }

  // What is recorded of someone who moved: "not known" w.p. .25 (shared houses .45), and then the earlier
  // registers show them there w.p. .75 (.60).
  void record_moved(signals::Member& member, Home home) {
    const bool shared = home == Home::shared;
    if (random_.chance(shared ? 0.45 : 0.25)) {
      member.outcome = signals::Outcome::not_known;
      member.ever_at_address = random_.chance(shared ? 0.60 : 0.75);
    } else {
      member.outcome = signals::Outcome::moved;
    }
    member.status = signals::RegisterStatus::not_found;
  }
  // Someone who should not be listed: half deny, half are not known and were never on a register there.
  void record_wrong(signals::Member& member) {
    member.outcome = random_.chance(0.5) ? signals::Outcome::denied : signals::Outcome::not_known;
    member.ever_at_address = false;
    member.status = signals::RegisterStatus::not_found;
  }

  void honest_household() {
    const double u = random_.uniform();
    const Home home = u < 0.76 ? Home::single : u < 0.96 ? Home::family : Home::shared;
    const int size = home == Home::single   ? 1
                     : home == Home::family ? 2 + static_cast<int>(random_.below(2))
                                            : 3 + static_cast<int>(random_.below(4));
    add_household(home, size);
  }

  void add_household(Home home, int size) {
    const std::uint32_t household = households_++;
    const auto ward = static_cast<std::uint32_t>(random_.below(evidence_.wards.size()));
    const std::uint32_t address = new_address(home);
    const bool family_moves = home == Home::family && random_.chance(0.06);
    const bool family_wrong = random_.chance(0.3);
    signals::Member shared_links;
    shared_links.payer = payer();
    shared_links.phone = new_phone();
    shared_links.recruiter = recruiter();
    shared_links.joined = day();
    bool wrong = false;
    for (int at = 0; at < size; ++at) {
      signals::Member member = new_member(household, ward, address);
      const bool alone = home != Home::family;
      member.payer = alone ? payer() : shared_links.payer;
      member.phone = alone ? new_phone() : shared_links.phone;
      member.recruiter = alone ? recruiter() : shared_links.recruiter;
      member.joined = alone ? day() : *shared_links.joined;
      const double moves = home == Home::shared ? 0.14 : home == Home::family ? 0.01 : 0.07;
      if (family_moves || random_.chance(moves)) {
        record_moved(member, home);
      } else if (random_.chance(home == Home::family && at > 0 ? 0.03 : 0.007)) {
        member.outcome = signals::Outcome::denied;
      }
      const bool carried = wrong && home == Home::family && family_wrong;
      if (carried || random_.chance(plan_.scattered)) {
        record_wrong(member);
        wrong = true;
      }
      evidence_.members.push_back(std::move(member));
    }
  }

  // The lawful recruiter of 90, on 5 stall days; in the traps a recruiter of students or careless.
  void lawful_recruiter() {
    const int trap = plan_.trap;
    const double moves = trap == 3 ? 0.40 : trap > 0 ? 0.28 : 0.07;
    const double pays = trap == 2 || trap == 3 || trap >= 5 ? 0.60 : 0.0;
    const double careless = trap == 4   ? 1.3
                            : trap == 5 ? 2.0
                            : trap == 6 ? 2.6
                                        : 0.0;  // above the branch's rate
    const double base = 0.019 + plan_.scattered;
    const std::uint32_t own_account = pays > 0 ? new_payer() : 0;
    std::vector<Date> days;
    for (int stall = 0; stall < (trap > 0 ? 2 : 5); ++stall) days.push_back(freeze_ + (-40 - 45 * stall));
    int left = plan_.lawful_recruits;
    while (left > 0) {
      const bool shared =
          trap > 0 && random_.chance(0.45);  // of households; 70 % of members then live in them
      const int size = shared ? std::min(left, 3 + static_cast<int>(random_.below(4))) : 1;
      const std::uint32_t household = households_++;
      const auto ward = static_cast<std::uint32_t>(random_.below(evidence_.wards.size()));
      const std::uint32_t address = new_address(shared ? Home::shared : Home::single);
      for (int at = 0; at < size; ++at, --left) {
        signals::Member member = new_member(household, ward, address);
        member.recruiter = lawful;
        member.joined = days[random_.below(days.size())];
        member.payer = random_.chance(pays) ? own_account : payer();
        member.phone = new_phone();
        if (random_.chance(moves))
          record_moved(member, shared ? Home::shared : Home::single);
        else if (random_.chance(0.007))
          member.outcome = signals::Outcome::denied;
        if (random_.chance(plan_.scattered) || random_.chance(careless * base)) record_wrong(member);
        evidence_.members.push_back(std::move(member));
      }
    }
  }

  // n paper members: one recruiter w.p. .8, 1 to 3 accounts w.p. .7, 2 phones w.p. .25, on n / 10 days (1 to
  // 6), two thirds placed in n / 4 host flats (rounded up: three for ten, which decides whether a rule that
  // deletes any one household can find ten), a third at home who deny w.p. .75; and 30 honest recruits of the
  // same recruiter.
  void organise() {
    if (plan_.organised == 0) return;
    const int n = plan_.organised;
    std::vector<std::uint32_t> accounts;
    const auto account_count = 1 + random_.below(3);
    for (std::uint64_t account = 0; account < account_count; ++account) accounts.push_back(new_payer());
    const std::uint32_t phones[] = {new_phone(), new_phone()};
    std::vector<Date> days;
    const int day_count = std::clamp(n / 10 + (n < 40 ? 1 : 0), 1, 6);
    for (int at = 0; at < day_count; ++at)
      days.push_back(freeze_ + (-static_cast<std::int32_t>(random_.below(120)) - 8));
    struct Flat {
      std::uint32_t household, ward, address;
    };
    std::vector<Flat> flats;
    for (int flat = 0; flat < (n + 3) / 4; ++flat) {
      flats.push_back({households_++, static_cast<std::uint32_t>(random_.below(evidence_.wards.size())),
                       new_address(Home::single)});
    }
    const auto add = [&](bool paper) {
      const bool hosted = paper && random_.chance(2.0 / 3);
      const Flat own{hosted ? 0 : households_++,
                     static_cast<std::uint32_t>(random_.below(evidence_.wards.size())),
                     hosted ? 0 : new_address(Home::single)};
      const Flat& at = hosted ? flats[random_.below(flats.size())] : own;
      signals::Member member = new_member(at.household, at.ward, at.address);
      member.recruiter = !paper || random_.chance(0.8) ? organiser : recruiter();
      member.payer = paper && random_.chance(0.7) ? accounts[random_.below(accounts.size())] : payer();
      member.phone = paper && random_.chance(0.25) ? phones[random_.below(2)] : new_phone();
      member.joined = paper ? days[random_.below(days.size())] : day();
      if (hosted) record_wrong(member);
      if (paper && !hosted && random_.chance(0.75)) member.outcome = signals::Outcome::denied;
      if (!paper && random_.chance(0.07)) record_moved(member, Home::single);
      if (paper) organised_.push_back(static_cast<std::uint32_t>(evidence_.members.size()));
      evidence_.members.push_back(std::move(member));
    };
    for (int paper = 0; paper < n; ++paper) add(true);
    for (int honest = 0; honest < plan_.honest_recruits; ++honest) add(false);
  }

  void respond() {
    std::vector<std::uint8_t> answers(households_);
    std::vector<std::uint32_t> visitor(households_);
    for (std::uint32_t household = 0; household < households_; ++household) {
      answers[household] = random_.chance(plan_.response);
      visitor[household] = static_cast<std::uint32_t>(random_.below(evidence_.visitors.size()));
    }
    for (std::size_t at = 0; at < evidence_.members.size(); ++at) {
      signals::Member& member = evidence_.members[at];
      member.visitor = visitor[member.household];
      member.visit = {"canvass", at + 2};
      const bool unrecorded = plan_.uneven_visiting && member.recruiter == lawful &&
                              member.outcome == signals::Outcome::verified && random_.chance(0.5);
      if (!answers[member.household] || unrecorded) member.outcome = signals::Outcome::no_contact;
    }
  }

  SimulationPlan plan_;
  stats::Random random_;
  Date freeze_;
  std::vector<Date> stalls_;
  std::uint32_t households_ = 0;
  std::vector<std::uint32_t> organised_;
  signals::Evidence evidence_;
};

inline signals::Evidence simulated_branch(const SimulationPlan& plan) {
  return BranchSimulator(plan).evidence();
}

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_IMPACT_BRANCH_SIMULATOR_H_
