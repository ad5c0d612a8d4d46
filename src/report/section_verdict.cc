#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"
#include "report/words.h"

namespace scrutineer::report {

void write_verdict(Html& html, const Facts& facts) {
  const impact::Verdict& verdict = facts.outcome.verdict;
  html.leaf("p", {{"class", "outcome"}}, words(verdict.outcome));
  if (!verdict.sentence.empty()) html.leaf("p", {{"class", "sentence"}}, verdict.sentence);
  values(
      html,
      {{"How many (materiality)", facts.outcome.impact.sentence.empty() ? "Not assessed: no contest is given."
                                                                        : facts.outcome.impact.sentence},
       {"Who (agency)",
        "Not for numbers to say. They show what shares an account, a recruiter or a day, never that a "
        "person did it; attribution is a finding of people, after a hearing."}});
  if (!verdict.conditions.empty()) {
    Table table("The conditions of the rule, each with what was required and what was found",
                {{"Condition"}, {"Required"}, {"Found"}, {"Result"}}, Table::Narrow::stack);
    for (const impact::Condition& condition : verdict.conditions) {
      const char* result = !condition.met   ? "– Could not be evaluated"
                           : *condition.met ? "✓ Met"
                                            : "✕ Not met";
      table.row({as_title(condition.name), condition.required,
                 condition.found.empty() ? "–" : condition.found, result},
                !condition.met   ? "open"
                : *condition.met ? "met"
                                 : "not-met");
    }
    table.write(html);
  }
  if (!verdict.because.empty()) {
    html.leaf("h3", "Why");
    bullets(html, verdict.because);
  }
  if (!verdict.would_need.empty()) {
    html.leaf("h3", "What would allow a conclusion");
    bullets(html, verdict.would_need);
  }
  remark(
      html,
      "The rule asks whether confirmed irregular entries share payers, recruiters, telephones and days "
      "across "
      "households more often than they would if the same number of entries were irregular at random. A count "
      "of "
      "irregular entries, however large, cannot separate accident from concert. Below about twenty connected "
      "entries the rule cannot establish co-ordination at all.");
}

}  // namespace scrutineer::report
