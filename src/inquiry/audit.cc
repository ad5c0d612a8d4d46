#include "inquiry/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>
#include <variant>

#include "base/parallel.h"
#include "inquiry/build_evidence.h"
#include "inquiry/canvass_stage.h"
#include "inquiry/contest_stage.h"
#include "inquiry/duplicates.h"
#include "inquiry/impact_stage.h"
#include "inquiry/key_test.h"
#include "inquiry/linkage_summary.h"
#include "inquiry/member_outcomes.h"
#include "inquiry/name_class_harm.h"
#include "inquiry/quoted_rows.h"
#include "inquiry/register_snapshots.h"
#include "inquiry/register_status.h"
#include "inquiry/settings.h"
#include "inquiry/sources.h"
#include "inquiry/stopwatch.h"
#include "inquiry/verdict_stage.h"
#include "signals/signal.h"

namespace scrutineer::inquiry {
namespace {

// What was read, in the order of the inquiry file whatever the order of reading; the marked register that
// [contest] names comes last.
void sort_as_in_file(const InquiryFile& file, Audit& audit) {
  const auto position = [&](const std::string& name) {
    const auto found = std::find_if(file.rolls.begin(), file.rolls.end(), [&](const rolls::RollSpec& spec) {
      return name == spec.name || (!spec.changes.empty() && name.starts_with(spec.name + "/"));
    });
    return found - file.rolls.begin();
  };
  std::stable_sort(audit.outcome.rolls.begin(), audit.outcome.rolls.end(),
                   [&](const auto& a, const auto& b) { return position(a.name) < position(b.name); });
  std::stable_sort(audit.records.begin(), audit.records.end(),
                   [&](const auto& a, const auto& b) { return position(a.roll) < position(b.roll); });
}

void keep_records(rolls::Roll& roll, const InquiryFile& file, Audit& audit) {
  audit.outcome.rolls.push_back(summary_of(roll, file.path.parent_path()));
  audit.records.push_back({roll.spec.name, std::move(roll.rejects), std::move(roll.problems)});
}

// Reads, links and drops one register snapshot after the other: only one is in memory at a time. The newest
// comes first: statements about members rest on it, and the models are trained on it.
Status link_registers(const InquiryFile& file, const Sources& sources, const Duplicates& duplicates,
                      const std::set<std::uint32_t>& denied, const AuditOptions& options, Stopwatch& watch,
                      Audit& audit) {
  RegisterLinkOptions link{options.threads, options.memory, file.seed, {}, true};
  RegisterModels models;
  DecidedEntries decided(options.decisions, sources);
  const auto link_one = [&](RegisterSnapshot& snapshot) -> Status {
    SCRUTINEER_TRY(rolls::StandardRoll entries, rolls::standardise(snapshot.roll, options.threads));
    watch.lap("reading rolls", snapshot.roll.rows(), "rows");
    link.decided = decided.on(snapshot);
    SCRUTINEER_TRY(SnapshotLinks links, link_to_register(sources.members.standard, snapshot, entries,
                                                         duplicates.person, models, link));
    watch.lap("linking members to registers", links.at_address.pairs_compared + links.anywhere.pairs_compared,
              "pairs");
    keep_for_review(snapshot, entries, sources.members.standard, audit.material);
    quote_register_rows(snapshot.roll, links, denied, audit.outcome);
    audit.snapshots.push_back(std::move(links));
    link.explain = false;  // the newest comes first, and is the one that decisions are made about
    return {};
  };
  SCRUTINEER_TRY(RegisterFiles files, for_each_snapshot(file, {.threads = options.threads}, link_one));
  std::stable_sort(
      audit.snapshots.begin(), audit.snapshots.end(),
      [](const SnapshotLinks& one, const SnapshotLinks& other) { return one.as_of < other.as_of; });
  for (rolls::Roll& roll : files.rolls) keep_records(roll, file, audit);
  audit.outcome.notes.insert(audit.outcome.notes.end(), files.notes.begin(), files.notes.end());
  return {};
}

void run_signals(const AuditOptions& options, Audit& audit) {
  signals::SignalOptions signal_options;
  signal_options.threads = options.threads;
  audit.linkage_test = signals::test_linkage_of_irregulars(audit.evidence, signal_options);
  for (const signals::Signal& signal : signals::registry()) {
    auto said = signal.run(audit.evidence, signal_options);
    if (auto* report = std::get_if<signals::SignalReport>(&said)) {
      audit.outcome.signals.push_back(std::move(*report));
    } else {
      audit.outcome.absent.push_back(std::get<signals::Absent>(std::move(said)));
    }
  }
}

void describe_inquiry(const InquiryFile& file, Outcome& outcome) {
  outcome.title = file.title;
  outcome.freeze_date = file.freeze_date;
  outcome.min_membership_days = file.min_membership_days;
  outcome.seed = file.seed;
  outcome.off_register = file.off_register;
  outcome.inquiry_file = file.path.filename().generic_string();
  outcome.inquiry_sha256 = file.sha256;
  outcome.program_version = SCRUTINEER_VERSION;
}

void note_members_without_dates(const Audit& audit, std::vector<std::string>& notes) {
  const auto without = std::count_if(audit.evidence.members.begin(), audit.evidence.members.end(),
                                     [](const signals::Member& member) { return !member.joined; });
  if (without > 0 && audit.evidence.freeze_date) {
    notes.push_back(
        fmt::format("{} members have no readable joining date; they are treated as eligible", without));
  }
}

// Says in the report what decisions changed, and how.
void note_effects(Audit& audit) {
  audit.material.effects = effects_of(audit.material, audit.outcome.members);
  for (const DecisionEffect& effect : audit.material.effects) audit.outcome.notes.push_back(effect.text);
}

}  // namespace

Result<Audit> run_audit(const InquiryFile& file, const AuditOptions& options) {
  Audit audit;
  Outcome& outcome = audit.outcome;
  Stopwatch watch;
  describe_inquiry(file, outcome);
  const std::vector<Setting> settings = settings_of(file);
  std::vector<KnownEntry> history;
  if (!options.case_folder.empty()) {
    SCRUTINEER_TRY(history, read_history(options.case_folder, options.as_written));
  }

  SCRUTINEER_TRY(Sources sources, read_sources(file, {.threads = options.threads}));
  watch.lap("reading rolls", sources.members.raw.rows(), "rows");
  SCRUTINEER_TRY(Duplicates duplicates,
                 find_duplicates(sources.members.standard, {options.threads, options.memory, file.seed,
                                                            decided_pairs(options.decisions, sources)}));
  SCRUTINEER_TRY(RecordedCanvass recorded, recorded_canvass(options.case_folder, options.as_written));
  watch.lap("finding members listed twice", duplicates.diagnostics.pairs_compared, "pairs");
  SCRUTINEER_CHECK(link_registers(file, sources, duplicates, denied_rows(sources, recorded.visits), options,
                                  watch, audit));
  std::vector<MemberHistory> histories;
  if (!audit.snapshots.empty()) histories = member_histories(audit.snapshots, sources.members.standard);

  audit.evidence = build_evidence(file, sources, audit.snapshots, histories, duplicates, outcome.notes);
  note_members_without_dates(audit, outcome.notes);
  for (const StandardisedRoll& roll : sources.canvass) audit.visits += roll.raw.rows();
  audit.visits += recorded.visits.size();
  add_canvass(sources, recorded.visits, audit.evidence, outcome.notes);
  outcome.doors = std::move(recorded.status);
  if (!recorded.note.empty()) outcome.notes.push_back(std::move(recorded.note));
  run_signals(options, audit);
  watch.lap("signals", audit.evidence.members.size(), "members");

  outcome.members = member_outcomes(file, audit.evidence, histories, duplicates);
  attach_findings(outcome.signals, outcome.members);
  outcome.snapshots = snapshot_counts(audit.snapshots, outcome.members);
  outcome.linkage = linkage_summary(audit.snapshots, duplicates);
  outcome.name_classes = name_class_harm(audit.evidence, sources.members.standard, !audit.snapshots.empty());
  add_pictures(audit.evidence, outcome);
  SCRUTINEER_CHECK(run_contest_stage(file, sources, audit));
  SCRUTINEER_CHECK(run_impact_stage(file, audit));
  outcome.chronology = chronology_of(history, settings, audit.evidence.has_canvass);
  run_verdict_stage(verdict_settings(file), audit);
  outcome.key_test = key_test_of(audit.linkage_test, audit.evidence, outcome.signals);
  quote_cited_rows(sources, outcome);
  watch.lap("contest, impact and verdict");

  for (StandardisedRoll* roll : all_rolls(sources)) keep_records(roll->raw, file, audit);
  keep_members_for_review(std::move(sources), std::move(duplicates), options.decisions, audit.material);
  note_effects(audit);
  sort_as_in_file(file, audit);
  audit.timings = watch.take();
  return audit;
}

}  // namespace scrutineer::inquiry
