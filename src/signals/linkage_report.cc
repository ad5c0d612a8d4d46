// The key test as the report shows it: one finding about the list, with every number of the rule in the
// notes.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "signals/linkage_of_irregulars.h"
#include "signals/reporting.h"
#include "signals/wording.h"

namespace scrutineer::signals {
namespace {

constexpr std::array<const char*, linkage_statistic_count> statistic_names = {"payer", "recruiter", "phone",
                                                                              "join day", "several of these"};

const std::vector<std::string>& innocent_explanations() {
  static const std::vector<std::string> explanations{
      "people who were never registered, moved, and whose successor does not know them",
      "a group that moves house more than others, as students do",
      "somebody who paid for people, or signed them up at one table, carelessly and without a plan",
      "visitors who recorded the answers for one group otherwise than for others"};
  return explanations;
}

void note_joint(const JointTest& test, const std::string& name, SignalReport& report) {
  report.notes.push_back(
      fmt::format("{}: {} labelled of {} members in {} households; js = {:.4g} of {} permutations", name,
                  test.labelled, test.members, test.households, test.js, test.permutations));
}

void note_links(const LinkageTest& test, SignalReport& report) {
  for (std::size_t k = 0; k < linkage_statistic_count; ++k) {
    report.notes.push_back(fmt::format("pairs sharing {}: observed {}, expected {}, p = {:.4g}",
                                       statistic_names[k], wording::number(test.joint.pairs[k]),
                                       wording::number(test.joint.pairs_expected[k]), test.joint.p[k]));
  }
}

void note_steps(const LinkageTest& test, SignalReport& report) {
  for (const Deletion& deletion : test.deletions) {
    report.notes.push_back(fmt::format("without {}: js = {:.4g}", deletion.in_words(), deletion.js));
  }
  if (test.sensitivity.permutations > 0) {
    report.notes.push_back(
        fmt::format("if the most linked groups went wrong at up to {:.1f} times the odds of others: "
                    "js = {:.4g}",
                    test.gamma, test.sensitivity.js));
  }
  if (test.within_recruiter) {
    note_joint(*test.within_recruiter, "with the people of each recruiter kept apart", report);
    report.notes.push_back(
        fmt::format("households of the recruiter who contributes most: {:.1f} of {} irregular; p against "
                    "half of them = {:.4g}",
                    test.top_recruiter.irregular, test.top_recruiter.households, test.top_recruiter.p));
  }
  const std::pair<const char*, const std::optional<JointTest>*> beside[] = {
      {"placebo, moved instead of strict", &test.placebo},
      {"strict against moved, among those not verified", &test.absent_only},
      {"denied in person alone", &test.denied_only},
      {"visits without an outcome (does recording follow the links?)", &test.outcome_recorded}};
  for (const auto& [name, joint] : beside) {
    if (*joint) note_joint(**joint, name, report);
  }
}

Finding finding_about_the_list(const LinkageTest& test, const Evidence& evidence,
                               const SignalReport& report) {
  Finding finding = finding_of(report, "roll", "members");
  double observed = 0;
  double expected = 0;
  for (std::size_t type = 0; type < link_type_count; ++type) {
    observed += test.joint.pairs[type];
    expected += test.joint.pairs_expected[type];
  }
  finding.observed = observed;
  finding.expected = expected;
  finding.p = test.joint.js;
  finding.e = test.e;
  finding.members = ids_of(evidence, test.linked);
  // Pairs that chance alone would give, as a share of the linked.
  finding.expected_innocent =
      observed > 0 ? static_cast<double>(test.linked.size()) * std::min(1.0, expected / observed) : 0;
  add_member_rows(evidence, test.linked, finding.exhibits);
  for (const std::uint32_t member : test.linked) finding.exhibits.push_back(evidence.members[member].visit);
  for (const AccountExhibit& account : test.accounts) {
    finding.exhibits.insert(finding.exhibits.end(), account.payments.begin(), account.payments.end());
  }
  return finding;
}

void word(Finding& finding, const LinkageTest& test) {
  finding.innocent = innocent_explanations();
  const wording::Comparison comparison{"the same outcomes given to other households alike",
                                       "linked pairs",
                                       finding.observed.value_or(0),
                                       finding.expected,
                                       std::nullopt,
                                       finding.e};
  if (test.statistics_met() && test.exhibits_met()) {
    finding.level = 5;
    finding.text = wording::consistent_with_coordination(alternatives_tested());
    return;
  }
  finding.level = finding.listed ? 2 : 0;
  finding.text =
      finding.listed ? wording::unusual(comparison, finding.innocent) : wording::no_signal(comparison);
  if (finding.listed) return;
  // Nobody is named under "no signal".
  finding.members.clear();
  finding.exhibits.clear();
  finding.expected_innocent = 0;
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = linkage_of_irregulars_signal();
  if (!evidence.has_canvass) return absent(signal, "a canvass (a roll of kind \"canvass\")");
  const LinkageTest test = test_linkage_of_irregulars(evidence, options);
  if (test.arm == Arm::unknown) {
    return absent(
        signal,
        "canvass outcomes marked as of the random arm (links that chose whom to visit cannot testify)");
  }
  if (test.known == 0) return absent(signal, "canvass outcomes other than refusals and closed doors");
  return linkage_report(test, evidence, options);
}

}  // namespace

std::string Deletion::in_words() const {
  const std::string size = fmt::format("({} {})", members, members == 1 ? "member" : "members");
  if (kind == "day") return fmt::format("the join day {} {}", printable(key, 20), size);
  if (!decides()) return fmt::format("the {} that contributes most {}", kind, size);
  return fmt::format("one {} {}", kind, size);
}

const std::vector<std::string>& alternatives_tested() {
  static const std::vector<std::string> alternatives{
      "chance, given who is linked to whom", "any one household, join day, phone or visitor",
      "a group that moves house more than others", "a recruiter who enrolled people carelessly"};
  return alternatives;
}

SignalReport linkage_report(const LinkageTest& test, const Evidence& evidence, const SignalOptions& options) {
  SignalReport report = report_of(
      linkage_of_irregulars_signal(),
      "Given who is linked to whom, the outcomes of whole households are exchangeable between households of "
      "the same number of visited members, class of address, ward, join period and contact attempts, where "
      "fewer than ten are alike whatever the last of these (exact Monte Carlo p). A pair counts 1/n, n being "
      "the visited members who share its link (Potthoff & Whittinghill 1966).");
  report.notes.push_back(
      fmt::format("{}: {} visited, {} with an outcome, {} strict ({} denied in person, {} not known "
                  "and never on a register there), {} moved",
                  test.arm == Arm::random ? "random arm" : "everyone visited", test.visited, test.known,
                  test.strict, test.denied, test.never_there, test.moved));
  note_links(test, report);
  note_joint(test.joint, "all together", report);
  note_steps(test, report);
  report.findings.push_back(finding_about_the_list(test, evidence, report));
  settle(report, options, 1, [&](Finding& finding) { word(finding, test); });
  return report;
}

Signal linkage_of_irregulars_signal() {
  return {25, "linkage-of-irregulars", "Linkage of confirmed irregulars", Tier::exhibit, run};
}

}  // namespace scrutineer::signals
