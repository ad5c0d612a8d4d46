// The inputs that most branches do not have, drawn so that every signal's null holds: payments with a share
// unpaid as in other branches, register dates that have nothing to do with joining, geocodes, lapses, logins,
// wards, the register's own history. For calibration and timing.
#ifndef SCRUTINEER_TESTS_SIGNALS_OPTIONAL_INPUTS_H_
#define SCRUTINEER_TESTS_SIGNALS_OPTIONAL_INPUTS_H_

#include <algorithm>
#include <cstdint>
#include <string>

#include "signals/evidence.h"
#include "stats/draws.h"
#include "stats/random.h"

namespace scrutineer::tests {

inline void add_members_inputs(signals::Evidence& evidence, stats::Random& random) {
  const double unpaid = stats::beta_draw(random, 3, 97);
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    signals::Member& member = evidence.members[i];
    member.registered_on = Date(18000 + static_cast<std::int32_t>(random.below(2000)));
    member.easting = 500000 + 5000 * random.uniform();
    member.northing = 180000 + 5000 * random.uniform();
    if (random.chance(0.3))
      member.left = *evidence.ballot_date + static_cast<std::int32_t>(random.below(400));
    if (random.chance(unpaid)) continue;
    evidence.payments.push_back({{"payments", i + 2}, i, member.payer, member.joined, 2500, "card"});
  }
  const double early = stats::beta_draw(random, 2, 98);
  for (signals::Member& member : evidence.members) {
    if (!member.joined || !random.chance(early)) continue;
    member.transferred_on = *member.joined + 100;
    member.address_at_transfer_kept = true;
  }
}

// Telephones that households share by the law that the signal assumes: given two, a further one with
// probability a third.
inline void share_phones(signals::Evidence& evidence, stats::Random& random) {
  std::uint32_t next = 0;
  for (int shared = 0; shared < 20; ++shared) {
    const std::uint32_t code = evidence.members[next].phone;
    std::uint64_t households = 2;
    while (random.chance(1.0 / 3)) ++households;
    for (std::uint64_t h = 0; h < households && next < evidence.members.size(); ++h) {
      const std::uint32_t household = evidence.members[next].household;
      while (next < evidence.members.size() && evidence.members[next].household == household)
        evidence.members[next++].phone = code;
    }
  }
}

inline void add_branches(signals::Evidence& evidence, stats::Random& random) {
  for (int b = 0; b < 200; ++b) {
    const std::string name = "b" + std::to_string(b);
    const double unpaid = stats::beta_draw(random, 3, 97);
    const double early = stats::beta_draw(random, 2, 98);
    evidence.unpaid_elsewhere.push_back(
        {name, static_cast<std::int64_t>(stats::binomial_draw(random, 300, unpaid)), 300});
    evidence.transfers_elsewhere.push_back(
        {name, static_cast<std::int64_t>(stats::binomial_draw(random, 300, early)), 300});
    for (int year = 2024; year <= 2026; ++year)
      evidence.branch_years.push_back({name, year, static_cast<std::int64_t>(250 + random.below(100))});
  }
  for (int year = 2024; year <= 2026; ++year)
    evidence.branch_years.push_back({evidence.own_branch.empty() ? "own" : evidence.own_branch, year,
                                     static_cast<std::int64_t>(250 + random.below(100))});
  if (evidence.own_branch.empty()) evidence.own_branch = "own";
}

inline void add_public_series(signals::Evidence& evidence, stats::Random& random) {
  for (int w = 0; w < 200; ++w) {
    const double before = 0.25 + 0.3 * random.uniform();
    const double now = std::clamp(before + 0.05 + 0.02 * stats::normal_draw(random), 0.05, 0.95);
    evidence.ward_results.push_back(
        {"w" + std::to_string(w), 10000, 10000 * now, 2000, 10000, 10000 * before, 2000});
    evidence.result_counts.push_back(static_cast<std::int64_t>(500 + random.below(3000)));
  }
  for (int month = 0; month < 120; ++month) {
    for (const char* area : {"", "a", "b", "c"})
      evidence.register_series.push_back({area, Date(16000 + 30 * month), 2e5 + 1e4 * random.uniform()});
    if (month % 24 == 0) evidence.election_days.push_back(Date(16000 + 30 * month));
  }
  for (int spell = 0; spell < 2000; ++spell) {
    const Date added(16000 + static_cast<std::int32_t>(random.below(3000)));
    evidence.register_spells.push_back(
        {added, random.chance(0.5) ? std::optional(added + static_cast<std::int32_t>(1 + random.below(600)))
                                   : std::nullopt});
  }
}

inline void add_optional_inputs(signals::Evidence& evidence, std::uint64_t seed) {
  stats::Random random(seed, "optional inputs");
  evidence.has_payments = evidence.has_deaths = true;
  evidence.ballot_date = *evidence.freeze_date + 60;
  evidence.membership_as_of = *evidence.freeze_date + 500;
  add_members_inputs(evidence, random);
  share_phones(evidence, random);
  add_branches(evidence, random);
  evidence.logins = {"login 1", "login 2", "login 3"};
  for (std::uint32_t login = 0; login < 3; ++login) {
    for (std::int32_t day = 0; day < 400; ++day) {
      const std::uint64_t changes = stats::negative_binomial_draw(random, 3, 1.5);
      if (changes > 0)
        evidence.operations.push_back({{"operations", evidence.operations.size() + 2},
                                       login,
                                       Date(19000 + day),
                                       10,
                                       static_cast<std::int64_t>(changes)});
    }
  }
  add_public_series(evidence, random);
}

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_SIGNALS_OPTIONAL_INPUTS_H_
