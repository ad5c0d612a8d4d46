#include <fmt/format.h>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"

namespace scrutineer::report {

void write_linkage(Html& html, const Facts& facts) {
  const inquiry::LinkageSummary& linkage = facts.outcome.linkage;
  if (linkage.levels.empty() && linkage.pairs_compared == 0) {
    paragraph(html, "No linkage was made.");
    bullets(html, linkage.notes);
    return;
  }
  paragraph(
      html,
      "A member and a register entry are compared field by field. Each level of agreement has a weight: how "
      "much "
      "more often it occurs for one person than for two. The weights were learnt from these files without "
      "labelled examples.");
  values(html, {{"Pairs compared", count(linkage.pairs_compared)},
                {"Iterations", fmt::format("{}{}", count(linkage.iterations),
                                           linkage.converged ? ", converged" : ", did NOT converge")},
                {"Prior: pairs that are one person", probability(linkage.prior)},
                {"Expected false links", quantity(linkage.expected_false_links)},
                {"Expected missed links", quantity(linkage.expected_missed_links)}});
  if (!linkage.converged) {
    html.leaf(
        "p", {{"class", "warning"}},
        "The model did not converge. Its probabilities are the last reached and must be read with reserve.");
  }
  Table table(
      "The model as fitted",
      {{"Field"}, {"Level"}, {"m: same person", true}, {"u: two people", true}, {"Weight, bits", true}});
  for (const inquiry::LinkageSummary::Level& level : linkage.levels) {
    table.row(
        {level.field, level.level, probability(level.m), probability(level.u), decimal(level.weight, 2)});
  }
  if (!table.empty()) {
    folded(html, fmt::format("Show the model: {}", counted(linkage.levels.size(), "level")), [&] {
      table.write(html);
      remark(html,
             "m: how often pairs that are one person agree like this; u: how often pairs of two people do. "
             "The weight "
             "is the base-2 logarithm of m / u; ten bits are odds of about a thousand to one.");
    });
  }
  bullets(html, linkage.notes);
}

}  // namespace scrutineer::report
