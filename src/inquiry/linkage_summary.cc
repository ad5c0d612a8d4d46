#include "inquiry/linkage_summary.h"

#include <algorithm>

#include "inquiry/register_status.h"

namespace scrutineer::inquiry {
namespace {

void add_levels(const linkage::Diagnostics& diagnostics, const std::string& question,
                LinkageSummary& summary) {
  for (const linkage::FieldReport& field : diagnostics.fields) {
    for (const linkage::LevelReport& level : field.levels) {
      summary.levels.push_back({question + ": " + field.field, level.level, level.m, level.u,
                                static_cast<double>(level.weight) / linkage::weight_scale});
    }
  }
}

void add_run(const linkage::Diagnostics& diagnostics, LinkageSummary& summary) {
  summary.pairs_compared += diagnostics.pairs_compared;
  summary.iterations = std::max(summary.iterations, diagnostics.iterations);
  // A run that had nothing to compare had nothing to converge to.
  if (diagnostics.pairs_compared > 0 && !diagnostics.converged) summary.converged = false;
}

void add_notes(const linkage::Diagnostics& diagnostics, const std::string& question,
               LinkageSummary& summary) {
  for (const std::string& note : diagnostics.notes) summary.notes.push_back(question + ": " + note);
}

// Expected wrong statements at the newest snapshot: of the links taken to hold, those that do not; of the
// members without one, those who have an entry all the same.
void add_expected_errors(const SnapshotLinks& newest, LinkageSummary& summary) {
  for (const std::vector<EntryLink>& candidates : newest.members) {
    double best = 0;
    for (const EntryLink& link : candidates) best = std::max(best, link.probability);
    (best >= holds_from ? summary.expected_false_links : summary.expected_missed_links) +=
        best >= holds_from ? 1 - best : best;
  }
}

}  // namespace

LinkageSummary linkage_summary(const std::vector<SnapshotLinks>& snapshots, const Duplicates& duplicates) {
  LinkageSummary summary;
  add_run(duplicates.diagnostics, summary);
  for (const SnapshotLinks& snapshot : snapshots) {
    add_run(snapshot.at_address, summary);
    add_run(snapshot.anywhere, summary);
  }
  if (!snapshots.empty()) {
    const SnapshotLinks& newest = snapshots.back();
    summary.prior = newest.anywhere.prior;
    add_levels(newest.at_address, "at the address", summary);
    add_levels(newest.anywhere, "anywhere", summary);
    add_notes(newest.at_address, "at the address", summary);
    add_notes(newest.anywhere, "anywhere", summary);
    add_expected_errors(newest, summary);
  }
  add_notes(duplicates.diagnostics, "members listed twice", summary);
  return summary;
}

}  // namespace scrutineer::inquiry
