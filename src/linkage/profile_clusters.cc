#include "linkage/profile_clusters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/parallel.h"
#include "linkage/candidates.h"
#include "linkage/fixed_point.h"
#include "linkage/union_find.h"

namespace scrutineer::linkage {
namespace {

constexpr unsigned merge_passes = 3;
constexpr unsigned move_sweeps = 6;
constexpr std::size_t most_rows_looked_at = 48;  // of one group, so that a huge group costs no more
constexpr Weight clip = 12 * weight_scale;
constexpr Weight refusal = -1000 * weight_scale;
constexpr Weight decided = 1'000'000 * weight_scale;  // of an edge that a decision makes

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
    for (std::uint32_t at = 0; at < rows.size(); ++at) {
      group_[at] = at;
      members_[at] = {at};
    }
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

  const Scorer::Parts& parts_of(std::uint32_t one, std::uint32_t other) {
    if (one > other) std::swap(one, other);
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
    return options_.constraints->forbid(in_table(one), in_table(other));
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
    for (const std::uint32_t member : members_[other]) group_[member] = one;
    members_[one].insert(members_[one].end(), members_[other].begin(), members_[other].end());
    std::sort(members_[one].begin(), members_[one].end());
    members_[other].clear();
  }

  // Joins groups along the edges, strongest first, until a pass joins none.
  void merge() {
    for (unsigned pass = 0; pass < merge_passes; ++pass) {
      bool joined = false;
      std::unordered_map<PairKey, std::size_t> refused;  // sizes at which a pair of groups was refused
      for (const Link& edge : edges_) {
        const std::uint32_t one = std::min(group_[edge.left], group_[edge.right]);
        const std::uint32_t other = std::max(group_[edge.left], group_[edge.right]);
        if (one == other) continue;
        const std::size_t sizes = members_[one].size() << 32U | members_[other].size();
        const auto before = refused.find(pair_key(one, other));
        if (before != refused.end() && before->second == sizes) continue;
        if (evidence(members_[one], members_[other]) > options_.merge) {
          join(one, other);
          joined = true;
        } else {
          refused[pair_key(one, other)] = sizes;
        }
      }
      if (!joined) break;
    }
  }

  // Moves single rows to the group that they fit best among those they have an edge to, or out of any.
  void move() {
    std::vector<std::vector<std::uint32_t>> neighbours(rows_.size());
    for (const Link& edge : edges_) {
      neighbours[edge.left].push_back(edge.right);
      neighbours[edge.right].push_back(edge.left);
    }
    for (unsigned sweep = 0; sweep < move_sweeps; ++sweep) {
      bool moved = false;
      for (std::uint32_t row = 0; row < rows_.size(); ++row) moved |= move_row(row, neighbours[row]);
      if (!moved) break;
    }
  }

  bool move_row(std::uint32_t row, std::span<const std::uint32_t> neighbours) {
    if (is_tied(row)) return false;
    const std::uint32_t home = group_[row];
    std::vector<std::uint32_t> groups;
    for (const std::uint32_t other : neighbours) groups.push_back(group_[other]);
    if (members_[home].size() > 1) groups.push_back(home);
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    if (groups.size() < 2 && members_[home].size() == 1) return false;
    std::uint32_t best = StringPool::absent;
    Weight most = options_.merge;
    const std::uint32_t self[] = {row};
    std::vector<std::uint32_t> others;
    for (const std::uint32_t group : groups) {
      others.clear();
      std::copy_if(members_[group].begin(), members_[group].end(), std::back_inserter(others),
                   [row](std::uint32_t member) { return member != row; });
      const Weight fit = evidence(self, others);
      if (fit > most) {
        most = fit;
        best = group;
      }
    }
    if (best == home || (best == StringPool::absent && members_[home].size() == 1)) return false;
    std::erase(members_[home], row);
    if (home == row) rename(home);
    if (best == StringPool::absent) {
      group_[row] = row;
      members_[row] = {row};
    } else {
      group_[row] = group_[best];
      auto& joined = members_[group_[best]];
      joined.insert(std::lower_bound(joined.begin(), joined.end(), row), row);
    }
    return true;
  }

  // A group is numbered by one of its rows; when that row leaves, by its smallest.
  void rename(std::uint32_t group) {
    if (members_[group].empty()) return;
    const std::uint32_t smallest = members_[group].front();
    for (const std::uint32_t member : members_[group]) group_[member] = smallest;
    members_[smallest] = std::move(members_[group]);
    members_[group].clear();
  }

  const Scorer& scorer_;
  ClusterOptions options_;
  std::span<const std::uint32_t> rows_;
  std::span<const Link> edges_;  // strongest first; left and right are positions in rows_
  std::vector<std::uint32_t> group_;
  std::vector<std::vector<std::uint32_t>> members_;   // ascending
  std::unordered_map<PairKey, Scorer::Parts> parts_;  // looked up only
};

// Rows and edges by connected component, one component behind the other: tables of tens of millions of rows
// have millions of components.
struct Components {
  std::vector<std::uint32_t> rows;        // ascending within a component
  std::vector<std::uint64_t> row_starts;  // of each component, and the end
  std::vector<Link> edges;                // left and right are places within the component; strongest first
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
  for (std::size_t component = 0; component < result.size(); ++component) {
    std::sort(result.edges.begin() + static_cast<std::ptrdiff_t>(result.edge_starts[component]),
              result.edges.begin() + static_cast<std::ptrdiff_t>(result.edge_starts[component + 1]),
              [](const Link& a, const Link& b) {
                if (a.weight != b.weight) return a.weight > b.weight;
                return pair_key(a.left, a.right) < pair_key(b.left, b.right);
              });
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
  const Components components = components_of(edges, rows);
  std::vector<std::uint32_t> person(rows);
  for (std::uint32_t row = 0; row < rows; ++row) person[row] = row;
  constexpr std::size_t chunk_size = 64;  // most components are a pair of rows
  const std::size_t chunks = (components.size() + chunk_size - 1) / chunk_size;
  const auto group = [&](std::size_t at) {
    const std::uint64_t first_row = components.row_starts[at];
    const auto mine =
        std::span(components.rows).subspan(first_row, components.row_starts[at + 1] - first_row);
    const std::uint64_t first_edge = components.edge_starts[at];
    const auto edges_of =
        std::span(components.edges).subspan(first_edge, components.edge_starts[at + 1] - first_edge);
    Component component(scorer, mine, edges_of, options);
    const std::vector<std::uint32_t>& groups = component.run();
    std::vector<std::uint32_t> smallest(mine.size(), StringPool::absent);
    for (std::size_t row = 0; row < mine.size(); ++row) {
      std::uint32_t& first = smallest[groups[row]];
      if (first == StringPool::absent) first = mine[row];  // rows are ascending
      person[mine[row]] = first;
    }
  };
  parallel_for(options.threads, chunks, [&](std::size_t chunk) {
    const std::size_t end = std::min(components.size(), (chunk + 1) * chunk_size);
    for (std::size_t at = chunk * chunk_size; at < end; ++at) group(at);
  });
  return person;
}

}  // namespace scrutineer::linkage
