#include "signals/unused_signals.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/chi_squared.h"

namespace scrutineer::signals {
namespace {

constexpr std::int64_t least_count = 100;

std::variant<SignalReport, Absent> run_surnames(const Evidence&, const SignalOptions&) {
  SignalReport report = report_of(surname_heterogeneity(), "None. Not used: weight 0.");
  report.notes.push_back(
      "Never computed: in many naming traditions one family bears several names, so this rule would measure "
      "origin and "
      "nothing else. Signals are given no name.");
  return report;
}

std::variant<SignalReport, Absent> run_non_contact(const Evidence& evidence, const SignalOptions&) {
  const Signal signal = non_contact();
  if (!evidence.has_canvass) return absent(signal, "a canvass roll");
  SignalReport report =
      report_of(signal, "None. Not used: weight 0 except as the worst case of the certificate.");
  std::uint64_t visited = 0;
  std::uint64_t unmet = 0;
  for (const Member& member : evidence.members) {
    if (!member.outcome) continue;
    ++visited;
    if (*member.outcome == Outcome::no_contact || *member.outcome == Outcome::refused) ++unmet;
  }
  report.tested = visited;
  report.notes.push_back(fmt::format(
      "{} of {} visited members were not met or did not wish to answer. That says nothing about them.", unmet,
      visited));
  return report;
}

std::variant<SignalReport, Absent> run_listed_names(const Evidence& evidence, const SignalOptions&) {
  const Signal signal = listed_names();
  if (evidence.list_comparisons.empty())
    return absent(signal, "a list of known persons (a roll of kind \"watchlist\")");
  SignalReport report = report_of(signal,
                                  "Coincidence of names: expected number = members times the sum of the "
                                  "shares of the listed names. Weight 0.");
  for (const ListComparison& list : evidence.list_comparisons) {
    report.tested += list.listed;
    report.notes.push_back(
        fmt::format("{}: {} persons listed, {} members of the same name where chance gives {}; agreeing in a "
                    "full date of birth too: "
                    "{} where chance gives {}.",
                    list.list, list.listed, list.observed, wording::number(list.expected),
                    list.with_full_date, wording::number(list.expected_with_full_date)));
  }
  return report;
}

std::variant<SignalReport, Absent> run_last_digits(const Evidence& evidence, const SignalOptions&) {
  const Signal signal = last_digits();
  std::array<std::uint64_t, 10> digits{};
  std::uint64_t used = 0;
  for (const std::int64_t count : evidence.result_counts) {
    if (count < least_count) continue;
    ++digits.at(static_cast<std::size_t>(count % 10));
    ++used;
  }
  if (used < 50) return absent(signal, "at least 50 result counts of 100 or more");
  SignalReport report = report_of(signal, "Every last digit is equally likely. Not used: weight 0.");
  const stats::ChiSquared test = stats::chi_squared_uniform(digits);
  report.tested = used;
  report.notes.push_back(
      fmt::format("Chi-squared {:.1f} on {:.0f} degrees of freedom, p = {:.2g}, {} counts. This test fires "
                  "on clean elections, so "
                  "nothing follows from it.",
                  test.statistic, test.degrees, test.p, used));
  return report;
}

}  // namespace

Signal surname_heterogeneity() {
  return {7, "surname-heterogeneity", "Different family names at one address (not used)", Tier::unused,
          run_surnames};
}

Signal non_contact() {
  return {16, "non-contact", "Nobody met (not used)", Tier::unused, run_non_contact};
}

Signal listed_names() {
  return {17, "listed-names", "Same name as a listed person (not used)", Tier::unused, run_listed_names};
}

Signal last_digits() {
  return {28, "last-digits", "Last digits of results (not used)", Tier::unused, run_last_digits};
}

}  // namespace scrutineer::signals
