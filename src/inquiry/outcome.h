// Everything one audit found, in memory: what the case is written from and what the report is drawn from.
#ifndef SCRUTINEER_INQUIRY_OUTCOME_H_
#define SCRUTINEER_INQUIRY_OUTCOME_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "canvass/status.h"
#include "contest/contest.h"
#include "impact/impact.h"
#include "rolls/roll.h"
#include "signals/evidence.h"
#include "signals/finding.h"

namespace scrutineer::inquiry {

struct RollSummary {
  std::string name;
  rolls::RollKind kind = rolls::RollKind::members;
  std::string file;  // as the inquiry file names it
  std::optional<Date> as_of;
  rolls::RollAccount account;
  rolls::Recognition recognition;
  std::vector<rolls::Reject> rejects;  // the first few; all are in the case
  std::uint64_t problems_total = 0;
  std::vector<rolls::ValueProblem> problems;  // the first few; all are in the case
  std::vector<std::string> notes;
};

// One member over the snapshots, oldest first (the order of Outcome::snapshots).
struct MemberOutcome {
  std::string id;
  std::uint64_t line = 0;
  bool eligible = true;
  std::string ineligible_because;  // "joined 2026-05-20, after the freeze date 2026-05-06"; empty if eligible
  signals::RegisterStatus status = signals::RegisterStatus::unclear;  // newest snapshot
  double match_probability = 0;
  bool ever_at_address = false;
  std::optional<Date> first_seen, last_seen;      // at the stated address
  std::string duplicate_of;                       // id of the other member, empty if none
  std::string household;                          // key; members of one household share it
  std::vector<std::string> findings;              // ids of listed findings
  std::vector<signals::RegisterStatus> timeline;  // one a snapshot
};

// Register status counted at one snapshot, over eligible members.
struct SnapshotCounts {
  Date as_of;
  std::string roll;
  std::array<std::uint64_t, 4> status{};  // by RegisterStatus
};

struct LinkageSummary {
  std::uint64_t pairs_compared = 0;
  double pairs_per_second = 0;  // not in the report: it would differ between runs
  bool converged = true;
  std::uint32_t iterations = 0;
  double prior = 0;
  // Field, level name, m, u, weight in bits: the model as it was fitted.
  struct Level {
    std::string field, level;
    double m = 0, u = 0, weight = 0;
  };
  std::vector<Level> levels;
  std::vector<std::string> notes;
  // Expected wrong statements from the probabilities themselves.
  double expected_false_links = 0;
  double expected_missed_links = 0;
};

// Statements about members by the structural class of their names; see name_class_harm.h.
struct NameClassHarm {
  struct Line {
    std::string dimension, name_class;
    std::uint64_t members = 0;
    std::uint64_t flagged = 0;
    double flag_low = 0, flag_high = 1;  // 95 % interval of flagged / members
    std::uint64_t told = 0;              // of the flagged: whom the canvass could tell something about
    std::uint64_t confirmed = 0;
    std::optional<double> ratio;  // harm ratio to the other classes of the dimension, with its 95 % interval
    double ratio_low = 0, ratio_high = 0;
  };
  std::vector<Line> lines;
  std::uint64_t told = 0;  // over all classes of one dimension
  std::uint64_t confirmed = 0;
};

struct ContestSummary {
  contest::Count count;
  double papers = 0;
  std::vector<std::string> notes;  // reconciliation findings
};

// Pictures' data that findings do not hold.
struct JoinDay {
  Date day;
  std::uint32_t joins = 0;
  std::optional<double> expected;  // under the join-day signal's null
  bool listed = false;
};

// The key test as the report draws it.
struct KeyTest {
  struct Link {
    std::string name;
    double observed = 0, expected = 0, z = 0, p = 1;
  };
  // js of a further test: a deletion, the sensitivity, those beside the rule.
  struct Further {
    std::string name;
    double js = 1;
  };
  struct Pair {
    std::string first, second;  // ids
    std::vector<std::string> shared;
    std::vector<signals::Exhibit> exhibits;  // the rows of both and their visits
  };
  double js = 1;
  double sum = 0;  // S as observed
  std::uint32_t permutations = 0;
  double from = 0, step = 0;             // of the histogram
  std::vector<std::uint64_t> histogram;  // S of every permutation, the observed one not among them
  std::vector<Link> links;
  std::vector<Further> further;
  std::vector<Pair> pairs;  // only where the finding is listed: nobody is named under "no signal"
  std::uint64_t pairs_total = 0;
};

// The order in which things were known (inquiry/chronology.h).
struct Chronology {
  struct Event {
    std::string kind;  // of the ledger
    std::uint64_t times = 0;
    std::string first_at;
    std::uint64_t first_entry = 0;
  };
  std::vector<Event> events;  // of earlier runs, by their first entry
  std::uint64_t looks = 0;    // runs that read outcomes, this one among them
  bool before_outcomes = false;
  std::string sentence;
  std::vector<std::string> changed;  // settings changed after outcomes were first read
};

// The cells of a row that an exhibit cites, as they stood: header and text.
using QuotedRow = std::vector<std::pair<std::string, std::string>>;

struct Outcome {
  std::string title;
  std::optional<Date> freeze_date;
  std::optional<int> min_membership_days;
  std::uint64_t seed = 0;
  std::optional<signals::BaseRate> off_register;
  std::string inquiry_file;  // file name without folders
  std::string inquiry_sha256;
  std::string program_version;

  std::vector<RollSummary> rolls;
  std::vector<SnapshotCounts> snapshots;  // oldest first
  std::vector<MemberOutcome> members;     // in the order of the members roll
  LinkageSummary linkage;
  NameClassHarm name_classes;
  std::vector<signals::SignalReport> signals;  // by number
  std::vector<signals::Absent> absent;
  std::vector<JoinDay> join_days;
  // For the occupancy picture: (electors at the address, members at it) -> how many addresses.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> occupancy;
  // For the payer picture: households paid for -> how many payers.
  std::map<std::uint32_t, std::uint64_t> payer_households;
  std::map<signals::Outcome, std::uint64_t> canvass;  // outcomes; empty without a canvass
  // What the doors drawn and recorded in the case certify so far; nothing where none were drawn.
  std::optional<canvass::CanvassStatus> doors;
  std::optional<ContestSummary> contest;
  impact::Impact impact;
  impact::Verdict verdict;
  std::optional<KeyTest> key_test;  // where a canvass could testify
  Chronology chronology;
  std::map<signals::Exhibit, QuotedRow> quoted;  // for exhibits.html
  std::vector<std::string> notes;
};

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_OUTCOME_H_
