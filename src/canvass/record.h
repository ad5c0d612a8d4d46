// Outcomes of visits into a case, append-only: a row is never changed; a correction is a further row that
// says which earlier one it stands in place of, and why. Every call writes one entry of kind
// "outcomes-recorded" into the ledger, with the BLAKE2b of its rows but none of their words:
//
//   {"first":number,"last":number,"rejects":count,"source":name,"blake2b":digest}, every value as text
//
// The digest is over rows_text(): one line a row, then its statements, as JSON arrays of the columns.
#ifndef SCRUTINEER_CANVASS_RECORD_H_
#define SCRUTINEER_CANVASS_RECORD_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "canvass/outcome_row.h"
#include "store/case_file.h"

namespace scrutineer::canvass {

// Who records, and when: UTC as in store/ledger.h.
struct Recorder {
  std::string at;
  std::string actor;
  const store::SigningKey* key = nullptr;
};

struct RecordedRow {
  std::int64_t number = 0;  // from 1 in the order recorded
  OutcomeRow row;
  std::string source;      // file name, "review", ...
  std::uint64_t line = 0;  // of the source; 0 where it has none
  std::string recorded_by;
  std::int64_t ledger_entry = 0;
  std::optional<std::int64_t> corrected_by;  // the row that stands in its place
};

// One row, as from the review app: checked (outcome_row.h), its member on the members roll, the row it
// corrects there and not corrected already. Returns its number; when it returns, row and ledger entry are on
// the disk. Refused with the field's name otherwise, and nothing is written.
Result<std::int64_t> record(store::CaseFile& file, const OutcomeRow& row, const Recorder& by,
                            const std::string& source = "review");

// Many rows at once, as from a file. Rows that are refused are kept with their reason; rows that the case
// holds already, from an earlier instalment of the same growing file, are left out and counted: where k rows
// are alike in every field, as many are added as the case lacks.
struct SourceRow {
  std::uint64_t line = 0;
  OutcomeRow row;
};
struct Rejected {
  std::string source;
  std::uint64_t line = 0;
  std::string reason;
  std::string text;  // of the row, as far as it could be read
};
struct Batch {
  std::string source;
  std::vector<SourceRow> rows;
  std::vector<Rejected> rejects;  // of the reader
};
struct Recorded {
  std::optional<std::int64_t> first, last;  // numbers of the rows added
  std::uint64_t added = 0, already = 0, corrections = 0;
  std::vector<Rejected> rejects;  // new ones only; those known already are not kept twice
};
Result<Recorded> record(store::CaseFile& file, const Batch& batch, const Recorder& by);

// Every row in the order recorded, those that were corrected included. Empty where nothing was recorded.
Result<std::vector<RecordedRow>> recorded_rows(store::CaseFile& file);
Result<std::vector<Rejected>> recorded_rejects(store::CaseFile& file);

// The rows that stand (no later row corrects them) as visits: what status and audit count.
Visits standing_visits(const std::vector<RecordedRow>& rows, const std::vector<Rejected>& rejects);
// The same of a case.
Result<Visits> visits_of(store::CaseFile& file);

// What was said of one member, by question in the order of the interview, then in the order recorded: all of
// it side by side, whoever said it at whichever door. Contradictions are for people to see, not for this to
// settle.
struct Said {
  std::int64_t outcome = 0;  // number of the row
  std::string member;        // at whose door
  std::string visited_at;
  Statement statement;
  bool corrected = false;  // the row was corrected later
};
std::vector<Said> statements_about(const std::vector<RecordedRow>& rows, std::string_view member);

// What does not hold between the rows and their ledger entries; empty: everything does.
Result<std::vector<std::string>> check_records(store::CaseFile& file);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_RECORD_H_
