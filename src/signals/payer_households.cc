#include "signals/payer_households.h"

#include <fmt/format.h>

#include <algorithm>

#include "signals/payer_links.h"
#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/degree_law.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t first_degree = 2;
constexpr std::uint64_t last_of_body = 8;
// As if 32 decisions to go on to a further household had been seen, one in four of them "yes".
constexpr stats::DegreeLaw::Prior prior{8, 24};
constexpr double kappa = 0.1;  // of the calibrator, as VERDICT.md section 1 chose it

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "carer or relative paying for people who live apart", "employer or union paying for its people",
      "a treasurer who collected cash and paid it in", "a joint account or a code of the payment gateway"};
  return explanations;
}

bool is_institutional(const Evidence& evidence, std::uint32_t payer) {
  return std::find(evidence.institutional_payers.begin(), evidence.institutional_payers.end(), payer) !=
         evidence.institutional_payers.end();
}

void word(Finding& finding) {
  finding.innocent = innocent_explanations();
  const wording::Comparison comparison{"the law by which this roll's payers pay for further households",
                                       "households",
                                       *finding.observed,
                                       finding.expected,
                                       {},
                                       finding.e};
  finding.level = finding.listed ? 2 : 0;
  finding.text =
      finding.listed ? wording::unusual(comparison, finding.innocent) : wording::no_signal(comparison);
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = payer_households();
  const std::vector<PayerLinks> payers = payer_links(evidence);
  if (payers.empty())
    return absent(signal, "a payments roll with payers, or a payer column in the members roll");
  SignalReport report =
      report_of(signal,
                "Given that a payer pays for two households, the number of further ones is "
                "geometric with a probability learned "
                "from the payers of two to eight households of this roll (Beta(8, 24) prior, "
                "truncated likelihood, predictive "
                "tail).");
  std::vector<std::uint64_t> degrees;
  std::size_t institutional = 0;
  for (const PayerLinks& payer : payers) {
    if (is_institutional(evidence, payer.payer)) {
      ++institutional;
    } else {
      degrees.push_back(payer.households);
    }
  }
  const stats::DegreeLaw law(degrees, first_degree, last_of_body, prior);
  for (const PayerLinks& payer : payers) {
    if (payer.households < first_degree || is_institutional(evidence, payer.payer)) continue;
    Finding finding = finding_of(report, "payer", evidence.payers[payer.payer]);
    finding.members = ids_of(evidence, payer.members);
    finding.observed = payer.households;
    finding.expected = law.expected_degree();
    finding.p = law.upper_tail(payer.households);
    finding.e = stats::calibrated_power(*finding.p, kappa);
    finding.expected_innocent = std::min(*finding.expected, static_cast<double>(finding.members.size()));
    finding.exhibits = payer.rows;
    report.findings.push_back(std::move(finding));
  }
  settle(report, options, 0, word);
  report.notes.push_back(
      fmt::format("{} payers, {} of them for two or more households; {} in the body; probability of going on "
                  "{:.2f}; {} declared "
                  "institutional and left out.",
                  payers.size(), report.tested, law.body_size(), law.mean_q(), institutional));
  return report;
}

}  // namespace

Signal payer_households() {
  return {8, "payer-households", "One payer, several households", Tier::exhibit, run};
}

}  // namespace scrutineer::signals
