#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

constexpr std::size_t most_rows = 250;

std::uint64_t rounded(double value) {
  return static_cast<std::uint64_t>(std::llround(std::max(0.0, value)));
}

// One letter a snapshot, oldest first: the legend stands above the table.
std::string timeline(const std::vector<signals::RegisterStatus>& statuses) {
  std::string out;
  for (const signals::RegisterStatus status : statuses) {
    switch (status) {
      case signals::RegisterStatus::at_address:
        out += "A";
        break;
      case signals::RegisterStatus::elsewhere:
        out += "E";
        break;
      case signals::RegisterStatus::not_found:
        out += "n";
        break;
      case signals::RegisterStatus::unclear:
        out += "?";
        break;
    }
  }
  return out;
}

void write_off_address(Html& html, const Facts& facts) {
  const inquiry::Outcome& outcome = facts.outcome;
  if (!facts.has_register) return;
  html.leaf("h3", "Eligible members not at the address they gave, on the newest register");
  if (outcome.off_register) {
    const auto n = static_cast<double>(facts.eligible);
    paragraph(
        html,
        fmt::format("Of these {} about {} to {} are expected to be innocent: {} of an honest list is not on "
                    "the register at the address held for them.",
                    counted(facts.off_address(), "row"), count(rounded(outcome.off_register->low * n)),
                    count(rounded(outcome.off_register->high * n)),
                    interval({outcome.off_register->low, outcome.off_register->high})));
    if (!outcome.off_register->note.empty()) {
      remark(html, fmt::format("Source of the base rate: {}", as_sentence(outcome.off_register->note)));
    }
  } else {
    paragraph(html,
              fmt::format("How many of these {} are expected to be innocent cannot be said: the inquiry file "
                          "gives no base rate.",
                          counted(facts.off_address(), "row")));
  }
  Table table("Members not at the address given", {{"Member"},
                                                   {"Line", true},
                                                   {"Status"},
                                                   {"Match", true},
                                                   {"Dates"},
                                                   {"Last there"},
                                                   {"Findings", true}});
  std::size_t rows = 0;
  for (const inquiry::MemberOutcome& member : outcome.members) {
    if (!member.eligible || member.status == signals::RegisterStatus::at_address) continue;
    if (++rows > most_rows) continue;
    table.row({shortened(member.id, 60), count(member.line), std::string(words(member.status)),
               decimal(member.match_probability, 3), timeline(member.timeline),
               member.last_seen ? date(member.last_seen) : "never on a date given",
               count(static_cast<std::uint64_t>(member.findings.size()))});
  }
  if (table.empty()) return;
  folded(html, fmt::format("Show {}", counted(std::min(rows, most_rows), "member")), [&] {
    remark(html,
           "Dates: one letter for each register, oldest first. A at the address, E elsewhere on the "
           "register, n not "
           "found, ? unclear. Match: the probability that the named entry is this member.");
    table.write(html);
    left_out(html, rows > most_rows ? rows - most_rows : 0, "members.csv");
  });
}

void write_not_eligible(Html& html, const Facts& facts) {
  Table table("Members not eligible", {{"Member"}, {"Line", true}, {"Because"}}, Table::Narrow::stack);
  std::size_t rows = 0;
  for (const inquiry::MemberOutcome& member : facts.outcome.members) {
    if (member.eligible) continue;
    if (++rows > most_rows) continue;
    table.row({shortened(member.id, 60), count(member.line), as_sentence(member.ineligible_because)});
  }
  html.leaf("h3", "On the list and not eligible");
  if (table.empty()) {
    paragraph(html, "Nobody: everyone on the list is eligible by the dates it holds.");
    return;
  }
  paragraph(
      html,
      fmt::format("{}. This follows from dates alone. Of these {} all are expected to be innocent: having "
                  "joined too late is no fault.",
                  share_of(rows, facts.members), counted(rows, "row")));
  folded(html, fmt::format("Show {}", counted(std::min(rows, most_rows), "member")), [&] {
    table.write(html);
    left_out(html, rows > most_rows ? rows - most_rows : 0, "members.csv");
  });
}

}  // namespace

void write_members(Html& html, const Facts& facts) {
  write_off_address(html, facts);
  write_not_eligible(html, facts);
}

}  // namespace scrutineer::report
