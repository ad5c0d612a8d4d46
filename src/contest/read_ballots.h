// Reading ballots of any known format, and writing them in another.
#ifndef SCRUTINEER_CONTEST_READ_BALLOTS_H_
#define SCRUTINEER_CONTEST_READ_BALLOTS_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "contest/contest.h"
#include "contest/declaration.h"

namespace scrutineer::contest {

struct ReadOptions {
  std::optional<std::string> format = {};   // told from the content where none is given
  std::optional<std::string> contest = {};  // which one, where a file holds several
  bool phantom_rows = false;  // rows of a workbook without any cell are papers too, as RCTab counts them
};

// The whole of a file. Refused if it is no file or cannot be read.
Result<std::string> bytes_of(const std::filesystem::path& file);

// What a file may say of a contest: its papers, or only what was declared.
using ContestFile = std::variant<Ballots, Declaration>;

// Reads either. The format of a declaration is "declaration" (CSV or TOML). Refused as read_ballots; usage
// error that lists the contests where the file holds several and `contest` names none of them.
Result<ContestFile> read_contest(const std::filesystem::path& file, const ReadOptions& options = {});
Result<ContestFile> read_contest_from(std::string_view bytes, const std::string& name,
                                      const ReadOptions& options = {});

// Reads a file of ballots; a declaration is refused. Without `format` the format is told from the content,
// never from the file's name. Formats: those of format_names(). Every paper is kept, valid or not; equal
// papers are gathered. Refused, with file, line and column, where the content breaks its format, where a
// preference names a candidate who is not in the list, and where two candidates have the same name (lots are
// drawn on names).
Result<Ballots> read_ballots(const std::filesystem::path& file,
                             const std::optional<std::string>& format = {});

// The same from bytes in memory; `name` is for messages.
Result<Ballots> read_ballots_from(std::string_view bytes, const std::string& name,
                                  const std::optional<std::string>& format = {});

// The format read_ballots would choose for these bytes; refused if none fits.
Result<std::string> tell_format(std::string_view bytes, const std::string& name);

struct FormatName {
  std::string name;
  std::string title;
  bool writes = false;
};
std::vector<FormatName> format_names();

// Ballots as a file of another format, and in words what that format cannot hold (groups, decimal weights,
// equal ranks, notes, …). What it holds is read back as the same Ballots.
struct Converted {
  std::string bytes;
  std::vector<std::string> lost;
};
Result<Converted> convert(const Ballots& ballots, std::string_view format);

// Checks what every format promises: at least one candidate, names that are not empty and all different,
// groups and candidates within their lists, counts at least 1. Refused otherwise; the place is the file.
Status check_ballots(const Ballots& ballots, const std::string& name);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_READ_BALLOTS_H_
