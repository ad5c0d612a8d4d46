#include "signals/recruiter_concentration.h"

#include <fmt/format.h>

#include <algorithm>

#include "signals/reporting.h"
#include "signals/wording.h"

namespace scrutineer::signals {
namespace {

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions&) {
  const Signal signal = recruiter_concentration();
  std::vector<std::uint64_t> recruits(evidence.recruiters.size(), 0);
  std::uint64_t recorded = 0;
  for (const Member& member : evidence.members) {
    if (member.recruiter >= recruits.size()) continue;
    ++recruits[member.recruiter];
    ++recorded;
  }
  if (recorded == 0) return absent(signal, "a recruiter column in the members roll");
  SignalReport report = report_of(
      signal, "None: shares of recruiters are described, not tested. An energetic recruiter is normal.");
  const std::uint64_t most = *std::max_element(recruits.begin(), recruits.end());
  double index = 0;
  for (const std::uint64_t count : recruits) {
    const double share = static_cast<double>(count) / static_cast<double>(recorded);
    index += share * share;
  }
  const auto active = std::count_if(recruits.begin(), recruits.end(), [](std::uint64_t n) { return n > 0; });
  Finding finding = finding_of(report, "roll", "members");
  finding.observed = static_cast<double>(most) / static_cast<double>(recorded);
  finding.expected_innocent = static_cast<double>(recorded);
  finding.innocent = {"an energetic recruiter is normal", "a stall or an event run by one person"};
  finding.text = wording::context_only(fmt::format(
      "the most active recruiter brought in {} of the {} members whose recruiter is recorded, which an "
      "energetic recruiter does in many branches",
      most, recorded));
  report.findings.push_back(std::move(finding));
  report.tested = static_cast<std::uint64_t>(active);
  report.notes.push_back(
      fmt::format("{} recruiters; Herfindahl index {:.3f}, as concentrated as {:.1f} equal recruiters; {} "
                  "members without one.",
                  active, index, 1.0 / index, evidence.members.size() - recorded));
  return report;
}

}  // namespace

Signal recruiter_concentration() {
  return {12, "recruiter-concentration", "How far recruiting is concentrated", Tier::context, run};
}

}  // namespace scrutineer::signals
