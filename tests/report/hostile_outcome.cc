// The sample with hostile text wherever a file could have put it.
#include "sample_outcome.h"

namespace scrutineer::report_test {

using signals::Finding;

inquiry::Outcome hostile_outcome(std::string_view text) {
  inquiry::Outcome outcome = sample_outcome();
  const std::string bad(text);
  outcome.title = bad;
  outcome.inquiry_file = bad;
  outcome.off_register->note = bad;
  outcome.notes = {bad};
  for (inquiry::RollSummary& roll : outcome.rolls) {
    roll.name = bad;
    roll.file = bad;
    roll.notes = {bad};
    roll.recognition = {bad, bad, bad, {{rolls::Column::id, {bad, bad}}}, {bad}, {bad}};
    roll.rejects = {{1, 1, bad, bad, 9}};
    roll.problems = {{1, 1, rolls::Column::joined, bad, bad}, {1, 1, rolls::Column::family, bad, bad}};
  }
  for (std::size_t i = 0; i < outcome.members.size(); i += 10) {
    inquiry::MemberOutcome& member = outcome.members[i];
    member.id = bad;
    member.household = bad;
    member.duplicate_of = bad;
    member.ineligible_because = bad;
    member.findings = {bad};
  }
  for (inquiry::SnapshotCounts& at : outcome.snapshots) at.roll = bad;
  for (signals::SignalReport& report : outcome.signals) {
    report.notes = {bad};
    for (Finding& one : report.findings) {
      one.id = bad;
      one.subject = {one.signal == 8 ? bad : one.subject.kind, bad};
      one.text = bad;
      one.members = {bad};
      one.innocent = {bad};
      one.exhibits = {{bad, 1}};
    }
  }
  outcome.linkage.levels.push_back({bad, bad, 0.5, 0.5, 0});
  outcome.linkage.notes = {bad};
  outcome.contest->count.rule = bad;
  outcome.contest->count.winners = {bad};
  for (contest::Round& round : outcome.contest->count.rounds) {
    round.tally[0].first = bad;
    round.reason = bad;
  }
  outcome.contest->count.ties = {{1, {bad, bad}, bad, bad}};
  outcome.contest->notes = {bad};
  outcome.impact.sentence = bad;
  outcome.impact.because = {bad};
  outcome.impact.assumptions = {bad};
  outcome.impact.scenarios = {{bad, bad, bad, false, 1}};
  outcome.impact.polls = {{bad, bad, bad, bad, .03, -.02, .08, {}, {}}};
  outcome.verdict.sentence = bad;
  outcome.verdict.conditions = {{bad, bad, bad, true}};
  outcome.verdict.because = {bad};
  outcome.verdict.would_need = {bad};
  outcome.key_test->links.push_back({bad, 1, 1, 1, 1});
  outcome.key_test->pairs.push_back({bad, bad, {bad}, {{bad, 1}}});
  outcome.chronology.sentence = bad;
  outcome.chronology.changed = {bad};
  for (auto& [exhibit, row] : outcome.quoted) row.emplace_back(bad, bad);
  return outcome;
}

}  // namespace scrutineer::report_test
