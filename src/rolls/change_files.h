// A register carried forward by its monthly change files (RollSpec::changes; FORMATS.md): the snapshot for
// the date of each file is derived from the base and the files before it.
//
// A change names an elector by number and says A (added), M (amended) or D (deleted), in the words and codes
// that change_kind lists. Numbers are compared without case, spaces, leading zeros and the suffix 0, so that
// "KG1-0005/0" of a change file is "KG1-5" of a base export. An amendment replaces what it states and leaves
// the rest. A change that contradicts the register as it then stands (an addition of somebody who is there, a
// deletion or amendment of somebody who is not) is a finding about the file; the addition is then applied as
// an amendment, and the deletion or amendment is not applied. A change with an unknown code or without a
// number is not applied and is a finding too. Rows of the change files that cannot be read are in the rejects
// of those files.
#ifndef SCRUTINEER_ROLLS_CHANGE_FILES_H_
#define SCRUTINEER_ROLLS_CHANGE_FILES_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "rolls/read_roll.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

enum class ChangeKind : std::uint8_t { added, amended, deleted };
// "A", "Add", "Added", "New"; "M", "Amend", "Amended", "Modified", "Change"; "D", "Delete", "Deleted",
// "Removed"; in any case.
std::optional<ChangeKind> change_kind(std::string_view text);

// The form in which elector numbers are compared: "kg1-0005/0" -> "KG1-5".
std::string elector_key(std::string_view number);

enum class ChangeFault : std::uint8_t {
  added_but_there,
  amended_but_absent,
  deleted_but_absent,
  repeated_in_base,  // two electors of the base have one number: changes reach the first
  unknown_change,
  no_number,
};
std::string_view to_string(
    ChangeFault fault);  // a sentence's words: "adds an elector who is on the register"

struct ChangeFinding {
  std::size_t file = 0;  // 0: the base; n: the n-th change file
  std::uint64_t line = 0;
  ChangeFault fault = ChangeFault::unknown_change;
  std::string number;  // as it stands in the file
  std::string change;  // the code as it stands
};

struct RegisterSnapshot {
  Date date;
  Roll roll;  // spec.as_of is the date; rejects, problems and account are those of the base
  // Where each row's entry was last stated: 0 the base, n the n-th change file; roll.lines is a line of that
  // file.
  std::vector<std::uint32_t> from_file;
};

class RegisterHistory {
 public:
  // Reads the base and its change files. A change file's date is the one in its name (2026-01.csv,
  // register_2026-01-05.csv), else the latest date it holds. Refused if a file has no date either way, if the
  // dates do not rise from the base's as_of, or if a change file lacks a column for the number or the change.
  static Result<RegisterHistory> read(const RollSpec& spec, const ReadOptions& options = {});

  // From rolls that were read before; `dates` are those of the change files. The base's spec.as_of must be
  // set.
  static Result<RegisterHistory> of(Roll base, std::vector<Roll> changes, std::vector<Date> dates);

  // The base's date, then those of the change files.
  [[nodiscard]] const std::vector<Date>& dates() const { return dates_; }
  [[nodiscard]] const std::vector<ChangeFinding>& findings() const { return findings_; }
  [[nodiscard]] const Roll& base() const { return files_.front(); }
  [[nodiscard]] const std::vector<Roll>& files() const { return files_; }  // the base first

  // The register after the first `changes` files: 0 gives the base. At most dates().size() - 1.
  [[nodiscard]] RegisterSnapshot snapshot(std::size_t changes) const;
  // How many files had been applied on a date; nothing before the base's.
  [[nodiscard]] std::optional<std::size_t> applied_by(Date date) const;

 private:
  // An entry is stated by rows of one or more files, the last of which says most.
  struct Statement {
    std::uint32_t file = 0;
    std::uint32_t row = 0;
  };
  struct Entry {
    Statement first;
    std::vector<Statement> later;
    std::uint32_t deleted_by = 0;  // 0: not deleted
  };

  class Builder;

  [[nodiscard]] std::string_view text(const Entry& entry, Column column, std::uint32_t up_to) const;

  std::vector<Date> dates_;
  std::vector<Roll> files_;
  std::vector<Entry> entries_;  // in order of first appearance
  std::vector<ChangeFinding> findings_;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_CHANGE_FILES_H_
