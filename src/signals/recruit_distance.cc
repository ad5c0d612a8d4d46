#include "signals/recruit_distance.h"

#include <fmt/format.h>

#include <cmath>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/permutation.h"

namespace scrutineer::signals {
namespace {

constexpr std::size_t least_households = 30;
constexpr double least_recruits = 3;

struct Centre {
  double n = 0, east = 0, north = 0;
};

// Mean distance from the recruiters' centres, where unit u has the recruiter of unit source[u].
double mean_distance(const Evidence& evidence, const std::vector<std::uint32_t>& units,
                     std::span<const std::uint32_t> source, std::vector<Centre>& centres) {
  centres.assign(evidence.recruiters.size(), {});
  const auto recruiter = [&](std::size_t u) { return evidence.members[units[source[u]]].recruiter; };
  for (std::size_t u = 0; u < units.size(); ++u) {
    Centre& centre = centres[recruiter(u)];
    centre.n += 1;
    centre.east += *evidence.members[units[u]].easting;
    centre.north += *evidence.members[units[u]].northing;
  }
  double sum = 0;
  double counted = 0;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const Centre& centre = centres[recruiter(u)];
    if (centre.n < least_recruits) continue;
    sum += std::hypot(*evidence.members[units[u]].easting - centre.east / centre.n,
                      *evidence.members[units[u]].northing - centre.north / centre.n);
    counted += 1;
  }
  return counted > 0 ? sum / counted : 0.0;
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = recruit_distance();
  std::vector<std::uint32_t> units;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (member.easting && member.northing && member.recruiter < evidence.recruiters.size())
      units.push_back(i);
  }
  units = one_a_household(evidence, units);
  if (units.size() < least_households)
    return absent(signal, "grid coordinates and recruiters of at least 30 households");
  SignalReport report = report_of(
      signal,
      "Within a ward, who recruited whom has nothing to do with where they live: recruiters are permuted.");
  std::vector<std::uint32_t> classes;
  for (const std::uint32_t i : units) classes.push_back(evidence.members[i].ward);
  const stats::ExchangeClasses exchange(classes);
  const auto table =
      stats::permute(exchange, 1, {evidence.seed, "recruit-distance", options.permutations, options.threads},
                     [&](std::span<const std::uint32_t> source, std::span<double> out, unsigned) {
                       std::vector<Centre> centres;
                       out[0] = -mean_distance(evidence, units, source, centres);
                     });
  double sum = 0;
  for (const double value : table.values) sum -= value;
  Finding finding = finding_of(report, "roll", "members");
  finding.observed = -table.observed(0);
  finding.expected = sum / static_cast<double>(table.rows());
  finding.p = stats::permutation_p(table.values);
  finding.expected_innocent = static_cast<double>(units.size());
  finding.innocent = {"neighbours recruit neighbours", "one block of flats", "one stall"};
  finding.text = wording::context_only(fmt::format(
      "households recruited by one person live {} m from their centre on average where chance within wards "
      "gives {} m; "
      "neighbours recruit neighbours",
      wording::number(std::round(*finding.observed)), wording::number(std::round(*finding.expected))));
  report.findings.push_back(std::move(finding));
  settle(report, options, 1, [](Finding&) {});
  report.notes.push_back(fmt::format("{} households with coordinates and a recruiter.", units.size()));
  return report;
}

}  // namespace

Signal recruit_distance() {
  return {14, "recruit-distance", "How near a recruiter's people live", Tier::context, run};
}

}  // namespace scrutineer::signals
