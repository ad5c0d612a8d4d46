#include "inquiry/contest_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "contest/margin.h"
#include "contest/margins/declaration_margin.h"
#include "contest/read_ballots.h"
#include "contest/reconcile.h"
#include "contest/rules.h"

namespace scrutineer::inquiry {
namespace {

// True for a mark that says "voted". In a list of voters alone, without a column of marks, every row is one.
bool says_voted(std::string_view mark) {
  const std::string lower = ascii_lower(mark);
  return lower == "v" || lower == "y" || lower == "yes" || lower == "1" || lower == "x" || lower == "true" ||
         lower == "voted" || lower == "p" || lower == "pv";
}

// Marks the members who voted, where a marked register is given.
void read_marked(const Sources& sources, Audit& audit) {
  if (sources.marked.empty()) return;
  audit.voted = std::vector<bool>(sources.members.raw.rows(), false);
  std::uint64_t unknown = 0;
  for (const StandardisedRoll& roll : sources.marked) {
    const bool has_marks = roll.raw.column(rolls::Column::voted) != nullptr;
    for (std::size_t row = 0; row < roll.raw.rows(); ++row) {
      if (has_marks && !says_voted(roll.raw.text(rolls::Column::voted, row))) continue;
      const auto member = sources.row_of_id.find(roll.raw.text(rolls::Column::id, row));
      if (member == sources.row_of_id.end()) {
        ++unknown;
      } else {
        (*audit.voted)[member->second] = true;
      }
    }
  }
  if (unknown > 0) {
    audit.outcome.notes.push_back(
        fmt::format("the marked register holds {} voters whose id is not on the members roll", unknown));
  }
}

// electorate >= marked >= papers >= valid (contest/reconcile.h): what does not hold joins the contradictions
// of the count, and is said.
void reconcile(Audit& audit) {
  ContestSummary& contest = *audit.outcome.contest;
  contest::DeclaredPapers chain;
  chain.electorate = std::count_if(audit.evidence.members.begin(), audit.evidence.members.end(),
                                   [](const signals::Member& member) { return member.eligible; });
  if (audit.voted) chain.marked = std::count(audit.voted->begin(), audit.voted->end(), true);
  chain.papers = static_cast<std::int64_t>(contest.papers);
  chain.valid = static_cast<std::int64_t>(contest.count.valid);
  for (contest::Contradiction& found : contest::reconcile_papers(chain, ""))
    contest.count.contradictions.push_back(std::move(found));
  for (const contest::Contradiction& found : contest.count.contradictions)
    contest.notes.push_back(found.text);
  if (!audit.voted) return;
  std::uint64_t ineligible = 0;
  for (std::size_t row = 0; row < audit.voted->size(); ++row) {
    if ((*audit.voted)[row] && !audit.evidence.members[row].eligible) ++ineligible;
  }
  if (ineligible > 0) {
    contest.notes.push_back(
        fmt::format("{} members marked as having voted were not eligible at the freeze date", ineligible));
  }
}

void take(Result<contest::Margins> margins, Audit& audit, ContestSummary& summary) {
  if (margins) {
    audit.margins = *std::move(margins);
  } else {
    summary.notes.push_back("no margin: " + margins.error().what);
  }
}

contest::MarginOptions margins_asked(const InquiryFile& file, const contest::CountOptions& options) {
  contest::MarginOptions margin;
  margin.count = options;
  margin.modification = false;                      // nothing found on a roll changes a paper
  margin.mixed = file.contest->wrongly_barred > 0;  // entries gone and people let in together
  return margin;
}

// Totals alone: counted as far as they go, with the margins that they prove.
Status run_declared(const InquiryFile& file, const contest::Declaration& declared, contest::Rule rule,
                    const contest::CountOptions& options, Audit& audit) {
  ContestSummary summary;
  SCRUTINEER_TRY(summary.count, contest::count_declaration(declared, rule, options));
  summary.papers =
      static_cast<double>(declared.whole.papers.papers.value_or(contest::valid_papers(declared)));
  summary.notes = declared.notes;
  summary.notes.emplace_back("only totals are declared: no single paper is known");
  take(contest::margins(declared, rule, margins_asked(file, options)), audit, summary);
  audit.outcome.contest = std::move(summary);
  return {};
}

Status run_ballots(const InquiryFile& file, contest::Ballots ballots, contest::Rule rule,
                   const contest::CountOptions& options, Audit& audit) {
  ContestSummary summary;
  SCRUTINEER_TRY(summary.count, contest::count(ballots, rule, options));
  for (const contest::Ballot& ballot : ballots.ballots) {
    summary.papers += static_cast<double>(ballot.count) / static_cast<double>(ballots.weight_scale);
  }
  summary.notes = ballots.notes;
  take(contest::margins(ballots, rule, margins_asked(file, options)), audit, summary);
  audit.cast = CastBallots{std::move(ballots), rule, options};
  audit.outcome.contest = std::move(summary);
  return {};
}

}  // namespace

Status run_contest_stage(const InquiryFile& file, const Sources& sources, Audit& audit) {
  read_marked(sources, audit);
  if (!file.contest) return {};
  auto rule = contest::rule_named(file.contest->rule);
  if (!rule) {
    // Wrong usage on the command line is a refused input in a file.
    return refused("contest.rule: " + rule.error().what, {file.path.string()}, rule.error().expected);
  }
  SCRUTINEER_TRY(contest::ContestFile read,
                 contest::read_contest(file.contest->ballots, {file.contest->format}));
  contest::CountOptions options;
  options.seed = file.seed;
  options.seats = file.contest->seats.value_or(0);
  const auto* declared = std::get_if<contest::Declaration>(&read);
  if (declared != nullptr && *rule == contest::Rule::plurality) {
    // First preferences are all that plurality reads: as papers they have caps by ward and what-ifs too.
    SCRUTINEER_TRY(contest::Ballots papers, contest::first_preference_papers(*declared));
    SCRUTINEER_CHECK(run_ballots(file, std::move(papers), *rule, options, audit));
  } else if (declared != nullptr) {
    SCRUTINEER_CHECK(run_declared(file, *declared, *rule, options, audit));
  } else {
    SCRUTINEER_CHECK(run_ballots(file, std::get<contest::Ballots>(std::move(read)), *rule, options, audit));
  }
  reconcile(audit);
  return {};
}

}  // namespace scrutineer::inquiry
