#include "signals/duplicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "signals/reporting.h"
#include "signals/wording.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{"father and son, twins or namesakes",
                                                     "entered again after a move or a lapse",
                                                     "one record keyed twice"};
  return explanations;
}

void word(Finding& finding) {
  finding.innocent = innocent_explanations();
  const wording::Comparison comparison{"coincidence in a list of these names and dates",
                                       "pairs as alike",
                                       1.0,
                                       finding.expected,
                                       {},
                                       finding.e};
  finding.level = finding.listed ? 2 : 0;
  finding.text =
      finding.listed ? wording::unusual(comparison, finding.innocent) : wording::no_signal(comparison);
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = duplicates();
  if (evidence.members.empty()) return absent(signal, "a members roll");
  SignalReport report = report_of(signal,
                                  "Two different people agree by coincidence as far as this pair does; the "
                                  "expected number of such pairs comes from "
                                  "the list's own counts of names and dates (sum over names of C(n, 2) times "
                                  "the chance of agreeing dates).");
  for (const DuplicatePair& pair : evidence.duplicates) {
    if (pair.first >= evidence.members.size() || pair.second >= evidence.members.size()) continue;
    const std::array both{pair.first, pair.second};
    const std::vector<std::string> ids = ids_of(evidence, both);
    Finding finding = finding_of(report, "pair", ids.front() + "," + ids.back());
    finding.members = ids;
    finding.observed = 1;
    finding.expected = pair.expected_coincidences;
    finding.p = std::clamp(pair.expected_coincidences, 1e-12, 1.0);
    finding.e = stats::calibrated_mixture(*finding.p);
    finding.expected_innocent = std::min(2.0, 2.0 * pair.expected_coincidences);
    add_member_rows(evidence, both, finding.exhibits);
    report.findings.push_back(std::move(finding));
  }
  settle(report, options, 0, word, 50);
  report.notes.push_back(
      fmt::format("{} pairs held to be one person; {} coincidences expected in the whole list.",
                  evidence.duplicates.size(), wording::number(evidence.duplicates_expected)));
  return report;
}

}  // namespace

Signal duplicates() {
  return {18, "duplicates", "Members listed twice", Tier::lead, run};
}

}  // namespace scrutineer::signals
