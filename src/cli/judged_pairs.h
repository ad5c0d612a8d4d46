// Pairs of entries that people have judged: labels to calibrate by, decisions to keep to.
#ifndef SCRUTINEER_CLI_JUDGED_PAIRS_H_
#define SCRUTINEER_CLI_JUDGED_PAIRS_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/linkage_input.h"

namespace scrutineer::cli {

struct JudgedPair {
  std::uint32_t left = 0;  // rows
  std::uint32_t right = 0;
  bool same = false;
};

// A CSV file with a header and three columns in this order: id, id, and same (same yes true 1) or different
// (different no false 0). Refused, with the line, where a line has other than three fields, an id is not (or
// more than once) in its roll, or a judgement is no such word.
Result<std::vector<JudgedPair>> read_judged_pairs(const std::filesystem::path& file, const LinkageRoll& left,
                                                  const LinkageRoll& right);

// The fields of one line of CSV, trimmed; a quoted field may hold commas and doubled quotes, not line ends.
std::vector<std::string> csv_line(std::string_view line);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_JUDGED_PAIRS_H_
