#include "signals/unpaid_members.h"

#include <fmt/format.h>

#include "signals/branch_rates.h"
#include "signals/reporting.h"
#include "signals/wording.h"

namespace scrutineer::signals {
namespace {

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "a concession or a free first year", "arrears", "cash or a cheque not entered",
      "payments under an old membership number or in an older ledger"};
  return explanations;
}

// Unpaid eligible members, and how many are eligible.
std::pair<std::vector<std::uint32_t>, std::int64_t> unpaid_of(const Evidence& evidence) {
  std::vector<bool> paid(evidence.members.size(), false);
  for (const Payment& payment : evidence.payments)
    if (payment.member < paid.size() && payment.amount_pence.value_or(1) > 0) paid[payment.member] = true;
  std::vector<std::uint32_t> unpaid;
  std::int64_t eligible = 0;
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    if (!evidence.members[i].eligible) continue;
    ++eligible;
    if (!paid[i]) unpaid.push_back(i);
  }
  return {std::move(unpaid), eligible};
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = unpaid_members();
  if (!evidence.has_payments) return absent(signal, "a payments roll");
  const auto [unpaid, eligible] = unpaid_of(evidence);
  const auto test =
      test_against_branches(static_cast<std::int64_t>(unpaid.size()), eligible, evidence.unpaid_elsewhere);
  SignalReport report = report_of(
      signal, test
                  ? "The share of members without a payment is drawn from the beta-binomial law of the other "
                    "branches, its dispersion taken at the upper bound."
                  : "None: without the rates of other branches the count is shown and not tested.");
  Finding group = finding_of(report, "roll", "payments");
  group.members = ids_of(evidence, unpaid);
  group.observed = static_cast<double>(unpaid.size());
  group.innocent = innocent_explanations();
  group.expected_innocent = *group.observed;
  if (test) {
    group.expected = test->expected;
    group.p = test->p;
    group.e = test->e;
    group.expected_innocent = std::min(test->expected, *group.observed);
  }
  add_member_rows(evidence, unpaid, group.exhibits);
  const double share = *group.observed > 0 ? group.expected_innocent / *group.observed : 1.0;
  const std::string group_id = group.id;
  report.findings.push_back(std::move(group));
  for (const std::uint32_t member : unpaid) {
    Finding row = finding_of(report, "member", evidence.members[member].id);
    row.part_of = group_id;
    row.tier = Tier::lead;
    row.members = {evidence.members[member].id};
    row.level = 1;
    row.innocent = innocent_explanations();
    row.expected_innocent = share;
    row.exhibits = {evidence.members[member].row};
    report.findings.push_back(std::move(row));
  }
  settle(report, options, 0, [](Finding& finding) {
    if (finding.subject.kind == "member") {
      finding.text = wording::record_needs_updating();
    } else {
      word_comparison(finding, "the other branches' share of members without a payment", "members");
    }
  });
  report.notes.push_back(
      fmt::format("{} of {} eligible members have no payment on the roll.", unpaid.size(), eligible));
  if (test)
    report.notes.push_back(fmt::format("{} other branches, share {:.2g}.", test->branches, test->share));
  return report;
}

}  // namespace

Signal unpaid_members() {
  return {9, "unpaid-members", "No payment on record", Tier::exhibit, run};
}

}  // namespace scrutineer::signals
