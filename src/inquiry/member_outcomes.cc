#include "inquiry/member_outcomes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "inquiry/eligibility.h"

namespace scrutineer::inquiry {

std::vector<MemberOutcome> member_outcomes(const InquiryFile& file, const signals::Evidence& evidence,
                                           const std::vector<MemberHistory>& histories,
                                           const Duplicates& duplicates) {
  const EligibilityRule rule{file.freeze_date, file.min_membership_days};
  std::vector<MemberOutcome> outcomes;
  outcomes.reserve(evidence.members.size());
  for (std::uint32_t row = 0; row < evidence.members.size(); ++row) {
    const signals::Member& member = evidence.members[row];
    MemberOutcome outcome;
    outcome.id = member.id;
    outcome.line = member.row.line;
    outcome.ineligible_because = ineligible_because(rule, member.joined, member.left);
    outcome.eligible = outcome.ineligible_because.empty();
    outcome.status = member.status;
    outcome.match_probability = member.match_probability;
    outcome.ever_at_address = member.ever_at_address;
    outcome.first_seen = member.first_seen;
    outcome.last_seen = member.last_seen;
    if (duplicates.person[row] != row) outcome.duplicate_of = evidence.members[duplicates.person[row]].id;
    outcome.household = "h" + std::to_string(member.household + 1);
    if (!histories.empty()) {
      for (const StatusAt& at : histories[row].at) outcome.timeline.push_back(at.status);
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

void attach_findings(const std::vector<signals::SignalReport>& reports, std::vector<MemberOutcome>& members) {
  std::map<std::string, std::vector<std::size_t>, std::less<>> rows;
  for (std::size_t row = 0; row < members.size(); ++row) rows[members[row].id].push_back(row);
  for (const signals::SignalReport& report : reports) {
    for (const signals::Finding& finding : report.findings) {
      if (!finding.listed) continue;
      for (const std::string& id : finding.members) {
        const auto found = rows.find(id);
        if (found == rows.end()) continue;
        for (const std::size_t row : found->second) members[row].findings.push_back(finding.id);
      }
    }
  }
  for (MemberOutcome& member : members) std::sort(member.findings.begin(), member.findings.end());
}

std::vector<SnapshotCounts> snapshot_counts(const std::vector<SnapshotLinks>& snapshots,
                                            const std::vector<MemberOutcome>& members) {
  std::vector<SnapshotCounts> counts;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    SnapshotCounts at{snapshots[i].as_of, snapshots[i].roll, {}};
    for (const MemberOutcome& member : members) {
      if (member.eligible) ++at.status[static_cast<std::size_t>(member.timeline[i])];
    }
    counts.push_back(std::move(at));
  }
  return counts;
}

void add_pictures(const signals::Evidence& evidence, Outcome& outcome) {
  std::map<Date, std::uint32_t> joins;
  std::map<std::uint32_t, std::set<std::uint32_t>> households_of_payer;
  for (const signals::Member& member : evidence.members) {
    if (member.joined) ++joins[*member.joined];
    if (member.payer != signals::none) households_of_payer[member.payer].insert(member.household);
    if (member.outcome) ++outcome.canvass[*member.outcome];
  }
  for (const auto& [day, count] : joins) outcome.join_days.push_back({day, count, std::nullopt, false});
  for (const auto& [payer, households] : households_of_payer) {
    ++outcome.payer_households[static_cast<std::uint32_t>(households.size())];
  }
  for (const signals::Address& address : evidence.addresses) {
    ++outcome.occupancy[{address.electors, address.members}];
  }
}

}  // namespace scrutineer::inquiry
