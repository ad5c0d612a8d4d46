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
    values(html, {{"Freeze date", date(outcome.freeze_date)},
                  {"Members on the list", count(facts.members)},
                  {"Of them eligible", count(facts.eligible)},
                  {"Rolls read", count(static_cast<std::uint64_t>(outcome.rolls.size()))},
                  {"Prepared with", fmt::format("Scrutineer {}", outcome.program_version)}});
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
