#include <fmt/format.h>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/pictures.h"
#include "report/sections.h"
#include "report/table.h"
#include "report/words.h"

namespace scrutineer::report {
namespace {

constexpr std::size_t longest_name = 80;

void write_ties(Html& html, const contest::Count& counted_votes) {
  if (counted_votes.ties.empty()) return;
  Table table("Ties, and how each was settled", {{"Round", true}, {"Between"}, {"Settled by"}, {"Chosen"}},
              Table::Narrow::stack);
  for (const contest::Tie& tie : counted_votes.ties) {
    std::vector<std::string> names;
    for (const std::string& name : tie.candidates) names.push_back(shortened(name, longest_name));
    table.row({count(tie.round), enumerated(names), tie.settled_by, shortened(tie.chosen, longest_name)});
  }
  table.write(html);
}

void write_rounds_in_words(Html& html, const contest::Count& counted_votes) {
  std::vector<std::string> lines;
  for (const contest::Round& round : counted_votes.rounds) {
    if (!round.reason.empty())
      lines.push_back(fmt::format("Round {}: {}", round.number, as_sentence(round.reason)));
  }
  if (lines.empty()) return;
  folded(html, "What was done in each round, and by which paragraph of the rule",
         [&] { bullets(html, lines); });
}

}  // namespace

void write_impact(Html& html, const Facts& facts) {
  const inquiry::Outcome& outcome = facts.outcome;
  html.leaf("p", {{"class", "outcome"}}, words(outcome.impact.outcome));
  if (!outcome.impact.sentence.empty()) html.leaf("p", {{"class", "sentence"}}, outcome.impact.sentence);
  bullets(html, outcome.impact.because);
  html.element("div", {{"class", "figures"}}, [&] {
    draw_margin(html, facts);
    draw_rounds(html, facts);
  });
  if (outcome.contest) {
    write_ties(html, outcome.contest->count);
    write_rounds_in_words(html, outcome.contest->count);
    bullets(html, outcome.contest->notes);
  }
  remark(html,
         "Removing K entries changes a margin by at most K, and counting E people who were wrongly kept out "
         "changes it "
         "by at most E. If K and E together are less than the margin the result stands whoever they voted "
         "for; if not, "
         "it could have been different, which does not mean that it was.");
}

}  // namespace scrutineer::report
