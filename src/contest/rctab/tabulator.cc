#include "contest/rctab/tabulator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <set>

#include "contest/rctab/java_random.h"
#include "contest/rctab/reasons.h"

namespace scrutineer::contest::rctab {
namespace {

__extension__ typedef __int128 Wide;

constexpr std::uint32_t nobody = 0xffffffff;
constexpr std::uint32_t never = 0;

// Why a paper no longer counts.
enum class Gone : std::uint8_t { no, unmarked, exhausted, overvote, skipped, repeated, last_surplus };

constexpr std::array gone_names = {"",
                                   "unmarked",
                                   "exhaustedChoices",
                                   "overvotes",
                                   "skippedRankings",
                                   "repeatedRankings",
                                   "finalRoundSurplus"};

struct Paper {
  std::int64_t value;  // what one such paper still counts, in units
  std::uint32_t recipient = nobody;
  Gone gone = Gone::no;
};

class Tabulator {
 public:
  Tabulator(const Contest& contest, const std::vector<Record>& records,
            const std::vector<std::int64_t>& weights, const Chooser& chooser)
      : contest_(contest),
        rules_(contest.rules),
        records_(records),
        weights_(weights),
        chooser_(chooser),
        random_(contest.rules.seed.value_or(0)) {
    for (std::uint32_t d = 0; d < rules_.decimals; ++d) unit_ *= 10;
    const auto candidates = contest.candidates.size();
    papers_.assign(records.size(), Paper{unit_, nobody, Gone::no});
    out_in_.assign(candidates, never);
    elected_in_.assign(candidates, never);
    elected_with_.assign(candidates, 0);
    for (std::uint32_t c = 0; c < candidates; ++c) {
      order_.push_back(c);
      if (contest.candidates[c] == undeclared) undeclared_ = c;
    }
    if (rules_.ties == TieMode::permutation) {
      std::sort(order_.begin(), order_.end(), [&](auto a, auto b) { return name(a) < name(b); });
      random_.shuffle(order_);
    }
  }

  Result<Count> run() {
    for (const std::int64_t weight : weights_) total_ += weight;
    while (goes_on()) {
      ++round_;
      SCRUTINEER_CHECK(play_round());
      if (round_ > 4 * contest_.candidates.size() + 8) return internal_error("a count does not end");
    }
    count_.valid = static_cast<double>(total_ - unmarked_);
    count_.invalid = static_cast<double>(unmarked_);
    return std::move(count_);
  }

 private:
  const std::string& name(std::uint32_t c) const { return contest_.candidates[c]; }
  double votes(std::int64_t units) const { return static_cast<double>(units) / static_cast<double>(unit_); }
  bool many_seats() const { return rules_.mode == WinnerMode::bottoms_up_share || rules_.winners > 1; }

  bool continues(std::uint32_t c) const {
    if (contest_.excluded[c] || out_in_[c] != never) return false;
    return elected_in_[c] == never || rules_.until_two;
  }

  std::size_t number_elected() const {
    return static_cast<std::size_t>(
        std::count_if(elected_in_.begin(), elected_in_.end(), [](auto r) { return r != never; }));
  }
  std::size_t number_out() const {
    return static_cast<std::size_t>(
        std::count_if(out_in_.begin(), out_in_.end(), [](auto r) { return r != never; }));
  }

  bool goes_on() const {
    if (round_ >= rules_.stop_after_round) return false;
    const auto now = [&](const std::vector<std::uint32_t>& rounds) {
      return round_ > 0 && std::find(rounds.begin(), rounds.end(), round_) != rounds.end();
    };
    if (rules_.until_two) return number_out() + number_elected() + 1 < running() || now(out_in_);
    if (rules_.mode == WinnerMode::bottoms_up_share) return number_elected() == 0;
    if (rules_.winners > running() && number_elected() + number_out() == running()) return false;
    if (number_elected() < rules_.winners) return true;
    // One round more shows the last surpluses move.
    return rules_.winners > 1 && now(elected_in_) && rules_.mode != WinnerMode::bottoms_up;
  }

  // Candidates of the contest, the excluded not counted.
  std::size_t running() const {
    return static_cast<std::size_t>(std::count(contest_.excluded.begin(), contest_.excluded.end(), 0));
  }

  Status play_round() {
    tally_round();
    set_threshold();
    SCRUTINEER_TRY(const std::vector<std::uint32_t> winners, find_winners());
    std::vector<std::uint32_t> losers;
    if (!winners.empty()) {
      for (const std::uint32_t c : winners) elect(c);
    } else if (number_elected() < rules_.winners || rules_.mode == WinnerMode::bottoms_up_share ||
               (rules_.until_two && number_out() + 2 < running())) {
      SCRUTINEER_TRY(losers, find_losers());
      for (const std::uint32_t c : losers) out_in_[c] = round_;
    }
    update_earlier_winners();
    close_round(winners, losers);
    return {};
  }

  // Where every paper counts now; transfers from the round before.
  void tally_round() {
    history_.emplace_back(contest_.candidates.size(), 0);
    standing_.clear();
    for (std::uint32_t c = 0; c < contest_.candidates.size(); ++c)
      if (continues(c)) standing_.push_back(c);
    gone_units_.assign(gone_names.size(), 0);
    moved_.clear();
    for (std::size_t i = 0; i < records_.size(); ++i) {
      Paper& paper = papers_[i];
      if (paper.gone == Gone::no && (paper.recipient == nobody || !continues(paper.recipient))) {
        const std::uint32_t from = paper.recipient;
        // With every seat filled nobody receives the last surpluses.
        const bool filled = from != nobody && rules_.winners > 1 && number_elected() >= rules_.winners;
        paper.gone = filled ? Gone::last_surplus : place(records_[i], paper.recipient);
        if (paper.gone != Gone::no) paper.recipient = nobody;
        if (from != nobody) moved_[{from, paper.recipient}] += paper.value * weights_[i];
      }
      const std::int64_t units = paper.value * weights_[i];
      if (paper.gone != Gone::no) {
        gone_units_[static_cast<std::size_t>(paper.gone)] += units;
      } else {
        history_.back()[paper.recipient] += units;
      }
    }
    if (round_ == 1) unmarked_ = gone_units_[static_cast<std::size_t>(Gone::unmarked)] / unit_;
  }

  // The continuing candidate a paper counts for, or why there is none.
  Gone place(const Record& record, std::uint32_t& recipient) const {
    if (record.rankings.empty()) return Gone::unmarked;
    std::uint32_t last = 0;
    std::set<std::uint32_t> seen;
    for (const Record::Ranking& ranking : record.rankings) {
      if (rules_.max_skipped != nobody && ranking.rank - last > rules_.max_skipped + 1) return Gone::skipped;
      last = ranking.rank;
      if (rules_.exhaust_on_duplicate)
        for (const std::uint32_t c : ranking.candidates)
          if (!seen.insert(c).second) return Gone::repeated;
      const bool overvote = ranking.candidates.front() == explicit_overvote || ranking.candidates.size() > 1;
      if (overvote && rules_.overvote == OvervoteRule::exhaust) return Gone::overvote;
      if (overvote && rules_.overvote == OvervoteRule::skip) continue;
      std::uint32_t found = nobody;
      for (const std::uint32_t c : ranking.candidates) {
        if (c == explicit_overvote) return Gone::overvote;
        if (!continues(c)) continue;
        if (found != nobody) return Gone::overvote;
        found = c;
      }
      if (found != nobody) {
        recipient = found;
        return Gone::no;
      }
    }
    return Gone::exhausted;
  }

  std::int64_t in_play() const {
    std::int64_t units = 0;
    for (const std::uint32_t c : standing_) units += history_.back()[c];
    return units;
  }

  void set_threshold() {
    const bool anew = rules_.winners > 1 ? round_ == 1 : !rules_.first_round_threshold || round_ == 1;
    // Once someone is elected the number that elected them stands.
    if (!anew || (rules_.winners == 1 && number_elected() > 0)) return;
    const std::int64_t votes_now = in_play();
    if (rules_.mode == WinnerMode::bottoms_up_share) {
      threshold_ = votes_now * rules_.share_percent / 100;
      threshold_exact_ = static_cast<Wide>(votes_now) * rules_.share_percent;
    } else {
      const std::int64_t step = rules_.fractional_threshold ? 1 : unit_;
      const std::int64_t divisor = static_cast<std::int64_t>(rules_.winners) + (rules_.hare ? 0 : 1);
      const std::int64_t share = votes_now / divisor / step * step;
      const bool even = rules_.hare && share * divisor == votes_now;
      threshold_ = even ? share : share + step;
    }
    threshold_ = std::max(threshold_, rules_.minimum_votes * unit_);
  }

  // Standing candidates by rising votes; among equals in the order of the configuration.
  std::vector<std::uint32_t> by_votes() const {
    std::vector<std::uint32_t> order = standing_;
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return history_.back()[a] < history_.back()[b]; });
    return order;
  }

  std::vector<std::uint32_t> with_votes(std::int64_t units) const {
    std::vector<std::uint32_t> found;
    for (const std::uint32_t c : standing_)
      if (history_.back()[c] == units) found.push_back(c);
    return found;
  }

  Result<std::vector<std::uint32_t>> find_winners() {
    std::vector<std::uint32_t> winners;
    if (undeclared_ != nobody && continues(undeclared_) && history_.back()[undeclared_] > 0) return winners;
    if (standing_.empty()) return winners;
    if (rules_.mode == WinnerMode::bottoms_up_share) {
      const bool all = std::all_of(standing_.begin(), standing_.end(), [&](auto c) {
        return static_cast<Wide>(history_.back()[c]) * 100 >= threshold_exact_ &&
               history_.back()[c] >= rules_.minimum_votes * unit_;
      });
      if (all) winners = standing_;
      return winners;
    }
    const std::size_t unfilled = rules_.winners - std::min<std::size_t>(rules_.winners, number_elected());
    const std::vector<std::uint32_t> order = by_votes();
    const std::int64_t most = history_.back()[order.back()];
    if (unfilled > 0) {
      if (standing_.size() <= unfilled) {
        winners = standing_;
      } else if (rules_.first_round_threshold && standing_.size() - 1 == rules_.winners) {
        winners = with_votes(most);
      } else if (rules_.mode != WinnerMode::bottoms_up) {
        for (auto c = order.rbegin(); c != order.rend(); ++c)
          if (history_.back()[*c] >= threshold_ && *c != undeclared_) winners.push_back(*c);
      }
    }
    std::sort(winners.begin(), winners.end(), [&](auto a, auto b) {
      return history_.back()[a] != history_.back()[b] ? history_.back()[a] > history_.back()[b]
                                                      : name(a) < name(b);
    });
    const bool too_many =
        winners.size() > 1 && (rules_.mode == WinnerMode::one_per_round || rules_.first_round_threshold);
    const bool last_two = rules_.winners == 1 && winners.empty() && standing_.size() == 2 && unfilled == 1 &&
                          history_.back()[order.front()] >= rules_.minimum_votes * unit_;
    if (too_many || last_two) {
      winners = with_votes(most);
      if (winners.size() > 1) {
        SCRUTINEER_TRY(const std::uint32_t winner, settle(winners, true));
        winners = {winner};
      }
    }
    return winners;
  }

  Result<std::vector<std::uint32_t>> find_losers() {
    if (undeclared_ != nobody && continues(undeclared_) && history_.back()[undeclared_] > 0)
      return std::vector<std::uint32_t>{undeclared_};
    const std::vector<std::uint32_t> order = by_votes();
    if (order.empty()) return refused("nobody is left to be eliminated");
    std::vector<std::uint32_t> losers;
    for (const std::uint32_t c : order)
      if (history_.back()[c] < rules_.minimum_votes * unit_) losers.push_back(c);
    const std::size_t declared = contest_.candidates.size() - (undeclared_ == nobody ? 0 : 1);
    if (losers.size() == declared) return refused("every candidate is below the minimum number of votes");
    if (losers.empty() && rules_.cutoff && rules_.mode == WinnerMode::bottoms_up_share)
      for (const std::uint32_t c : order)
        if (static_cast<Wide>(history_.back()[c]) * 100 < threshold_exact_) losers.push_back(c);
    if (!losers.empty()) return losers;
    if (rules_.batch) losers = batch(order);
    if (losers.size() > 1) return losers;
    losers = with_votes(history_.back()[order.front()]);
    if (losers.size() > 1) {
      SCRUTINEER_TRY(const std::uint32_t loser, settle(losers, false));
      losers = {loser};
    }
    return losers;
  }

  // Everyone who together with all below has fewer votes than the next.
  std::vector<std::uint32_t> batch(const std::vector<std::uint32_t>& order) const {
    std::int64_t sum = 0;
    std::size_t out = 0;
    std::size_t before = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const bool new_level = i == 0 || history_.back()[order[i]] != history_.back()[order[i - 1]];
      if (new_level && sum < history_.back()[order[i]] && i > out) {
        before = out;
        out = i;
      }
      sum += history_.back()[order[i]];
    }
    // Two must be left to continue with.
    if (rules_.until_two && out + number_out() + 1 == running()) out = before;
    return {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(out)};
  }

  Result<std::uint32_t> settle(std::vector<std::uint32_t> tied, bool winning) {
    std::sort(tied.begin(), tied.end(), [&](auto a, auto b) { return name(a) < name(b); });
    Tie tie;
    tie.round = round_;
    for (const std::uint32_t c : tied) tie.candidates.push_back(name(c));
    SCRUTINEER_TRY(const std::uint32_t chosen, choose(tied, winning, tie));
    tie.chosen = name(chosen);
    tie.settled_by += fmt::format(": {} {}", tie.chosen, winning ? "is elected" : "goes out");
    count_.ties.push_back(std::move(tie));
    return chosen;
  }

  Result<std::uint32_t> choose(std::vector<std::uint32_t> tied, bool winning, Tie& tie) {
    if (rules_.ties == TieMode::previous_then_random || rules_.ties == TieMode::previous_then_ask) {
      narrow_by_earlier_rounds(tied, winning, tie);
      if (tied.size() == 1) return tied.front();
    }
    if (chooser_) {
      std::vector<std::string> names;
      for (const std::uint32_t c : tied) names.push_back(name(c));
      tie.settled_by = "lot from the seed";
      return tied[chooser_(round_, names)];
    }
    if (rules_.ties == TieMode::config_order || rules_.ties == TieMode::permutation) {
      tie.settled_by = "order of candidates in the configuration";
      if (rules_.ties == TieMode::permutation)
        tie.settled_by = fmt::format("permutation from seed {}", *rules_.seed);
      const auto place = [&](std::uint32_t c) {
        return std::find(order_.begin(), order_.end(), c) - order_.begin();
      };
      const auto earlier = [&](auto a, auto b) { return place(a) < place(b); };
      return winning ? *std::min_element(tied.begin(), tied.end(), earlier)
                     : *std::max_element(tied.begin(), tied.end(), earlier);
    }
    if (rules_.ties == TieMode::ask || rules_.ties == TieMode::previous_then_ask)
      return refused(fmt::format("a tie in round {} waits for an answer", round_), {},
                     "another tiebreakMode");
    tie.settled_by = fmt::format("java.util.Random with seed {}", rules_.seed.value_or(0));
    return tied[static_cast<std::size_t>(random_.next_double() * static_cast<double>(tied.size()))];
  }

  // Who had fewest (or most) votes in the last round in which the tied differed.
  void narrow_by_earlier_rounds(std::vector<std::uint32_t>& tied, bool winning, Tie& tie) const {
    for (std::size_t r = history_.size() - 1; r-- > 0 && tied.size() > 1;) {
      std::int64_t wanted = history_[r][tied.front()];
      for (const std::uint32_t c : tied)
        wanted = winning ? std::max(wanted, history_[r][c]) : std::min(wanted, history_[r][c]);
      std::erase_if(tied, [&](auto c) { return history_[r][c] != wanted; });
      if (tied.size() == 1) tie.settled_by = fmt::format("votes in round {}", r + 1);
    }
  }

  // With several seats a winner keeps the threshold and passes the surplus on in papers of smaller value.
  void elect(std::uint32_t c) {
    elected_in_[c] = round_;
    elected_with_[c] = history_.back()[c];
    count_.winners.push_back(name(c));
    if (!many_seats() || rules_.mode == WinnerMode::bottoms_up || rules_.mode == WinnerMode::bottoms_up_share)
      return;
    const std::int64_t had = history_.back()[c];
    const std::int64_t surplus = std::max<std::int64_t>(0, had - threshold_);
    const std::int64_t fraction =
        had == 0 ? 0 : static_cast<std::int64_t>(static_cast<Wide>(surplus) * unit_ / had);
    std::int64_t kept = 0;
    for (std::size_t i = 0; i < papers_.size(); ++i) {
      Paper& paper = papers_[i];
      if (paper.gone != Gone::no || paper.recipient != c) continue;
      const auto passes = static_cast<std::int64_t>(static_cast<Wide>(paper.value) * fraction / unit_);
      kept += (paper.value - passes) * weights_[i];
      paper.value = passes;
    }
    kept_[c] = kept;
  }

  // Earlier winners stand in the table with what they keep; what is above the threshold by rounding is
  // residual.
  void update_earlier_winners() {
    for (std::uint32_t c = 0; c < contest_.candidates.size(); ++c) {
      if (elected_in_[c] == never || elected_in_[c] == round_ || rules_.winners <= 1) continue;
      if (elected_in_[c] + 1 == round_) {
        const std::int64_t residual = std::max<std::int64_t>(0, kept_[c] - threshold_);
        residual_ += residual;
        kept_[c] -= residual;
      }
      history_.back()[c] = kept_[c];
    }
  }

  void close_round(const std::vector<std::uint32_t>& winners, const std::vector<std::uint32_t>& losers) {
    if (!count_.rounds.empty()) {
      Round& before = count_.rounds.back();
      for (const auto& [way, units] : moved_)
        if (units > 0)
          before.transfers[name(way.first)].emplace_back(way.second == nobody ? "" : name(way.second),
                                                         votes(units));
    }
    Round round;
    round.number = round_;
    for (std::uint32_t c = 0; c < contest_.candidates.size(); ++c) {
      const bool shown = std::find(standing_.begin(), standing_.end(), c) != standing_.end() ||
                         (rules_.winners > 1 && elected_in_[c] != never);
      if (shown) round.tally.emplace_back(name(c), votes(history_.back()[c]));
    }
    std::sort(round.tally.begin(), round.tally.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    for (const std::uint32_t c : winners) round.elected.push_back(name(c));
    for (const std::uint32_t c : losers) round.eliminated.push_back(name(c));
    std::sort(round.eliminated.begin(), round.eliminated.end());
    std::int64_t gone = 0;
    for (std::size_t i = 2; i < gone_names.size(); ++i) {
      round.exhausted_by[gone_names[i]] = votes(gone_units_[i]);
      gone += gone_units_[i];
    }
    if (residual_ > 0) round.exhausted_by["residual surplus"] = votes(residual_);
    round.exhausted = votes(gone + residual_);
    round.threshold = rules_.mode == WinnerMode::bottoms_up_share
                          ? static_cast<double>(threshold_exact_) / 100.0 / static_cast<double>(unit_)
                          : votes(threshold_);
    const bool all_reach =
        std::all_of(winners.begin(), winners.end(), [&](auto c) { return elected_with_[c] >= threshold_; });
    round.reason =
        reason_of(rules_, {winners.size(), losers.size(), standing_.size(), all_reach, *round.threshold});
    count_.rounds.push_back(std::move(round));
  }

  const Contest& contest_;
  const Rules& rules_;
  const std::vector<Record>& records_;
  const std::vector<std::int64_t>& weights_;
  const Chooser& chooser_;
  JavaRandom random_;
  Count count_;
  std::int64_t unit_ = 1;
  std::int64_t total_ = 0, unmarked_ = 0;
  std::vector<Paper> papers_;
  std::vector<std::uint32_t> out_in_, elected_in_;  // round by candidate
  std::vector<std::int64_t> elected_with_;          // votes by candidate
  std::vector<std::uint32_t> order_;                // for ties
  std::uint32_t undeclared_ = nobody;
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> standing_;             // of this round
  std::vector<std::vector<std::int64_t>> history_;  // units by round and candidate
  std::vector<std::int64_t> gone_units_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> moved_;
  std::map<std::uint32_t, std::int64_t> kept_;
  std::int64_t residual_ = 0;
  std::int64_t threshold_ = 0;
  Wide threshold_exact_ = 0;  // 100 times, for a share in percent
};

}  // namespace

Result<Count> tabulate(const Contest& contest, const std::vector<Record>& records,
                       const std::vector<std::int64_t>& weights, const Chooser& chooser) {
  return Tabulator(contest, records, weights, chooser).run();
}

Result<CountedConfig> count_config(const std::filesystem::path& file, bool phantom_rows) {
  SCRUTINEER_TRY(const Config config, read_config(file));
  SCRUTINEER_TRY(const std::vector<Record> records, read_records(config, phantom_rows));
  const std::vector<std::int64_t> weights(records.size(), 1);
  Contest contest{config.candidates, config.excluded, config.rules};
  CountedConfig counted{config.contest, {}};
  const bool many = config.rules.mode == WinnerMode::multi_pass;
  if (many) contest.rules.winners = 1;
  for (std::uint32_t pass = 0; pass < (many ? config.rules.winners : 1); ++pass) {
    SCRUTINEER_TRY(Count count, tabulate(contest, records, weights));
    count.rule = "rctab";
    for (const std::string& winner : count.winners)
      contest.excluded[static_cast<std::size_t>(
          std::find(contest.candidates.begin(), contest.candidates.end(), winner) -
          contest.candidates.begin())] = 1;
    counted.passes.push_back(std::move(count));
  }
  return counted;
}

}  // namespace scrutineer::contest::rctab
