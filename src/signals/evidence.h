// What signals may look at. It holds no name of a person, nor anything derived from one: the matcher alone
// reads names, and signals see its results. That is enforced by this type having no such field.
#ifndef SCRUTINEER_SIGNALS_EVIDENCE_H_
#define SCRUTINEER_SIGNALS_EVIDENCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "signals/finding.h"

namespace scrutineer::signals {

inline constexpr std::uint32_t none = 0xFFFFFFFFU;

// Where a member stands on the register. Written to members.csv; the words must not change.
enum class RegisterStatus : std::uint8_t { at_address, elsewhere, not_found, unclear };
std::string_view to_string(RegisterStatus status);  // "at-address", "elsewhere", "not-found", "unclear"

// The outcomes of a canvass visit (DESIGN.md, "Words").
enum class Outcome : std::uint8_t { verified, denied, not_known, moved, deceased, refused, no_contact };
std::string_view to_string(Outcome outcome);  // "verified", "denied", "not-known", ...
std::optional<Outcome> outcome_of(std::string_view text);

// One row of the members roll. Codes (payer, recruiter, ...) index Evidence's key vectors; `none` is missing.
struct Member {
  std::string id;
  Exhibit row;
  bool eligible = true;
  std::optional<Date> joined, keyed, signed_on, left,
      registered_on;               // registered_on: linked register entry's
  std::uint32_t address = none;    // index into addresses; none where the address says too little
  std::uint32_t household = none;  // members at one address: index of the household
  std::uint32_t payer = none;
  std::uint32_t recruiter = none;  // values that mean nobody (web, head office) are `none`
  std::uint32_t phone = none;
  std::uint32_t email = none;
  std::uint32_t ward = none;
  std::uint32_t branch = none;
  std::optional<std::int64_t> form_no;
  RegisterStatus status = RegisterStatus::unclear;  // at the newest snapshot
  double match_probability = 0;                     // that the named register entry is this member
  bool ever_at_address = false;                     // on any snapshot
  std::optional<Date> first_seen, last_seen;        // at the address, snapshot dates
  std::vector<Exhibit> register_rows;               // the linked entries, newest first
  std::optional<Outcome> outcome;                   // canvass, if visited
  std::optional<Date> visited_on;
  bool random_arm = false;
  std::uint32_t visitor = none;
  Exhibit visit;
  int attempts = 0;      // at contact; 0: not recorded
  int interviewers = 1;  // who heard the answer
  // Optional: where the branch history is known.
  std::optional<Date> transferred_on;            // into this branch from another
  std::optional<bool> address_at_transfer_kept;  // the address did not change with the transfer
  // Optional: grid coordinates of the address, in metres.
  std::optional<double> easting, northing;
};

struct Address {
  std::string key;  // unit key: "n1 7aa|high street|12||2"; shown only to those who may see addresses
  std::uint32_t electors = 0;  // on the newest snapshot
  std::uint32_t electors_ever_max = 0;
  std::uint32_t members = 0;         // eligible or not
  bool flat_missing = false;         // the building has flats on the register but this address names none
  std::uint32_t building_units = 1;  // distinct units known in the same building
  std::vector<Exhibit> register_rows;
};

struct Payment {
  Exhibit row;
  std::uint32_t member = none;  // index into members; none where the id is unknown
  std::uint32_t payer = none;
  std::optional<Date> paid_on;
  std::optional<std::int64_t> amount_pence;
  std::string method;
};

// Two members held to be one person by the matcher.
struct DuplicatePair {
  std::uint32_t first = none;  // indices into members, first < second
  std::uint32_t second = none;
  double probability = 0;
  // Expected number of coincidental pairs as alike as this one, from the list's own name and date counts
  // (METHODS.md 1.2, formula 2), computed by the matcher's side.
  double expected_coincidences = 0;
};

// Joins elsewhere on a day (the `joins` roll), local joins not included.
struct JoinReference {
  Date day;
  std::int64_t count = 0;
};

struct BranchYear {
  std::string branch;
  int year = 0;
  std::int64_t members = 0;
};

// The same question asked in another branch: how many of its members are concerned.
struct BranchRate {
  std::string branch;
  std::int64_t concerned = 0;
  std::int64_t members = 0;
};

// A member held by the matcher to be a person of the `deceased` roll.
struct DeathMatch {
  std::uint32_t member = none;
  Exhibit row;  // of the deceased roll
  std::optional<Date> died_on;
  double probability = 0;
  double expected_coincidences =
      0;  // matches as good as this one, expected by chance (METHODS.md 1.2, formula 3)
};

// The comparison of the roll with a list of known persons, made by the matcher: counts alone, never who.
struct ListComparison {
  std::string list;                  // name of the roll
  std::uint64_t listed = 0;          // persons on it
  std::uint64_t observed = 0;        // members of the same name
  double expected = 0;               // by chance (METHODS.md 1.2, formula 3)
  std::uint64_t with_full_date = 0;  // of the observed, those who agree in a fully known date of birth
  double expected_with_full_date = 0;
};

// Changes to the membership records by one login on one day, outside or inside office hours.
struct Operation {
  Exhibit row;
  std::uint32_t login = none;  // index into logins
  Date day;
  int hour = 12;  // local time, 0 to 23
  std::int64_t changes = 1;
};

// One ward's result, and the one before: counts of this election's main choice.
struct WardResult {
  std::string ward;
  double electors = 0, voters = 0, votes_for = 0;
  double electors_before = 0, voters_before = 0, votes_for_before = 0;
};

// One entry of the register's own history: electors of a snapshot, and how many were added and removed since
// the last.
struct RegisterPoint {
  std::string area;  // borough; the own one has the empty name
  Date day;
  double electors = 0;
};

// A register entry added on a day and, if so, removed on another: for the survival of late additions.
struct RegisterSpell {
  Date added;
  std::optional<Date> removed;
};

// An honest range of base rates with its source; rates as shares of 1.
struct BaseRate {
  double low = 0;
  double high = 0;
  std::string note;
};

struct Evidence {
  std::optional<Date> freeze_date;
  std::optional<int> min_membership_days;
  std::uint64_t seed = 0;
  std::optional<BaseRate> off_register;      // [inquiry] base_rate.off_register
  std::optional<BaseRate> never_registered;  // [inquiry] base_rate.never_registered
  // [inquiry] base_rate.strict: households in which a canvass finds a strict irregularity (the verdict's
  // rate)
  std::optional<BaseRate> strict;
  // [inquiry] base_rate.collected_households: how many an honest collection pays for on average, at most
  std::optional<double> collected_households;
  std::vector<Date> snapshots;  // dates of the register rolls, oldest first
  std::uint64_t electors = 0;   // on the newest snapshot
  std::vector<Member> members;
  std::vector<Address> addresses;
  // All register addresses of the newest snapshot by their number of electors: electors -> addresses.
  std::vector<std::pair<std::uint32_t, std::uint64_t>> register_occupancy;
  std::vector<Payment> payments;
  bool has_payments = false;
  // Optional: payers (codes) that the inquiry declares to pay for several households as of right (an
  // employer, a union branch, the organisation itself). They are never listed by the payer signals, and are
  // counted in the notes.
  std::vector<std::uint32_t> institutional_payers;
  std::vector<DuplicatePair> duplicates;
  double duplicates_expected = 0;  // coincidences expected in the whole list at the listing threshold
  std::vector<JoinReference> joins_elsewhere;
  std::vector<BranchYear> branch_years;
  std::string own_branch;
  // Optional inputs. Empty means that the inquiry has none, and the signal that needs it says so.
  std::vector<BranchRate> unpaid_elsewhere;     // other branches: members without any payment
  std::vector<BranchRate> transfers_elsewhere;  // other branches: transferred in within six months of joining
  std::vector<DeathMatch> deaths;
  bool has_deaths = false;
  std::vector<ListComparison> list_comparisons;
  std::vector<Operation> operations;
  std::vector<std::string> logins;
  std::optional<Date> ballot_date;
  std::optional<Date> membership_as_of;  // of the members roll: until when a lapse would be seen
  std::vector<WardResult> ward_results;
  std::vector<RegisterPoint> register_series;
  std::vector<RegisterSpell> register_spells;
  std::vector<Date> election_days;
  std::vector<std::int64_t> result_counts;  // of any contest, for the demonstration of digit tests
  bool has_canvass = false;
  bool has_recruiters = false;

  // What the codes above stand for, as typed in the source.
  std::vector<std::string> payers, recruiters, phones, emails, wards, branches, visitors;
};

}  // namespace scrutineer::signals

#endif  // SCRUTINEER_SIGNALS_EVIDENCE_H_
