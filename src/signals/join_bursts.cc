#include "signals/join_bursts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/beta_binomial.h"
#include "stats/count_regression.h"
#include "stats/evalues.h"
#include "stats/negative_binomial.h"

namespace scrutineer::signals {
namespace {

constexpr std::int32_t window_days = 1095;
constexpr std::int32_t half_width = 60;
constexpr std::int32_t deadline_window = 14;
constexpr std::uint64_t least_tested = 2;

struct Day {
  std::vector<std::uint32_t> members;
  std::uint64_t households = 0;
  std::uint64_t elsewhere = 0;
};

struct Calendar {
  Date first;
  std::vector<Day> days;
  [[nodiscard]] Date date(std::size_t day) const { return first + static_cast<std::int32_t>(day); }
  // The day's place, or nothing outside.
  [[nodiscard]] std::optional<std::size_t> place(Date date) const {
    const std::int32_t offset = date - first;
    if (offset < 0 || offset >= static_cast<std::int32_t>(days.size())) return std::nullopt;
    return static_cast<std::size_t>(offset);
  }
};

std::optional<Calendar> calendar_of(const Evidence& evidence) {
  std::optional<Date> earliest;
  std::optional<Date> latest;
  for (const Member& member : evidence.members) {
    if (!member.joined) continue;
    earliest = std::min(earliest.value_or(*member.joined), *member.joined);
    latest = std::max(latest.value_or(*member.joined), *member.joined);
  }
  if (!earliest) return std::nullopt;
  if (evidence.freeze_date && *evidence.freeze_date >= *earliest)
    latest = std::min(*latest, *evidence.freeze_date);
  Calendar calendar;
  calendar.first = std::max(*earliest, *latest + -window_days);
  calendar.days.resize(static_cast<std::size_t>(*latest - calendar.first) + 1);
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i)
    if (evidence.members[i].joined)
      if (const auto day = calendar.place(*evidence.members[i].joined))
        calendar.days[*day].members.push_back(i);
  for (Day& day : calendar.days) {
    std::set<std::uint32_t> households;
    std::uint64_t alone = 0;
    for (const std::uint32_t member : day.members) {
      const std::uint32_t household = evidence.members[member].household;
      household == none ? static_cast<void>(++alone) : static_cast<void>(households.insert(household));
    }
    day.households = households.size() + alone;
  }
  return calendar;
}

// The last day on which one could join and be eligible.
std::optional<Date> deadline_of(const Evidence& evidence) {
  if (!evidence.freeze_date) return std::nullopt;
  return *evidence.freeze_date + -evidence.min_membership_days.value_or(0);
}

bool before_deadline(const std::optional<Date>& deadline, Date day) {
  return deadline && day <= *deadline && *deadline - day < deadline_window;
}

// For each day tested: conditional p given at least two households, and the mean.
struct DayLaw {
  std::vector<std::optional<double>> p;
  std::vector<double> expected;
  std::string note;
};

std::optional<DayLaw> conditional_law(const Calendar& calendar) {
  const auto& days = calendar.days;
  std::vector<double> here(days.size() + 1, 0.0);
  std::vector<double> all(days.size() + 1, 0.0);
  for (std::size_t d = 0; d < days.size(); ++d) {
    here[d + 1] = here[d] + static_cast<double>(days[d].households);
    all[d + 1] = all[d] + static_cast<double>(days[d].households + days[d].elsewhere);
  }
  std::vector<stats::BetaBinomialCell> cells(days.size());
  for (std::size_t d = 0; d < days.size(); ++d) {
    const std::size_t from = d > half_width ? d - half_width : 0;
    const std::size_t to = std::min(days.size(), d + half_width + 1);
    const auto own = static_cast<double>(days[d].households);
    const auto own_all = static_cast<double>(days[d].households + days[d].elsewhere);
    const double share = (here[to] - here[from] - own + 0.5) / (all[to] - all[from] - own_all + 1.0);
    cells[d] = {days[d].households + days[d].elsewhere, days[d].households, 1.0, std::min(share, 0.999)};
  }
  const auto fit = stats::fit_beta_binomial_dispersion(cells);
  if (!fit) return std::nullopt;
  DayLaw law;
  for (const auto& cell : cells) {
    law.expected.push_back(static_cast<double>(cell.n) * cell.p);
    // A day without any join elsewhere is not in the reference: it says nothing about the share.
    if (cell.x < least_tested || cell.x == cell.n) {
      law.p.push_back(cell.x < least_tested ? std::nullopt : std::optional<double>(1.0));
      continue;
    }
    law.p.push_back(stats::beta_binomial_upper_tail(cell.x, cell.n, cell.p, fit->rho_upper) /
                    stats::beta_binomial_upper_tail(least_tested, cell.n, cell.p, fit->rho_upper));
  }
  law.note = fmt::format(
      "Conditional on joins elsewhere; correlation within a day {:.2g} (tested at its upper bound {:.2g}).",
      fit->rho, fit->rho_upper);
  return law;
}

std::optional<DayLaw> regression_law(const Calendar& calendar, const std::optional<Date>& deadline) {
  std::vector<stats::DailyCount> counts;
  for (std::size_t d = 0; d < calendar.days.size(); ++d)
    counts.push_back({calendar.days[d].households, calendar.date(d).weekday(),
                      before_deadline(deadline, calendar.date(d))});
  const auto fit = stats::fit_daily_counts(counts);
  if (!fit) return std::nullopt;
  DayLaw law;
  law.expected = fit->mean;
  for (std::size_t d = 0; d < counts.size(); ++d) {
    if (counts[d].count < least_tested) {
      law.p.push_back(std::nullopt);
      continue;
    }
    law.p.push_back(stats::negative_binomial_upper_tail(counts[d].count, fit->mean[d], fit->size_lower) /
                    stats::negative_binomial_upper_tail(least_tested, fit->mean[d], fit->size_lower));
  }
  law.note = fmt::format(
      "Negative binomial with smooth level, day of the week and deadline; size {:.2g} (tested at its lower "
      "bound "
      "{:.2g}).",
      fit->size, fit->size_lower);
  return law;
}

std::vector<std::string> innocent_explanations(bool near_deadline, bool conditional) {
  std::vector<std::string> explanations{"a recruitment stall, event or campaign", "forms keyed on one day"};
  if (near_deadline) explanations.insert(explanations.begin(), "the deadline for joining in time to vote");
  if (!conditional) explanations.emplace_back("news or a drive everywhere, which joins elsewhere would show");
  return explanations;
}

void test_days(const Evidence& evidence, const Calendar& calendar, const DayLaw& law, bool conditional,
               SignalReport& report) {
  const auto deadline = deadline_of(evidence);
  double least_p = 1;
  std::size_t tested = 0;
  for (std::size_t d = 0; d < calendar.days.size(); ++d) {
    if (!law.p[d]) continue;
    const Day& day = calendar.days[d];
    Finding finding = finding_of(report, "day", calendar.date(d).iso());
    finding.members = ids_of(evidence, day.members);
    finding.observed = static_cast<double>(day.households);
    finding.expected = law.expected[d];
    finding.p = std::min(1.0, *law.p[d]);
    finding.e = stats::calibrated_mixture(*finding.p);
    finding.expected_innocent = std::min(law.expected[d], static_cast<double>(finding.members.size()));
    finding.innocent = innocent_explanations(before_deadline(deadline, calendar.date(d)), conditional);
    add_member_rows(evidence, day.members, finding.exhibits);
    report.findings.push_back(std::move(finding));
    least_p = std::min(least_p, *law.p[d]);
    ++tested;
  }
  const double max_type =
      -std::expm1(static_cast<double>(tested) * std::log1p(-std::min(least_p, 1.0 - 1e-12)));
  report.notes.push_back(law.note);
  report.notes.push_back(
      fmt::format("{} to {}: {} days with two or more households; max-type p of the largest {:.2g}.",
                  calendar.first.iso(), calendar.date(calendar.days.size() - 1).iso(), tested, max_type));
  if (deadline) report.notes.push_back("Last day to join in time: " + deadline->iso() + ".");
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = join_bursts();
  std::optional<Calendar> calendar = calendar_of(evidence);
  if (!calendar) return absent(signal, "joining dates in the members roll");
  std::uint64_t elsewhere = 0;
  for (const JoinReference& reference : evidence.joins_elsewhere)
    if (const auto day = calendar->place(reference.day); day && reference.count > 0)
      elsewhere += calendar->days[*day].elsewhere += static_cast<std::uint64_t>(reference.count);
  const bool conditional = elsewhere > 0;
  const auto law =
      conditional ? conditional_law(*calendar) : regression_law(*calendar, deadline_of(evidence));
  if (!law) return absent(signal, "joins on at least 56 days' span, at least ten of them");
  SignalReport report = report_of(
      signal,
      conditional
          ? "Of a day's joins here and elsewhere, those here are beta-binomial with a smooth share and a "
            "dispersion fitted robustly; households counted, given at least two."
          : "Households joining on a day are negative binomial around a smooth level with effects of the day "
            "of "
            "the week and of the deadline; dispersion fitted robustly; given at least two.");
  test_days(evidence, *calendar, *law, conditional, report);
  settle(report, options, 0, [](Finding& finding) {
    const wording::Comparison comparison{"this branch's own rate of joining on such a day",
                                         "households",
                                         *finding.observed,
                                         finding.expected,
                                         {},
                                         finding.e};
    finding.level = finding.listed ? 2 : 0;
    finding.text =
        finding.listed ? wording::unusual(comparison, finding.innocent) : wording::no_signal(comparison);
  });
  return report;
}

}  // namespace

Signal join_bursts() {
  return {4, "join-bursts", "Days on which many joined", Tier::lead, run};
}

}  // namespace scrutineer::signals
