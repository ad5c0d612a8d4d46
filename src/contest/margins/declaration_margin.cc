#include "contest/margins/declaration_margin.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "contest/margins/means.h"

namespace scrutineer::contest {
namespace {

using Papers = std::int64_t;

Papers half_up(Papers papers) {
  return (papers + 1) / 2;
}

class DeclaredMargin {
 public:
  DeclaredMargin(const Declaration& declaration, Rule rule, const Count& counted)
      : declaration_(declaration), rule_(rule), valid_(valid_papers(declaration)) {
    for (Candidate c = 0; c < declaration.candidates.size(); ++c) {
      first_.push_back(first_preferences(declaration, c).value_or(0));
      listed_ += first_.back();
      if (declaration.candidates[c] == counted.winners.front()) winner_ = c;
    }
    valid_ = std::max(valid_, listed_);
    Papers in_runoff = 0;
    for (Candidate c = 0; c < declaration.candidates.size(); ++c)
      if (const auto& votes = declaration.whole.votes[c]; votes.total || votes.transfers)
        in_runoff += runoff_total(declaration, c).value_or(0);
    valid_ = std::max(valid_, in_runoff);  // candidates may be left out whose papers went on
    for (const Tie& tie : counted.ties) tied_ = tied_ || !tie.chosen.empty();
    if (rule == Rule::supplementary) find_runoff();
  }

  KindMargin margin(Means means) const {
    KindMargin margin;
    margin.lots.low = tied_ ? 0 : std::max<Papers>(1, low(means, false, margin.proof));
    std::string ignored;
    margin.change.low = std::max(margin.lots.low, low(means, true, ignored));
    if (tied_) {
      margin.lots.high = 0;
      margin.proof = "a tie was declared";
    } else {
      margin.lots.high = high(means, false);
    }
    margin.change.high = high(means, true);
    if (margin.lots.high) {
      margin.proof +=
          other_ ? "; upper bounds by the two totals of the run-off, which no other tally can hold up"
                 : "; upper bounds by papers of the winner, until two others have more";
    }
    return margin;
  }

 private:
  // The run-off, where it was needed and is known.
  void find_runoff() {
    if (2 * first_[winner_] > valid_) return;
    std::vector<Candidate> order;
    for (Candidate c = 0; c < first_.size(); ++c) order.push_back(c);
    std::stable_sort(order.begin(), order.end(),
                     [&](Candidate a, Candidate b) { return first_[a] > first_[b]; });
    if (order.size() < 2 || (order.size() > 2 && first_[order[1]] == first_[order[2]])) return;
    const Candidate other = order[0] == winner_ ? order[1] : order[0];
    const auto own = runoff_total(declaration_, winner_);
    const auto theirs = runoff_total(declaration_, other);
    if (!own || !theirs || (order[0] != winner_ && order[1] != winner_)) return;
    other_ = other;
    lead_ = *own - *theirs;
    given_ = std::max<Papers>(0, *own - first_[winner_]);
  }

  // Papers to move a difference of two tallies down by `fall`.
  static Papers to_move(Means means, Papers fall) {
    if (fall <= 0) return 0;
    return means == Means::modification ? half_up(fall) : fall;
  }

  // Until two of the others have more first preferences than the winner.
  Papers to_displace(Means means) const {
    std::vector<Papers> missing;
    for (Candidate c = 0; c < first_.size(); ++c)
      if (c != winner_) missing.push_back(std::max<Papers>(0, first_[winner_] - first_[c] + 1));
    if (missing.size() < 2) return std::numeric_limits<Papers>::max();
    std::sort(missing.begin(), missing.end());
    if (means == Means::addition) return missing[0] + missing[1];
    if (means != Means::modification) return missing[1];
    // r changed papers lower the winner by r at most and raise the two by r together.
    Papers r = 0;
    Papers step = missing[1];
    while (step > 0) {
      const Papers at = r + step;
      const Papers left = std::max<Papers>(0, missing[0] - at) + std::max<Papers>(0, missing[1] - at);
      if (left > at) {
        r = at;
      } else {
        step /= 2;
      }
    }
    return r + 1;
  }

  Papers low(Means means, bool change, std::string& proof) const {
    const Papers beyond = change ? 1 : 0;
    if (!other_) {
      proof = "more than half of the first preferences win at once";
      const Papers above_half = 2 * first_[winner_] - valid_;
      // A majority that is lost is not yet a defeat: for a change too this is only what comes first.
      return above_half > 0 ? to_move(means, above_half) : 1;
    }
    proof = "first preferences and the totals of the run-off";
    Papers least = std::min(to_move(means, lead_ + beyond), to_displace(means));
    // Another x remains too, or in b's place, from the strongest down. Each that remains keeps its second
    // preferences.
    std::vector<Candidate> outside;
    for (Candidate x = 0; x < first_.size(); ++x)
      if (x != winner_ && x != *other_) outside.push_back(x);
    std::sort(outside.begin(), outside.end(),
              [&](Candidate a, Candidate b) { return first_[a] > first_[b]; });
    Papers kept = 0;
    for (const Candidate x : outside) {
      kept += first_[x];
      const Papers to_remain = to_move(means, std::min(first_[winner_], first_[*other_]) - first_[x]);
      const Papers rest = valid_ - first_[winner_] - first_[x];
      const auto seconds = declaration_.whole.votes[x].second;
      const Papers given = std::min(rest, seconds.value_or(rest));
      const Papers x_lacks = first_[winner_] - first_[x] - given + beyond;
      const Papers b_lacks = lead_ - std::min(given_, kept) + beyond;
      least = std::min(least, std::max(to_remain, to_move(means, std::min(x_lacks, b_lacks))));
    }
    return least;
  }

  // The second most of the others' first preferences; fewer than none where there is one other only.
  Papers third() const {
    std::vector<Papers> others;
    for (Candidate c = 0; c < first_.size(); ++c)
      if (c != winner_) others.push_back(first_[c]);
    std::sort(others.rbegin(), others.rend());
    return others.size() > 1 ? others[1] : -1;
  }

  std::optional<Papers> high(Means means, bool change) const {
    const Papers beyond = change ? 1 : 0;
    std::optional<Papers> least;
    const auto offer = [&](Papers papers) { least = std::min(least.value_or(papers), papers); };
    if (other_) {
      Papers papers = to_move(means, lead_ + beyond);
      // Level with a third the winner would remain beside two others; one paper more and they do not.
      if (means != Means::addition && first_[winner_] - papers == third()) ++papers;
      if (means == Means::addition || papers <= first_[winner_]) offer(papers);
    }
    // Deleting or changing the winner's own papers raises nobody who could hold them up.
    if (means != Means::addition && rule_ == Rule::supplementary && first_.size() > 2) {
      const Papers papers = std::max<Papers>(0, first_[winner_] - third() + 1);
      if (papers <= first_[winner_] && papers < valid_) offer(papers);
    }
    return least;
  }

  const Declaration& declaration_;
  const Rule rule_;
  Papers valid_;
  Papers listed_ = 0;
  std::vector<Papers> first_;
  Candidate winner_ = 0;
  bool tied_ = false;
  std::optional<Candidate> other_;  // who else remained, where the run-off is declared
  Papers lead_ = 0;                 // in the run-off
  Papers given_ = 0;                // to the winner in the run-off
};

}  // namespace

Result<Margins> margins(const Declaration& declaration, Rule rule, const MarginOptions& options) {
  if (rule == Rule::plurality) {
    SCRUTINEER_TRY(const Ballots ballots, first_preference_papers(declaration));
    return margins(ballots, rule, options);
  }
  if (!options.caps.empty())
    return refused("caps by ward need papers by ward; a declaration under this rule has none", {},
                   "ballots, or rule plurality");
  SCRUTINEER_TRY(const Count counted, count_declaration(declaration, rule, options.count));
  if (rule == Rule::college)
    return refused("a declared college tells shares, not papers: no margin in papers follows", {}, "ballots");
  Margins result;
  result.rule = to_string(rule);
  result.winner = counted.winners.front();
  result.possible_winners = counted.winners;
  if (!counted.ties.empty() && !counted.ties.back().chosen.empty())
    result.possible_winners = counted.ties.back().candidates;
  result.valid = counted.valid;
  const DeclaredMargin by(declaration, rule, counted);
  if (options.deletion) result.deletion = by.margin(Means::deletion);
  if (options.addition) result.addition = by.margin(Means::addition);
  if (options.modification) result.modification = by.margin(Means::modification);
  if (options.mixed) result.mixed = by.margin(Means::mixed);
  result.note =
      "From declared totals: what each bound rests on is said beside it; no papers can be named. Bounds hold "
      "if "
      "every candidate is listed.";
  return result;
}

}  // namespace scrutineer::contest
