#include "signals/join_bursts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "signals/register_excess.h"
#include "signals/reporting.h"
#include "stats/beta_binomial.h"
#include "stats/count_regression.h"
#include "stats/negative_binomial.h"

namespace scrutineer::signals {
namespace {

constexpr std::int32_t window_days = 1095;
constexpr std::int32_t half_width = 60;
constexpr std::int32_t deadline_window = 14;
constexpr std::uint64_t least_tested = 2;
// Stalls of the honest branch: on how many of its days, and the mean share of the list's households that one
// brings.
constexpr double stall_days = 0.015;
constexpr double stall_share = 0.015;

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

std::size_t number_of_households(const Evidence& evidence) {
  std::set<std::uint32_t> households;
  std::size_t alone = 0;
  for (const Member& member : evidence.members)
    member.household == none ? static_cast<void>(++alone)
                             : static_cast<void>(households.insert(member.household));
  return households.size() + alone;
}

// The last day on which one could join and be eligible.
std::optional<Date> deadline_of(const Evidence& evidence) {
  if (!evidence.freeze_date) return std::nullopt;
  return *evidence.freeze_date + -evidence.min_membership_days.value_or(0);
}

bool before_deadline(const std::optional<Date>& deadline, Date day) {
  return deadline && day <= *deadline && *deadline - day < deadline_window;
}

// P(Y + S >= d) where S is a stall: 0 on most days, else geometric from 1 with the given mean. `upper(k)` is
// P(Y >= k).
template <typename Upper>
double with_stalls(Upper upper, std::uint64_t d, double mean) {
  const double on = 1.0 - 1.0 / std::max(mean, 1.0 + 1e-9);
  double with_one = upper(d);  // Y alone reaches d
  for (std::uint64_t k = 0; k < d; ++k)
    with_one += (upper(k) - upper(k + 1)) * std::pow(on, static_cast<double>(d - k - 1));
  return (1.0 - stall_days) * upper(d) + stall_days * std::min(1.0, with_one);
}
template <typename Upper>
double given_tested(Upper upper, std::uint64_t d, double mean) {
  return std::min(1.0, with_stalls(upper, d, mean) / with_stalls(upper, least_tested, mean));
}

// For each day tested: conditional p given at least two households, and the mean.
struct DayLaw {
  std::vector<std::optional<double>> p;
  std::vector<double> expected;
  std::string note;
};

std::optional<DayLaw> conditional_law(const Calendar& calendar, double stall) {
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
    const auto upper = [&](std::uint64_t k) {
      return stats::beta_binomial_upper_tail(k, cell.n, cell.p, fit->rho_upper);
    };
    law.p.push_back(given_tested(upper, cell.x, stall));
  }
  law.note = fmt::format(
      "Conditional on joins elsewhere; correlation within a day {:.2g} (tested at its upper bound {:.2g}).",
      fit->rho, fit->rho_upper);
  return law;
}

std::optional<DayLaw> regression_law(const Calendar& calendar, const std::optional<Date>& deadline,
                                     double stall) {
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
    const auto upper = [&](std::uint64_t k) {
      return stats::negative_binomial_upper_tail(k, fit->mean[d], fit->size_lower);
    };
    law.p.push_back(given_tested(upper, counts[d].count, stall));
  }
  law.note = fmt::format(
      "Negative binomial with smooth level, day of the week and deadline; size {:.2g} (tested at its lower "
      "bound "
      "{:.2g}).",
      fit->size, fit->size_lower);
  return law;
}

std::vector<std::string> innocent_explanations(bool near_deadline, bool conditional) {
  std::vector<std::string> explanations{"a recruitment stall, event or campaign", "forms keyed on one day",
                                        "people who register less than others, as students and tenants do"};
  if (near_deadline) explanations.insert(explanations.begin(), "the deadline for joining in time to vote");
  if (!conditional) explanations.emplace_back("news or a drive everywhere, which joins elsewhere would show");
  return explanations;
}

void test_days(const Evidence& evidence, const Calendar& calendar, const DayLaw& law, bool conditional,
               SignalReport& report) {
  const auto deadline = deadline_of(evidence);
  double least_p = 1;
  std::size_t tested = 0;
  const RegisterExcess registers(evidence);
  for (std::size_t d = 0; d < calendar.days.size(); ++d) {
    if (!law.p[d]) continue;
    const Day& day = calendar.days[d];
    Finding finding = finding_of(report, "day", calendar.date(d).iso());
    finding.members = ids_of(evidence, day.members);
    const auto excess = registers.test(day.members);
    const GroupTest group = combined(*law.p[d], excess);
    const auto members = static_cast<double>(finding.members.size());
    finding.p = group.p;
    finding.e = group.e;
    if (excess && group.register_speaks) {
      finding.observed = static_cast<double>(excess->irregular);
      finding.expected = excess->expected;
      const auto never = static_cast<double>(excess->members.size());
      const double share = excess->irregular > 0 ? std::min(1.0, excess->expected / *finding.observed) : 1.0;
      finding.expected_innocent = members - never + never * share;
      finding.text =
          fmt::format("households with somebody on no register there, of {} that joined", day.households);
    } else {
      finding.observed = static_cast<double>(day.households);
      finding.expected = law.expected[d];
      finding.expected_innocent = std::min(law.expected[d], members);
      finding.text = "households that joined";
    }
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
  const double stall = stall_share * static_cast<double>(number_of_households(evidence));
  const auto law = conditional ? conditional_law(*calendar, stall)
                               : regression_law(*calendar, deadline_of(evidence), stall);
  if (!law) return absent(signal, "joins on at least 56 days' span, at least ten of them");
  SignalReport report = report_of(
      signal,
      conditional
          ? "Two nulls, e being the mean of their e-values and of the product of these. Size: of a day's "
            "joins here and elsewhere, those "
            "here are beta-binomial with a smooth share and a dispersion fitted robustly, and a few days "
            "have "
            "a stall besides; households counted, given at least two. Register: those who joined on the day "
            "are on the register at their address as often as households alike (exact, hypergeometric)."
          : "Two nulls, e being the mean of their e-values and of the product of these. Size: households "
            "joining on a day are negative "
            "binomial around a smooth level with effects of the day of the week and of the deadline, and a "
            "few days have a stall besides; dispersion fitted robustly; given at least two. Register: those "
            "who joined on the day are on the register at their address as often as households alike (exact, "
            "hypergeometric).");
  test_days(evidence, *calendar, *law, conditional, report);
  settle(report, options, 0, [](Finding& finding) {
    const bool of_register = finding.text.starts_with("households with");
    word_comparison(finding,
                    of_register ? "registration being as frequent among those who joined on one day as among "
                                  "households alike"
                                : "this branch's own rate of joining, stalls included",
                    finding.text);
  });
  return report;
}

}  // namespace

Signal join_bursts() {
  return {4, "join-bursts", "Days on which many joined", Tier::lead, run};
}

}  // namespace scrutineer::signals
