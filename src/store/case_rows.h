// The rows of a case, as they are written. Each struct is one table of case.sqlite, each field one column of
// the same name; doc/casefile.md says what they mean, with units. Words (kinds, statuses, tiers) are those of
// findings.json.
#ifndef SCRUTINEER_STORE_CASE_ROWS_H_
#define SCRUTINEER_STORE_CASE_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"

namespace scrutineer::store {

struct SettingRow {
  std::string name;    // "inquiry.freeze_date"
  std::string value;   // as text
  std::string source;  // "inquiry file", "command line", "default"
};

struct InputRow {
  std::string role;    // "inquiry", "roll", "changes", "ballots", "marked"
  std::string name;    // the roll's name, or empty
  std::string file;    // as the inquiry file names it
  std::string sha256;  // 64 lower-case hexadecimal digits
  std::uint64_t bytes = 0;
};

struct RollRow {
  std::string name, kind;
  std::optional<Date> as_of;
  std::string layout, encoding, delimiter;
  // physical_records = rows + rejected + header_records + blank_records is a constraint of the table.
  std::uint64_t physical_records = 0, header_records = 0, blank_records = 0, rows = 0, rejected = 0;
  std::uint64_t value_problems = 0;
  std::vector<std::pair<std::string, std::vector<std::string>>>
      columns;                     // roll_columns: standard name <- headers
  std::vector<std::string> notes;  // roll_notes
};

struct RejectRow {
  std::string roll;
  std::uint64_t line = 0, column = 0;
  std::string reason, text;
  std::uint64_t raw_bytes = 0;
};

struct ValueProblemRow {
  std::string roll;
  std::uint64_t row = 0, line = 0;
  std::string column, text, reason;
};

struct MemberRow {
  std::uint64_t number = 0;  // row of the members roll, from 0
  std::string id;
  std::uint64_t line = 0;
  bool eligible = true;
  std::string ineligible_because;
  std::string register_status;
  double match_probability = 0;
  bool ever_at_address = false;
  std::optional<Date> first_seen, last_seen;
  std::string duplicate_of, household;
  std::vector<std::string> timeline;  // member_timeline: status at each snapshot, oldest first
};

struct ExhibitRow {
  std::string roll;
  std::uint64_t line = 0;
};

struct FindingRow {
  std::string id;
  int signal = 0;
  std::string key, tier, subject_kind, subject_key;
  std::optional<double> observed, expected, expected_low, p, e;
  bool listed = false;
  int level = 0;
  std::string text;
  double expected_innocent = 0;
  std::vector<std::string> members;   // finding_members
  std::vector<std::string> innocent;  // finding_explanations
  std::vector<ExhibitRow> exhibits;   // exhibits
};

struct ConclusionRow {
  std::string kind;     // "verdict", "impact"
  std::string outcome;  // as findings.json spells it
  std::string sentence;
  // conclusion_lines: (role, text), roles "because", "would-need", "condition".
  std::vector<std::pair<std::string, std::string>> lines;
};

// What a person decided about a subject. Never changed or removed: a later decision of the same person about
// the same subject stands in its place, `replaces` says which one is undone.
struct DecisionRow {
  std::string subject_kind;  // "finding", "link", "pair", "member", "address", "case"
  std::string subject_key;
  std::string decision;  // open explained upheld referred corrected must-link cannot-link; undone; heard and
                         // offered (right of reply); retention
  std::string cause;     // explained: which innocent explanation; heard, offered, retention: the day
  std::string reason;    // required
  std::string person;    // who decided
  std::optional<std::int64_t> replaces;
  bool blind = false;        // made without seeing weights and probability
  std::string request = {};  // made up by the client for this act; the same again is not written twice
  std::string salt = {};     // 32 hexadecimal digits; made by CaseFile::decide where it is empty
  std::optional<std::int64_t> erased = {};  // the ledger entry of the erasure that took the words away
};

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_CASE_ROWS_H_
