#include "signals/early_transfers.h"

#include <fmt/format.h>

#include "signals/branch_rates.h"
#include "signals/reporting.h"

namespace scrutineer::signals {
namespace {

constexpr std::int32_t early_days = 183;

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = early_transfers();
  std::vector<std::uint32_t> early;
  std::size_t transfers = 0;
  std::size_t address_unknown = 0;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const Member& member = evidence.members[i];
    if (!member.transferred_on || !member.joined) continue;
    ++transfers;
    const std::int32_t days = *member.transferred_on - *member.joined;
    if (days < 0 || days > early_days || member.address_at_transfer_kept == false) continue;
    early.push_back(i);
    if (!member.address_at_transfer_kept) ++address_unknown;
  }
  if (transfers == 0) return absent(signal, "dates of transfers between branches");
  const auto test =
      test_against_branches(static_cast<std::int64_t>(early.size()),
                            static_cast<std::int64_t>(evidence.members.size()), evidence.transfers_elsewhere);
  SignalReport report = report_of(
      signal, test ? "The share of early transfers is drawn from the beta-binomial law of the other branches."
                   : "None: without the rates of other branches the count is shown and not tested.");
  Finding finding = finding_of(report, "roll", "members");
  finding.members = ids_of(evidence, early);
  finding.observed = static_cast<double>(early.size());
  finding.expected_innocent = *finding.observed;
  finding.innocent = {"a move that was entered late", "a change of boundaries", "a correction of the branch"};
  if (test) {
    finding.expected = test->expected;
    finding.p = test->p;
    finding.e = test->e;
    finding.expected_innocent = std::min(test->expected, *finding.observed);
  }
  add_member_rows(evidence, early, finding.exhibits);
  report.findings.push_back(std::move(finding));
  settle(report, options, 0,
         [](Finding& f) { word_comparison(f, "the other branches' share of early transfers", "members"); });
  report.notes.push_back(
      fmt::format("{} transfers in; {} within {} days of joining without a known change of address ({} where "
                  "that is not recorded).",
                  transfers, early.size(), early_days, address_unknown));
  return report;
}

}  // namespace

Signal early_transfers() {
  return {21, "early-transfers", "Joined, then transferred in", Tier::lead, run};
}

}  // namespace scrutineer::signals
