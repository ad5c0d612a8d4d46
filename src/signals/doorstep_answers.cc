#include "signals/doorstep_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "signals/linkage_of_irregulars.h"
#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/binomial.h"

namespace scrutineer::signals {
namespace {

// The share of members found strictly irregular in a clean branch (VERDICT.md section 0: 1.9 % of members);
// where the inquiry gives a rate of its own, the upper end of that.
constexpr double clean_strict_rate = 0.019;

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "fear or mistrust of the canvasser", "language, or another resident answered",
      "the name was said another way", "the visit was to the wrong door"};
  return explanations;
}

void word(const Member& member, Finding& finding) {
  switch (*member.outcome) {
    case Outcome::denied:
      finding.level = 4;
      finding.text = wording::told_at_address(member.interviewers, member.visited_on, "they did not join");
      return;
    case Outcome::not_known:
      finding.level = 3;
      finding.text = wording::not_verified(std::max(member.attempts, 1));
      return;
    default:
      finding.level = 1;
      finding.text = wording::record_needs_updating();
  }
}

void add_member(const Member& member, double share_expected, const std::string& group, SignalReport& report) {
  Finding finding = finding_of(report, "member", member.id);
  finding.part_of = group;
  if (*member.outcome != Outcome::denied) finding.tier = Tier::lead;
  finding.members = {member.id};
  finding.innocent = innocent_explanations();
  finding.expected_innocent = share_expected;
  finding.exhibits = {member.row, member.visit};
  finding.exhibits.insert(finding.exhibits.end(), member.register_rows.begin(), member.register_rows.end());
  tidy(finding.exhibits);
  word(member, finding);
  report.findings.push_back(std::move(finding));
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions&) {
  const Signal signal = doorstep_answers();
  if (!evidence.has_canvass) return absent(signal, "a canvass roll");
  SignalReport report =
      report_of(signal, "None: statements made at the door, counted as they were recorded.");
  std::vector<std::uint32_t> strict;
  const std::vector<std::uint32_t> answered = answered_members(evidence);
  for (const std::uint32_t i : answered)
    if (is_strict(evidence.members[i], !evidence.snapshots.empty())) strict.push_back(i);
  std::array<std::uint64_t, 7> counts{};
  for (const Member& member : evidence.members)
    if (member.outcome) ++counts.at(static_cast<std::size_t>(*member.outcome));
  Finding group = finding_of(report, "roll", "canvass");
  group.members = ids_of(evidence, strict);
  group.observed = static_cast<double>(strict.size());
  group.innocent = innocent_explanations();
  // Even in a clean branch some answers are wrong (VERDICT.md section 0).
  group.expected_innocent =
      std::min(*group.observed, (evidence.strict ? evidence.strict->high : clean_strict_rate) *
                                    static_cast<double>(answered.size()));
  const double share = strict.empty() ? 1.0 : group.expected_innocent / *group.observed;
  for (const std::uint32_t i : strict) group.exhibits.push_back(evidence.members[i].visit);
  tidy(group.exhibits);
  group.text =
      wording::context_only(fmt::format("{} of {} members who were answered about were denied in person, or "
                                        "not known and never on a register there",
                                        strict.size(), answered.size()));
  const std::string group_id = group.id;
  report.findings.push_back(std::move(group));
  for (const Member& member : evidence.members)
    if (member.outcome && (*member.outcome == Outcome::denied || *member.outcome == Outcome::not_known ||
                           *member.outcome == Outcome::moved || *member.outcome == Outcome::deceased))
      add_member(member, is_strict(member, !evidence.snapshots.empty()) ? share : 1.0, group_id, report);
  report.tested = answered.size();
  const auto interval =
      stats::wilson(static_cast<double>(strict.size()), static_cast<double>(answered.size()));
  report.notes.push_back(
      fmt::format("Strict share of those answered about: {} of {}, 95 % interval {:.1f} to {:.1f} %.",
                  strict.size(), answered.size(), 100 * interval.low, 100 * interval.high));
  std::string line;
  for (std::size_t o = 0; o < counts.size(); ++o)
    line += fmt::format("{}{} {}", o == 0 ? "" : ", ", counts.at(o), to_string(static_cast<Outcome>(o)));
  report.notes.push_back("Outcomes: " + line + ".");
  return report;
}

}  // namespace

Signal doorstep_answers() {
  return {15, "doorstep-answers", "What was said at the door", Tier::exhibit, run};
}

}  // namespace scrutineer::signals
