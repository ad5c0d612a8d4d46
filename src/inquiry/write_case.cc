#include "inquiry/write_case.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "inquiry/settings.h"
#include "inquiry/write_review.h"
#include "store/bulk_tables.h"
#include "store/case_file.h"

namespace scrutineer::inquiry {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

std::string relative_name(const std::filesystem::path& path, const InquiryFile& file) {
  const std::string name = path.lexically_relative(file.path.parent_path()).generic_string();
  return name.empty() ? path.generic_string() : name;
}

Status add_settings(store::CaseBuilder& builder, const InquiryFile& file, Facts& settings) {
  // Where `verify` finds the inputs again: the inquiry file as seen from the case folder.
  const auto seen_from_case = std::filesystem::absolute(file.path).lexically_normal().lexically_relative(
      std::filesystem::absolute(builder.folder()).lexically_normal());
  SCRUTINEER_CHECK(
      builder.add(store::SettingRow{"inquiry.file", seen_from_case.generic_string(), "inquiry file"}));
  for (const Setting& setting : settings_of(file)) {
    settings.emplace_back(setting.name, setting.value);
    SCRUTINEER_CHECK(builder.add(store::SettingRow{setting.name, setting.value, setting.source}));
  }
  return {};
}

// Digests of every input: the inquiry file, each roll with its change files, ballots.
Status add_inputs(store::CaseBuilder& builder, const InquiryFile& file, const Outcome& outcome,
                  Facts& inputs) {
  const auto add = [&](std::string role, std::string name, std::string path, const std::string& sha256,
                       std::uint64_t bytes) -> Status {
    inputs.emplace_back(path, sha256);
    return builder.add(store::InputRow{std::move(role), std::move(name), std::move(path), sha256, bytes});
  };
  const auto add_file = [&](const std::string& role, const std::string& name,
                            const std::filesystem::path& path) -> Status {
    SCRUTINEER_TRY(const std::string sha256, sha256_of_file(path));
    std::error_code failed;
    return add(role, name, relative_name(path, file), sha256, std::filesystem::file_size(path, failed));
  };
  SCRUTINEER_CHECK(add_file("inquiry", "", file.path));
  for (const RollSummary& roll : outcome.rolls) {
    SCRUTINEER_CHECK(add("roll", roll.name, roll.file, roll.account.sha256, roll.account.bytes));
  }
  for (const rolls::RollSpec& spec : file.rolls) {
    for (const std::filesystem::path& change : spec.changes)
      SCRUTINEER_CHECK(add_file("changes", spec.name, change));
  }
  if (file.contest) SCRUTINEER_CHECK(add_file("ballots", "", file.contest->ballots));
  return {};
}

Status add_rolls(store::CaseBuilder& builder, const Audit& audit) {
  for (const RollSummary& roll : audit.outcome.rolls) {
    store::RollRow row;
    row.name = roll.name;
    row.kind = std::string(rolls::to_string(roll.kind));
    row.as_of = roll.as_of;
    row.layout = roll.recognition.layout;
    row.encoding = roll.recognition.encoding;
    row.delimiter = roll.recognition.delimiter;
    row.physical_records = roll.account.physical_records;
    row.header_records = roll.account.header_records;
    row.blank_records = roll.account.blank_records;
    row.rows = roll.account.rows;
    row.rejected = roll.account.rejected;
    row.value_problems = roll.problems_total;
    for (const auto& [column, headers] : roll.recognition.columns) {
      row.columns.emplace_back(std::string(rolls::to_string(column)), headers);
    }
    row.notes = roll.recognition.notes;
    row.notes.insert(row.notes.end(), roll.notes.begin(), roll.notes.end());
    SCRUTINEER_CHECK(builder.add(row));
  }
  for (const RollRecords& records : audit.records) {
    for (const rolls::Reject& reject : records.rejects) {
      SCRUTINEER_CHECK(builder.add(store::RejectRow{records.roll, reject.line, reject.column, reject.reason,
                                                    reject.text, reject.raw_bytes}));
    }
    for (const rolls::ValueProblem& problem : records.problems) {
      SCRUTINEER_CHECK(builder.add(store::ValueProblemRow{records.roll, problem.row, problem.line,
                                                          std::string(rolls::to_string(problem.column)),
                                                          problem.text, problem.reason}));
    }
  }
  return {};
}

Status add_members(store::CaseBuilder& builder, const Outcome& outcome) {
  std::uint64_t number = 0;
  for (const MemberOutcome& member : outcome.members) {
    store::MemberRow row;
    row.number = number++;
    row.id = member.id;
    row.line = member.line;
    row.eligible = member.eligible;
    row.ineligible_because = member.ineligible_because;
    row.register_status = std::string(signals::to_string(member.status));
    row.match_probability = member.match_probability;
    row.ever_at_address = member.ever_at_address;
    row.first_seen = member.first_seen;
    row.last_seen = member.last_seen;
    row.duplicate_of = member.duplicate_of;
    row.household = member.household;
    for (const signals::RegisterStatus status : member.timeline)
      row.timeline.emplace_back(signals::to_string(status));
    SCRUTINEER_CHECK(builder.add(row));
  }
  return {};
}

Status add_findings(store::CaseBuilder& builder, const Outcome& outcome) {
  for (const signals::SignalReport& report : outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      store::FindingRow row;
      row.id = finding.id;
      row.signal = finding.signal;
      row.key = finding.key;
      row.tier = std::string(1, static_cast<char>(finding.tier));
      row.subject_kind = finding.subject.kind;
      row.subject_key = finding.subject.key;
      row.observed = finding.observed;
      row.expected = finding.expected;
      row.expected_low = finding.expected_low;
      row.p = finding.p;
      row.e = finding.e;
      row.listed = finding.listed;
      row.level = finding.level;
      row.text = finding.text;
      row.expected_innocent = finding.expected_innocent;
      row.members = finding.members;
      row.innocent = finding.innocent;
      for (const signals::Exhibit& exhibit : finding.exhibits)
        row.exhibits.push_back({exhibit.roll, exhibit.line});
      SCRUTINEER_CHECK(builder.add(row));
    }
  }
  return {};
}

void add_lines(std::vector<std::pair<std::string, std::string>>& lines, const char* role,
               const std::vector<std::string>& texts) {
  for (const std::string& text : texts) lines.emplace_back(role, text);
}

Status add_conclusions(store::CaseBuilder& builder, const Outcome& outcome) {
  store::ConclusionRow verdict{
      "verdict", std::string(impact::to_string(outcome.verdict.outcome)), outcome.verdict.sentence, {}};
  for (const impact::Condition& condition : outcome.verdict.conditions) {
    const char* met = !condition.met ? "could not be evaluated" : *condition.met ? "met" : "not met";
    verdict.lines.emplace_back("condition", fmt::format("{}: required {}; found {}; {}", condition.name,
                                                        condition.required, condition.found, met));
  }
  add_lines(verdict.lines, "because", outcome.verdict.because);
  add_lines(verdict.lines, "would-need", outcome.verdict.would_need);
  SCRUTINEER_CHECK(builder.add(verdict));
  store::ConclusionRow impact{
      "impact", std::string(impact::to_string(outcome.impact.outcome)), outcome.impact.sentence, {}};
  add_lines(impact.lines, "because", outcome.impact.because);
  return builder.add(impact);
}

// links.parquet: every register entry held likely enough to be a member, over all snapshots.
Status write_links(store::CaseBuilder& builder, const Audit& audit) {
  static const std::vector<std::string> relations = {"same-dwelling", "same-building", "other-flat",
                                                     "other-address", "not-told"};
  std::vector<std::string> rolls;
  std::map<std::string, std::uint32_t> number_of_roll;
  std::vector<store::LinkRow> rows;
  for (const SnapshotLinks& snapshot : audit.snapshots) {
    for (std::uint32_t member = 0; member < snapshot.members.size(); ++member) {
      for (const EntryLink& link : snapshot.members[member]) {
        if (link.probability <= 0) continue;  // people decided that it is somebody else
        const auto [roll, added] =
            number_of_roll.emplace(link.source.roll, static_cast<std::uint32_t>(rolls.size()));
        if (added) rolls.push_back(link.source.roll);
        rows.push_back({member, roll->second, link.source.line, link.weight, link.probability,
                        static_cast<std::uint8_t>(link.relation)});
      }
    }
  }
  SCRUTINEER_TRY(store::Duck duck, store::Duck::open({.threads = 1}));
  return store::write_links(duck, builder.file("links.parquet"), rows, rolls, relations);
}

}  // namespace

Status write_case(const InquiryFile& file, const Audit& audit, const CaseWriting& writing) {
  const Outcome& outcome = audit.outcome;
  SCRUTINEER_TRY(store::CaseBuilder builder, store::CaseBuilder::begin(writing.folder));
  const std::string actor = "scrutineer " + outcome.program_version;
  Facts settings;
  Facts inputs;
  SCRUTINEER_CHECK(add_settings(builder, file, settings));
  SCRUTINEER_CHECK(add_inputs(builder, file, outcome, inputs));
  SCRUTINEER_CHECK(add_rolls(builder, audit));
  SCRUTINEER_CHECK(add_members(builder, outcome));
  SCRUTINEER_CHECK(add_findings(builder, outcome));
  SCRUTINEER_CHECK(add_conclusions(builder, outcome));
  SCRUTINEER_CHECK(write_review(builder, audit));
  SCRUTINEER_CHECK(write_links(builder, audit));
  std::filesystem::path unfinished;
  for (const char* name : {"report.html", "exhibits.html", "findings.json", "members.csv", "review.json"})
    unfinished = builder.file(name).parent_path();
  SCRUTINEER_CHECK(writing.write_report(unfinished));
  builder.note({writing.settings_at, actor, "settings-fixed", store::facts(settings)});
  builder.note({writing.at, actor, "inputs-read", store::facts(inputs)});
  if (audit.evidence.has_canvass) {
    builder.note({writing.at, actor, "outcomes-read",
                  store::facts(Facts{{"visits", std::to_string(audit.visits)}, {"rule", "L1"}})});
  }
  builder.note({writing.at, actor, "decisions-applied", applied_body(audit.material.decisions)});
  const Facts conclusions = {{"verdict", std::string(impact::to_string(outcome.verdict.outcome))},
                             {"impact", std::string(impact::to_string(outcome.impact.outcome))}};
  return builder.finish({writing.at, actor, "case-written", store::facts(conclusions)}, writing.key);
}

}  // namespace scrutineer::inquiry
