#include "signals/shared_contacts.h"

#include <fmt/format.h>

#include <algorithm>

#include "signals/reporting.h"
#include "stats/degree_law.h"
#include "stats/evalues.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t first_degree = 2;
constexpr std::uint64_t last_of_body = 5;

struct Kind {
  std::string_view name;  // "phone"
  std::uint32_t Member::*code;
  const std::vector<std::string>* values;
};

// The value's number in the roll and its last three characters: enough to find it, too little to use it.
std::string masked(const Kind& kind, std::uint32_t code) {
  const std::string& value = (*kind.values)[code];
  return fmt::format("{} {} ...{}", kind.name, code + 1,
                     value.size() > 3 ? value.substr(value.size() - 3) : "");
}

std::vector<std::vector<std::uint32_t>> members_by_value(const Evidence& evidence, const Kind& kind) {
  std::vector<std::vector<std::uint32_t>> by_value(kind.values->size());
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) {
    const std::uint32_t code = evidence.members[i].*kind.code;
    if (code < by_value.size()) by_value[code].push_back(i);
  }
  return by_value;
}

// Adds the findings of one kind; says how its law was learned.
std::string add_kind(const Evidence& evidence, const Kind& kind, SignalReport& report) {
  const auto by_value = members_by_value(evidence, kind);
  std::vector<std::uint64_t> degrees;
  for (const auto& members : by_value) degrees.push_back(one_a_household(evidence, members).size());
  const stats::DegreeLaw law(degrees, first_degree, last_of_body);
  for (std::uint32_t code = 0; code < by_value.size(); ++code) {
    if (degrees[code] < first_degree) continue;
    Finding finding = finding_of(report, std::string(kind.name), masked(kind, code));
    finding.members = ids_of(evidence, by_value[code]);
    finding.observed = static_cast<double>(degrees[code]);
    finding.expected = law.expected_degree();
    finding.p = law.upper_tail(degrees[code]);
    finding.e = stats::calibrated_mixture(*finding.p);
    finding.expected_innocent = std::min(*finding.expected, static_cast<double>(finding.members.size()));
    finding.innocent = {"a helper who entered their own", "a family or couple living apart",
                        "an office or a landlord", "a placeholder of the form"};
    add_member_rows(evidence, by_value[code], finding.exhibits);
    report.findings.push_back(std::move(finding));
  }
  return fmt::format("{}: {} values, {} in the body, probability of going on {:.2f}.", kind.name,
                     by_value.size(), law.body_size(), law.mean_q());
}

std::variant<SignalReport, Absent> run(const Evidence& evidence, const SignalOptions& options) {
  const Signal signal = shared_contacts();
  if (evidence.phones.empty() && evidence.emails.empty())
    return absent(signal, "a phone or email column in the members roll");
  SignalReport report =
      report_of(signal,
                "Given that two households share a telephone number or an e-mail address, the number of "
                "further ones is geometric "
                "with a probability learned from the values of this roll that two to five households share.");
  for (const Kind& kind :
       {Kind{"phone", &Member::phone, &evidence.phones}, Kind{"email", &Member::email, &evidence.emails}})
    if (!kind.values->empty()) report.notes.push_back(add_kind(evidence, kind, report));
  settle(report, options, 0, [](Finding& finding) {
    word_comparison(finding, "the law by which this roll's households share contacts", "households");
  });
  return report;
}

}  // namespace

Signal shared_contacts() {
  return {10, "shared-contacts", "One telephone or e-mail, several households", Tier::lead, run};
}

}  // namespace scrutineer::signals
