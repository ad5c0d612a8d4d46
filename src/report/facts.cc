#include "report/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/numbers.h"

namespace scrutineer::report {
namespace {

// Kinds whose keys are safe to print: ids of members, days, and names that the inquiry file or a list of
// branches gave. Everything else is masked, kinds not known here included.
bool is_open_kind(const std::string& kind) {
  return kind == "member" || kind == "pair" || kind == "day" || kind == "roll" || kind == "branch";
}

}  // namespace

Facts::Facts(const inquiry::Outcome& of) : outcome(of), has_register(!of.snapshots.empty()) {
  count_members();
  count_findings();
  for (const auto& [what, number] : outcome.canvass) visits += number;
}

void Facts::count_members() {
  members = outcome.members.size();
  for (const inquiry::MemberOutcome& member : outcome.members) {
    if (!member.duplicate_of.empty()) ++duplicates;
    if (!member.eligible) continue;
    ++eligible;
    ++status[std::min<std::size_t>(static_cast<std::size_t>(member.status), status.size() - 1)];
    if (!member.ever_at_address) ++never_at_address;
  }
}

void Facts::count_findings() {
  for (const signals::SignalReport& report : outcome.signals) {
    bool lists = false;
    for (const signals::Finding& finding : report.findings) {
      if (finding.tier != signals::Tier::unused) places_.emplace(&finding, places_.size() + 1);
      if (!is_open_kind(finding.subject.kind)) numbers_[{finding.subject.kind, finding.subject.key}] = 0;
      if (!finding.listed) continue;
      lists = true;
      ++findings_listed;
      ++listed_by_tier[finding.tier];
      if (finding.tier == signals::Tier::exhibit || finding.tier == signals::Tier::lead) {
        members_listed.insert(finding.members.begin(), finding.members.end());
      }
    }
    if (lists) ++signals_listing;
  }
  std::map<std::string, std::size_t> last;
  for (auto& [subject, number] : numbers_) number = ++last[subject.first];
}

std::size_t Facts::place(const signals::Finding& finding) const {
  const auto found = places_.find(&finding);
  return found == places_.end() ? 0 : found->second;
}

std::uint64_t Facts::visited(signals::Outcome what) const {
  const auto found = outcome.canvass.find(what);
  return found == outcome.canvass.end() ? 0 : found->second;
}

std::string Facts::label(const signals::Subject& subject) const {
  if (is_open_kind(subject.kind)) {
    const auto day = subject.kind == "day" ? Date::from_iso(subject.key) : std::nullopt;
    return day ? date(*day) : fmt::format("{} {}", subject.kind, subject.key);
  }
  const auto found = numbers_.find({subject.kind, subject.key});
  return fmt::format("{} no. {}", subject.kind, found == numbers_.end() ? 0 : found->second);
}

std::string Facts::masked(std::string text, const signals::Subject& subject) const {
  if (is_open_kind(subject.kind) || subject.key.empty()) return text;
  const std::string name = label(subject);
  for (std::size_t at = text.find(subject.key); at != std::string::npos; at = text.find(subject.key, at)) {
    text.replace(at, subject.key.size(), name);
    at += name.size();
  }
  return text;
}

ListTotals totals_of(const signals::SignalReport& report) {
  ListTotals totals;
  std::set<std::string_view> listed;
  for (const signals::Finding& finding : report.findings) {
    if (finding.listed) listed.insert(finding.id);
  }
  for (const signals::Finding& finding : report.findings) {
    if (!finding.listed) continue;
    ++totals.findings;
    if (listed.contains(finding.part_of)) continue;  // its members are counted there
    totals.rows += finding.members.size();
    if (std::isfinite(finding.expected_innocent)) totals.innocent += finding.expected_innocent;
  }
  return totals;
}

std::string innocence_sentence(const ListTotals& totals) {
  return fmt::format("Of these {} about {} {} expected to be innocent.", counted(totals.rows, "row"),
                     totals.innocent < 0.05 ? "0" : quantity(totals.innocent),
                     std::fabs(totals.innocent - 1) < 0.005 ? "is" : "are");
}

}  // namespace scrutineer::report
