#include <fmt/format.h>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"

namespace scrutineer::report {
namespace {

constexpr std::size_t longest_title = 300;

}  // namespace

void write_title_block(Html& html, const Facts& facts) {
  const inquiry::Outcome& outcome = facts.outcome;
  html.element("header", {{"class", "title-block"}}, [&] {
    html.leaf("p", {{"class", "kind"}}, "Report of an inquiry into a list of voters");
    html.leaf("h1",
              outcome.title.empty() ? "An inquiry without a title" : shortened(outcome.title, longest_title));
    Values facts_of_inquiry = {{"Freeze date", date(outcome.freeze_date)}};
    if (outcome.min_membership_days) {
      facts_of_inquiry.emplace_back("Membership needed",
                                    fmt::format("{} days", count(*outcome.min_membership_days)));
    }
    facts_of_inquiry.emplace_back("Members on the list", count(facts.members));
    facts_of_inquiry.emplace_back("Of them eligible", count(facts.eligible));
    facts_of_inquiry.emplace_back("Prepared with", fmt::format("Scrutineer {}", outcome.program_version));
    values(html, facts_of_inquiry);
    html.element("div", {{"class", "pair scope"}}, [&] {
      html.element("p", [&] {
        html.leaf("strong", "What this is.")
            .text(
                " A comparison of the lists named below, by rules fixed beforehand, with the rows that show "
                "every "
                "statement. Anyone with the same files gets the same report, byte for byte.");
      });
      html.element("p", [&] {
        html.leaf("strong", "What this is not.")
            .text(
                " It is not a finding about any person. It names nobody, decides nothing and removes nobody: "
                "a record can "
                "be unusual for innocent reasons, and most unusual records are.");
      });
    });
  });
}

}  // namespace scrutineer::report
