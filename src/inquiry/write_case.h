// Puts an audit into its case folder: case.sqlite, links.parquet, and what the report's writer adds.
#ifndef SCRUTINEER_INQUIRY_WRITE_CASE_H_
#define SCRUTINEER_INQUIRY_WRITE_CASE_H_

#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"
#include "inquiry/audit.h"
#include "inquiry/inquiry_file.h"
#include "store/ledger.h"

namespace scrutineer::inquiry {

struct CaseWriting {
  std::filesystem::path folder;  // absent, or an earlier case, which is replaced when all is written
  // UTC, "YYYY-MM-DDTHH:MM:SSZ"; only the ledger holds them. When the inquiry file had been read and its
  // settings were fixed, before any roll was read; and when the audit was done.
  std::string settings_at, at;
  const store::SigningKey* key = nullptr;  // signs this run's entries of the ledger
  // Writes report.html, exhibits.html, findings.json, members.csv and review.json into the folder it is
  // given.
  std::function<Status(const std::filesystem::path& unfinished)> write_report;
};

// A killed run leaves the case that was there before, or none; never half of one. The ledger of an earlier
// case is continued: settings first, then inputs and outcomes read, then the case written.
Status write_case(const InquiryFile& file, const Audit& audit, const CaseWriting& writing);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_WRITE_CASE_H_
