#include "cli/judged_pairs.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <unordered_map>

#include "base/text.h"

namespace scrutineer::cli {
namespace {

constexpr std::uint32_t repeated = 0xFFFFFFFFU;

using RowOfId = std::unordered_map<std::string, std::uint32_t>;

RowOfId rows_of(const LinkageRoll& roll) {
  RowOfId rows;
  for (std::size_t row = 0; row < roll.standard.rows; ++row) {
    const auto [found, added] = rows.emplace(roll.ids.text(row), static_cast<std::uint32_t>(row));
    if (!added) found->second = repeated;
  }
  return rows;
}

std::optional<bool> judgement(std::string word) {
  for (char& letter : word) letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  constexpr auto yes = std::to_array<std::string_view>({"same", "yes", "true", "1", "1.0"});
  constexpr auto no = std::to_array<std::string_view>({"different", "no", "false", "0", "0.0"});
  if (std::find(yes.begin(), yes.end(), word) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), word) != no.end()) return false;
  return std::nullopt;
}

Result<std::uint32_t> row_of(const RowOfId& rows, const std::string& id, const LinkageRoll& roll,
                             const Place& place) {
  const auto found = rows.find(id);
  if (found == rows.end())
    return refused("no row of " + printable(roll.roll.spec.name) + " has the id \"" + printable(id) + "\"",
                   place);
  if (found->second == repeated)
    return refused(
        "several rows of " + printable(roll.roll.spec.name) + " have the id \"" + printable(id) + "\"",
        place);
  return found->second;
}

}  // namespace

std::vector<std::string> csv_line(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"') {
      if (quoted && at + 1 < line.size() && line[at + 1] == '"') {
        fields.back() += '"';
        ++at;
      } else {
        quoted = !quoted;
      }
    } else if (line[at] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += line[at];
    }
  }
  for (std::string& field : fields) field = std::string(trimmed(field));
  return fields;
}

Result<std::vector<JudgedPair>> read_judged_pairs(const std::filesystem::path& file, const LinkageRoll& left,
                                                  const LinkageRoll& right) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refused("cannot be read", {file.string()});
  const RowOfId left_rows = rows_of(left);
  const RowOfId other_rows = &left == &right ? RowOfId{} : rows_of(right);
  const RowOfId& right_rows = &left == &right ? left_rows : other_rows;
  std::vector<JudgedPair> pairs;
  std::string line;
  std::uint64_t number = 0;
  while (std::getline(stream, line)) {
    ++number;
    if (number == 1 || trimmed(line).empty()) continue;
    const Place place{file.string(), number, 0};
    const std::vector<std::string> fields = csv_line(line);
    if (fields.size() != 3) {
      return refused(std::to_string(fields.size()) + " fields in this line", place,
                     "three: an id, an id, and same or different");
    }
    const auto same = judgement(fields[2]);
    if (!same) return refused("\"" + printable(fields[2]) + "\" is no judgement", place, "same or different");
    JudgedPair pair;
    SCRUTINEER_TRY(pair.left, row_of(left_rows, fields[0], left, place));
    SCRUTINEER_TRY(pair.right, row_of(right_rows, fields[1], right, place));
    pair.same = *same;
    pairs.push_back(pair);
  }
  return pairs;
}

}  // namespace scrutineer::cli
