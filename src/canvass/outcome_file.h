// Outcomes as a file brings them: CSV, TSV, XLSX or Parquet, one row a visit.
#ifndef SCRUTINEER_CANVASS_OUTCOME_FILE_H_
#define SCRUTINEER_CANVASS_OUTCOME_FILE_H_

#include <filesystem>

#include "base/result.h"
#include "canvass/record.h"

namespace scrutineer::canvass {

// Columns, in any order; spaces, underscores and hyphens in a header are alike, and so are capitals:
//
//   id, outcome                 required
//   visited, time               the day (in the column's own order), and "18:40"
//   visitor, second-visitor     interviewer and second interviewer
//   attempts                    which call at this door
//   language, consent           consent: yes or no
//   corrects, reason            number of an earlier row, and why it was wrong
//   lives-here, joined-themselves, ... anything-else
//                               words spoken in answer to each question of the interview (outcome_row.h)
//   statement, question         words spoken, and to which question they belong
//   basis, speaker, about       of all statements of the row
//
// Other columns are left alone and named in `unused`. A row of which a field cannot be read is a reject with
// its line and reason. Refused if the file is no table or a required column is missing, or if the dates'
// order is ambiguous.
struct OutcomeFile {
  Batch batch;
  std::uint64_t unfilled = 0;  // rows of a form with neither outcome nor day: nobody has called yet
  std::vector<std::string> unused;
};
Result<OutcomeFile> read_outcomes(const std::filesystem::path& file);

// An empty form for spreadsheets and phones: the header line of all columns.
std::string outcome_form_header();

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_OUTCOME_FILE_H_
