#include "inquiry/register_snapshots.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "rolls/change_files.h"

namespace scrutineer::inquiry {
namespace {

// What is kept of a roll that was read: everything but the text of its rows.
rolls::Roll without_columns(rolls::Roll& roll) {
  rolls::Roll kept;
  kept.spec = roll.spec;
  kept.recognition = std::move(roll.recognition);
  kept.account = std::move(roll.account);
  kept.rejects = std::move(roll.rejects);
  kept.problems = std::move(roll.problems);
  return kept;
}

std::string change_name(const rolls::RollSpec& spec, std::size_t change) {
  return spec.name + "/" + spec.changes[change].filename().string();
}

Status plain_snapshot(const rolls::RollSpec& spec, const rolls::ReadOptions& options,
                      const std::function<Status(RegisterSnapshot&)>& each, RegisterFiles& files) {
  RegisterSnapshot snapshot;
  SCRUTINEER_TRY(snapshot.roll, rolls::read_roll(spec, options));
  snapshot.name = spec.name;
  snapshot.date = spec.as_of.value_or(Date());
  snapshot.files = {spec.name};
  SCRUTINEER_CHECK(each(snapshot));
  files.rolls.push_back(without_columns(snapshot.roll));
  return {};
}

// Contradictions are counted by file and kind, with the line of the first.
void note_faults(const rolls::RollSpec& spec, const rolls::RegisterHistory& history, RegisterFiles& files) {
  std::map<std::pair<std::size_t, rolls::ChangeFault>, std::pair<std::uint64_t, std::uint64_t>> faults;
  for (const rolls::ChangeFinding& finding : history.findings()) {
    auto& [count, first_line] = faults[{finding.file, finding.fault}];
    if (count++ == 0) first_line = finding.line;
  }
  for (const auto& [where, what] : faults) {
    files.notes.push_back(fmt::format("{}: {} ({} times, first on line {})",
                                      where.first == 0 ? spec.name : change_name(spec, where.first - 1),
                                      rolls::to_string(where.second), what.first, what.second));
  }
}

Status derived_snapshots(const rolls::RollSpec& spec, const rolls::ReadOptions& options,
                         const std::function<Status(RegisterSnapshot&)>& each, RegisterFiles& files) {
  SCRUTINEER_TRY(const rolls::RegisterHistory history, rolls::RegisterHistory::read(spec, options));
  note_faults(spec, history, files);
  std::vector<std::string> names = {spec.name};
  for (std::size_t change = 0; change < spec.changes.size(); ++change)
    names.push_back(change_name(spec, change));
  std::vector<rolls::ValueProblem> problems_of_newest;
  for (std::size_t applied = history.dates().size(); applied-- > 0;) {
    rolls::RegisterSnapshot derived = history.snapshot(applied);
    RegisterSnapshot snapshot{names[applied], derived.date, std::move(derived.roll), names,
                              std::move(derived.from_file)};
    const std::size_t before = snapshot.roll.problems.size();
    SCRUTINEER_CHECK(each(snapshot));
    if (applied + 1 == history.dates().size()) {
      problems_of_newest.assign(snapshot.roll.problems.begin() + static_cast<std::ptrdiff_t>(before),
                                snapshot.roll.problems.end());
    }
  }
  for (std::size_t at = 0; at < history.files().size(); ++at) {
    const rolls::Roll& read = history.files()[at];
    rolls::Roll kept;
    kept.spec = read.spec;
    kept.spec.name = names[at];
    kept.recognition = read.recognition;
    kept.account = read.account;
    kept.rejects = read.rejects;
    kept.problems = read.problems;
    // Values of the derived register that do not parse are told once, with the base.
    if (at == 0)
      kept.problems.insert(kept.problems.end(), problems_of_newest.begin(), problems_of_newest.end());
    files.rolls.push_back(std::move(kept));
  }
  return {};
}

}  // namespace

Result<RegisterFiles> for_each_snapshot(const InquiryFile& file, const rolls::ReadOptions& options,
                                        const std::function<Status(RegisterSnapshot&)>& each) {
  std::vector<const rolls::RollSpec*> specs;
  for (const rolls::RollSpec& spec : file.rolls) {
    if (spec.kind == rolls::RollKind::register_) specs.push_back(&spec);
  }
  std::stable_sort(specs.begin(), specs.end(),
                   [](const auto* one, const auto* other) { return one->as_of > other->as_of; });
  RegisterFiles files;
  for (const rolls::RollSpec* spec : specs) {
    SCRUTINEER_CHECK(spec->changes.empty() ? plain_snapshot(*spec, options, each, files)
                                           : derived_snapshots(*spec, options, each, files));
  }
  return files;
}

}  // namespace scrutineer::inquiry
