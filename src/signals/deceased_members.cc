#include "signals/deceased_members.h"

#include <fmt/format.h>

#include <algorithm>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

// Payment rows of each member, for the exhibits.
std::vector<std::vector<const Payment*>> payments_of(const Evidence& evidence) {
  std::vector<std::vector<const Payment*>> result(evidence.members.size());
  for (const Payment& payment : evidence.payments)
    if (payment.member < result.size()) result[payment.member].push_back(&payment);
  return result;
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = deceased_members();
  if (!evidence.has_deaths) return absent(signal, "a roll of kind \"deceased\"");
  SignalReport report = report_of(signal,
                                  "A member and an entry of the list of deaths agree by coincidence; the "
                                  "expected number of matches as good as this "
                                  "one comes from the counts of names and dates in both lists.");
  const auto payments = payments_of(evidence);
  std::size_t after = 0;
  for (const DeathMatch& death : evidence.deaths) {
    if (death.member >= evidence.members.size()) continue;
    const Member& member = evidence.members[death.member];
    Finding finding = finding_of(report, "member", member.id);
    finding.members = {member.id};
    finding.p = std::clamp(death.expected_coincidences, 1e-12, 1.0);
    finding.e = stats::calibrated_mixture(*finding.p);
    finding.expected = death.expected_coincidences;
    finding.expected_innocent = std::min(1.0, death.expected_coincidences);
    finding.exhibits = {member.row, death.row};
    std::uint64_t later = death.died_on && member.joined && *member.joined > *death.died_on ? 1 : 0;
    for (const Payment* payment : payments[death.member]) {
      if (!death.died_on || !payment->paid_on || *payment->paid_on <= *death.died_on) continue;
      ++later;
      finding.exhibits.push_back(payment->row);
    }
    finding.observed = static_cast<double>(later);  // acts after the death
    finding.innocent = {"a namesake", "a direct debit that ran on", "a partner paying under the same number",
                        "a notice of death that came late"};
    after += later > 0 ? 1U : 0U;
    report.findings.push_back(std::move(finding));
  }
  settle(report, options, 0, [](Finding& finding) {
    if (finding.listed && *finding.observed > 0) {
      const wording::Comparison comparison{"coincidence with the list of deaths",
                                           "joinings or payments after the date of death",
                                           *finding.observed,
                                           finding.expected,
                                           {},
                                           finding.e};
      finding.level = 2;
      finding.text = wording::unusual(comparison, finding.innocent);
    } else if (finding.listed) {
      finding.level = 1;
      finding.text = wording::record_needs_updating();
    } else {
      word_comparison(finding, "coincidence with the list of deaths", "acts after the date of death");
    }
  });
  report.notes.push_back(fmt::format("{} matches, {} with a joining or payment after the date of death.",
                                     evidence.deaths.size(), after));
  report.notes.push_back("Exhibit grade only after a person has compared both rows.");
  return report;
}

}  // namespace

Signal deceased_members() {
  return {19, "deceased-members", "Members who may be deceased", Tier::exhibit, run};
}

}  // namespace scrutineer::signals
