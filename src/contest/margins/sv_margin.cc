// Supplementary vote: exact thresholds from small integer programs, one for each way in which the winner can
// be unseated (COUNTING.md section 3). As more than half of the first preferences always wins the second
// count too, only the second count matters. Let F be first preferences after the change.
//
//   displaced   two others have more first preferences than the winner w:   F_a > F_w,  F_b > F_w
//   overtaken   w and c remain with a set K, and c's total reaches w's. K is one leader and candidates tied
//   for
//               second place (one of them, but for a tie):  F_leader >= F_r = F_y > F_x  for y tied, x
//               outside; totals count second preferences of those outside K only.
//
// A set K with many members needs many equal tallies, so only sets whose members are already nearer to each
// other than the best threshold known are looked at. Columns are papers (first, second, ward) to take away
// and, where papers may be put in, to put in; rows are the comparisons above and the caps. Lower bounds are
// certified in integers (bounded_program.h).
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "contest/margins/bounded_program.h"
#include "contest/margins/margin_of_rule.h"
#include "contest/margins/means.h"
#include "contest/rules/supplementary.h"

namespace scrutineer::contest {
namespace {

constexpr std::uint32_t most_divisions = 4'000;
constexpr std::uint64_t most_sets = 5'000;

// Papers of one kind; `second` is the number of candidates where there is none.
struct Cell {
  Candidate first = 0, second = 0;
  std::uint32_t group = 0;
  std::int64_t count = 0;
};

// One way of being unseated: who remains, and who is compared.
struct Way {
  std::vector<Candidate> above;  // displaced: the two that pass the winner
  Candidate leader = 0;          // overtaken
  std::vector<Candidate> tied;
  Candidate challenger = 0;
};

class SupplementaryMargin {
 public:
  SupplementaryMargin(const Profile& profile, Candidate winner, Means means, const MarginOptions& options)
      : profile_(profile),
        winner_(winner),
        means_(means),
        caps_(options.caps),
        most_added_(means == Means::mixed ? options.most_added : std::nullopt),
        totals_(supplementary_totals(profile)) {
    std::map<std::tuple<Candidate, Candidate, std::uint32_t>, std::int64_t> cells;
    for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
      const auto preferences = profile.preferences(kind);
      const Candidate second = preferences.size() > 1 ? preferences[1] : profile.candidates;
      cells[{preferences[0], second, caps_.empty() ? 0 : profile.group[kind]}] += profile.counts[kind];
    }
    for (const auto& [key, count] : cells)
      cells_.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
    for (Candidate c = 0; c < profile.candidates; ++c)
      if (profile.standing[c]) standing_.push_back(c);
  }

  void find(bool change, Least& least, std::optional<Witness>& witness) {
    change_ = change;
    best_.reset();
    sets_ = 0;
    const bool only_goes = means_ == Means::deletion || (means_ == Means::mixed && most_added_ == 0);
    limit_ = profile_.valid + (only_goes ? 0 : means_ == Means::modification ? 1 : 3);
    if (!caps_.empty() && (means_ != Means::mixed || most_added_))
      limit_ = std::min(
          limit_, std::accumulate(caps_.begin(), caps_.end(), std::int64_t{1}) + most_added_.value_or(0));
    unproved_ = limit_;
    for (const Candidate c : standing_) {
      if (c == winner_) continue;
      try_way({{}, winner_, {c}, c});
      try_way({{}, c, {winner_}, c});
    }
    for (std::size_t a = 0; a < standing_.size(); ++a)
      for (std::size_t b = a + 1; b < standing_.size(); ++b)
        if (standing_[a] != winner_ && standing_[b] != winner_)
          try_way({{standing_[a], standing_[b]}, 0, {}, 0});
    try_larger_sets();
    least.low = std::min(limit_, unproved_);
    if (best_) {
      least.high = limit_;
      witness = as_witness();
    }
    least.impossible = !best_ && least.low >= limit_;
  }

  std::uint64_t programs() const { return programs_; }

 private:
  bool remains(const Way& way, Candidate c) const {
    return c == way.leader || std::find(way.tied.begin(), way.tied.end(), c) != way.tied.end();
  }

  // What one paper (first, second) adds to each row, put in; taken away it is the negative.
  void add_base(const Way& way, Candidate first, Candidate second, std::vector<Term>& rows) const {
    rows.clear();
    std::uint32_t row = 0;
    const auto put = [&](std::int32_t factor) {
      if (factor != 0) rows.push_back({row, factor});
      ++row;
    };
    const auto is = [](bool yes) { return yes ? 1 : 0; };
    if (!way.above.empty()) {
      for (const Candidate a : way.above) put(is(first == a) - is(first == winner_));
      return;
    }
    const Candidate r = way.tied.front();
    put(is(first == way.leader) - is(first == r));
    for (std::size_t i = 1; i < way.tied.size(); ++i) {
      put(is(first == way.tied[i]) - is(first == r));
      put(is(first == r) - is(first == way.tied[i]));
    }
    for (const Candidate x : standing_)
      if (!remains(way, x)) put(is(first == r) - is(first == x));
    const auto counts_for = [&](Candidate c) {
      return is(first == c || (!remains(way, first) && second == c));
    };
    put(counts_for(way.challenger) - counts_for(winner_));
  }

  // How far each row is from holding now: rhs of the program.
  void add_rows(const Way& way, BoundedProgram& program) const {
    const auto& f = totals_.first;
    if (!way.above.empty()) {
      for (const Candidate a : way.above) program.add_row(1 + f[winner_] - f[a]);
      return;
    }
    const Candidate r = way.tied.front();
    program.add_row(f[r] - f[way.leader]);
    for (std::size_t i = 1; i < way.tied.size(); ++i) {
      program.add_row(f[r] - f[way.tied[i]]);
      program.add_row(f[way.tied[i]] - f[r]);
    }
    for (const Candidate x : standing_)
      if (!remains(way, x)) program.add_row(1 + f[x] - f[r]);
    std::int64_t lead = 0;
    for (const Cell& cell : cells_) {
      const auto counts_for = [&](Candidate c) {
        return cell.first == c || (!remains(way, cell.first) && cell.second == c) ? cell.count : 0;
      };
      lead += counts_for(winner_) - counts_for(way.challenger);
    }
    program.add_row(lead + (change_ ? 1 : 0));
  }

  // Columns: the cells to take away (where papers go), then every (first, second) to put in (where they
  // come).
  BoundedProgram program_of(const Way& way) const {
    BoundedProgram program;
    add_rows(way, program);
    const auto single = [&](std::int64_t rhs) {
      const Term term{program.add_row(rhs), 1};
      return program.add_base({&term, 1});
    };
    std::optional<std::uint32_t> balance;
    std::vector<std::uint32_t> caps;
    if (means_ == Means::modification) balance = single(0);
    std::optional<std::uint32_t> added;
    if (means_ == Means::mixed && most_added_) added = single(-*most_added_);
    if (takes_away(means_))
      for (const std::int64_t cap : caps_) caps.push_back(single(-cap));
    std::vector<Term> rows;
    std::vector<Term> parts;
    if (takes_away(means_)) {
      for (const Cell& cell : cells_) {
        add_base(way, cell.first, cell.second, rows);
        parts = {{program.add_base(rows), -1}};
        if (balance) parts.push_back({*balance, 1});
        if (!caps.empty()) parts.push_back({caps[cell.group], -1});
        program.add_column(1, 0, std::min(cell.count, limit_), parts);
      }
    }
    if (puts_in(means_)) {
      for (const auto& [first, second] : new_papers()) {
        add_base(way, first, second, rows);
        parts = {{program.add_base(rows), 1}};
        if (balance) parts.push_back({*balance, -1});
        if (added) parts.push_back({*added, -1});
        program.add_column(balance ? 0 : 1, 0, limit_, parts);
      }
    }
    return program;
  }

  std::vector<std::pair<Candidate, Candidate>> new_papers() const {
    std::vector<std::pair<Candidate, Candidate>> papers;
    for (const Candidate first : standing_) {
      papers.emplace_back(first, profile_.candidates);
      for (const Candidate second : standing_)
        if (second != first) papers.emplace_back(first, second);
    }
    return papers;
  }

  void try_way(const Way& way) {
    const BoundedProgram program = program_of(way);
    std::int64_t work = 0;
    const IntegerSearch search = solve_in_integers(program, limit_, 0, most_divisions, work);
    programs_ += search.programs;
    unproved_ = std::min(unproved_, search.proved);
    if (!search.best || search.best->cost >= limit_ || !leaves_a_paper(*search.best)) return;
    limit_ = search.best->cost;
    best_ = search.best->x;
  }

  bool leaves_a_paper(const IntegerSolution& solution) const {
    if (means_ == Means::deletion || means_ == Means::addition) return true;  // fewer than all are deleted
    std::int64_t left = profile_.valid;
    for (std::size_t j = 0; j < solution.x.size(); ++j)
      left += j < cells_.size() ? -solution.x[j] : solution.x[j];
    return left > 0;
  }

  // Fewer papers than this cannot bring two tallies from a difference to equality.
  std::int64_t to_close(std::int64_t difference) const {
    return means_ == Means::modification ? (difference + 1) / 2 : difference;
  }

  // Three or more remain: grows the tied set from candidates near to each other.
  void try_larger_sets() {
    for (const Candidate c : standing_) {
      if (c == winner_) continue;
      for (const Candidate leader : standing_) {
        std::vector<Candidate> tied;
        if (leader != winner_) tied.push_back(winner_);
        if (leader != c) tied.push_back(c);
        if (tied.size() == 2 && !near(tied)) continue;
        grow(c, leader, tied, 0);
      }
    }
  }

  bool near(const std::vector<Candidate>& tied) const {
    for (const Candidate y : tied)
      if (to_close(std::abs(totals_.first[y] - totals_.first[tied.front()])) >= limit_) return false;
    return true;
  }

  void grow(Candidate challenger, Candidate leader, std::vector<Candidate>& tied, std::size_t from) {
    if (tied.size() + 1 > 2) {
      if (++sets_ > most_sets) {
        unproved_ = 0;  // not all ways were looked at
        return;
      }
      const std::int64_t level = totals_.first[tied.front()];
      bool possible = true;
      for (const Candidate x : standing_)
        if (x != leader && std::find(tied.begin(), tied.end(), x) == tied.end())
          possible = possible && to_close(std::max<std::int64_t>(0, totals_.first[x] + 1 - level)) < limit_;
      if (possible) try_way({{}, leader, tied, challenger});
    }
    for (std::size_t i = from; i < standing_.size(); ++i) {
      const Candidate y = standing_[i];
      if (y == leader || y == challenger || y == winner_) continue;
      tied.push_back(y);
      if (near(tied)) grow(challenger, leader, tied, i + 1);
      tied.pop_back();
    }
  }

  Witness as_witness() const {
    Witness witness;
    std::vector<std::int64_t> room(profile_.groups, 0);
    if (means_ == Means::addition) {
      room.assign(caps_.begin(), caps_.end());
      if (room.empty()) room.assign(1, limit_);
    } else {
      take_away(room, witness);
    }
    if (means_ == Means::deletion) return witness;
    // Papers that come are counted in the first group; a changed paper stays in its own.
    if (means_ == Means::mixed) room.assign(1, limit_);
    const std::size_t offset = means_ == Means::addition ? 0 : cells_.size();
    const auto papers = new_papers();
    std::size_t group = 0;
    for (std::size_t j = 0; j < papers.size(); ++j) {
      std::int64_t left = (*best_)[offset + j];
      while (left > 0) {
        while (group < room.size() && room[group] == 0) ++group;
        if (group == room.size()) return witness;
        const std::int64_t here = std::min(left, room[group]);
        std::vector<std::vector<Candidate>> ranks = {{papers[j].first}};
        if (papers[j].second != profile_.candidates) ranks.push_back({papers[j].second});
        witness.changes.push_back(
            {true, std::nullopt, std::move(ranks), static_cast<std::uint32_t>(group), here});
        room[group] -= here;
        left -= here;
      }
    }
    return witness;
  }

  void take_away(std::vector<std::int64_t>& room, Witness& witness) const {
    for (std::size_t j = 0; j < cells_.size(); ++j) {
      std::int64_t left = (*best_)[j];
      const Cell& cell = cells_[j];
      for (std::size_t kind = 0; kind < profile_.kinds() && left > 0; ++kind) {
        const auto preferences = profile_.preferences(kind);
        const Candidate second = preferences.size() > 1 ? preferences[1] : profile_.candidates;
        const std::uint32_t group = profile_.group[kind];
        if (preferences[0] != cell.first || second != cell.second || (!caps_.empty() && group != cell.group))
          continue;
        const std::int64_t here = std::min(left, profile_.counts[kind]);
        witness.changes.push_back({false, profile_.source[kind], {}, group, here});
        room[group] += here;
        left -= here;
      }
    }
  }

  const Profile& profile_;
  const Candidate winner_;
  const Means means_;
  const Caps& caps_;
  const std::optional<std::int64_t> most_added_;
  const SupplementaryTotals totals_;
  std::vector<Cell> cells_;
  std::vector<Candidate> standing_;
  bool change_ = false;
  std::int64_t limit_ = 0;
  std::int64_t unproved_ = 0;  // the least bound of the ways looked at
  std::uint64_t sets_ = 0;
  std::uint64_t programs_ = 0;
  std::optional<std::vector<std::int64_t>> best_;
};

KindMargin margin_by(Means means, const Profile& profile, Candidate winner, const MarginOptions& options,
                     bool tied) {
  SupplementaryMargin search(profile, winner, means, options);
  KindMargin margin;
  search.find(false, margin.lots, margin.lots_witness);
  search.find(true, margin.change, margin.change_witness);
  if (!tied) margin.lots.low = std::max<std::int64_t>(margin.lots.low, 1);  // the count itself
  margin.change.low = std::max(margin.change.low, margin.lots.low);
  margin.proof = fmt::format("{} integer programs, one for each way of being overtaken, checked in integers",
                             search.programs());
  return margin;
}

}  // namespace

Status supplementary_margins(const Ballots& ballots, Candidate winner, const MarginOptions& options,
                             Margins& margins) {
  const Profile profile = read_supplementary_papers(ballots);
  const bool tied = margins.possible_winners.size() > 1;
  const auto by = [&](Means means) { return margin_by(means, profile, winner, options, tied); };
  if (options.deletion) margins.deletion = by(Means::deletion);
  if (options.addition) margins.addition = by(Means::addition);
  if (options.modification) margins.modification = by(Means::modification);
  if (options.mixed) margins.mixed = by(Means::mixed);
  return {};
}

std::optional<std::vector<Candidate>> supplementary_possible_winners(const Ballots& ballots,
                                                                     const CountOptions&) {
  const SupplementaryTotals totals = supplementary_totals(read_supplementary_papers(ballots));
  std::int64_t most = 0;
  for (Candidate c = 0; c < totals.first.size(); ++c)
    if (totals.remains[c]) most = std::max(most, totals.total[c]);
  std::vector<Candidate> winners;
  for (Candidate c = 0; c < totals.first.size(); ++c)
    if (totals.remains[c] && totals.total[c] == most) winners.push_back(c);
  return winners;
}

}  // namespace scrutineer::contest
