#include "signals/crowded_addresses.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "signals/reporting.h"
#include "signals/wording.h"

namespace scrutineer::signals {
namespace {

constexpr std::size_t shown = 10;

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = crowded_addresses();
  std::map<std::uint64_t, double> with_electors;
  double addresses = 0;
  for (const auto& [electors, count] : evidence.register_occupancy) {
    with_electors[electors] += static_cast<double>(count);
    addresses += static_cast<double>(count);
  }
  if (addresses <= 0) return absent(signal, "an electoral register with addresses");
  SignalReport report =
      report_of(signal, "The address is one more of the register's addresses: rank by people known there.");
  std::vector<std::vector<std::uint32_t>> beyond(evidence.addresses.size());
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (member.address < beyond.size() && member.status != RegisterStatus::at_address)
      beyond[member.address].push_back(i);
  }
  for (std::size_t a = 0; a < beyond.size(); ++a) {
    const Address& address = evidence.addresses[a];
    if (beyond[a].size() < 2 || (address.flat_missing && address.building_units > 1)) continue;
    const std::uint64_t known = address.electors + beyond[a].size();
    double as_many = 0;
    for (auto it = with_electors.lower_bound(known); it != with_electors.end(); ++it) as_many += it->second;
    Finding finding = finding_of(report, "address", address.key);
    finding.members = ids_of(evidence, beyond[a]);
    finding.observed = static_cast<double>(known);
    finding.p = (1.0 + as_many) / (1.0 + addresses);
    finding.expected_innocent = static_cast<double>(beyond[a].size());
    finding.innocent = {"lodgers", "a care home or hostel", "a register that lags behind moves"};
    finding.text = wording::context_only(
        fmt::format("{} people are known at this address, {} of them members beyond the register; {} of {} "
                    "addresses have as many "
                    "electors",
                    known, beyond[a].size(), wording::number(as_many), wording::number(addresses)));
    finding.exhibits = address.register_rows;
    add_member_rows(evidence, beyond[a], finding.exhibits);
    report.findings.push_back(std::move(finding));
  }
  const std::size_t tested = report.findings.size();
  settle(report, options, tested, [](Finding&) {});
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const Finding& x, const Finding& y) { return *x.p < *y.p; });
  if (report.findings.size() > shown) report.findings.resize(shown);
  report.notes.push_back(
      fmt::format("{} addresses have two or more members beyond the register; the first {} are shown.",
                  tested, report.findings.size()));
  return report;
}

}  // namespace

Signal crowded_addresses() {
  return {6, "crowded-addresses", "People known at an address, against the register", Tier::context, run};
}

}  // namespace scrutineer::signals
