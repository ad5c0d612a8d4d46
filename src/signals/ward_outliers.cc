#include "signals/ward_outliers.h"

#include <fmt/format.h>

#include <cmath>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/robust_line.h"

namespace scrutineer::signals {
namespace {

constexpr double outlying = 3.5;
constexpr std::size_t least_wards = 12;

// Logit with half a vote added to either side, so that 0 and 100 % stay finite.
double logit(double part, double whole) {
  return std::log((part + 0.5) / (whole - part + 0.5));
}

struct Measure {
  std::string_view name;
  std::vector<std::string> wards;
  std::vector<double> before, now;
};

void add(Measure& measure, const std::string& ward, double part_before, double before, double part,
         double whole) {
  if (before <= 0 || whole <= 0 || part_before < 0 || part < 0 || part_before > before || part > whole)
    return;
  measure.wards.push_back(ward);
  measure.before.push_back(logit(part_before, before));
  measure.now.push_back(logit(part, whole));
}

void test(const Measure& measure, SignalReport& report) {
  if (measure.wards.size() < least_wards) return;
  const stats::RobustLine line = stats::robust_line(measure.before, measure.now);
  for (std::size_t w = 0; w < measure.wards.size(); ++w) {
    if (std::abs(line.z[w]) <= outlying) continue;
    double as_far = 1;
    for (const double z : line.z) as_far += std::abs(z) >= std::abs(line.z[w]) ? 1 : 0;
    Finding finding = finding_of(report, std::string(measure.name), measure.wards[w]);
    finding.observed = measure.now[w];
    finding.expected = line.intercept + line.slope * measure.before[w];
    finding.p = std::min(1.0, as_far / static_cast<double>(measure.wards.size() + 1));
    finding.innocent = {"a change of candidate or boundary", "an opponent who withdrew", "a local issue",
                        "a postal drive"};
    finding.text = wording::context_only(
        fmt::format("{} in this ward moved {:.1f} robust deviations from the line of all {} wards (logit "
                    "{:.2f}, line {:.2f})",
                    measure.name, line.z[w], measure.wards.size(), *finding.observed, *finding.expected));
    report.findings.push_back(std::move(finding));
  }
  report.tested += measure.wards.size();
  report.notes.push_back(fmt::format("{}: {} wards, slope {:.3f}, intercept {:.3f}, robust deviation {:.3f}.",
                                     measure.name, measure.wards.size(), line.slope, line.intercept,
                                     line.scale));
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = ward_outliers();
  Measure turnout{"turnout", {}, {}, {}};
  Measure share{"share", {}, {}, {}};
  for (const WardResult& w : evidence.ward_results) {
    add(turnout, w.ward, w.voters_before, w.electors_before, w.voters, w.electors);
    if (w.votes_for > 0 || w.votes_for_before > 0)
      add(share, w.ward, w.votes_for_before, w.voters_before, w.votes_for, w.voters);
  }
  if (turnout.wards.size() < least_wards && share.wards.size() < least_wards)
    return absent(signal, "results of at least 12 wards in two elections");
  SignalReport report = report_of(signal,
                                  "Every ward follows one robust line of its logit on the logit before; "
                                  "residuals are ranked among all wards.");
  test(turnout, report);
  test(share, report);
  settle(report, options, 0, [](Finding&) {});
  return report;
}

}  // namespace

Signal ward_outliers() {
  return {26, "ward-outliers", "Turnout and share by ward", Tier::context, run};
}

}  // namespace scrutineer::signals
