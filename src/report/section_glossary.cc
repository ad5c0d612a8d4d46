#include "report/parts.h"
#include "report/sections.h"

namespace scrutineer::report {

void write_glossary(Html& html, const Facts&) {
  html.element("dl", {{"class", "glossary"}}, [&] {
    const auto entry = [&](std::string_view word, std::string_view meaning) {
      html.element("div", [&] { html.leaf("dt", word).leaf("dd", meaning); });
    };
    entry("Base rate",
          "How often something innocent happens anyway; here, honest members not found at their address.");
    entry("e-BH",
          "A rule for cutting a list of e-values so that the expected share of chance findings is bounded.");
    entry("e-value",
          "A measure of evidence against a null model. Under that model it averages at most 1, so a large "
          "one is rare: "
          "50 means that a bet against the model, at odds fair under it, would have multiplied its stake by "
          "50.");
    entry("Exhibit", "A row of a roll that shows a finding, given by roll and line.");
    entry("Expected innocent",
          "How many rows of a list are expected to be there by chance or for innocent reasons. It is never a "
          "list of "
          "which ones.");
    entry("Finding", "One result of one signal about one subject.");
    entry("Freeze date", "The date on which the list closed: members who joined later are not eligible.");
    entry("Household", "Members at one address, counted as one wherever links between people are tested.");
    entry("Link", "Two entries held to be the same person, with the probability of it.");
    entry("Margin",
          "The least number of ballots that must go before the winner is no longer sure to be sole winner.");
    entry("Null model",
          "A stated account of how the numbers would fall if nothing were out of the ordinary.");
    entry("p-value",
          "How often the null model gives something at least as unusual. Smaller is more unusual.");
    entry("Register", "The electoral register at a date.");
    entry("Roll", "A list at a date: members, register, payments, canvass outcomes and so on.");
    entry("Signal", "A test with a null model.");
    entry("Verified", "A canvass outcome: the person at the address confirmed being the member.");
  });
}

}  // namespace scrutineer::report
