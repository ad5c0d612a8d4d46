// members.csv: DESIGN.md, "Outputs that programs read".
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "report/html.h"
#include "report/report.h"

namespace scrutineer::report {
namespace {

// Ids of findings hold the keys of the data, which may hold spaces; the separator must stay unambiguous.
std::string without_spaces(std::string_view id) {
  std::string out;
  for (const char c : id) {
    if (c == ' ') {
      out += "%20";
    } else if (c == '%') {
      out += "%25";
    } else {
      out += c;
    }
  }
  return out;
}

std::string field(std::string_view anything) {
  return csv_field(well_formed(anything));
}

}  // namespace

std::string members_csv(const inquiry::Outcome& outcome) {
  std::string out =
      "id,eligible,register_status,match_probability,ever_at_address,duplicate_of,household,findings\n";
  for (const inquiry::MemberOutcome& member : outcome.members) {
    std::string findings;
    for (const std::string& id : member.findings) {
      if (!findings.empty()) findings += ' ';
      findings += without_spaces(id);
    }
    const std::string match =
        std::isfinite(member.match_probability) ? fmt::format("{:.6f}", member.match_probability) : "";
    out += fmt::format("{},{},{},{},{},{},{},{}\n", field(member.id), member.eligible ? "true" : "false",
                       signals::to_string(member.status), match, member.ever_at_address ? "true" : "false",
                       field(member.duplicate_of), field(member.household), field(findings));
  }
  return out;
}

}  // namespace scrutineer::report
