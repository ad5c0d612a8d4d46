#include "signals/occupancy.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/beta_binomial.h"
#include "stats/degree_law.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t least_tested = 2;
constexpr std::uint64_t last_of_body = 3;
constexpr std::uint64_t last_of_body_beyond = 5;

struct Occupied {
  std::vector<std::uint32_t> members;
  std::uint64_t electors = 0;  // members who are on the register at the address
  std::uint64_t beyond = 0;    // members who give the address and are not on the register there
};

std::vector<Occupied> occupied_addresses(const Evidence& evidence) {
  std::vector<Occupied> occupied(evidence.addresses.size());
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (member.address >= occupied.size()) continue;
    Occupied& address = occupied[member.address];
    address.members.push_back(i);
    ++(member.status == RegisterStatus::at_address ? address.electors : address.beyond);
  }
  return occupied;
}

bool written_short(const Address& address) {
  return address.flat_missing && address.building_units > 1;
}

// Never fewer electors than members found among them: a snapshot may count an address short.
std::uint64_t electors_at(const Address& address, const Occupied& occupied) {
  return std::max<std::uint64_t>(address.electors, occupied.electors);
}

// How many addresses have n electors and x members among them; addresses without members come from the
// register.
std::vector<stats::BetaBinomialCell> cells_of(const Evidence& evidence,
                                              const std::vector<Occupied>& occupied) {
  std::map<std::pair<std::uint64_t, std::uint64_t>, double> counts;
  std::map<std::uint64_t, double> without_members;
  for (const auto& [electors, addresses] : evidence.register_occupancy)
    without_members[electors] += static_cast<double>(addresses);
  for (std::size_t a = 0; a < occupied.size(); ++a) {
    const Address& address = evidence.addresses[a];
    if (occupied[a].members.empty()) continue;
    if (address.electors > 0) without_members[address.electors] -= 1.0;
    if (!written_short(address)) ++counts[{electors_at(address, occupied[a]), occupied[a].electors}];
  }
  std::vector<stats::BetaBinomialCell> cells;
  for (const auto& [electors, addresses] : without_members)
    if (addresses > 0 && electors > 0) cells.push_back({electors, 0, addresses, 0});
  for (const auto& [key, addresses] : counts) cells.push_back({key.first, key.second, addresses, 0});
  return cells;
}

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "a shared house, students or a large family", "a hostel, care home or staff house",
      "numbers of flats dropped from the address", "earlier tenants not yet removed"};
  return explanations;
}

void word(Finding& finding) {
  finding.innocent = innocent_explanations();
  const wording::Comparison comparison{"the way members of one address keep together on this register",
                                       "members",
                                       *finding.observed,
                                       finding.expected,
                                       {},
                                       finding.e};
  finding.level = finding.listed ? 2 : 0;
  finding.text =
      finding.listed ? wording::unusual(comparison, finding.innocent) : wording::no_signal(comparison);
}

// One of the two nulls about one address: p and e where it was reached, and what was expected of the count.
struct Part {
  double p = 1;
  double e = 1;
  double expected = 0;
};

Part among_electors(std::uint64_t members, std::uint64_t electors, const stats::BetaBinomialFit& fit) {
  if (members < least_tested) return {1, 1, static_cast<double>(members)};
  const double at_least_two = stats::beta_binomial_upper_tail(least_tested, electors, fit.p, fit.rho_upper);
  const double p = stats::beta_binomial_upper_tail(members, electors, fit.p, fit.rho_upper) / at_least_two;
  // The mean given at least two: E[X; X >= 2] = np - P(X = 1), and P(X = 1) = P(X >= 1) - P(X >= 2).
  const double one = stats::beta_binomial_upper_tail(1, electors, fit.p, fit.rho_upper) - at_least_two;
  const double expected = (static_cast<double>(electors) * fit.p - one) / at_least_two;
  return {std::min(1.0, p), stats::calibrated_mixture(p), expected};
}

Part beyond_electors(std::uint64_t members, const stats::DegreeLaw& law) {
  if (members < least_tested) return {1, 1, static_cast<double>(members)};
  const double p = law.upper_tail(members);
  return {p, stats::calibrated_mixture(p), law.expected_degree()};
}

Finding address_finding(const Evidence& evidence, std::size_t a, const Occupied& occupied, const Part& among,
                        const Part& beyond, const SignalReport& report) {
  const Address& address = evidence.addresses[a];
  Finding finding = finding_of(report, "address", address.key);
  finding.members = ids_of(evidence, occupied.members);
  finding.observed = static_cast<double>(occupied.members.size());
  finding.expected = among.expected + beyond.expected;
  finding.p = std::min(1.0, 2.0 * std::min(among.p, beyond.p));
  finding.e = (among.e + beyond.e) / 2.0;
  finding.expected_innocent = std::clamp(*finding.expected, 0.0, *finding.observed);
  finding.exhibits = address.register_rows;
  add_member_rows(evidence, occupied.members, finding.exhibits);
  return finding;
}

stats::DegreeLaw law_beyond(const Evidence& evidence, const std::vector<Occupied>& occupied) {
  std::vector<std::uint64_t> counts;
  for (std::size_t a = 0; a < occupied.size(); ++a)
    if (!written_short(evidence.addresses[a])) counts.push_back(occupied[a].beyond);
  return {counts, least_tested, last_of_body_beyond};
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = occupancy();
  if (evidence.register_occupancy.empty()) return absent(signal, "an electoral register with addresses");
  const std::vector<Occupied> occupied = occupied_addresses(evidence);
  const auto fit = stats::fit_beta_binomial(cells_of(evidence, occupied), last_of_body);
  if (!fit) return absent(signal, "members whose addresses are found on the register");
  const stats::DegreeLaw law = law_beyond(evidence, occupied);
  SignalReport report = report_of(signal,
                                  "Of an address's electors the number who are members is beta-binomial, "
                                  "share and within-address correlation "
                                  "fitted on all addresses of the register with up to three such members, "
                                  "the correlation taken at its upper "
                                  "bound; members there who are not on the register go on geometrically from "
                                  "two, as at this roll's other "
                                  "addresses. e is the mean of the two.");
  std::size_t short_addresses = 0;
  for (std::size_t a = 0; a < occupied.size(); ++a) {
    if (occupied[a].members.size() < least_tested) continue;
    if (written_short(evidence.addresses[a])) {
      ++short_addresses;
      continue;
    }
    const std::uint64_t electors = electors_at(evidence.addresses[a], occupied[a]);
    report.findings.push_back(address_finding(evidence, a, occupied[a],
                                              among_electors(occupied[a].electors, electors, *fit),
                                              beyond_electors(occupied[a].beyond, law), report));
  }
  settle(report, options, 0, word);
  report.notes.push_back(
      fmt::format("Share of electors who are members {:.2g}, correlation within an address {:.2g} (tested at "
                  "its upper bound "
                  "{:.2g}); members beyond the register go on with probability {:.2f}.",
                  fit->p, fit->rho, fit->rho_upper, law.mean_q()));
  report.notes.push_back(
      fmt::format("{} addresses with several members name no flat of a building that has several: an address "
                  "written short, not "
                  "judged here.",
                  short_addresses));
  return report;
}

}  // namespace

Signal occupancy() {
  return {5, "occupancy", "More members at an address than expected", Tier::lead, run};
}

}  // namespace scrutineer::signals
