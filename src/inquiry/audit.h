// The chain: rolls -> links -> signals -> canvass -> contest -> impact. Everything that one audit finds, from
// an inquiry file; nothing is written here (write_case.h writes).
#ifndef SCRUTINEER_INQUIRY_AUDIT_H_
#define SCRUTINEER_INQUIRY_AUDIT_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contest/margin.h"
#include "contest/rules.h"
#include "impact/assess.h"
#include "inquiry/chronology.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/link_decisions.h"
#include "inquiry/outcome.h"
#include "inquiry/register_links.h"
#include "inquiry/review_material.h"
#include "rolls/roll.h"
#include "signals/evidence.h"
#include "signals/linkage_of_irregulars.h"

namespace scrutineer::inquiry {

struct AuditOptions {
  unsigned threads = 0;
  std::uint64_t memory = 0;      // bytes that the linker may use for candidate pairs; 0: its default
  LinkDecisions decisions = {};  // what people decided about who is whom
  // The case that will be replaced: its recorded canvass is taken up, and its ledger tells what was known
  // before. Empty, or without a case: none.
  std::filesystem::path case_folder = {};
  bool as_written = false;  // canvass and ledger as they were when that case was written (verify)
};

// How long a stage took and how much it worked through; for `--timings` and the benches, never in the case.
struct StageTiming {
  std::string stage;
  double seconds = 0;
  std::uint64_t amount = 0;
  std::string unit;  // "rows", "pairs", ...
};

// All rejects and problems of one roll, for the case.
struct RollRecords {
  std::string roll;
  std::vector<rolls::Reject> rejects;
  std::vector<rolls::ValueProblem> problems;
};

// The ballots as they were cast, and how they are counted.
struct CastBallots {
  contest::Ballots ballots;
  contest::Rule rule = contest::Rule::plurality;
  contest::CountOptions options;
};

struct Audit {
  Outcome outcome;
  signals::Evidence evidence;
  std::vector<SnapshotLinks> snapshots;  // oldest first
  std::vector<RollRecords> records;      // in the order of outcome.rolls
  std::uint64_t visits = 0;              // rows of the canvass rolls
  std::optional<CastBallots> cast;
  std::optional<contest::Margins> margins;
  std::optional<std::vector<bool>> voted;                 // by member row, where a marked register is given
  signals::LinkageTest linkage_test;                      // rule L3, on which the verdict rests
  std::optional<impact::ContestNumbers> contest_numbers;  // the margins, as the impact was judged by
  std::vector<impact::CurvePoint> curve;  // the outcome for every number of questioned entries
  ReviewMaterial material;                // what the review app shows beside the findings
  std::vector<StageTiming> timings;
};

// Runs the whole chain. Same file, same inputs: the same outcome on any number of threads.
Result<Audit> run_audit(const InquiryFile& file, const AuditOptions& options);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_AUDIT_H_
