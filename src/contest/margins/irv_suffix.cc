#include "contest/margins/irv_suffix.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace scrutineer::contest {
namespace {

constexpr std::size_t source = 0;  // arcs run from 0 (the paper is put in) or from position p as p + 1
constexpr std::uint32_t outside = 0xffffffff;
constexpr std::size_t longest_in_a_table = 14;

bool before(const Signature& a, const Signature& b) {
  return a.positions != b.positions ? a.positions < b.positions : a.group < b.group;
}

}  // namespace

// Stage i (from 0) compares e_(i+1) with every later position c.
std::size_t SuffixProgram::row_of(std::size_t stage, std::size_t position) const {
  return stage * k_ - stage * (stage + 1) / 2 + (position - stage - 1);
}

// Arcs from `from` (source, or position + 1) to position `to` >= from.
std::uint32_t SuffixProgram::arc_of(std::size_t from, std::size_t to) const {
  return static_cast<std::uint32_t>(from * k_ - from * (from - 1) / 2 + (to - from));
}

SuffixProgram::SuffixProgram(const SuffixProblem& problem, const Suffix& suffix, Strict strict,
                             std::int64_t limit, std::int64_t& work)
    : problem_(problem), suffix_(suffix), k_(suffix.size()) {
  gather(work);
  add_rows(strict);
  add_bases();
  if (takes_away(problem_.means)) add_removals(limit);
  if (puts_in(problem_.means)) add_arcs(limit);
}

// The record set of a paper: only positions later than all before them count.
std::uint64_t SuffixProgram::positions_of(std::size_t kind) const {
  std::uint64_t positions = 0;
  std::uint32_t next = 0;
  for (const Candidate c : problem_.profile.preferences(kind)) {
    const std::uint32_t position = position_[c];
    if (position == outside || position < next) continue;
    positions |= std::uint64_t{1} << position;
    next = position + 1;
    if (next == k_) break;
  }
  return positions;
}

// Signatures, in one pass over the papers: by a table where the suffix is short, else by sorting.
void SuffixProgram::gather(std::int64_t& work) {
  const Profile& profile = problem_.profile;
  position_.assign(profile.candidates, outside);
  for (std::size_t p = 0; p < k_; ++p) position_[suffix_[p]] = static_cast<std::uint32_t>(p);
  work += static_cast<std::int64_t>(profile.flat.size());
  // A paper that never counts here can only be changed: deleting it does nothing.
  const bool with_idle = problem_.means == Means::modification;
  if (problem_.caps.empty() && k_ <= longest_in_a_table) {
    std::vector<std::int64_t> counts(std::size_t{1} << k_, 0);
    for (std::size_t kind = 0; kind < profile.kinds(); ++kind)
      counts[positions_of(kind)] += profile.counts[kind];
    for (std::size_t positions = with_idle ? 0 : 1; positions < counts.size(); ++positions)
      if (counts[positions] > 0) signatures_.push_back({positions, 0, counts[positions]});
    tally_signatures();
    return;
  }
  std::vector<Signature> papers;
  papers.reserve(profile.kinds());
  for (std::size_t kind = 0; kind < profile.kinds(); ++kind) {
    const std::uint64_t positions = positions_of(kind);
    if (positions != 0 || with_idle)
      papers.push_back({positions, problem_.caps.empty() ? 0 : profile.group[kind], profile.counts[kind]});
  }
  std::sort(papers.begin(), papers.end(), before);
  for (const Signature& paper : papers) {
    if (signatures_.empty() || before(signatures_.back(), paper)) {
      signatures_.push_back(paper);
    } else {
      signatures_.back().count += paper.count;
    }
  }
  tally_signatures();
}

void SuffixProgram::tally_signatures() {
  tally_.assign(k_, std::vector<std::int64_t>(k_, 0));
  for (const Signature& signature : signatures_) {
    std::size_t stage = 0;
    for (std::uint64_t left = signature.positions; left != 0; left &= left - 1) {
      const auto p = static_cast<std::size_t>(std::countr_zero(left));
      for (; stage <= p; ++stage) tally_[stage][p] += signature.count;
    }
  }
}

void SuffixProgram::add_rows(Strict strict) {
  for (std::size_t i = 0; i + 1 < k_; ++i) {
    const bool above =
        strict == Strict::everywhere || (strict == Strict::winner_goes && suffix_[i] == problem_.winner);
    for (std::size_t c = i + 1; c < k_; ++c) {
      program_.add_row((above ? 1 : 0) - (tally_[i][c] - tally_[i][i]));
      row_names_.push_back({RowKind::stage, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(c), 0});
    }
  }
  const auto single = [&](RowKind kind, std::size_t a, std::int64_t rhs) {
    const Term term{program_.add_row(rhs), 1};
    row_names_.push_back({kind, static_cast<std::uint32_t>(a), 0, 0});
    return program_.add_base({&term, 1});
  };
  if (puts_in(problem_.means))
    for (std::size_t c = 0; c + 1 < k_; ++c) flow_base_.push_back(single(RowKind::flow, c, 0));
  if (problem_.means == Means::modification) balance_base_ = single(RowKind::balance, 0, 0);
  if (problem_.means == Means::mixed && problem_.most_added)
    added_base_ = single(RowKind::added, 0, -*problem_.most_added);
  if (!takes_away(problem_.means)) return;  // the caps together bound the limit
  for (std::size_t g = 0; g < problem_.caps.size(); ++g)
    cap_base_.push_back(single(RowKind::cap, g, -problem_.caps[g]));
}

std::vector<RowMultiplier> SuffixProgram::named(std::span<const std::int64_t> multipliers) const {
  std::vector<RowMultiplier> rows;
  for (std::size_t r = 0; r < multipliers.size(); ++r) {
    if (multipliers[r] == 0) continue;
    rows.push_back(row_names_[r]);
    rows.back().units = multipliers[r];
  }
  return rows;
}

ColumnName SuffixProgram::column_name(std::size_t column) const {
  ColumnName name;
  const std::size_t removals = takes_away(problem_.means) ? signatures_.size() : 0;
  if (column < removals) {
    const Signature& signature = signatures_[column];
    for (std::uint64_t left = signature.positions; left != 0; left &= left - 1)
      name.positions.push_back(static_cast<std::uint32_t>(std::countr_zero(left)));
    name.group = signature.group;
    return name;
  }
  name.arc = true;
  std::size_t number = column - removals;
  std::size_t from = source;
  for (; number >= k_ - from; ++from) number -= k_ - from;
  if (from != source) name.from = static_cast<std::uint32_t>(from - 1);
  name.to = static_cast<std::uint32_t>(from + number);
  return name;
}

// What a paper does to the rows while it passes along an arc: it counts for `to` at the stages after `from`.
void SuffixProgram::add_bases() {
  std::vector<Term> rows;
  for (std::size_t from = 0; from < k_; ++from) {
    for (std::size_t to = from; to < k_; ++to) {
      rows.clear();
      for (std::size_t stage = from; stage <= to && stage + 1 < k_; ++stage) {
        if (stage < to) {
          rows.push_back({static_cast<std::uint32_t>(row_of(stage, to)), 1});
          continue;
        }
        for (std::size_t c = stage + 1; c < k_; ++c)
          rows.push_back({static_cast<std::uint32_t>(row_of(stage, c)), -1});
      }
      arc_base_.push_back(program_.add_base(rows));
    }
  }
}

void SuffixProgram::path_of(std::uint64_t positions, std::int32_t factor, std::vector<Term>& parts) const {
  std::size_t from = source;
  for (; positions != 0; positions &= positions - 1) {
    const auto to = static_cast<std::size_t>(std::countr_zero(positions));
    parts.push_back({arc_base_[arc_of(from, to)], factor});
    from = to + 1;
  }
}

void SuffixProgram::add_removals(std::int64_t limit) {
  std::vector<Term> parts;
  for (const Signature& signature : signatures_) {
    parts.clear();
    path_of(signature.positions, -1, parts);
    if (balance_base_) parts.push_back({*balance_base_, 1});
    std::int64_t most = std::min(signature.count, limit);
    if (!cap_base_.empty()) {
      parts.push_back({cap_base_[signature.group], -1});
      most = std::min(most, problem_.caps[signature.group]);
    }
    program_.add_column(1, 0, most, parts);
  }
}

void SuffixProgram::add_arcs(std::int64_t limit) {
  std::vector<Term> parts;
  for (std::size_t from = 0; from < k_; ++from) {
    for (std::size_t to = from; to < k_; ++to) {
      parts.clear();
      parts.push_back({arc_base_[arc_of(from, to)], 1});
      if (to + 1 < k_) parts.push_back({flow_base_[to], 1});
      if (from != source) parts.push_back({flow_base_[from - 1], -1});
      if (from == source && balance_base_) parts.push_back({*balance_base_, -1});
      if (from == source && added_base_) parts.push_back({*added_base_, -1});
      const bool pays = from == source && !balance_base_;
      arc_column_.push_back(program_.add_column(pays ? 1 : 0, 0, limit, parts));
    }
  }
}

SuffixProgram::Changed SuffixProgram::apply(const IntegerSolution& solution) const {
  Changed changed;
  changed.counts = problem_.profile.counts;
  std::vector<std::int64_t> room(problem_.profile.groups, 0);  // where papers may be put in
  if (takes_away(problem_.means)) {
    std::vector<std::int64_t> take(solution.x.begin(),
                                   solution.x.begin() + static_cast<std::ptrdiff_t>(signatures_.size()));
    for (std::size_t kind = 0; kind < problem_.profile.kinds(); ++kind) {
      const std::uint32_t group = problem_.profile.group[kind];
      const Signature wanted{positions_of(kind), problem_.caps.empty() ? 0 : group, 0};
      const auto at = std::lower_bound(signatures_.begin(), signatures_.end(), wanted, before);
      if (at == signatures_.end() || before(wanted, *at)) continue;
      std::int64_t& left = take[static_cast<std::size_t>(at - signatures_.begin())];
      const std::int64_t here = std::min(left, changed.counts[kind]);
      changed.counts[kind] -= here;
      room[group] += here;
      left -= here;
    }
  }
  // A changed paper stays in its group; papers that come are counted in the first group, unless caps say
  // where.
  if (problem_.means == Means::mixed || (problem_.means == Means::addition && problem_.caps.empty())) {
    room.assign(problem_.profile.groups, 0);
    room[0] = std::accumulate(solution.x.begin(), solution.x.end(), std::int64_t{0});
  } else if (problem_.means == Means::addition) {
    room.assign(problem_.caps.begin(), problem_.caps.end());
  }
  if (puts_in(problem_.means)) put_in_paths(solution, room, changed);
  return changed;
}

// Any flow falls apart into paths; each follows an arc out as long as one is left, so that none is stranded.
void SuffixProgram::put_in_paths(const IntegerSolution& solution, std::vector<std::int64_t>& room,
                                 Changed& changed) const {
  std::vector<std::int64_t> flow(arc_column_.size());
  for (std::size_t a = 0; a < flow.size(); ++a) flow[a] = solution.x[arc_column_[a]];
  std::size_t group = 0;
  for (;;) {
    std::vector<std::uint32_t> path;
    std::vector<Candidate> order;
    std::int64_t width = 0;
    for (std::size_t from = 0; from < k_;) {
      std::size_t to = from;
      while (to < k_ && flow[arc_of(from, to)] == 0) ++to;
      if (to == k_) break;
      path.push_back(arc_of(from, to));
      width = path.size() == 1 ? flow[path.back()] : std::min(width, flow[path.back()]);
      order.push_back(suffix_[to]);
      from = to + 1;
    }
    if (path.empty()) return;
    for (const std::uint32_t arc : path) flow[arc] -= width;
    while (width > 0) {
      while (group < room.size() && room[group] == 0) ++group;
      if (group == room.size()) return;
      const std::int64_t here = std::min(width, room[group]);
      changed.put_in.push_back({order, here});
      changed.put_groups.push_back(static_cast<std::uint32_t>(group));
      room[group] -= here;
      width -= here;
    }
  }
}

}  // namespace scrutineer::contest
