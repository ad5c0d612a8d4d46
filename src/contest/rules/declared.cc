// Counting a declaration: the same rules, on totals that are stated instead of papers that are read.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contest/declaration.h"
#include "contest/reconcile.h"
#include "contest/rules/counting.h"

namespace scrutineer::contest {
namespace {

class DeclaredCount {
 public:
  DeclaredCount(const Declaration& declaration, Rule rule, const CountOptions& options)
      : declaration_(declaration), rule_(rule), options_(options) {
    names_.candidates = declaration.candidates;
    count_.rule = to_string(rule);
    for (Candidate c = 0; c < declaration.candidates.size(); ++c) {
      const auto first = first_preferences(declaration, c);
      first_.push_back(first.value_or(0));
      all_.push_back(c);
      if (!first) missing_.push_back(declaration.candidates[c]);
    }
    valid_ = valid_papers(declaration);
    count_.valid = static_cast<double>(valid_);
    count_.invalid = static_cast<double>(declaration.whole.papers.rejected.value_or(0));
  }

  Result<Count> run() {
    if (rule_ == Rule::college && !declaration_.sections.empty()) {
      SCRUTINEER_CHECK(count_college());
    } else {
      SCRUTINEER_CHECK(count_votes());
    }
    count_.contradictions = reconcile(declaration_);
    for (Contradiction& found : reconcile(count_)) count_.contradictions.push_back(std::move(found));
    for (Contradiction& found : reconcile_elected(declaration_, count_))
      count_.contradictions.push_back(std::move(found));
    return std::move(count_);
  }

 private:
  Status count_votes() {
    if (!missing_.empty())
      return refused("no first preferences are declared for " + printable(join(missing_, ", "), 300), {},
                     "votes of every candidate");
    if (valid_ <= 0) return refused("no votes are declared", {}, "votes of every candidate");
    Round& round = count_.rounds.emplace_back();
    round.tally = named_votes(names_, all_, first_, 1);
    const std::int64_t listed = sum_of(all_);
    round.exhausted = static_cast<double>(std::max<std::int64_t>(0, valid_ - listed));
    if (rule_ == Rule::plurality) return elect_greatest(first_, all_, plurality_clause);
    const std::int64_t votes = std::max(valid_, listed);
    for (const Candidate c : all_)
      if (first_[c] > votes - first_[c]) {
        elect(c, rule_ == Rule::supplementary
                     ? "More than half of the first preferences: returned (GLA Act 1999 Sch 2 para 3)"
                     : "More than half of the first preferences: elected");
        return {};
      }
    if (rule_ == Rule::supplementary) return count_runoff();
    return refused(
        fmt::format("nobody has more than half of the first preferences, and rule \"{}\" needs the next ones",
                    count_.rule),
        {}, "ballots, or --rule sv or plurality");
  }

  // GLA Act 1999 Sch 2 para 4.
  Status count_runoff() {
    std::vector<std::int64_t> sorted = first_;
    std::sort(sorted.rbegin(), sorted.rend());
    const std::int64_t least = sorted.size() > 1 ? sorted[1] : sorted[0];
    std::vector<Candidate> remaining;
    std::vector<Candidate> out;
    for (const Candidate c : all_) (first_[c] >= least ? remaining : out).push_back(c);
    Round& first = count_.rounds.back();
    first.reason =
        "Nobody has more than half; the two with most first preferences remain (GLA Act 1999 Sch 2 para "
        "4(2))";
    if (remaining.size() > 2) add_kept_tie(remaining, least);
    for (const Candidate c : out) first.eliminated.push_back(names_.candidates[c]);
    std::sort(first.eliminated.begin(), first.eliminated.end());

    std::vector<std::int64_t> totals(first_.size(), 0);
    std::vector<std::string> unknown;
    for (const Candidate c : remaining) {
      const auto total = runoff_total(declaration_, c);
      if (!total) unknown.push_back(names_.candidates[c]);
      totals[c] = total.value_or(first_[c]);
    }
    if (!unknown.empty()) return without_runoff(remaining, sum_of(out), unknown);
    Round& second = count_.rounds.emplace_back();
    second.number = 2;
    second.tally = named_votes(names_, remaining, totals, 1);
    std::int64_t in_play = 0;
    for (const Candidate c : remaining) in_play += totals[c];
    second.exhausted = static_cast<double>(std::max<std::int64_t>(0, valid_ - in_play));
    return elect_greatest(totals, remaining, supplementary_clause);
  }

  // The run-off is not declared: the result is known only where no transfer could matter.
  Status without_runoff(const std::vector<Candidate>& remaining, std::int64_t pool,
                        const std::vector<std::string>& unknown) {
    const Candidate leader = *std::max_element(
        remaining.begin(), remaining.end(), [&](Candidate a, Candidate b) { return first_[a] < first_[b]; });
    for (const Candidate c : remaining)
      if (c != leader && first_[c] + pool >= first_[leader])
        return refused("no run-off is declared for " + printable(join(unknown, ", "), 300), {},
                       "transfers or totals of the candidates who remain");
    Round& second = count_.rounds.emplace_back();
    second.number = 2;
    second.tally = named_votes(names_, remaining, first_, 1);
    elect(leader,
          "The run-off is not declared, and no second preferences could change its result (GLA Act 1999 Sch "
          "2 para 4(7))");
    return {};
  }

  void add_kept_tie(const std::vector<Candidate>& remaining, std::int64_t least) {
    Tie tie;
    tie.round = 1;
    for (const Candidate c : remaining)
      if (first_[c] == least) tie.candidates.push_back(names_.candidates[c]);
    std::sort(tie.candidates.begin(), tie.candidates.end());
    tie.settled_by = "all remain (GLA Act 1999 Sch 2 para 4(3))";
    count_.ties.push_back(std::move(tie));
  }

  // Shares of every round are declared; the rule says whom they eliminate and elect.
  Status count_college() {
    Fraction weights = 0;
    std::size_t rounds = 0;
    for (const DeclaredSection& section : declaration_.sections) {
      weights += section.weight;
      rounds = std::max(rounds, section.shares.size());
    }
    std::vector<Candidate> continuing = all_;
    for (std::size_t r = 0; r < rounds; ++r) {
      std::vector<Fraction> share(all_.size(), 0);
      for (const DeclaredSection& section : declaration_.sections)
        for (const Candidate c : continuing) {
          const bool stated = r < section.shares.size() && section.shares[r][c];
          if (!stated)
            return refused(
                fmt::format("no share of {} is declared for round {} in section {}",
                            printable(names_.candidates[c], 80), r + 1, printable(section.name, 80)),
                {}, "a share for every continuing candidate in every section");
          share[c] += *section.shares[r][c] * section.weight / weights;
        }
      Round& round = count_.rounds.emplace_back();
      round.number = static_cast<std::uint32_t>(r + 1);
      for (const Candidate c : continuing)
        round.tally.emplace_back(names_.candidates[c], static_cast<double>(share[c]));
      std::sort(round.tally.begin(), round.tally.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
      });
      for (const Candidate c : continuing)
        if (share[c] > 50 || continuing.size() == 1) {
          elect(c, "More than half of the college (in percent): elected");
          return {};
        }
      eliminate(share, continuing, round);
    }
    return refused("nobody has more than half of the college in the last round that is declared", {},
                   "the shares of a further round");
  }

  void eliminate(const std::vector<Fraction>& share, std::vector<Candidate>& continuing, Round& round) {
    Fraction least = 100;
    for (const Candidate c : continuing) least = std::min(least, share[c]);
    std::vector<Candidate> out;
    for (const Candidate c : continuing)
      if (share[c] == least) out.push_back(c);
    if (out.size() > 1 && least > 0)
      out = {settle_by_lot(names_, out, count_.rule, round.number, options_.seed, "goes out", count_)};
    std::erase_if(continuing, [&](Candidate c) { return std::find(out.begin(), out.end(), c) != out.end(); });
    for (const Candidate c : out) round.eliminated.push_back(names_.candidates[c]);
    std::sort(round.eliminated.begin(), round.eliminated.end());
    round.reason = "Smallest share of the college (in percent) goes out";
  }

  Status elect_greatest(const std::vector<std::int64_t>& votes, const std::vector<Candidate>& among,
                        const Clause& clause) {
    std::int64_t most = 0;
    for (const Candidate c : among) most = std::max(most, votes[c]);
    std::vector<Candidate> leaders;
    for (const Candidate c : among)
      if (votes[c] == most) leaders.push_back(c);
    const bool lot = leaders.size() > 1;
    const Candidate winner = lot ? settle_by_lot(names_, leaders, count_.rule, count_.rounds.back().number,
                                                 options_.seed, clause.fate, count_)
                                 : leaders.front();
    elect(winner, lot ? clause.by_lot : clause.greatest);
    return {};
  }

  void elect(Candidate winner, const std::string& reason) {
    Round& round = count_.rounds.back();
    round.elected = {names_.candidates[winner]};
    round.reason = reason;
    count_.winners = round.elected;
  }

  std::int64_t sum_of(const std::vector<Candidate>& candidates) const {
    std::int64_t sum = 0;
    for (const Candidate c : candidates) sum += first_[c];
    return sum;
  }

  const Declaration& declaration_;
  const Rule rule_;
  const CountOptions& options_;
  Ballots names_;  // holds the names alone, for lots
  Count count_;
  std::vector<std::int64_t> first_;
  std::vector<Candidate> all_;
  std::vector<std::string> missing_;
  std::int64_t valid_ = 0;
};

}  // namespace

Result<Count> count_declaration(const Declaration& declaration, Rule rule, const CountOptions& options) {
  const std::uint32_t seats = options.seats != 0 ? options.seats : declaration.seats;
  if (seats != 1 || rule == Rule::stv)
    return wrong_usage("a declaration is counted for one seat", "--seats 1 and a rule for one seat");
  if (declaration.candidates.empty()) return refused("no candidate is declared", {}, "at least one");
  return DeclaredCount(declaration, rule, options).run();
}

}  // namespace scrutineer::contest
