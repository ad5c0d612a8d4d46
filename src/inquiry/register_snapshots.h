// The register rolls of an inquiry as snapshots: a plain roll is one, a base with monthly change files gives
// one for each of its dates.
#ifndef SCRUTINEER_INQUIRY_REGISTER_SNAPSHOTS_H_
#define SCRUTINEER_INQUIRY_REGISTER_SNAPSHOTS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "inquiry/inquiry_file.h"
#include "rolls/read_roll.h"
#include "rolls/roll.h"
#include "signals/finding.h"

namespace scrutineer::inquiry {

struct RegisterSnapshot {
  std::string name;  // the roll's name, with the change file's behind it where the snapshot was derived
  Date date;
  rolls::Roll roll;
  std::vector<std::string> files;        // names of the files that state entries; the roll's own first
  std::vector<std::uint32_t> from_file;  // by row: index into `files`; empty: all from the first

  [[nodiscard]] signals::Exhibit source(std::size_t row) const {
    return {files[from_file.empty() ? 0 : from_file[row]], roll.lines[row]};
  }
};

// What reading one register roll gives beside its snapshots: the files as they were read (base and changes),
// and what of the changes contradicts the base.
struct RegisterFiles {
  std::vector<rolls::Roll> rolls;  // without their columns: account, rejects, problems, recognition
  std::vector<std::string> notes;
};

// Reads the register rolls of the file, the newest first and each roll's snapshots newest first, and calls
// `each` with one snapshot at a time, so that only one is in memory (beside the base of a roll with change
// files). `each` may change the snapshot, and adds the problems of its values to snapshot.roll.problems.
Result<RegisterFiles> for_each_snapshot(const InquiryFile& file, const rolls::ReadOptions& options,
                                        const std::function<Status(RegisterSnapshot&)>& each);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_REGISTER_SNAPSHOTS_H_
