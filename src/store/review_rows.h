// The rows that the review app shows: people, addresses, links and the order in which to decide. Each struct
// is one table of case.sqlite, each field one column of the same name (doc/casefile.md). They hold what
// findings do not: names, addresses, what stood in the source. Numbers are positions, from 0, in the order of
// adding.
#ifndef SCRUTINEER_STORE_REVIEW_ROWS_H_
#define SCRUTINEER_STORE_REVIEW_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace scrutineer::store {

// A row of a roll that the app shows: every member, and the register entries that may be one.
struct EntryRow {
  std::string roll;
  std::uint64_t line = 0;
  std::string name, address, postcode;  // as typed, for display
  std::string raw;                      // JSON object: standard column -> text as typed
  std::string standard;                 // JSON object: field -> value as compared
};

struct SignalRow {
  int number = 0;
  std::string key, title, tier, null_model;
  std::uint64_t tested = 0, listed = 0;
};

struct MemberDetailRow {
  std::uint64_t member = 0;  // members.number
  std::uint64_t entry = 0;   // entries.number
  std::optional<std::uint64_t> address;
  std::string ward;
  std::uint64_t findings = 0;  // listed ones that name the member
};

struct MemberEventRow {
  std::uint64_t member = 0;
  std::uint64_t position = 0;
  std::string day;   // ISO, or empty
  std::string kind;  // joined keyed signed left registered payment visit
  std::string text, roll;
  std::uint64_t line = 0;
  std::optional<std::int64_t> amount_pence;
};

// What a member shares with others: the account that pays, who recruited, a telephone, an e-mail address.
struct TieRow {
  std::string kind;  // payer recruiter phone email
  std::string key;   // as typed in the source
  std::uint64_t member = 0;
};

struct AddressRow {
  std::string key, label, postcode;
  std::uint64_t electors = 0, electors_ever_max = 0, members = 0, building_units = 1;
  bool flat_missing = false;
};

// Who was on the registers at an address: one row a name, `present` one digit 0 or 1 a snapshot, oldest
// first.
struct AddressPersonRow {
  std::uint64_t address = 0, position = 0;
  std::string name, roll;
  std::uint64_t line = 0;
  std::string present;
};

// An entry of a register that may be a member, on the newest snapshot.
struct CandidateRow {
  std::uint64_t member = 0;
  std::uint64_t entry = 0;  // entries.number
  std::int64_t weight = 0;  // 1/1000 of a bit, prior included
  double probability = 0;
  std::string relation;
  std::string waterfall;  // JSON: {"prior","dependence","fields":[{"field","level","left","right","weight"}]}
};

// Two members who may be one person.
struct PairRow {
  std::uint64_t first = 0, second = 0;
  std::int64_t weight = 0;
  double probability = 0;
  double expected_coincidences = 0;
  std::string waterfall;
};

// An entry that a row of the queue questions.
struct QueueMember {
  std::uint64_t member = 0;  // members.number
  bool counts = true;        // it stands against the margin: eligible, and voted where it is known who did
};

// What is to be decided, in the order of how much deciding it would narrow the certified number.
struct QueueRow {
  std::string kind;  // finding link pair
  std::string key;   // of the subject, as in decisions
  int signal = 0;    // 0 for links and pairs
  std::string tier;  // empty for links and pairs
  std::string text;
  std::optional<double> probability;
  std::int64_t weight = 0;
  std::uint64_t questions = 0;  // of `members`, those that count
  // How many of them deciding it would take off while nothing is decided; 1 - |2p - 1| of links and pairs,
  // 1 of listed findings, 0 of what questions nobody; doc/casefile.md has both.
  double narrowing = 0, openness = 0;
  double expected_innocent = 0;
  std::vector<QueueMember> members;
  std::string words;           // what everyone may search by
  std::string personal_words;  // what only those who see people may search by
};

// What an audit did because of a decision.
struct EffectRow {
  std::int64_t decision = 0;
  std::string subject_kind, subject_key, text;
  std::string
      entry_says;  // links: the entry's name, address and postcode as typed, by which other registers know it
  std::string status_before;  // register status of the member before the decision was first taken in
};

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_REVIEW_ROWS_H_
