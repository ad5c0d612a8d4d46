#include "signals/login_activity.h"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "signals/reporting.h"
#include "stats/evalues.h"
#include "stats/negative_binomial.h"

namespace scrutineer::signals {
namespace {

constexpr std::size_t least_days = 20;

struct WorkDay {
  std::uint64_t changes = 0;
  std::vector<Exhibit> rows;
};

void add_login(const Evidence& evidence, std::uint32_t login, const std::map<Date, WorkDay>& days,
               SignalReport& report) {
  std::vector<std::uint64_t> changes;
  for (const auto& [day, work] : days) changes.push_back(work.changes);
  const auto law = stats::fit_positive_counts(changes);
  if (!law) return;
  for (const auto& [day, work] : days) {
    Finding finding = finding_of(report, "login-day", evidence.logins[login] + " " + day.iso());
    finding.observed = static_cast<double>(work.changes);
    finding.expected = law->mean_of_positive();
    finding.p = law->upper_tail(work.changes);
    finding.e = stats::calibrated_mixture(*finding.p);
    finding.innocent = {"a login used by several people", "an import or a data project",
                        "a clock in another zone", "a deadline"};
    finding.exhibits = work.rows;
    report.findings.push_back(std::move(finding));
  }
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = login_activity();
  std::map<std::uint32_t, std::map<Date, WorkDay>> logins;
  std::int64_t all = 0;
  std::int64_t out_of_hours = 0;
  for (const Operation& operation : evidence.operations) {
    if (operation.login >= evidence.logins.size() || operation.changes <= 0) continue;
    WorkDay& day = logins[operation.login][operation.day];
    day.changes += static_cast<std::uint64_t>(operation.changes);
    day.rows.push_back(operation.row);
    all += operation.changes;
    if (operation.hour < 7 || operation.hour >= 20) out_of_hours += operation.changes;
  }
  if (logins.empty()) return absent(signal, "a log of changes to the membership records");
  SignalReport report =
      report_of(signal,
                "A login's changes on a day are negative binomial, and a day without any is in "
                "no log; mean and dispersion fitted on its own days, "
                "the largest left out.");
  std::size_t short_history = 0;
  for (const auto& [login, days] : logins)
    days.size() >= least_days ? add_login(evidence, login, days, report) : static_cast<void>(++short_history);
  settle(report, options, 0,
         [](Finding& finding) { word_comparison(finding, "this login's own history", "changes"); });
  report.notes.push_back(fmt::format(
      "{} logins, {} with too short a history; {} changes, {} of them before 7 or from 20 o'clock.",
      logins.size(), short_history, all, out_of_hours));
  return report;
}

}  // namespace

Signal login_activity() {
  return {22, "login-activity", "Days of many changes by one login", Tier::exhibit, run};
}

}  // namespace scrutineer::signals
