#include "linkage/profile_clusters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "base/parallel.h"
#include "linkage/candidates.h"
#include "linkage/fixed_point.h"
#include "linkage/union_find.h"

namespace scrutineer::linkage {
namespace {

constexpr unsigned merge_passes = 3;
constexpr unsigned move_sweeps = 6;
constexpr std::size_t most_rows_looked_at = 48;   // of one group, so that a huge group costs no more
constexpr std::size_t most_remembered = 1 << 20;  // pairs, so that a huge component costs no more memory
constexpr Weight clip = 12 * weight_scale;
constexpr Weight refusal = -1000 * weight_scale;
constexpr Weight decided = 1'000'000 * weight_scale;  // of an edge that a decision makes

bool are_forbidden(const ClusterOptions& options, std::span<const std::uint32_t> one,
                   std::span<const std::uint32_t> other) {
  return options.constraints != nullptr && !options.constraints->empty() &&
         options.constraints->forbid(one, other);
}

// Evidence that two rows are one person: the edge between them has said it already.
Weight evidence_of_rows(const ClusterOptions& options, const Link& edge, std::uint32_t one,
                        std::uint32_t other) {
  const bool refused = edge.weight < options.veto || are_forbidden(options, {&one, 1}, {&other, 1});
  return refused ? refusal : edge.weight;
}

// Groups within one connected component of the edges.
class Component {
 public:
  Component(const Scorer& scorer, std::span<const std::uint32_t> rows, std::span<const Link> edges,
            const ClusterOptions& options)
      : scorer_(scorer),
        options_(options),
        rows_(rows),
        edges_(edges),
        group_(rows.size()),
        members_(rows.size()) {
    std::iota(group_.begin(), group_.end(), 0U);
  }

  // The group of each row of the component, as the position of one of its rows.
  const std::vector<std::uint32_t>& run() {
    tie();
    merge();
    move();
    merge();
    return group_;
  }

 private:
  // Evidence that the rows of two groups are one person, or a veto far below any threshold.
  Weight evidence(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other) {
    if (is_forbidden(one, other)) return refusal;
    const std::size_t fields = scorer_.comparison().compared().size();
    std::array<double, most_fields> sums{};
    std::array<std::uint32_t, most_fields> present{};
    std::int64_t dependence = 0;
    std::int64_t clipped = 0;
    std::int64_t pairs = 0;
    const std::size_t one_step = (one.size() + most_rows_looked_at - 1) / most_rows_looked_at;
    const std::size_t other_step = (other.size() + most_rows_looked_at - 1) / most_rows_looked_at;
    for (std::size_t mine = 0; mine < one.size(); mine += one_step) {
      for (std::size_t theirs = 0; theirs < other.size(); theirs += other_step) {
        const Scorer::Parts& parts = parts_of(one[mine], other[theirs]);
        Weight total = scorer_.prior() + parts.dependence;
        for (std::size_t field = 0; field < fields; ++field) {
          if (level_in(parts.pattern, field) == level_missing) continue;
          sums[field] += from_weight(parts.weights[field]);
          ++present[field];
          total += parts.weights[field];
        }
        dependence += parts.dependence;
        clipped += std::clamp(total, -clip, clip);
        ++pairs;
      }
    }
    if (clipped < static_cast<std::int64_t>(options_.veto) * pairs) return refusal;
    Weight result = scorer_.prior() + static_cast<Weight>(dependence / pairs);
    for (std::size_t field = 0; field < fields; ++field) {
      if (present[field] > 0) result += to_weight(sums[field] / present[field]);
    }
    return result;
  }

  // Of two groups that one edge joins: of single rows the edge has said it already.
  Weight evidence_along(const Link& edge, std::uint32_t one, std::uint32_t other) {
    const auto mine = members(one);
    const auto others = members(other);
    if (mine.size() == 1 && others.size() == 1)
      return evidence_of_rows(options_, edge, rows_[mine[0]], rows_[others[0]]);
    return evidence(mine, others);
  }

  // Rows of a group, ascending. A row by itself is its own group and is not listed anywhere else.
  [[nodiscard]] std::span<const std::uint32_t> members(std::uint32_t group) const {
    if (members_[group].empty()) return {&group_[group], 1};
    return members_[group];
  }

  const Scorer::Parts& parts_of(std::uint32_t one, std::uint32_t other) {
    if (one > other) std::swap(one, other);
    if (parts_.size() >= most_remembered) parts_.clear();
    const auto [found, added] = parts_.try_emplace(pair_key(one, other));
    if (added) found->second = scorer_.parts(rows_[one], rows_[other]);
    return found->second;
  }

  [[nodiscard]] bool is_forbidden(std::span<const std::uint32_t> one,
                                  std::span<const std::uint32_t> other) const {
    if (options_.constraints == nullptr || options_.constraints->empty()) return false;
    const auto in_table = [&](std::span<const std::uint32_t> local) {
      std::vector<std::uint32_t> rows;
      rows.reserve(local.size());
      for (const std::uint32_t row : local) rows.push_back(rows_[row]);
      return rows;
    };
    return are_forbidden(options_, in_table(one), in_table(other));
  }

  [[nodiscard]] bool is_tied(std::uint32_t row) const {
    return options_.constraints != nullptr && options_.constraints->is_tied(rows_[row]);
  }

  // Decisions come first.
  void tie() {
    for (const Link& edge : edges_) {
      if (edge.weight != decided) break;  // strongest first
      const std::uint32_t one = std::min(group_[edge.left], group_[edge.right]);
      const std::uint32_t other = std::max(group_[edge.left], group_[edge.right]);
      if (one != other) join(one, other);
    }
  }

  void join(std::uint32_t one, std::uint32_t other) {
    std::vector<std::uint32_t> both;
    const auto mine = members(one);
    const auto others = members(other);
    both.reserve(mine.size() + others.size());
    std::merge(mine.begin(), mine.end(), others.begin(), others.end(), std::back_inserter(both));
    for (const std::uint32_t member : both) group_[member] = one;
    members_[other] = {};
    members_[one] = std::move(both);
  }

  // Joins groups along the edges, strongest first, until a pass joins none.
  void merge() {
    // Sizes at which a pair of groups was refused. Groups only grow here: of the same size they are the same.
    std::unordered_map<PairKey, std::size_t> refused;
    for (unsigned pass = 0; pass < merge_passes; ++pass) {
      bool joined = false;
      for (const Link& edge : edges_) {
        const std::uint32_t one = std::min(group_[edge.left], group_[edge.right]);
        const std::uint32_t other = std::max(group_[edge.left], group_[edge.right]);
        if (one == other) continue;
        const bool rows = members_[one].empty() && members_[other].empty();
        const std::size_t sizes = members(one).size() << 32U | members(other).size();
        if (!rows) {
          const auto before = refused.find(pair_key(one, other));
          if (before != refused.end() && before->second == sizes) continue;
        }
        if (evidence_along(edge, one, other) > options_.merge) {
          join(one, other);
          joined = true;
        } else if (!rows) {
          if (refused.size() >= most_remembered) refused.clear();
          refused[pair_key(one, other)] = sizes;
        }
      }
      if (!joined) break;
    }
  }

  // Moves single rows to the group that they fit best among those they have an edge to, or out of any.
  void move() {
    // The edges of each row, one row's behind the other's.
    std::vector<std::uint64_t> starts(rows_.size() + 1, 0);
    for (const Link& edge : edges_) {
      ++starts[edge.left + std::size_t{1}];
      ++starts[edge.right + std::size_t{1}];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<const Link*> of_rows(starts.back());
    std::vector<std::uint64_t> next(starts.begin(), starts.end() - 1);
    for (const Link& edge : edges_) {
      of_rows[next[edge.left]++] = &edge;
      of_rows[next[edge.right]++] = &edge;
    }
    for (unsigned sweep = 0; sweep < move_sweeps; ++sweep) {
      bool moved = false;
      for (std::uint32_t row = 0; row < rows_.size(); ++row)
        moved |= move_row(
            row, std::span(of_rows).subspan(starts[row], starts[row + std::size_t{1}] - starts[row]));
      if (!moved) break;
    }
  }

  // A group that a row may move to, and an edge to it.
  struct Destination {
    std::uint32_t group;
    const Link* edge;  // null: where it is
  };

  bool move_row(std::uint32_t row, std::span<const Link* const> edges) {
    if (is_tied(row)) return false;
    const std::uint32_t home = group_[row];
    const bool alone = members_[home].empty();
    destinations_.clear();
    for (const Link* const edge : edges)
      destinations_.push_back({group_[edge->left == row ? edge->right : edge->left], edge});
    if (!alone) destinations_.push_back({home, nullptr});
    const auto before = [](const Destination& a, const Destination& b) { return a.group < b.group; };
    const auto same = [](const Destination& a, const Destination& b) { return a.group == b.group; };
    std::stable_sort(destinations_.begin(), destinations_.end(), before);
    destinations_.erase(std::unique(destinations_.begin(), destinations_.end(), same), destinations_.end());
    if (destinations_.size() < 2 && alone) return false;
    std::uint32_t best = StringPool::absent;
    Weight most = options_.merge;
    const std::uint32_t self[] = {row};
    std::vector<std::uint32_t> others;
    for (const Destination& destination : destinations_) {
      const auto there = members(destination.group);
      Weight fit = 0;
      if (there.size() == 1) {
        fit = evidence_of_rows(options_, *destination.edge, rows_[row], rows_[there[0]]);
      } else {
        others.clear();
        std::copy_if(there.begin(), there.end(), std::back_inserter(others),
                     [row](std::uint32_t member) { return member != row; });
        fit = evidence(self, others);
      }
      if (fit > most) {
        most = fit;
        best = destination.group;
      }
    }
    if (best == home || (best == StringPool::absent && alone)) return false;
    leave(row);
    if (best != StringPool::absent) enter(best, row);
    return true;
  }
  // Makes a row a group of its own. A group is numbered by one of its rows; when that one leaves, by its
  // smallest.
  void leave(std::uint32_t row) {
    std::uint32_t home = group_[row];
    if (members_[home].empty()) return;
    std::erase(members_[home], row);
    if (home == row) {
      home = members_[row].front();
      for (const std::uint32_t member : members_[row]) group_[member] = home;
      members_[home] = std::exchange(members_[row], {});
    }
    if (members_[home].size() == 1) members_[home] = {};
    group_[row] = row;
  }

  // Adds a row that is a group of its own.
  void enter(std::uint32_t group, std::uint32_t row) {
    std::vector<std::uint32_t>& joined = members_[group];
    if (joined.empty()) joined.push_back(group);
    joined.insert(std::lower_bound(joined.begin(), joined.end(), row), row);
    group_[row] = group;
  }

  const Scorer& scorer_;
  ClusterOptions options_;
  std::span<const std::uint32_t> rows_;
  std::span<const Link> edges_;  // strongest first; left and right are positions in rows_
  std::vector<std::uint32_t> group_;
  std::vector<std::vector<std::uint32_t>> members_;   // ascending; empty for rows by themselves
  std::unordered_map<PairKey, Scorer::Parts> parts_;  // looked up only
  std::vector<Destination> destinations_;             // of move_row
};

// Rows and edges by connected component, one component behind the other: tables of tens of millions of rows
// have millions of components.
struct Components {
  std::vector<std::uint32_t> rows;        // ascending within a component
  std::vector<std::uint64_t> row_starts;  // of each component, and the end
  std::vector<Link> edges;                // left and right are places within the component
  std::vector<std::uint64_t> edge_starts;
  [[nodiscard]] std::size_t size() const { return row_starts.size() - 1; }
};

Components components_of(std::span<const Link> edges, std::size_t rows) {
  // The component of each linked row, numbered in the order of their first rows.
  std::vector<std::uint32_t> number(rows, StringPool::absent);
  std::uint32_t components = 0;
  {
    UnionFind sets(rows);
    for (const Link& edge : edges) sets.unite(edge.left, edge.right);
    std::vector<bool> linked(rows, false);
    for (const Link& edge : edges) linked[edge.left] = linked[edge.right] = true;
    std::vector<std::uint32_t> of_root(rows, StringPool::absent);
    for (std::uint32_t row = 0; row < rows; ++row) {
      if (!linked[row]) continue;
      std::uint32_t& component = of_root[sets.find(row)];
      if (component == StringPool::absent) component = components++;
      number[row] = component;
    }
  }
  Components result;
  result.row_starts.assign(components + std::size_t{1}, 0);
  result.edge_starts.assign(components + std::size_t{1}, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    if (number[row] != StringPool::absent) ++result.row_starts[number[row] + std::size_t{1}];
  }
  for (const Link& edge : edges) ++result.edge_starts[number[edge.left] + std::size_t{1}];
  std::partial_sum(result.row_starts.begin(), result.row_starts.end(), result.row_starts.begin());
  std::partial_sum(result.edge_starts.begin(), result.edge_starts.end(), result.edge_starts.begin());
  result.rows.resize(result.row_starts.back());
  std::vector<std::uint32_t> place(rows, 0);
  {
    std::vector<std::uint64_t> next(result.row_starts.begin(), result.row_starts.end() - 1);
    for (std::uint32_t row = 0; row < rows; ++row) {
      if (number[row] == StringPool::absent) continue;
      const std::uint64_t at = next[number[row]]++;
      result.rows[at] = row;
      place[row] = static_cast<std::uint32_t>(at - result.row_starts[number[row]]);
    }
  }
  result.edges.resize(edges.size());
  std::vector<std::uint64_t> next(result.edge_starts.begin(), result.edge_starts.end() - 1);
  for (const Link& edge : edges) {
    Link local = edge;
    local.left = place[edge.left];
    local.right = place[edge.right];
    result.edges[next[number[edge.left]]++] = local;
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> profile_clusters(const Scorer& scorer, std::span<const Link> edges,
                                            std::size_t rows, const ClusterOptions& options) {
  std::vector<Link> with_decisions;
  if (options.constraints != nullptr && !options.constraints->same().empty()) {
    with_decisions.assign(edges.begin(), edges.end());
    for (const PairKey pair : options.constraints->same())
      with_decisions.push_back({left_of(pair), right_of(pair), decided, 1.0});
    edges = with_decisions;
  }
  Components components = components_of(edges, rows);
  std::vector<std::uint32_t> person(rows);
  for (std::uint32_t row = 0; row < rows; ++row) person[row] = row;
  constexpr std::size_t chunk_size = 256;
  const std::size_t chunks = (components.size() + chunk_size - 1) / chunk_size;
  const auto group = [&](std::size_t at) {
    const std::uint64_t first_row = components.row_starts[at];
    const auto mine =
        std::span(components.rows).subspan(first_row, components.row_starts[at + 1] - first_row);
    const std::uint64_t first_edge = components.edge_starts[at];
    const auto edges_of =
        std::span(components.edges).subspan(first_edge, components.edge_starts[at + 1] - first_edge);
    // Most components are a pair of rows: joined, they stay so, and there is nowhere else to move to.
    if (edges_of.size() == 1) {
      const bool joined = evidence_of_rows(options, edges_of[0], mine[0], mine[1]) > options.merge;
      if (joined) person[mine[1]] = mine[0];
      return;
    }
    std::sort(edges_of.begin(), edges_of.end(), [](const Link& a, const Link& b) {
      if (a.weight != b.weight) return a.weight > b.weight;
      return pair_key(a.left, a.right) < pair_key(b.left, b.right);
    });
    Component component(scorer, mine, edges_of, options);
    const std::vector<std::uint32_t>& groups = component.run();
    std::vector<std::uint32_t> smallest(mine.size(), StringPool::absent);
    for (std::size_t row = 0; row < mine.size(); ++row) {
      std::uint32_t& first = smallest[groups[row]];
      if (first == StringPool::absent) first = mine[row];  // rows are ascending
      person[mine[row]] = first;
    }
  };
  // Calls fetch(row) for the rows of a component whose rows will be compared.
  const auto each_row = [&](std::size_t at, std::size_t end, const auto& fetch) {
    if (at >= end || components.edge_starts[at + 1] - components.edge_starts[at] < 2) return;
    for (std::uint64_t row = components.row_starts[at]; row < components.row_starts[at + 1]; ++row)
      fetch(components.rows[row]);
  };
  parallel_for(options.threads, chunks, [&](std::size_t chunk) {
    const std::size_t end = std::min(components.size(), (chunk + 1) * chunk_size);
    for (std::size_t at = chunk * chunk_size; at < end; ++at) {
      each_row(at + 8, end, [&](std::uint32_t row) { scorer.comparison().prefetch_codes(row, row); });
      each_row(at + 4, end, [&](std::uint32_t row) { scorer.prefetch_values(row, row); });
      group(at);
    }
  });
  return person;
}

}  // namespace scrutineer::linkage
