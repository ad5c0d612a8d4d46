#include <string>
#include <vector>

#include "impact/verdict.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

// What a sentence says beyond the outcome that it begins with.
std::string beyond(const std::string& outcome, const std::string& sentence) {
  if (!sentence.starts_with(outcome)) return sentence;
  const std::size_t at = sentence.find_first_not_of(".:; ", outcome.size());
  return at == std::string::npos ? "" : as_sentence(sentence.substr(at));
}

// Reasons that the table of conditions does not give already.
std::vector<std::string> beside_the_table(const impact::Verdict& verdict) {
  std::vector<std::string> rest = verdict.because;
  for (const impact::Condition& condition : verdict.conditions) std::erase(rest, in_words(condition));
  return rest;
}

}  // namespace

void write_verdict(Html& html, const Facts& facts) {
  const impact::Verdict& verdict = facts.outcome.verdict;
  const std::string outcome(words(verdict.outcome));
  html.leaf("p", {{"class", "outcome"}}, outcome);
  if (const std::string rest = beyond(outcome, verdict.sentence); !rest.empty())
    html.leaf("p", {{"class", "sentence"}}, rest);
  statements(
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
  if (const std::vector<std::string> beside = beside_the_table(verdict); !beside.empty()) {
    html.leaf("h3", "What else bears on it");
    bullets(html, beside);
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
