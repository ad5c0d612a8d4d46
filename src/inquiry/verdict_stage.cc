#include "inquiry/verdict_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "impact/assess.h"
#include "impact/verdict.h"

namespace scrutineer::inquiry {
namespace {

impact::Threshold threshold(const contest::Least& least) {
  return {least.low, least.high, least.impossible};
}

std::string in_words(const contest::Witness& witness, const contest::Margins& margins) {
  std::int64_t gone = 0;
  for (const contest::PaperChange& change : witness.changes) {
    if (!change.added) gone += change.count;
  }
  const auto& who = witness.then_winners;
  std::string then = who.empty() ? "nobody" : who.front();
  for (std::size_t i = 1; i < who.size(); ++i) then += (i + 1 == who.size() ? " or " : ", ") + who[i];
  return fmt::format("without {} papers chosen against {}, {} could win", gone, margins.winner, then);
}

std::optional<impact::ContestNumbers> contest_numbers(const Audit& audit) {
  if (!audit.margins || !audit.margins->deletion) return std::nullopt;
  const contest::Margins& margins = *audit.margins;
  impact::ContestNumbers numbers;
  numbers.winner = margins.winner;
  numbers.deletion = threshold(margins.deletion->lots);
  numbers.deletion_change = threshold(margins.deletion->change);
  if (margins.addition) numbers.addition = threshold(margins.addition->lots);
  numbers.papers = static_cast<std::int64_t>(margins.valid);
  numbers.plurality = margins.rule == contest::to_string(contest::Rule::plurality);
  // Under plurality each paper, gone or come, moves a difference by at most one.
  if (numbers.plurality) numbers.combined = numbers.deletion;
  if (margins.deletion->lots_witness) numbers.witness = in_words(*margins.deletion->lots_witness, margins);
  return numbers;
}

// Whose entries are questioned, each member once under the strongest tier: what a panel can be shown (listed
// findings of tier A, strict irregularity at the door) before what only asks a question (not on the register
// at the address given). Who was verified at the door is not questioned, whatever files say: doors decide.
impact::QuestionedEntries questioned_entries(const Audit& audit) {
  const auto& members = audit.evidence.members;
  std::set<std::string> exhibits;
  for (const signals::SignalReport& report : audit.outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      if (finding.listed && finding.tier == signals::Tier::exhibit) exhibits.insert(finding.id);
    }
  }
  impact::QuestionedEntries entries;
  entries.voted_known = audit.voted.has_value();
  const bool registers = !audit.snapshots.empty();
  for (std::size_t row = 0; row < members.size(); ++row) {
    const signals::Member& member = members[row];
    if (!member.eligible || member.outcome == signals::Outcome::verified) continue;
    const auto& findings = audit.outcome.members[row].findings;
    const bool shown = std::any_of(findings.begin(), findings.end(),
                                   [&](const std::string& id) { return exhibits.contains(id); });
    const bool exhibit = shown || signals::is_strict(member, registers);
    const bool lead = registers && (member.status == signals::RegisterStatus::not_found ||
                                    member.status == signals::RegisterStatus::elsewhere);
    if (!exhibit && !lead) continue;
    if (audit.voted && !(*audit.voted)[row]) {
      ++entries.not_voted;
    } else {
      ++(exhibit ? entries.exhibit : entries.lead);
    }
  }
  return entries;
}

}  // namespace

void run_verdict_stage(Audit& audit) {
  const auto numbers = contest_numbers(audit);
  const impact::Assessment assessment = impact::assess(numbers, questioned_entries(audit));
  audit.contest_numbers = numbers;
  audit.curve = assessment.curve;
  audit.outcome.impact = assessment.impact;
  audit.outcome.verdict = impact::decide(audit.linkage_test);
}

}  // namespace scrutineer::inquiry
