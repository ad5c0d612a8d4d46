#include "signals/occupancy.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/beta_binomial.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t least_tested = 2;
constexpr std::uint64_t last_of_body = 3;

struct Occupied {
  std::vector<std::uint32_t> members;
  std::uint64_t off_register = 0;  // members who give the address and are not on the register there
};

std::vector<Occupied> occupied_addresses(const Evidence& evidence) {
  std::vector<Occupied> occupied(evidence.addresses.size());
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (member.address >= occupied.size()) continue;
    occupied[member.address].members.push_back(i);
    if (member.status != RegisterStatus::at_address) ++occupied[member.address].off_register;
  }
  return occupied;
}

bool written_short(const Address& address) {
  return address.flat_missing && address.building_units > 1;
}

// How many addresses have n people known and x members; addresses without members come from the register.
std::vector<stats::BetaBinomialCell> cells_of(const Evidence& evidence,
                                              const std::vector<Occupied>& occupied) {
  std::map<std::pair<std::uint64_t, std::uint64_t>, double> counts;
  std::map<std::uint64_t, double> without_members;
  for (const auto& [electors, addresses] : evidence.register_occupancy)
    without_members[electors] += static_cast<double>(addresses);
  for (std::size_t a = 0; a < occupied.size(); ++a) {
    const Address& address = evidence.addresses[a];
    if (address.electors > 0) without_members[address.electors] -= occupied[a].members.empty() ? 0.0 : 1.0;
    if (occupied[a].members.empty() || written_short(address)) continue;
    ++counts[{address.electors + occupied[a].off_register, occupied[a].members.size()}];
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

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = occupancy();
  if (evidence.register_occupancy.empty()) return absent(signal, "an electoral register with addresses");
  const std::vector<Occupied> occupied = occupied_addresses(evidence);
  const auto fit = stats::fit_beta_binomial(cells_of(evidence, occupied), last_of_body);
  if (!fit) return absent(signal, "members whose addresses are found on the register");
  SignalReport report = report_of(
      signal,
      "Of the people known at an address the number of members is beta-binomial; share and within-address "
      "correlation "
      "are fitted on all addresses of the register with up to three members (truncated likelihood), and the "
      "correlation is taken at its upper bound; given at least two members.");
  std::size_t short_addresses = 0;
  for (std::size_t a = 0; a < occupied.size(); ++a) {
    const Address& address = evidence.addresses[a];
    const std::uint64_t members = occupied[a].members.size();
    if (members < least_tested) continue;
    if (written_short(address)) {
      ++short_addresses;
      continue;
    }
    const std::uint64_t known = address.electors + occupied[a].off_register;
    const double at_least_two = stats::beta_binomial_upper_tail(least_tested, known, fit->p, fit->rho_upper);
    Finding finding = finding_of(report, "address", address.key);
    finding.members = ids_of(evidence, occupied[a].members);
    finding.observed = static_cast<double>(members);
    // The mean given at least two: E[X; X >= 2] = np - P(X = 1), and P(X = 1) = P(X >= 1) - P(X >= 2).
    const double one = stats::beta_binomial_upper_tail(1, known, fit->p, fit->rho_upper) - at_least_two;
    finding.expected = (static_cast<double>(known) * fit->p - one) / at_least_two;
    finding.p =
        std::min(1.0, stats::beta_binomial_upper_tail(members, known, fit->p, fit->rho_upper) / at_least_two);
    finding.e = stats::calibrated_mixture(*finding.p);
    finding.expected_innocent = std::clamp(*finding.expected, 0.0, static_cast<double>(members));
    finding.exhibits = address.register_rows;
    add_member_rows(evidence, occupied[a].members, finding.exhibits);
    report.findings.push_back(std::move(finding));
  }
  settle(report, options, 0, word);
  report.notes.push_back(fmt::format(
      "Share of members {:.2g}, correlation within an address {:.2g} (tested at its upper bound {:.2g}).",
      fit->p, fit->rho, fit->rho_upper));
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
