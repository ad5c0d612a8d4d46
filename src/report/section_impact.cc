#include <fmt/format.h>

#include <cmath>

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

// Tier by tier, so that nobody takes a lead for an exhibit.
void write_tiers(Html& html, const impact::Impact& impact) {
  if (impact.tiers.empty()) return;
  Table table("What the questioned entries could have done, tier by tier",
              {{"Entries"}, {"How many", true}, {"Outcome"}}, Table::Narrow::stack);
  for (const impact::TierOutcome& tier : impact.tiers) {
    table.row({as_title(tier.tier) + (tier.by_ward ? ", each in its ward" : ""), count(tier.entries),
               std::string(words(tier.outcome))});
  }
  table.write(html);
}

void write_curve(Html& html, const impact::Impact& impact) {
  if (impact.curve.empty()) return;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < impact.curve.size(); ++i) {
    const impact::CurvePoint& point = impact.curve[i];
    const bool last = i + 1 == impact.curve.size();
    lines.push_back(last ? fmt::format("{} papers or more: {}", count(point.questioned), words(point.outcome))
                         : fmt::format("{} to {} papers: {}", count(point.questioned),
                                       count(impact.curve[i + 1].questioned - 1), words(point.outcome)));
  }
  paragraph(html, "The same for any number of papers taken away, wherever they lie:");
  bullets(html, lines);
}

void write_scenarios(Html& html, const impact::Impact& impact) {
  if (impact.scenarios.empty()) return;
  html.leaf("h3", "What if");
  Table table("Assumptions stated in the inquiry, worked out",
              {{"What if"}, {"Assumed"}, {"Elected"}, {"Lead", true}}, Table::Narrow::stack);
  for (const impact::ScenarioOutcome& scenario : impact.scenarios) {
    table.row(
        {shortened(scenario.name, longest_name), scenario.assumption,
         shortened(scenario.winner, longest_name) + (scenario.same_winner ? " (as counted)" : " (another)"),
         scenario.lead ? decimal(*scenario.lead, 0) : "\u2013"});
  }
  table.write(html);
  remark(
      html,
      "A what-if shows what follows from an assumption. Whether the assumption is true is not shown by it.");
}

std::string points(double share) {
  return fmt::format("{}{} points", share < 0 ? "\u2212" : "", decimal(std::abs(100 * share), 1));
}

void write_polls(Html& html, const impact::Impact& impact) {
  if (impact.polls.empty()) return;
  html.leaf("h3", "Polls, as context");
  Table table("Polls before the vote",
              {{"Poll"}, {"Date"}, {"Leader"}, {"Lead"}, {"95% of sampling"}, {"Above the party"}, {"Swing"}},
              Table::Narrow::stack);
  for (const impact::PollReading& poll : impact.polls) {
    table.row({shortened(poll.name, longest_name), poll.date, shortened(poll.leader, longest_name),
               points(poll.lead), points(poll.lead_low) + " to " + points(poll.lead_high),
               poll.above_party ? points(*poll.above_party) : std::string(not_known),
               poll.swing ? points(*poll.swing) : std::string(not_known)});
  }
  table.write(html);
  remark(html, impact::poll_warning());
}

}  // namespace

void write_impact(Html& html, const Facts& facts) {
  const inquiry::Outcome& outcome = facts.outcome;
  html.leaf("p", {{"class", "outcome"}}, words(outcome.impact.outcome));
  if (!outcome.impact.sentence.empty()) html.leaf("p", {{"class", "sentence"}}, outcome.impact.sentence);
  bullets(html, outcome.impact.because);
  write_tiers(html, outcome.impact);
  write_curve(html, outcome.impact);
  html.element("div", {{"class", "figures"}}, [&] {
    draw_margin(html, facts);
    draw_transfers(html, facts);
    draw_rounds(html, facts);
  });
  if (!outcome.impact.assumptions.empty()) {
    html.leaf("h3", "Beside the worst case, each under its own assumption");
    bullets(html, outcome.impact.assumptions);
  }
  write_scenarios(html, outcome.impact);
  write_polls(html, outcome.impact);
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
