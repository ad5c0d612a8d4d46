#include "signals/never_registered.h"

#include <fmt/format.h>

#include "signals/rate_against_range.h"
#include "signals/reporting.h"
#include "signals/wording.h"

namespace scrutineer::signals {
namespace {

constexpr std::int32_t least_span_days = 360;

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "lodger or sub-tenant", "lives with family and registered elsewhere (student)",
      "new building or new numbering", "never registered anywhere, as about one in six is in inner London",
      "an incomplete set of registers"};
  return explanations;
}

void word(Finding& finding) {
  finding.innocent = innocent_explanations();
  const wording::Comparison comparison{
      "the range of base rates for never being registered at the address given",
      "members",
      *finding.observed,
      finding.expected,
      finding.expected_low,
      finding.e};
  finding.level = finding.listed ? 2 : 0;
  finding.text =
      (finding.listed ? wording::unusual(comparison, finding.innocent) : wording::no_signal(comparison)) +
      " " + wording::count_alone_cannot_tell();
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = never_registered();
  if (evidence.snapshots.size() < 2 ||
      evidence.snapshots.back() - evidence.snapshots.front() < least_span_days)
    return absent(signal, "two or more register snapshots that span a year");
  SignalReport report = report_of(signal,
                                  "Each member was never registered at the address with a probability of at "
                                  "most the upper end of the range of "
                                  "base rates; households are independent of each other. e: as signal 1.");
  std::vector<std::uint32_t> counted;
  std::vector<bool> never;
  std::size_t unclear = 0;
  std::size_t too_recent = 0;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (!member.eligible) continue;
    if (member.status == RegisterStatus::unclear) {
      ++unclear;
    } else if (member.joined && *member.joined > evidence.snapshots.back()) {
      ++too_recent;
    } else {
      counted.push_back(i);
      never.push_back(!member.ever_at_address);
    }
  }
  const BaseRate rate = evidence.never_registered.value_or(default_never_registered_rate());
  add_rate_findings(evidence, counted, never, rate, report);
  settle(report, options, 0, word, 1000);
  report.notes.push_back(
      fmt::format("Range of base rates: {:.1f} to {:.1f} %. {}", 100 * rate.low, 100 * rate.high,
                  rate.note.empty() ? "No source was given in the inquiry file." : rate.note));
  report.notes.push_back(
      fmt::format("{} snapshots from {} to {}. Left out: {} members whose status is unclear, {} who joined "
                  "after the last one.",
                  evidence.snapshots.size(), evidence.snapshots.front().iso(),
                  evidence.snapshots.back().iso(), unclear, too_recent));
  return report;
}

}  // namespace

BaseRate default_never_registered_rate() {
  return {
      0.05, 0.18,
      "Default: the inquiry gives none. About 18 % of eligible inner Londoners are not registered; 5 % where "
      "registers are most complete (METHODS: published reply in the source case; Electoral Commission "
      "2018)."};
}

Signal never_registered() {
  return {2, "never-registered", "Never on a register there", Tier::lead, run};
}

}  // namespace scrutineer::signals
