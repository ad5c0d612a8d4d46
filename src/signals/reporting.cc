#include "signals/reporting.h"

#include <algorithm>
#include <set>

#include "signals/wording.h"
#include "stats/multiplicity.h"

namespace scrutineer::signals {
namespace {

constexpr std::size_t most_for_closure = 3000;

}  // namespace

SignalReport report_of(const Signal& signal, std::string null_model) {
  SignalReport report;
  report.signal = signal.number;
  report.key = signal.key;
  report.title = signal.title;
  report.tier = signal.tier;
  report.null_model = std::move(null_model);
  return report;
}

Finding finding_of(const SignalReport& report, std::string kind, std::string key) {
  Finding finding;
  finding.id = report.key + ":" + kind + ":" + key;
  finding.signal = report.signal;
  finding.key = report.key;
  finding.tier = report.tier;
  finding.subject = {std::move(kind), std::move(key)};
  return finding;
}

Absent absent(const Signal& signal, std::string needs) {
  return {signal.number, std::string(signal.key), std::move(needs)};
}

std::vector<std::string> ids_of(const Evidence& evidence, std::span<const std::uint32_t> members) {
  std::vector<std::string> ids;
  ids.reserve(members.size());
  for (const std::uint32_t member : members) ids.push_back(evidence.members[member].id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

void add_member_rows(const Evidence& evidence, std::span<const std::uint32_t> members,
                     std::vector<Exhibit>& to) {
  for (const std::uint32_t member : members) to.push_back(evidence.members[member].row);
}

void tidy(std::vector<Exhibit>& exhibits) {
  std::sort(exhibits.begin(), exhibits.end());
  exhibits.erase(std::unique(exhibits.begin(), exhibits.end()), exhibits.end());
  std::erase(exhibits, Exhibit{});
}

void word_comparison(Finding& finding, std::string model, std::string counted) {
  const wording::Comparison comparison{std::move(model), std::move(counted),   finding.observed.value_or(0),
                                       finding.expected, finding.expected_low, finding.e};
  finding.level = finding.listed ? 2 : 0;
  finding.text =
      finding.listed ? wording::unusual(comparison, finding.innocent) : wording::no_signal(comparison);
}

std::vector<std::uint32_t> one_a_household(const Evidence& evidence, std::span<const std::uint32_t> members) {
  std::set<std::uint32_t> seen;
  std::vector<std::uint32_t> result;
  for (const std::uint32_t member : members) {
    const std::uint32_t household = evidence.members[member].household;
    if (household == none || seen.insert(household).second) result.push_back(member);
  }
  return result;
}

std::vector<std::uint32_t> answered_members(const Evidence& evidence) {
  const bool has_random_arm = std::any_of(evidence.members.begin(), evidence.members.end(),
                                          [](const Member& m) { return m.random_arm && m.outcome; });
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (!member.outcome || (has_random_arm && !member.random_arm)) continue;
    if (*member.outcome != Outcome::refused && *member.outcome != Outcome::no_contact) result.push_back(i);
  }
  return result;
}

void settle(SignalReport& report, const SignalOptions& options, std::size_t family, const Wording& wording,
            std::size_t shown) {
  std::vector<double> e;
  std::vector<std::size_t> tested;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    if (!report.findings[i].e) continue;
    tested.push_back(i);
    e.push_back(*report.findings[i].e);
  }
  // Closed e-BH keeps all that e-BH does and more, at a cost that grows with the square of the family.
  const std::vector<bool> kept = e.size() <= most_for_closure && family <= e.size()
                                     ? stats::closed_e_bh(e, options.false_discovery_rate)
                                     : stats::e_bh(e, options.false_discovery_rate, family);
  for (std::size_t i = 0; i < tested.size(); ++i) report.findings[tested[i]].listed = kept[i];
  report.tested += std::max(family, tested.size());
  report.listed += static_cast<std::uint64_t>(std::count(kept.begin(), kept.end(), true));
  for (Finding& finding : report.findings) {
    wording(finding);
    tidy(finding.exhibits);
  }
  std::stable_sort(report.findings.begin(), report.findings.end(), [](const Finding& a, const Finding& b) {
    if (a.listed != b.listed) return a.listed;
    if (a.e.value_or(-1) != b.e.value_or(-1)) return a.e.value_or(-1) > b.e.value_or(-1);
    return a.id < b.id;
  });
  std::size_t unlisted = 0;
  std::erase_if(report.findings, [&](const Finding& f) {
    return f.e && !f.listed && ++unlisted > shown && !options.whole_family;
  });
}

}  // namespace scrutineer::signals
