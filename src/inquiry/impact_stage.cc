#include "inquiry/impact_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "contest/margins/comparisons.h"
#include "contest/scenario.h"
#include "impact/assess.h"
#include "impact/polls.h"

namespace scrutineer::inquiry {
namespace {

impact::Threshold threshold(const contest::Least& least) {
  return {least.low, least.high, least.impossible};
}

std::string in_words(const contest::Witness& witness, const contest::Margins& margins) {
  std::int64_t gone = 0;
  for (const contest::PaperChange& change : witness.changes) {
    if (!change.added) gone += change.count;
  }
  const auto& who = witness.then_winners;
  std::string then = who.empty() ? "nobody" : who.front();
  for (std::size_t i = 1; i < who.size(); ++i) then += (i + 1 == who.size() ? " or " : ", ") + who[i];
  return fmt::format("without {} papers chosen against {}, {} could win.", gone,
                     printable(margins.winner, 200), printable(then, 400));
}

std::optional<impact::ContestNumbers> contest_numbers(const Audit& audit) {
  if (!audit.margins || !audit.margins->deletion) return std::nullopt;
  const contest::Margins& margins = *audit.margins;
  impact::ContestNumbers numbers;
  numbers.winner = margins.winner;
  numbers.deletion = threshold(margins.deletion->lots);
  numbers.deletion_change = threshold(margins.deletion->change);
  if (margins.addition) numbers.addition = threshold(margins.addition->lots);
  if (margins.mixed) numbers.combined = threshold(margins.mixed->lots);
  numbers.papers = static_cast<std::int64_t>(margins.valid);
  numbers.plurality = margins.rule == contest::to_string(contest::Rule::plurality);
  if (margins.deletion->lots_witness) numbers.witness = in_words(*margins.deletion->lots_witness, margins);
  if (audit.cast)
    numbers.comparisons = contest::comparisons(audit.cast->ballots, audit.cast->rule, audit.cast->options);
  numbers.eligible = std::count_if(audit.evidence.members.begin(), audit.evidence.members.end(),
                                   [](const signals::Member& member) { return member.eligible; });
  return numbers;
}

struct Questioned {
  impact::QuestionedEntries entries;
  std::vector<std::size_t> exhibits, leads;  // member rows
};

// Whose entries are questioned, each member once under the strongest tier: what a panel can be shown (listed
// findings of tier A, strict irregularity at the door) before what only asks a question (not on the register
// at the address given). Who was verified at the door is not questioned, whatever files say: doors decide.
Questioned questioned_entries(const Audit& audit) {
  const auto& members = audit.evidence.members;
  std::set<std::string> exhibits;
  for (const signals::SignalReport& report : audit.outcome.signals) {
    for (const signals::Finding& finding : report.findings) {
      if (finding.listed && finding.tier == signals::Tier::exhibit) exhibits.insert(finding.id);
    }
  }
  Questioned questioned;
  questioned.entries.voted_known = audit.voted.has_value();
  const bool registers = !audit.snapshots.empty();
  for (std::size_t row = 0; row < members.size(); ++row) {
    const signals::Member& member = members[row];
    if (!member.eligible || member.outcome == signals::Outcome::verified) continue;
    const auto& findings = audit.outcome.members[row].findings;
    const bool shown = std::any_of(findings.begin(), findings.end(),
                                   [&](const std::string& id) { return exhibits.contains(id); });
    const bool exhibit = shown || signals::is_strict(member, registers);
    const bool lead = registers && (member.status == signals::RegisterStatus::not_found ||
                                    member.status == signals::RegisterStatus::elsewhere);
    if (!exhibit && !lead) continue;
    if (audit.voted && !(*audit.voted)[row]) {
      ++questioned.entries.not_voted;
    } else {
      (exhibit ? questioned.exhibits : questioned.leads).push_back(row);
    }
  }
  questioned.entries.exhibit = static_cast<std::int64_t>(questioned.exhibits.size());
  questioned.entries.lead = static_cast<std::int64_t>(questioned.leads.size());
  return questioned;
}

// How many of these members lie in each group of the ballots; nothing if the ward of one is not a group, or
// the ballots are not told by ward.
std::optional<contest::Caps> caps_of(const Audit& audit, const std::vector<std::size_t>& rows) {
  const std::vector<std::string>& groups = audit.cast->ballots.groups;
  contest::Caps caps(groups.size(), 0);
  if (groups.size() == 1) {
    caps[0] = static_cast<std::int64_t>(rows.size());
    return caps;
  }
  for (const std::size_t row : rows) {
    const std::uint32_t ward = audit.evidence.members[row].ward;
    if (ward == signals::none) return std::nullopt;
    const auto group = std::find(groups.begin(), groups.end(), audit.evidence.wards[ward]);
    if (group == groups.end()) return std::nullopt;
    ++caps[static_cast<std::size_t>(group - groups.begin())];
  }
  return caps;
}

// The margin for exactly these entries and the people kept from voting.
std::optional<impact::Threshold> within(const Audit& audit, const contest::Caps& caps, std::int64_t barred) {
  contest::MarginOptions options;
  options.count = audit.cast->options;
  options.addition = options.modification = false;
  options.deletion = barred == 0;
  options.mixed = barred > 0;
  options.caps = caps;
  options.most_added = barred;
  const auto margins = contest::margins(audit.cast->ballots, audit.cast->rule, options);
  if (!margins) return std::nullopt;
  const auto& kind = barred == 0 ? margins->deletion : margins->mixed;
  return kind ? std::optional(threshold(kind->lots)) : std::nullopt;
}

void add_margins_within(const Audit& audit, Questioned& questioned) {
  if (!audit.cast || audit.cast->ballots.weight_scale != 1) return;
  impact::QuestionedEntries& entries = questioned.entries;
  std::vector<std::size_t> all = questioned.exhibits;
  all.insert(all.end(), questioned.leads.begin(), questioned.leads.end());
  const auto caps = caps_of(audit, all);
  const bool by_ward = audit.cast->ballots.groups.size() > 1;
  // Without wards and without anyone kept out the contest's own margin says it all.
  if (!caps || (!by_ward && entries.wrongly_barred == 0)) return;
  entries.all_within = within(audit, *caps, entries.wrongly_barred);
  entries.exhibits_within = within(audit, *caps_of(audit, questioned.exhibits), entries.wrongly_barred);
  entries.by_ward = by_ward;
}

std::string assumption_of(const contest::Scenario& scenario) {
  std::vector<std::string> parts;
  for (const contest::TurnoutChange& change : scenario.turnout)
    parts.push_back(fmt::format("{:.4g} times as many papers in {}, with the same preferences", change.factor,
                                printable(join(change.groups, ", "), 300)));
  if (scenario.further) {
    std::string takes;
    for (const auto& [name, share] : scenario.further->takes)
      takes += fmt::format("{}{:.4g} % from {}", takes.empty() ? "" : ", ", 100 * share, printable(name, 80));
    std::string transfers;
    for (const auto& [name, share] : scenario.further->transfers)
      transfers +=
          fmt::format("{}{:.4g} % to {}", transfers.empty() ? "" : ", ", 100 * share, printable(name, 80));
    parts.push_back(fmt::format("{} stands and takes first preferences: {}; next preferences: {}",
                                printable(scenario.further->name, 80), takes.empty() ? "none" : takes,
                                transfers.empty() ? "as cast" : transfers + ", the rest to nobody"));
  }
  return join(parts, "; ");
}

Status run_scenarios(const InquiryFile& file, Audit& audit) {
  if (!audit.cast) return {};
  for (const contest::Scenario& scenario : file.scenarios) {
    const auto ballots = contest::under(scenario, audit.cast->ballots);
    if (!ballots)
      return refused(fmt::format("scenario \"{}\": {}", printable(scenario.name, 80), ballots.error().what),
                     {file.path.string()}, ballots.error().expected);
    impact::ScenarioOutcome outcome;
    outcome.name = scenario.name;
    outcome.assumption = assumption_of(scenario);
    const auto counted = contest::count(*ballots, audit.cast->rule, audit.cast->options);
    if (!counted) {
      audit.outcome.notes.push_back(fmt::format("the what-if \"{}\" cannot be counted: {}",
                                                printable(scenario.name, 80), counted.error().what));
      continue;
    }
    outcome.winner = join(counted->winners, ", ");
    outcome.same_winner = counted->winners == audit.outcome.contest->count.winners;
    const auto& last = counted->rounds.back().tally;
    if (counted->winners.size() == 1 && last.size() > 1) outcome.lead = last[0].second - last[1].second;
    audit.outcome.impact.scenarios.push_back(std::move(outcome));
  }
  return {};
}

}  // namespace

Status run_impact_stage(const InquiryFile& file, Audit& audit) {
  Questioned questioned = questioned_entries(audit);
  if (file.contest) questioned.entries.wrongly_barred = file.contest->wrongly_barred;
  add_margins_within(audit, questioned);
  audit.contest_numbers = contest_numbers(audit);
  audit.outcome.impact = impact::assess(audit.contest_numbers, questioned.entries);
  audit.curve = audit.outcome.impact.curve;
  audit.outcome.impact.polls =
      impact::read_polls(file.polls, file.contest ? file.contest->polls : impact::PollContext{});
  return run_scenarios(file, audit);
}

}  // namespace scrutineer::inquiry
