#include "rolls/dialect.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/text.h"
#include "rolls/header.h"

namespace scrutineer::rolls {
namespace {

constexpr std::string_view delimiters = ",;\t|^~:!#*\x1F\x01\x1E$%&+=/\\";
constexpr std::size_t records_tried = 200;

struct Trial {
  std::size_t recognised = 0;
  std::size_t agreeing = 0;  // hundredths of the records that have the usual number of fields, in steps of 5
  std::size_t fields = 1;
  bool space_after = false;
  bool first_agrees = false;  // the first record has the usual number of fields, as a header would
};

Trial try_delimiter(std::string_view head, bool whole, char delimiter, const RollSpec& spec) {
  RecordSplitter splitter({delimiter, true}, {}, {std::uint64_t{1} << 20, 256});
  std::vector<FieldPlace> fields;
  SplitRecord record;
  std::map<std::size_t, std::size_t> widths;
  Trial trial;
  std::string scratch;
  std::size_t records = 0;
  std::size_t spaces = 0;
  std::size_t first_width = 0;
  std::size_t gaps = 0;
  for (std::size_t seen = 0; seen < records_tried; ++seen) {
    fields.clear();
    if (splitter.next(head, whole, fields, record) != RecordSplitter::Step::record) break;
    if (trimmed(head.substr(record.offset, record.bytes)).empty()) continue;
    ++records;
    if (!record.reject.empty()) continue;
    if (first_width == 0) first_width = record.fields;
    ++widths[record.fields];
    if (records > header_search_records) continue;
    std::vector<std::string> cells;
    for (const FieldPlace& field : fields) {
      cells.emplace_back(trimmed(field_text(head, field, scratch)));
      if (cells.size() > 1) {
        ++gaps;
        spaces += field.offset > 0 &&
                  (head[field.offset] == ' ' || (field.offset > 1 && head[field.offset - 2] == ' '));
      }
    }
    if (cells.size() > 1) trial.recognised = std::max(trial.recognised, headers_recognised(cells, spec));
  }
  std::size_t most = 0;
  for (const auto& [width, count] : widths) {
    if (width < 2 || count < most) continue;
    most = count;
    trial.fields = width;
  }
  trial.agreeing = records == 0 ? 0 : most * 20 / records;
  trial.first_agrees = first_width == trial.fields;
  trial.space_after = gaps > 0 && spaces * 2 > gaps;
  return trial;
}

}  // namespace

Dialect find_dialect(std::string_view head, bool whole, const RollSpec& spec) {
  Dialect best{one_column, false};
  Trial best_trial;
  for (const char delimiter : delimiters) {
    if (head.find(delimiter) == std::string_view::npos) continue;
    const Trial trial = try_delimiter(head, whole, delimiter, spec);
    if (trial.fields < 2) continue;
    // One recognised word may be chance; the first four are told apart from the consistency of the records.
    const auto rank = [](const Trial& of) {
      return std::tuple(of.recognised >= 2 ? of.recognised : 0, of.agreeing, of.fields);
    };
    const bool common = delimiters.find(delimiter) < 4;
    // A list of names in one column has commas ("Smith, Ann"), but its header has none.
    if (trial.recognised == 0 && !trial.first_agrees) continue;
    if (!common && trial.recognised < 2 && (trial.agreeing < 19 || !trial.first_agrees)) continue;
    if (best_trial.fields < 2 || rank(trial) > rank(best_trial)) {
      best = {delimiter, trial.space_after};
      best_trial = trial;
    }
  }
  return best;
}

}  // namespace scrutineer::rolls
