// Signal 25, the key test: do the irregularities that were *confirmed at the door* hang together? Rule L3 of
// doc/verdict.md, fixed before outcomes are read.
//
// Who is looked at: members with a recorded outcome (verified, denied, not known, moved, deceased) on the
// random arm. Refusals and closed doors are no outcome. Links that chose whom to visit cannot testify about
// whom they chose, so the targeted arm is left out; where no arm is recorded, members count only if nearly
// all of the list was visited.
//
// strict y = 1: denied in person, or not known AND never on any register at that address. 'Moved' never is,
// nor is a member whose register status is unclear, nor one without a usable address. `Moved` for the
// placebo: moved, or not known but found at that address on a register.
//
// Null: given the graph of links, the label vectors of whole households are exchangeable between households
// of the same number of known members in the same stratum: class of address (single dwelling, building of
// several, many electors, not told) x ward x join period (the year before the freeze date, or not) x contact
// attempts (reached at the first call, or later), small classes pooled (household_strata.h).
// linkage_permutation.h has the statistics. The p of step 1 is exact, that of step 5 also where every
// recruiter's people go wrong at a rate of their own; the other steps can only lower the chance of a false
// alarm. What that comes to by simulation: doc/verdict.md, bench/null_calibration_bench.cc and
// bench/verdict_bench.cc.
//
// What it cannot exclude: people who were never registered, moved, and whose successor does not know them;
// somebody who pays for, or signs up at one table, people of whom most are wrong, without a plan; visitors
// who record one group's people otherwise than others.
#ifndef SCRUTINEER_SIGNALS_LINKAGE_OF_IRREGULARS_H_
#define SCRUTINEER_SIGNALS_LINKAGE_OF_IRREGULARS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "signals/evidence.h"
#include "signals/linkage_permutation.h"
#include "signals/signal.h"

namespace scrutineer::signals {

// The thresholds of rule L3, as pre-registered. They are part of the rule: change them and the tables of
// doc/verdict.md no longer say what it costs.
struct RuleL3 {
  double joint = 0.001;  // step 1: js at most
  double link = 0.02;    // step 2: two of the four single links with p at most
  int links = 2;
  double deletion = 0.01;     // step 3: js at most, without any one household, join day, phone, visitor
  double sensitivity = 0.01;  // step 4: js at most under Gamma
  double least_gamma = 5;
  double most_gamma = 15;
  std::uint64_t least_group = 10;         // known members of a group that may raise Gamma
  double within = 0.02;                   // step 5: js at most with recruiters kept apart; or else
  double majority = 0.02;                 //   p at most of "half of the top recruiter's households, or fewer"
  std::uint32_t account_households = 3;   // step 6 (i): households that one account pays for
  std::uint32_t account_strict = 2;       //   of which strict members
  std::uint32_t denials = 2;              // step 6 (ii): statements of denial, of different households
  std::uint32_t deletion_candidates = 3;  // of each kind, those that contribute most to S are deleted in turn
  std::size_t least_class = 10;  // households to exchange among: smaller classes are pooled (pool_strata)
};

enum class Arm : std::uint8_t { random, everyone, unknown };

// js without one household, day, ... that contributes most, its members being left out.
struct Deletion {
  std::string kind;  // "household", "day", "phone", "visitor"; "recruiter", "payer": description only
  std::string key;   // as in the data; a household by its smallest member id. For programs: see in_words
  std::uint64_t members = 0;
  double js = 1;
  // "one household (3 members)", "the join day 2026-03-01 (12 members)": a day is told, and no person,
  // account or telephone is.
  [[nodiscard]] std::string in_words() const;
  [[nodiscard]] bool decides() const { return kind != "recruiter" && kind != "payer"; }  // of step 3
};

// The group of a link type that contributes most to S, and how its people move.
struct TopGroup {
  LinkType type = LinkType::payer;
  std::string key;
  std::uint64_t known = 0, strict = 0, moved = 0;
  std::uint64_t known_outside = 0, moved_outside = 0;
  double ratio = 0;  // upper bound of its rate of moving against the others'; 0 where it is too small to tell
};

// The households whose recruiter (that of most of their known members) contributes most to S.
struct RecruiterMajority {
  std::uint64_t households = 0;
  double irregular = 0;  // sum over them of the share of their known members that are strict
  // P(X >= irregular, rounded down), X binomial(households, 1/2): of a recruiter half of whose enrolments are
  // wrong, household by household. 1 where there are none.
  double p = 1;
};

// One account (payer) within the linked set.
struct AccountExhibit {
  std::uint32_t payer = none;
  std::uint32_t households = 0;       // of all members it pays for
  std::vector<std::uint32_t> strict;  // indices of strict members
  std::vector<std::uint32_t> denied;  // of those, denied in person, one a household
  std::vector<Exhibit> payments;
};

struct LinkedPair {
  std::uint32_t first = none, second = none;  // member indices, first < second
  std::vector<LinkType> shared;
};

struct LinkageTest {
  Arm arm = Arm::unknown;
  std::uint64_t visits = 0;      // members with any outcome, on any arm
  std::uint64_t members = 0;     // in the list
  std::uint64_t visited = 0;     // on the arm, any outcome
  std::uint64_t known = 0;       // with a recorded outcome
  std::uint64_t households = 0;  // with a known member
  std::uint64_t strict_households = 0;
  std::uint64_t strict = 0, denied = 0, never_there = 0, moved = 0;
  [[nodiscard]] double response() const;  // known / visited, 0 where none was

  JointTest joint;                  // step 1
  double e = 1;                     // 0.1 js^-0.9, for merging over looks and inquiries
  int links_met = 0;                // step 2
  std::vector<Deletion> deletions;  // step 3, then the descriptive ones
  double worst_deletion = 1;        // largest js of those of step 3; 1 where there was none to make
  double gamma = 1;                 // step 4
  std::vector<TopGroup> top_groups;
  JointTest sensitivity;
  std::optional<JointTest>
      within_recruiter;  // step 5: households exchanged with those of their recruiter only
  RecruiterMajority top_recruiter;
  std::vector<AccountExhibit> accounts;  // step 6
  bool payment_exhibit = false;
  bool denial_exhibit = false;

  std::optional<JointTest> placebo;      // y = moved
  std::optional<JointTest> absent_only;  // strict against moved, among the not verified
  std::optional<JointTest> denied_only;  // y = denied
  // y = visited without an outcome: does recording follow the links?
  std::optional<JointTest> outcome_recorded;

  std::vector<std::uint32_t> linked;  // strict members sharing a link with one of another household, sorted
  std::vector<LinkedPair> pairs;      // among them, the most shared types first; at most 1,000
  std::uint64_t pairs_total = 0;      // sharing at least one type

  bool joint_met = false, links_are_met = false, deletions_met = false, sensitivity_met = false;
  bool own_rates_met = false;
  [[nodiscard]] bool statistics_met() const {
    return joint_met && links_are_met && deletions_met && sensitivity_met && own_rates_met;
  }
  [[nodiscard]] bool exhibits_met() const { return payment_exhibit && denial_exhibit; }
};

// Strict irregularity of one member, as above, whatever the arm. `registers`: whether there is any register
// roll.
bool is_strict(const Member& member, bool registers);

// The whole test. Steps 3 to 5 are made only where step 1 finds js at most 0.05 (else they decide nothing),
// the placebo, absent-only and denied-only tests always. Step 3 and the test of recording take a fifth of
// options.permutations. Linear in members and permutations.
LinkageTest test_linkage_of_irregulars(const Evidence& evidence, const SignalOptions& options,
                                       const RuleL3& rule = {});

// What the rule has set aside where all of it is met: for wording::consistent_with_coordination.
const std::vector<std::string>& alternatives_tested();

// The test as the report shows it.
SignalReport linkage_report(const LinkageTest& test, const Evidence& evidence, const SignalOptions& options);

// For the registry.
Signal linkage_of_irregulars_signal();

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_LINKAGE_OF_IRREGULARS_H_
