#include "inquiry/build_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "base/text.h"
#include "inquiry/eligibility.h"

namespace scrutineer::inquiry {
namespace {

using rolls::Column;

// Numbers the distinct values of a column in order of appearance; values that mean nobody are `none`.
class Coder {
 public:
  explicit Coder(std::vector<std::string>& values) : values_(values) {}
  std::uint32_t code(std::string_view value) {
    if (value.empty() || means_nobody(value)) return signals::none;
    const auto [found, added] =
        codes_.emplace(std::string(value), static_cast<std::uint32_t>(values_.size()));
    if (added) values_.emplace_back(value);
    return found->second;
  }

 private:
  std::vector<std::string>& values_;
  std::map<std::string, std::uint32_t, std::less<>> codes_;
};

struct Coders {
  Coder payer, recruiter, phone, email, ward, branch;
  explicit Coders(signals::Evidence& evidence)
      : payer(evidence.payers),
        recruiter(evidence.recruiters),
        phone(evidence.phones),
        email(evidence.emails),
        ward(evidence.wards),
        branch(evidence.branches) {}
};

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// Money in pence: "12", "12.50", "£1,200.00". Nothing if it is not an amount.
std::optional<std::int64_t> pence(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || c == '.' || c == '-') kept += c;
  }
  double amount = 0;
  const auto [end, error] = std::from_chars(kept.data(), kept.data() + kept.size(), amount);
  if (kept.empty() || error != std::errc() || end != kept.data() + kept.size()) return std::nullopt;
  return static_cast<std::int64_t>(amount * 100 + (amount < 0 ? -0.5 : 0.5));
}

signals::Member member_of(const Sources& sources, std::uint32_t row, const EligibilityRule& rule,
                          Coders& coders) {
  const rolls::Roll& raw = sources.members.raw;
  const rolls::StandardRoll& standard = sources.members.standard;
  const auto date = [&](Column column) {
    return standard.date(column).present() ? standard.date(column).dates[row] : std::nullopt;
  };
  signals::Member member;
  member.id = std::string(raw.text(Column::id, row));
  member.row = {raw.spec.name, raw.lines[row]};
  member.joined = date(Column::joined);
  member.left = date(Column::left);
  member.keyed = date(Column::keyed);
  member.signed_on = date(Column::signed_on);
  member.eligible = ineligible_because(rule, member.joined, member.left).empty();
  member.payer = coders.payer.code(raw.text(Column::payer, row));
  member.recruiter = coders.recruiter.code(raw.text(Column::recruiter, row));
  member.phone = coders.phone.code(standard.phone[row]);
  member.email = coders.email.code(standard.email[row]);
  member.ward = coders.ward.code(raw.text(Column::ward, row));
  member.branch = coders.branch.code(raw.text(Column::branch, row));
  member.form_no = whole_number(raw.text(Column::form_no, row));
  return member;
}

void add_register(const std::vector<SnapshotLinks>& snapshots, const MemberHistory& history,
                  signals::Member& member) {
  if (snapshots.empty()) return;
  member.status = history.newest().status;
  member.match_probability = history.newest().probability;
  member.ever_at_address = history.ever_at_address;
  member.first_seen = history.first_seen;
  member.last_seen = history.last_seen;
  for (std::size_t i = snapshots.size(); i-- > 0;) {
    if (history.at[i].source) member.register_rows.push_back(*history.at[i].source);
  }
}

// Dwellings of members, in order of appearance; households are the members of one dwelling, and a member
// whose address says too little is a household alone.
void add_addresses(const rolls::StandardRoll& standard, const std::vector<SnapshotLinks>& snapshots,
                   signals::Evidence& evidence) {
  std::map<std::uint32_t, std::uint32_t> address_of_unit;
  std::uint32_t households = 0;
  std::vector<std::uint32_t> household_of_address;
  for (std::uint32_t row = 0; row < evidence.members.size(); ++row) {
    signals::Member& member = evidence.members[row];
    if (standard.unit_key.is_missing(row)) {
      member.household = households++;
      continue;
    }
    const auto [found, added] = address_of_unit.emplace(
        standard.unit_key.code(row), static_cast<std::uint32_t>(evidence.addresses.size()));
    if (added) {
      signals::Address address;
      address.key = std::string(standard.unit_key[row]);
      for (const SnapshotLinks& snapshot : snapshots) {
        address.electors_ever_max = std::max(address.electors_ever_max, snapshot.electors_at_dwelling[row]);
      }
      if (!snapshots.empty()) {
        const SnapshotLinks& newest = snapshots.back();
        address.electors = newest.electors_at_dwelling[row];
        address.building_units = std::max(1U, newest.units_in_building[row]);
        address.flat_missing = standard.flat.is_missing(row) && address.building_units > 1;
        address.register_rows = newest.dwelling_rows[row];
      }
      evidence.addresses.push_back(std::move(address));
      household_of_address.push_back(households++);
    }
    member.address = found->second;
    member.household = household_of_address[member.address];
    ++evidence.addresses[member.address].members;
  }
}

void add_payments(const Sources& sources, Coder& payer, signals::Evidence& evidence,
                  std::vector<std::string>& notes) {
  evidence.has_payments = !sources.payments.empty() || sources.members.raw.column(Column::payer) != nullptr;
  for (const StandardisedRoll& roll : sources.payments) {
    std::uint64_t unknown = 0;
    const rolls::DateColumn& paid = roll.standard.date(Column::paid_on);
    for (std::size_t row = 0; row < roll.raw.rows(); ++row) {
      signals::Payment payment;
      payment.row = {roll.raw.spec.name, roll.raw.lines[row]};
      const auto member = sources.row_of_id.find(roll.raw.text(Column::id, row));
      if (member != sources.row_of_id.end()) {
        payment.member = member->second;
      } else {
        ++unknown;
      }
      payment.payer = payer.code(roll.raw.text(Column::payer, row));
      if (paid.present()) payment.paid_on = paid.dates[row];
      payment.amount_pence = pence(roll.raw.text(Column::amount, row));
      payment.method = std::string(roll.raw.text(Column::method, row));
      evidence.payments.push_back(std::move(payment));
    }
    if (unknown > 0) {
      notes.push_back(fmt::format("{}: {} of {} payments bear a member id that is not on the members roll",
                                  roll.raw.spec.name, unknown, roll.raw.rows()));
    }
  }
  // A member's payer is the account of the first payment, unless the members roll names one.
  for (const signals::Payment& payment : evidence.payments) {
    if (payment.member == signals::none) continue;
    signals::Member& member = evidence.members[payment.member];
    if (member.payer == signals::none) member.payer = payment.payer;
  }
}

void add_joins_elsewhere(const Sources& sources, signals::Evidence& evidence) {
  std::map<Date, std::int64_t> joins;
  for (const StandardisedRoll& roll : sources.joins) {
    const rolls::DateColumn& day = roll.standard.date(Column::date);
    for (std::size_t row = 0; row < roll.raw.rows(); ++row) {
      const auto count = whole_number(roll.raw.text(Column::count, row));
      if (day.present() && day.dates[row] && count) joins[*day.dates[row]] += *count;
    }
  }
  for (const auto& [day, count] : joins) evidence.joins_elsewhere.push_back({day, count});
}

void add_branch_years(const Sources& sources, signals::Evidence& evidence) {
  for (const StandardisedRoll& roll : sources.branches) {
    for (std::size_t row = 0; row < roll.raw.rows(); ++row) {
      const auto year = whole_number(roll.raw.text(Column::year, row));
      const auto members = whole_number(roll.raw.text(Column::members, row));
      if (!year || !members) continue;
      evidence.branch_years.push_back(
          {std::string(roll.raw.text(Column::branch, row)), static_cast<int>(*year), *members});
    }
  }
}

}  // namespace

bool means_nobody(std::string_view value) {
  static constexpr std::array<std::string_view, 22> nobody = {
      "-",    "n/a",     "na",     "none",     "nobody",   "unknown",        "not known", "null",
      "web",  "website", "online", "internet", "web form", "head office",    "hq",        "national",
      "self", "myself",  "direct", "cash",     "?",        "national office"};
  const std::string lower = ascii_lower(trimmed(value));
  return std::find(nobody.begin(), nobody.end(), lower) != nobody.end();
}

signals::Evidence build_evidence(const InquiryFile& file, const Sources& sources,
                                 const std::vector<SnapshotLinks>& snapshots,
                                 const std::vector<MemberHistory>& histories, const Duplicates& duplicates,
                                 std::vector<std::string>& notes) {
  signals::Evidence evidence;
  evidence.freeze_date = file.freeze_date;
  evidence.min_membership_days = file.min_membership_days;
  evidence.seed = file.seed;
  evidence.off_register = file.off_register;
  evidence.never_registered = file.never_registered;
  evidence.strict = file.strict;
  evidence.collected_households = file.collected_households;
  evidence.own_branch = file.branch;
  Coders coders(evidence);
  const EligibilityRule rule{file.freeze_date, file.min_membership_days};
  for (std::uint32_t row = 0; row < sources.members.raw.rows(); ++row) {
    evidence.members.push_back(member_of(sources, row, rule, coders));
    if (!histories.empty()) add_register(snapshots, histories[row], evidence.members.back());
  }
  for (const SnapshotLinks& snapshot : snapshots) evidence.snapshots.push_back(snapshot.as_of);
  if (!snapshots.empty()) {
    evidence.electors = snapshots.back().entries;
    evidence.register_occupancy.assign(snapshots.back().occupancy.begin(), snapshots.back().occupancy.end());
  }
  add_addresses(sources.members.standard, snapshots, evidence);
  add_payments(sources, coders.payer, evidence, notes);
  add_joins_elsewhere(sources, evidence);
  add_branch_years(sources, evidence);
  evidence.duplicates = duplicates.pairs;
  evidence.duplicates_expected = duplicates.expected;
  evidence.has_recruiters = !evidence.recruiters.empty();
  return evidence;
}

namespace {

struct VisitFacts {
  signals::Outcome outcome;
  std::optional<Date> day;
  bool random_arm;
  std::uint32_t visitor;
  signals::Exhibit exhibit;
  int attempts;  // 0: not recorded
};

bool met_somebody(signals::Outcome outcome) {
  return outcome != signals::Outcome::no_contact && outcome != signals::Outcome::refused;
}

// Of several visits to a member the one that met somebody counts, and of those alike the later. Where another
// visitor was given the same answer, two interviewers heard it.
void take_visit(signals::Member& member, const VisitFacts& visit) {
  const bool same_answer = member.outcome == visit.outcome;
  if (same_answer && visit.visitor != signals::none && member.visitor != signals::none &&
      visit.visitor != member.visitor)
    member.interviewers = 2;
  const bool met = met_somebody(visit.outcome);
  const bool had_met = member.outcome && met_somebody(*member.outcome);
  if (member.outcome && had_met && !met) return;
  if (member.outcome && had_met == met && visit.day && member.visited_on && *visit.day < *member.visited_on)
    return;
  if (!same_answer) member.interviewers = 1;
  member.attempts = visit.attempts;
  member.outcome = visit.outcome;
  member.visited_on = visit.day;
  member.random_arm = visit.random_arm;
  member.visitor = visit.visitor;
  member.visit = visit.exhibit;
}

void note_left_out(std::string_view roll, std::uint64_t rows, std::uint64_t of, std::string_view why,
                   std::vector<std::string>& notes) {
  if (rows > 0) notes.push_back(fmt::format("{}: {} of {} visits left out: {}", roll, rows, of, why));
}

}  // namespace

void add_canvass(const Sources& sources, std::span<const RecordedVisit> recorded, signals::Evidence& evidence,
                 std::vector<std::string>& notes) {
  evidence.has_canvass = !sources.canvass.empty() || !recorded.empty();
  constexpr std::string_view not_on_roll = "their member id is not on the members roll";
  Coder visitors(evidence.visitors);
  for (const StandardisedRoll& roll : sources.canvass) {
    std::uint64_t unknown = 0;
    std::uint64_t unreadable = 0;
    const rolls::DateColumn& visited = roll.standard.date(Column::visited_on);
    for (std::size_t row = 0; row < roll.raw.rows(); ++row) {
      const auto found = sources.row_of_id.find(roll.raw.text(Column::id, row));
      const auto outcome = signals::outcome_of(ascii_lower(roll.raw.text(Column::outcome, row)));
      if (found == sources.row_of_id.end()) ++unknown;
      if (!outcome) ++unreadable;
      if (found == sources.row_of_id.end() || !outcome) continue;
      take_visit(evidence.members[found->second],
                 {*outcome,
                  visited.present() ? visited.dates[row] : std::nullopt,
                  ascii_lower(roll.raw.text(Column::arm, row)) == "random",
                  visitors.code(roll.raw.text(Column::visitor, row)),
                  {roll.raw.spec.name, roll.raw.lines[row]},
                  static_cast<int>(std::clamp<std::int64_t>(
                      whole_number(roll.raw.text(Column::attempts, row)).value_or(0), 0, 1000))});
    }
    note_left_out(roll.raw.spec.name, unknown, roll.raw.rows(), not_on_roll, notes);
    note_left_out(
        roll.raw.spec.name, unreadable, roll.raw.rows(),
        "their outcome is not one of verified, denied, not-known, moved, deceased, refused, no-contact",
        notes);
  }
  std::uint64_t unknown = 0;
  for (const RecordedVisit& visit : recorded) {
    const auto found = sources.row_of_id.find(visit.id);
    const auto outcome = signals::outcome_of(canvass::to_string(visit.answer));
    if (found == sources.row_of_id.end() || !outcome) {
      ++unknown;
      continue;
    }
    take_visit(evidence.members[found->second], {*outcome,
                                                 visit.day,
                                                 visit.random_arm,
                                                 visitors.code(visit.visitor),
                                                 {"recorded visits", visit.row},
                                                 visit.attempts});
  }
  note_left_out("recorded visits", unknown, recorded.size(), not_on_roll, notes);
}

}  // namespace scrutineer::inquiry
