// Whether the matcher errs more on some names than on others.
#include <fmt/format.h>

#include <cmath>

#include "inquiry/name_class_harm.h"
#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

using Line = inquiry::NameClassHarm::Line;

std::string flags_per_confirmed(const Line& line) {
  if (line.told == 0) return "nobody asked";
  if (line.confirmed == 0) return "none confirmed";
  return decimal(static_cast<double>(line.told) / static_cast<double>(line.confirmed), 1);
}

std::string ratio(const Line& line) {
  if (!line.ratio) return "not known";
  return fmt::format("{} ({} to {})", decimal(*line.ratio, 2), decimal(line.ratio_low, 2),
                     decimal(line.ratio_high, 2));
}

void write_verdict_on_classes(Html& html, const inquiry::NameClassHarm& harm) {
  std::vector<std::string> above;
  bool known = false;
  for (const Line& line : harm.lines) {
    known = known || line.ratio.has_value();
    if (line.ratio && line.ratio_low > inquiry::harm_ratio_to_justify)
      above.push_back(fmt::format("{}: {}", line.dimension, line.name_class));
  }
  if (!known) {
    paragraph(html,
              "Whether such statements are confirmed less often for some names cannot be told: the canvass "
              "asked after too few of these members. Only the shares stated are shown.");
  } else if (above.empty()) {
    paragraph(
        html,
        fmt::format("No class lies beyond {} with its whole interval: nothing here shows that the "
                    "matching weighs on some names more than on others. With {} asked after, a difference "
                    "would have to be large to be seen.",
                    decimal(inquiry::harm_ratio_to_justify, 2), counted(harm.told, "member")));
  } else {
    html.leaf("p", {{"class", "warning"}},
              fmt::format("In {} it takes more than {} times as many statements for one that is confirmed "
                          "({}). Look again at each of these members before anything is done about them.",
                          counted(above.size(), "class", "classes"),
                          decimal(inquiry::harm_ratio_to_justify, 2), enumerated(above)));
  }
}

}  // namespace

void write_name_classes(Html& html, const Facts& facts) {
  const inquiry::NameClassHarm& harm = facts.outcome.name_classes;
  if (harm.lines.empty()) {
    paragraph(html, "No register was compared, so that there is no error of matching to measure.");
    return;
  }
  paragraph(
      html,
      "A record is harder to find where a name has few words, is spelt in several ways, is shared by many, "
      "or "
      "where the date of birth is missing: the statement that a member is not at the address is then wrong "
      "more often. The classes are read off the form of the record. Nobody's origin is inferred, and no "
      "signal sees them.");
  Table table("Statements and confirmations by the form of the name", {{"Form of the record"},
                                                                       {"Eligible", true},
                                                                       {"Stated not there", true},
                                                                       {"Share, 95 %", true},
                                                                       {"Asked after", true},
                                                                       {"Confirmed", true},
                                                                       {"For one confirmed", true},
                                                                       {"Harm ratio, 95 %", true}});
  for (const Line& line : harm.lines) {
    table.row({fmt::format("{}: {}", as_title(line.dimension), line.name_class), count(line.members),
               count(line.flagged), interval({line.flag_low, line.flag_high}), count(line.told),
               count(line.confirmed), flags_per_confirmed(line), ratio(line)});
  }
  write_verdict_on_classes(html, harm);
  table.write(html);
  remark(
      html,
      "Confirmed: at the door the person denied living there or was not known. Asked after: met, moved, "
      "deceased, denied or not known; refusals and doors that stayed shut tell nothing. For one confirmed: "
      "statements for each that was confirmed. Harm ratio: "
      "statements for one confirmed, against all other classes of the same form together; above 1 this class "
      "bears more of the matching's errors. With several classes looked at, one in twenty intervals misses 1 "
      "by "
      "chance.");
}

}  // namespace scrutineer::report
