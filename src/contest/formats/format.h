// What a ballot format is. One format a file; formats/registry.cc holds the list of them.
#ifndef SCRUTINEER_CONTEST_FORMATS_FORMAT_H_
#define SCRUTINEER_CONTEST_FORMATS_FORMAT_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contest/contest.h"

namespace scrutineer::contest {

// A file in memory. `name` is for messages; `contest` is asked for where a file holds several.
struct Source {
  std::string_view bytes;
  std::string name;
  std::optional<std::string> contest = {};
  bool phantom_rows = false;  // rows of a workbook without any cell are papers too, as RCTab counts them
};

// Which of the contests in a file is meant: the only one, or the one that the source asks for by its name or
// by the beginning of one name. Usage error that lists them where none or several fit.
Result<std::string> contest_named(const std::vector<std::string>& names, const Source& source);

// What a format made of a set of ballots, and what of them it could not hold (empty: nothing was lost).
struct Written {
  std::string bytes;
  std::vector<std::string> lost;
};

struct Format {
  std::string_view name;   // as --format takes it: "blt"
  std::string_view title;  // "BLT (Hill, Wichmann and Woodall 1987)"
  // True if the content can only be this format; asked in the registry's order, special formats first.
  bool (*looks_like)(const Source&);
  // Refuses with line and column (in a table, the column of the sheet) where the content breaks the format.
  Result<Ballots> (*read)(const Source&);
  // Null where the format is only read.
  Result<Written> (*write)(const Ballots&);
};

// All formats, in the order in which content is asked.
std::span<const Format> formats();

// The format of that name; usage error with the nearest name otherwise.
Result<const Format*> format_named(std::string_view name);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_FORMAT_H_
