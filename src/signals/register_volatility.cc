#include "signals/register_volatility.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/log_rank.h"

namespace scrutineer::signals {
namespace {

constexpr std::int32_t epoch_days = 183;
constexpr std::int32_t late_days = 56;

// Rise before minus change after, or nothing where either side has no interval.
std::optional<double> contrast(std::vector<RegisterPoint> points, const std::vector<Date>& elections) {
  std::sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  double before = 0, after = 0, n_before = 0, n_after = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].electors <= 0 || points[i - 1].electors <= 0) continue;
    const double change = std::log(points[i].electors / points[i - 1].electors);
    for (const Date election : elections) {
      const std::int32_t since = points[i].day - election;
      if (since <= 0 && since > -epoch_days) {
        before += change;
        n_before += 1;
      } else if (since > 0 && since <= epoch_days) {
        after += change;
        n_after += 1;
      }
    }
  }
  if (n_before < 1 || n_after < 1) return std::nullopt;
  return before / n_before - after / n_after;
}

void add_epochs(const Evidence& evidence, SignalReport& report) {
  std::map<std::string, std::vector<RegisterPoint>> areas;
  for (const RegisterPoint& point : evidence.register_series) areas[point.area].push_back(point);
  const auto own = areas.find("");
  if (own == areas.end()) return;
  const auto own_contrast = contrast(own->second, evidence.election_days);
  if (!own_contrast) return;
  double others = 0;
  double as_large = 0;
  double sum = 0;
  for (const auto& [area, points] : areas) {
    if (area.empty()) continue;
    const auto other = contrast(points, evidence.election_days);
    if (!other) continue;
    others += 1;
    sum += *other;
    as_large += *other >= *own_contrast ? 1 : 0;
  }
  Finding finding = finding_of(report, "roll", "register");
  finding.observed = *own_contrast;
  if (others > 0) {
    finding.expected = sum / others;
    finding.p = (1.0 + as_large) / (1.0 + others);
  }
  finding.innocent = {"drives before the deadline", "a mobile population", "the cycle of the annual canvass"};
  finding.text =
      wording::context_only(fmt::format("the register changed by {:.1f} % more in the half-years before "
                                        "elections than after them; {} of {} other areas did "
                                        "so as much",
                                        100 * *own_contrast, as_large, others));
  report.findings.push_back(std::move(finding));
  report.tested += static_cast<std::uint64_t>(others) + 1;
}

void note_survival(const Evidence& evidence, SignalReport& report) {
  if (evidence.register_spells.empty() || evidence.snapshots.empty()) return;
  std::vector<stats::Survival> survival;
  std::vector<bool> late;
  for (const RegisterSpell& spell : evidence.register_spells) {
    const Date end = spell.removed.value_or(evidence.snapshots.back());
    if (end < spell.added) continue;
    survival.push_back({end - spell.added, spell.removed.has_value()});
    late.push_back(std::any_of(
        evidence.election_days.begin(), evidence.election_days.end(),
        [&](Date election) { return spell.added <= election && election - spell.added < late_days; }));
  }
  const stats::LogRank test = stats::LogRankTest(survival).evaluate(late);
  report.notes.push_back(
      fmt::format("Entries added in the 56 days before an election: {:.0f} removed where {:.1f} are expected "
                  "(log-rank z {:.2f}, hazard "
                  "ratio about {:.2f}).",
                  test.observed, test.expected, test.z(), test.hazard_ratio()));
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = register_volatility();
  if (evidence.election_days.empty() ||
      (evidence.register_series.empty() && evidence.register_spells.empty()))
    return absent(signal, "dates of elections, and the register's electors over time or its dated additions");
  SignalReport report = report_of(signal,
                                  "This area is one more of all areas: contrast of the register's change "
                                  "before and after elections, ranked.");
  add_epochs(evidence, report);
  note_survival(evidence, report);
  settle(report, options, 0, [](Finding&) {});
  return report;
}

}  // namespace

Signal register_volatility() {
  return {27, "register-volatility", "The register around elections", Tier::context, run};
}

}  // namespace scrutineer::signals
