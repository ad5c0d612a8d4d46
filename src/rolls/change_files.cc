#include "rolls/change_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "rolls/dates.h"
#include "rolls/header_names.h"

namespace scrutineer::rolls {
namespace {

// The first YYYY-MM or YYYY-MM-DD (or with _ or . for -) of a file's name; the first of the month without a
// day.
std::optional<Date> date_in_name(const std::filesystem::path& file) {
  const std::string name = file.stem().string();
  const auto number = [&name](std::size_t at, std::size_t digits) {
    int value = 0;
    for (std::size_t place = at; place < at + digits; ++place) {
      if (place >= name.size() || name[place] < '0' || name[place] > '9') return -1;
      value = value * 10 + (name[place] - '0');
    }
    return value;
  };
  const auto separates = [&name](std::size_t at) {
    return at < name.size() && (name[at] == '-' || name[at] == '_' || name[at] == '.');
  };
  for (std::size_t at = 0; at + 7 <= name.size(); ++at) {
    const bool inside = at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9';
    if (inside || number(at, 4) < 1900 || !separates(at + 4) || number(at + 5, 2) < 0) continue;
    const int day = separates(at + 7) && number(at + 8, 2) > 0 ? number(at + 8, 2) : 1;
    if (const auto date = Date::of(number(at, 4), number(at + 5, 2), day)) return date;
  }
  return std::nullopt;
}

// The latest day that the file's changes bear, day before month unless the inquiry says otherwise.
std::optional<Date> latest_change(const Roll& changes) {
  DateRules rules;
  if (changes.spec.date_format == "mdy") rules.order = DateOrder::mdy;
  if (changes.spec.date_format == "ymd") rules.order = DateOrder::ymd;
  std::optional<Date> latest;
  const TextColumn* column = changes.column(Column::changed_on);
  for (std::uint32_t code = 1; column != nullptr && code < column->distinct(); ++code) {
    const auto date = resolved(date_text(column->value(code)), rules).date;
    if (date && (!latest || *date > *latest)) latest = date;
  }
  return latest;
}

Status check_change_columns(const Roll& changes) {
  for (const Column needed : {Column::id, Column::change}) {
    if (changes.column(needed) != nullptr) continue;
    std::vector<std::string> found;
    for (const auto& [column, headers] : changes.recognition.columns)
      found.insert(found.end(), headers.begin(), headers.end());
    found.insert(found.end(), changes.recognition.unused.begin(), changes.recognition.unused.end());
    return refused(fmt::format("no column for {} was found in a change file; its headers are: {}",
                               to_string(needed), printable(join(found, ", "), 1000)),
                   {changes.spec.file.string(), 0, 0}, "the elector number and a change type (A, M or D)");
  }
  return {};
}

}  // namespace

std::optional<ChangeKind> change_kind(std::string_view text) {
  static const std::map<std::string, ChangeKind, std::less<>> kinds = {
      {"a", ChangeKind::added},           {"add", ChangeKind::added},        {"added", ChangeKind::added},
      {"addition", ChangeKind::added},    {"new", ChangeKind::added},        {"insert", ChangeKind::added},
      {"m", ChangeKind::amended},         {"amend", ChangeKind::amended},    {"amended", ChangeKind::amended},
      {"amendment", ChangeKind::amended}, {"modified", ChangeKind::amended}, {"modify", ChangeKind::amended},
      {"change", ChangeKind::amended},    {"changed", ChangeKind::amended},  {"edit", ChangeKind::amended},
      {"d", ChangeKind::deleted},         {"delete", ChangeKind::deleted},   {"deleted", ChangeKind::deleted},
      {"deletion", ChangeKind::deleted},  {"removed", ChangeKind::deleted},  {"remove", ChangeKind::deleted},
  };
  const auto found = kinds.find(folded_header(text));
  return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

std::string elector_key(std::string_view number) {
  std::string key;
  bool after_letter_or_separator = true;
  for (const char byte : number) {
    if (byte == ' ' || byte == '\t') continue;
    // Leading zeros of a run of digits that a separator opens.
    if (byte == '0' && after_letter_or_separator) continue;
    after_letter_or_separator = byte == '-' || byte == '/' || byte == '.';
    key.push_back(byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte);
  }
  if (key.ends_with('/')) key.pop_back();
  return key;
}

std::string_view to_string(ChangeFault fault) {
  switch (fault) {
    case ChangeFault::added_but_there:
      return "adds an elector who is on the register";
    case ChangeFault::amended_but_absent:
      return "amends an elector who is not on the register";
    case ChangeFault::deleted_but_absent:
      return "deletes an elector who is not on the register";
    case ChangeFault::repeated_in_base:
      return "the number stands more than once on the register";
    case ChangeFault::unknown_change:
      return "the change type is none of A, M and D";
    case ChangeFault::no_number:
      return "the change names no elector number";
  }
  return {};
}

class RegisterHistory::Builder {
 public:
  explicit Builder(RegisterHistory& history) : history_(history) {}

  void begin() {
    const Roll& base = history_.files_.front();
    for (std::uint32_t row = 0; row < base.rows(); ++row) {
      const std::string key = elector_key(base.text(Column::id, row));
      history_.entries_.push_back({{0, row}, {}, 0});
      if (key.empty()) continue;  // anonymous electors and the like; no change can name them
      const bool fresh = there_.emplace(key, history_.entries_.size() - 1).second;
      if (!fresh) note(0, row, ChangeFault::repeated_in_base);
    }
  }

  void apply(std::uint32_t file) {
    const Roll& changes = history_.files_[file];
    for (std::uint32_t row = 0; row < changes.rows(); ++row) {
      const auto kind = change_kind(changes.text(Column::change, row));
      const std::string key = elector_key(changes.text(Column::id, row));
      if (key.empty() || !kind) {
        note(file, row, key.empty() ? ChangeFault::no_number : ChangeFault::unknown_change);
        continue;
      }
      const auto found = there_.find(key);
      if (found == there_.end()) {
        absent(file, row, *kind, key);
        continue;
      }
      Entry& entry = history_.entries_[found->second];
      if (*kind == ChangeKind::deleted) {
        entry.deleted_by = file;
        there_.erase(found);
        continue;
      }
      if (*kind == ChangeKind::added) note(file, row, ChangeFault::added_but_there);
      entry.later.push_back({file, row});
    }
  }

 private:
  void absent(std::uint32_t file, std::uint32_t row, ChangeKind kind, const std::string& key) {
    if (kind == ChangeKind::added) {
      history_.entries_.push_back({{file, row}, {}, 0});
      there_.emplace(key, history_.entries_.size() - 1);
    } else {
      note(file, row,
           kind == ChangeKind::amended ? ChangeFault::amended_but_absent : ChangeFault::deleted_but_absent);
    }
  }

  void note(std::uint32_t file, std::uint32_t row, ChangeFault fault) {
    const Roll& roll = history_.files_[file];
    history_.findings_.push_back({file, roll.lines[row], fault, std::string(roll.text(Column::id, row)),
                                  std::string(roll.text(Column::change, row))});
  }

  RegisterHistory& history_;
  std::map<std::string, std::size_t> there_;  // who is on the register now
};

Result<RegisterHistory> RegisterHistory::of(Roll base, std::vector<Roll> changes, std::vector<Date> dates) {
  const Place place{base.spec.file.string(), 0, 0};
  if (!base.spec.as_of) return refused("a register with change files needs its own date", place, "as_of");
  if (base.column(Column::id) == nullptr) {
    return refused("a register with change files needs elector numbers", place, "a column for id");
  }
  if (dates.size() != changes.size()) return internal_error("every change file has one date", place);
  RegisterHistory history;
  history.dates_.push_back(*base.spec.as_of);
  history.files_.push_back(std::move(base));
  for (std::size_t file = 0; file < changes.size(); ++file) {
    SCRUTINEER_CHECK(check_change_columns(changes[file]));
    if (dates[file] <= history.dates_.back()) {
      return refused(fmt::format("the change file's date, {}, is not after {}, that of the file before it",
                                 dates[file].iso(), history.dates_.back().iso()),
                     {changes[file].spec.file.string(), 0, 0}, "change files in the order of their dates");
    }
    history.dates_.push_back(dates[file]);
    history.files_.push_back(std::move(changes[file]));
  }
  Builder builder(history);
  builder.begin();
  for (std::uint32_t file = 1; file < history.files_.size(); ++file) builder.apply(file);
  return history;
}

Result<RegisterHistory> RegisterHistory::read(const RollSpec& spec, const ReadOptions& options) {
  SCRUTINEER_TRY(Roll base, read_roll(spec, options));
  std::vector<Roll> changes;
  std::vector<Date> dates;
  for (const std::filesystem::path& file : spec.changes) {
    RollSpec of_file;
    of_file.name = spec.name;
    of_file.kind = RollKind::register_;
    of_file.file = file;
    of_file.date_format = spec.date_format;
    SCRUTINEER_TRY(Roll roll, read_roll(of_file, options));
    SCRUTINEER_CHECK(check_change_columns(roll));
    std::optional<Date> date = date_in_name(file);
    if (!date) date = latest_change(roll);
    if (!date) {
      return refused("the change file has no date", {file.string(), 0, 0},
                     "a name such as 2026-01.csv, or a column of the dates of change");
    }
    dates.push_back(*date);
    changes.push_back(std::move(roll));
  }
  return of(std::move(base), std::move(changes), std::move(dates));
}

std::optional<std::size_t> RegisterHistory::applied_by(Date date) const {
  const auto after = std::upper_bound(dates_.begin(), dates_.end(), date);
  if (after == dates_.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - dates_.begin()) - 1;
}

// The last text that was stated for the column; an amendment that leaves it empty leaves what was there.
std::string_view RegisterHistory::text(const Entry& entry, Column column, std::uint32_t up_to) const {
  for (auto statement = entry.later.rbegin(); statement != entry.later.rend(); ++statement) {
    if (statement->file > up_to) continue;
    const std::string_view stated = files_[statement->file].text(column, statement->row);
    if (!stated.empty()) return stated;
  }
  return files_[entry.first.file].text(column, entry.first.row);
}

RegisterSnapshot RegisterHistory::snapshot(std::size_t changes) const {
  const auto up_to = static_cast<std::uint32_t>(std::min(changes, files_.size() - 1));
  RegisterSnapshot snapshot;
  snapshot.date = dates_[up_to];
  Roll& roll = snapshot.roll;
  roll.spec = base().spec;
  roll.spec.as_of = snapshot.date;
  roll.recognition = base().recognition;
  roll.account = base().account;
  roll.rejects = base().rejects;
  std::vector<const Entry*> present;
  for (const Entry& entry : entries_) {
    const bool deleted = entry.deleted_by != 0 && entry.deleted_by <= up_to;
    if (entry.first.file > up_to || deleted) continue;
    present.push_back(&entry);
    Statement last = entry.first;
    for (const Statement& statement : entry.later) {
      if (statement.file <= up_to) last = statement;
    }
    snapshot.from_file.push_back(last.file);
    roll.lines.push_back(files_[last.file].lines[last.row]);
  }
  for (const Column column : all_columns()) {
    if (column == Column::change || column == Column::changed_on) continue;
    const bool held = std::any_of(files_.begin(), files_.begin() + up_to + 1,
                                  [column](const Roll& file) { return file.column(column) != nullptr; });
    if (!held) continue;
    TextColumn& target = roll.columns[static_cast<std::size_t>(column)].emplace();
    target.reserve(present.size());
    for (const Entry* entry : present) target.append(text(*entry, column, up_to));
  }
  return snapshot;
}

}  // namespace scrutineer::rolls
