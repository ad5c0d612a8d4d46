#include "signals/off_register.h"

#include <fmt/format.h>

#include <algorithm>

#include "signals/rate_against_range.h"
#include "signals/reporting.h"
#include "signals/wording.h"

namespace scrutineer::signals {
namespace {

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "moved house since the register was made", "eligible but never registered, as many tenants are",
      "not entitled to be on this register (nationality, age)", "name or address spelled another way",
      "address read wrongly by this program"};
  return explanations;
}

bool is_off(const Member& member) {
  return member.status == RegisterStatus::elsewhere || member.status == RegisterStatus::not_found;
}

void add_member_finding(const Member& member, double share_expected, SignalReport& report) {
  Finding finding = finding_of(report, "member", member.id);
  finding.members = {member.id};
  finding.part_of = report.findings.front().id;  // the roll
  finding.level = 1;
  finding.innocent = innocent_explanations();
  finding.expected_innocent = share_expected;
  finding.exhibits = member.register_rows;
  finding.exhibits.push_back(member.row);
  report.findings.push_back(std::move(finding));
}

void word(Finding& finding, const SignalReport& report) {
  if (finding.subject.kind == "member") {
    finding.text = wording::record_needs_updating();
    return;
  }
  finding.innocent = innocent_explanations();
  const wording::Comparison comparison{"the range of base rates for " + report.title,
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
  const Signal signal = off_register();
  if (evidence.snapshots.empty())
    return absent(signal, "an electoral register (a roll of kind \"register\")");
  SignalReport report = report_of(
      signal,
      "Each member is off the register with a probability of at most the upper end of the range of base "
      "rates; "
      "households are independent of each other. e: mean over draws of one member a household of the mixture "
      "e-value against the upper rate.");
  std::vector<std::uint32_t> counted;
  std::vector<bool> off;
  std::size_t unclear = 0;
  std::size_t not_eligible = 0;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (!member.eligible) {
      ++not_eligible;
    } else if (member.status == RegisterStatus::unclear) {
      ++unclear;
    } else {
      counted.push_back(i);
      off.push_back(is_off(member));
    }
  }
  const BaseRate rate = evidence.off_register.value_or(default_off_register_rate());
  add_rate_findings(evidence, counted, off, rate, report);
  const auto observed = static_cast<double>(std::count(off.begin(), off.end(), true));
  const double share =
      observed > 0 ? std::min(1.0, static_cast<double>(counted.size()) * rate.high / observed) : 1.0;
  for (std::size_t i = 0; i < counted.size(); ++i)
    if (off[i]) add_member_finding(evidence.members[counted[i]], share, report);
  settle(
      report, options, 0, [&](Finding& finding) { word(finding, report); }, 1000);
  report.notes.push_back(
      fmt::format("Range of base rates: {:.1f} to {:.1f} %. {}", 100 * rate.low, 100 * rate.high,
                  rate.note.empty() ? "No source was given in the inquiry file." : rate.note));
  report.notes.push_back(
      fmt::format("Denominator: {} eligible members. Left out: {} whose status is unclear, {} not eligible "
                  "at the freeze date.",
                  counted.size(), unclear, not_eligible));
  return report;
}

}  // namespace

BaseRate default_off_register_rate() {
  return {
      0.09, 0.15,
      "Default: the inquiry gives none. 9.5 % a year leave an inner-London borough and 5.3 % move inside it; "
      "about 18 % of eligible inner Londoners are not registered (published reply in the source case, "
      "2011)."};
}

Signal off_register() {
  return {1, "off-register", "Not on the register at the stated address", Tier::lead, run};
}

}  // namespace scrutineer::signals
