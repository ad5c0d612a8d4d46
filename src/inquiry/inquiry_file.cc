#include "inquiry/inquiry_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

#include "base/digest.h"
#include "base/text.h"
#include "inquiry/context_tables.h"
#include "inquiry/toml_reader.h"

namespace scrutineer::inquiry {
namespace {

constexpr std::uintmax_t largest_inquiry_file = std::uintmax_t{16} << 20;

std::vector<std::string> names_of_columns() {
  std::vector<std::string> names;
  for (const rolls::Column column : rolls::all_columns()) names.emplace_back(rolls::to_string(column));
  return names;
}

void read_base_rate(TomlTable& inquiry, InquiryFile& file, TomlProblems& problems) {
  const toml::table* found = inquiry.table("base_rate");
  if (!found) return;
  TomlTable rates(*found, "inquiry.base_rate", problems);
  const auto off = rates.range("off_register");
  const auto never = rates.range("never_registered");
  const std::string note = rates.text("note").value_or("");
  if (off) file.off_register = signals::BaseRate{off->first, off->second, note};
  const auto strict = rates.range("strict");
  if (strict && !(strict->second > 0 && strict->second < 1)) {
    rates.problem("strict", "leaves nothing to test", "an upper end above 0 and below 1, as [0.02, 0.04]");
  } else if (strict) {
    file.strict = signals::BaseRate{strict->first, strict->second, note};
  }
  if (const auto households = rates.integer("collected_households", 3, 100000))
    file.collected_households = static_cast<double>(*households);
  if (never) file.never_registered = signals::BaseRate{never->first, never->second, note};
  rates.refuse_unknown_keys();
}

void read_inquiry_table(const toml::table& table, InquiryFile& file, TomlProblems& problems) {
  TomlTable inquiry(table, "inquiry", problems);
  if (auto title = inquiry.text("title")) {
    file.title = *title;
  } else if (!table.contains("title")) {
    inquiry.problem("title", "is missing", "title = \"Selection of a candidate, ...\"");
  }
  file.freeze_date = inquiry.date("freeze_date");
  if (const auto days = inquiry.integer("min_membership_days", 0, 36500)) {
    file.min_membership_days = static_cast<int>(*days);
  }
  if (const auto seed = inquiry.integer("seed", 0, std::numeric_limits<std::int64_t>::max())) {
    file.seed = static_cast<std::uint64_t>(*seed);
  }
  file.branch = inquiry.text("branch").value_or("");
  read_base_rate(inquiry, file, problems);
  inquiry.refuse_unknown_keys();
}

void read_columns(TomlTable& roll, rolls::RollSpec& spec, TomlProblems& problems) {
  const toml::table* found = roll.table("columns");
  if (!found) return;
  TomlTable columns(*found, "roll.columns", problems);
  for (const auto& [key, node] : *found) {
    const std::string name(key.str());
    const auto column = rolls::column_of(name);
    if (!column) {
      const std::string meant = nearest(name, names_of_columns());
      problems.add(key.source(), fmt::format("\"{}\" is not a standard column", name),
                   meant.empty() ? "one of " + join(names_of_columns(), ", ") : fmt::format("\"{}\"", meant));
      continue;
    }
    if (auto headers = columns.texts(name)) spec.columns.emplace_back(*column, std::move(*headers));
  }
}

std::optional<rolls::RollSpec> read_roll_table(const toml::table& table, const std::filesystem::path& folder,
                                               TomlProblems& problems) {
  TomlTable roll(table, "roll", problems);
  rolls::RollSpec spec;
  const auto name = roll.text("name");
  const auto kind = roll.text("kind");
  const auto file = roll.text("file");
  if (!table.contains("name")) roll.problem("name", "is missing", "name = \"members\"");
  if (!table.contains("kind")) roll.problem("kind", "is missing", "kind = \"members\"");
  if (!table.contains("file")) roll.problem("file", "is missing", "file = \"members.csv\"");
  spec.name = name.value_or("");
  if (name && name->empty()) roll.problem("name", "is empty");
  if (kind) {
    if (const auto known = rolls::roll_kind_of(*kind)) {
      spec.kind = *known;
    } else {
      roll.problem("kind", fmt::format("\"{}\" is not a kind of roll", *kind),
                   "members, register, payments, canvass, marked, deceased, watchlist, joins or branches");
    }
  }
  if (file) spec.file = folder / *file;
  spec.as_of = roll.date("as_of");
  if (spec.kind == rolls::RollKind::register_ && kind && !spec.as_of) {
    roll.problem("as_of", "is missing", "the date of the register snapshot, as_of = 2025-12-01");
  }
  read_columns(roll, spec, problems);
  spec.extra = roll.texts("extra").value_or(std::vector<std::string>{});
  spec.date_format = roll.text("date_format");
  spec.sheet = roll.text("sheet");
  for (const std::string& change : roll.texts("changes").value_or(std::vector<std::string>{})) {
    spec.changes.push_back(folder / change);
  }
  spec.query = roll.text("query").value_or("");
  roll.refuse_unknown_keys();
  return spec;
}

void read_contest_table(const toml::table& table, InquiryFile& file, const std::filesystem::path& folder,
                        TomlProblems& problems) {
  TomlTable contest(table, "contest", problems);
  ContestSpec spec;
  const auto ballots = contest.text("ballots");
  const auto rule = contest.text("rule");
  if (!table.contains("ballots")) contest.problem("ballots", "is missing", "ballots = \"ballots.blt\"");
  if (!table.contains("rule")) contest.problem("rule", "is missing", "rule = \"irv\"");
  if (ballots) spec.ballots = folder / *ballots;
  spec.rule = rule.value_or("");
  spec.format = contest.text("format");
  if (const auto seats = contest.integer("seats", 1, 1000)) spec.seats = static_cast<std::uint32_t>(*seats);
  if (const auto marked = contest.text("marked")) spec.marked = folder / *marked;
  spec.wrongly_barred = contest.integer("wrongly_barred", 0, std::int64_t{1} << 40).value_or(0);
  spec.polls.party_of = contest.names("parties");
  spec.polls.last_result = contest.numbers("last_result", 0, 1);
  contest.refuse_unknown_keys();
  file.contest = std::move(spec);
}

void check_rolls(const toml::table& root, const InquiryFile& file, TomlProblems& problems) {
  const auto& place = root.contains("roll") ? root.get("roll")->source() : root.source();
  std::set<std::string> names;
  std::size_t members = 0;
  for (const rolls::RollSpec& roll : file.rolls) {
    if (!names.insert(roll.name).second) {
      problems.add(place, fmt::format("two rolls are named \"{}\"", roll.name), "a name of its own for each");
    }
    if (roll.kind == rolls::RollKind::members) ++members;
  }
  if (members != 1) {
    problems.add(place, fmt::format("there are {} rolls of kind members", members), "exactly one");
  }
}

Result<std::string> whole_text(const std::filesystem::path& path) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status)) return refused("no such file", {path.string()}, "an inquiry file");
  if (!std::filesystem::is_regular_file(status)) {
    return refused(std::filesystem::is_directory(status) ? "is a directory" : "is not a regular file",
                   {path.string()}, "an inquiry file, such as inquiry.toml");
  }
  if (std::filesystem::file_size(path, failed) > largest_inquiry_file) {
    return refused("is too large for an inquiry file", {path.string()}, "at most 16 MiB of TOML");
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return refused("cannot be opened for reading", {path.string()});
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

}  // namespace

Result<InquiryFile> read_inquiry_file(const std::filesystem::path& path) {
  SCRUTINEER_TRY(const std::string text, whole_text(path));
  InquiryFile file;
  file.path = path;
  file.sha256 = sha256_hex(text);
  toml::table root;
  try {
    root = toml::parse(text, path.string());
  } catch (const toml::parse_error& error) {
    return refused(std::string(error.description()),
                   {path.string(), error.source().begin.line, error.source().begin.column}, "TOML");
  }
  TomlProblems problems(path.string());
  TomlTable top(root, "", problems);
  const std::filesystem::path folder = path.parent_path();
  const toml::table* inquiry = top.table("inquiry");
  if (inquiry) {
    read_inquiry_table(*inquiry, file, problems);
  } else if (!root.contains("inquiry")) {
    problems.add(root.source(), "there is no [inquiry] table", "[inquiry] with a title");
  }
  for (const toml::table* roll : top.tables("roll")) {
    if (auto spec = read_roll_table(*roll, folder, problems)) file.rolls.push_back(std::move(*spec));
  }
  if (const toml::table* contest = top.table("contest")) read_contest_table(*contest, file, folder, problems);
  for (const toml::table* scenario : top.tables("scenario"))
    file.scenarios.push_back(read_scenario_table(*scenario, problems));
  for (const toml::table* poll : top.tables("poll")) file.polls.push_back(read_poll_table(*poll, problems));
  top.refuse_unknown_keys();
  check_rolls(root, file, problems);
  if (!problems.empty()) return std::unexpected(problems.as_error());
  return file;
}

}  // namespace scrutineer::inquiry
