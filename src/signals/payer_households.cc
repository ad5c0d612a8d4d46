#include "signals/payer_households.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "signals/payer_links.h"
#include "signals/register_excess.h"
#include "signals/reporting.h"
#include "signals/wording.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t first_degree = 2;

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "carer or relative paying for people who live apart", "employer or union paying for its people",
      "a treasurer who collected cash and paid it in", "a joint account or a code of the payment gateway",
      "people who register less than others, as students and tenants do"};
  return explanations;
}

bool is_institutional(const Evidence& evidence, std::uint32_t payer) {
  return std::find(evidence.institutional_payers.begin(), evidence.institutional_payers.end(), payer) !=
         evidence.institutional_payers.end();
}

// P(D >= degree | D >= 2) where the further households are geometric with mean `collected` - 2.
double size_p(std::uint64_t degree, double collected) {
  const double further = std::max(collected - static_cast<double>(first_degree), 0.5);
  return std::pow(further / (further + 1.0), static_cast<double>(degree - first_degree));
}

Finding finding_about(const Evidence& evidence, const PayerLinks& payer, const RegisterExcess& registers,
                      double collected, const SignalReport& report) {
  Finding finding = finding_of(report, "payer", evidence.payers[payer.payer]);
  const auto excess = registers.test(payer.members);
  const GroupTest test = combined(size_p(payer.households, collected), excess);
  const auto members = static_cast<double>(payer.members.size());
  finding.members = ids_of(evidence, payer.members);
  finding.p = test.p;
  finding.e = test.e;
  finding.innocent = innocent_explanations();
  if (excess && test.register_speaks) {
    finding.observed = static_cast<double>(excess->irregular);
    finding.expected = excess->expected;
    // Who is on the register there is innocent of it; of the others, as many as expected.
    const auto never = static_cast<double>(excess->members.size());
    const double share = excess->irregular > 0 ? std::min(1.0, excess->expected / *finding.observed) : 1.0;
    finding.expected_innocent = members - never + never * share;
    finding.text =
        fmt::format("households with somebody on no register there, of {} paid for", payer.households);
  } else {
    finding.observed = static_cast<double>(payer.households);
    finding.expected = collected;
    finding.expected_innocent = members;
    finding.text = "households paid for";
  }
  finding.exhibits = payer.rows;
  return finding;
}

// `text` holds what the numbers count until here.
void word(Finding& finding) {
  const bool of_register = finding.text.starts_with("households with");
  word_comparison(finding,
                  of_register ? "registration being as frequent among those this account pays for as among "
                                "households alike"
                              : "an honest collection of the size that the settings allow",
                  finding.text);
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = payer_households();
  const std::vector<PayerLinks> payers = payer_links(evidence);
  if (payers.empty())
    return absent(signal, "a payments roll with payers, or a payer column in the members roll");
  SignalReport report = report_of(
      signal,
      "Two nulls, e being the mean of their e-values and of the product of these. Size: given two "
      "households, the number of further ones "
      "is at most geometric with the mean of an honest collection. Register: those it pays for are on the "
      "register at their address as often as other households of the ward, class of address and join period "
      "(exact, hypergeometric).");
  const RegisterExcess registers(evidence);
  const double collected = evidence.collected_households.value_or(default_collected_households);
  std::size_t institutional = 0;
  for (const PayerLinks& payer : payers) {
    if (is_institutional(evidence, payer.payer)) {
      ++institutional;
    } else if (payer.households >= first_degree) {
      report.findings.push_back(finding_about(evidence, payer, registers, collected, report));
    }
  }
  settle(report, options, 0, word);
  report.notes.push_back(
      fmt::format("{} payers, {} of them for two or more households; {} declared institutional and left out.",
                  payers.size(), report.tested, institutional));
  report.notes.push_back(fmt::format(
      "An honest collection may pay for {} households on average: {}.", wording::number(collected),
      evidence.collected_households
          ? "set in the inquiry file"
          : "assumed, that of a branch whose three treasurers pay for one member in twenty of 1,200"));
  return report;
}

}  // namespace

Signal payer_households() {
  return {8, "payer-households", "One payer, several households", Tier::exhibit, run};
}

}  // namespace scrutineer::signals
