#include "signals/recruiter_irregularity.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "signals/linkage_of_irregulars.h"
#include "signals/reporting.h"
#include "stats/evalues.h"
#include "stats/hypergeometric.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t least_households = 3;

struct Unit {
  std::uint32_t household = none;
  std::uint32_t ward = none;
  std::uint32_t recruiter = none;
  bool irregular = false;
  std::vector<std::uint32_t> members;
};

// Answered households: irregular if any member is; recruiter and ward of the first member.
std::vector<Unit> units_of(const Evidence& evidence) {
  std::vector<Unit> units;
  std::map<std::uint32_t, std::size_t> place;
  for (const std::uint32_t i : answered_members(evidence)) {
    const Member& member = evidence.members[i];
    std::size_t at = units.size();
    if (member.household != none) at = place.emplace(member.household, at).first->second;
    if (at == units.size()) units.push_back({member.household, member.ward, member.recruiter, false, {}});
    units[at].irregular = units[at].irregular || is_strict(member, !evidence.snapshots.empty());
    if (units[at].recruiter == none) units[at].recruiter = member.recruiter;
    units[at].members.push_back(i);
  }
  return units;
}

void add_recruiter(const Evidence& evidence, const std::vector<Unit>& units,
                   const std::vector<std::size_t>& own,
                   const std::map<std::uint32_t, stats::HypergeometricStratum>& wards,
                   std::uint32_t recruiter, SignalReport& report) {
  std::map<std::uint32_t, stats::HypergeometricStratum> strata;
  std::uint64_t irregular = 0;
  std::vector<std::uint32_t> concerned;
  for (const std::size_t u : own) {
    auto& stratum = strata.try_emplace(units[u].ward, wards.at(units[u].ward)).first->second;
    ++stratum.drawn;
    if (!units[u].irregular) continue;
    ++irregular;
    for (const std::uint32_t i : units[u].members)
      if (is_strict(evidence.members[i], !evidence.snapshots.empty())) concerned.push_back(i);
  }
  std::vector<stats::HypergeometricStratum> list;
  for (const auto& [ward, stratum] : strata) list.push_back(stratum);
  Finding finding = finding_of(report, "recruiter", evidence.recruiters[recruiter]);
  finding.members = ids_of(evidence, concerned);
  finding.observed = static_cast<double>(irregular);
  finding.expected = stats::stratified_mean(list);
  finding.p = stats::stratified_upper_tail(irregular, list);
  finding.e = stats::calibrated_mixture(*finding.p);
  finding.expected_innocent = std::min(*finding.expected, static_cast<double>(concerned.size()));
  finding.innocent = {"a patch with many moves or students", "visits that were uneven between patches",
                      "enrolment that was careless and not planned"};
  for (const std::uint32_t i : concerned) finding.exhibits.push_back(evidence.members[i].visit);
  report.findings.push_back(std::move(finding));
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = recruiter_irregularity();
  if (!evidence.has_canvass) return absent(signal, "a canvass roll");
  if (evidence.recruiters.empty()) return absent(signal, "a recruiter column in the members roll");
  const std::vector<Unit> units = units_of(evidence);
  std::map<std::uint32_t, stats::HypergeometricStratum> wards;
  std::map<std::uint32_t, std::vector<std::size_t>> of_recruiter;
  for (std::size_t u = 0; u < units.size(); ++u) {
    ++wards[units[u].ward].all;
    if (units[u].irregular) ++wards[units[u].ward].marked;
    if (units[u].recruiter < evidence.recruiters.size()) of_recruiter[units[u].recruiter].push_back(u);
  }
  SignalReport report = report_of(signal,
                                  "Within a ward, which of the visited households are irregular has nothing "
                                  "to do with who recruited them: a sum of "
                                  "hypergeometric counts, exact.");
  for (const auto& [recruiter, own] : of_recruiter)
    if (own.size() >= least_households) add_recruiter(evidence, units, own, wards, recruiter, report);
  settle(report, options, 0, [](Finding& finding) {
    word_comparison(finding, "irregular households spread alike over recruiters within each ward",
                    "households");
  });
  report.notes.push_back(fmt::format("{} answered households, {} recruiters with at least {} of them.",
                                     units.size(), report.tested, least_households));
  return report;
}

}  // namespace

Signal recruiter_irregularity() {
  return {13, "recruiter-irregularity", "Irregular at the door, by recruiter", Tier::lead, run};
}

}  // namespace scrutineer::signals
