#include "linkage/profile_clusters.h"

#include <algorithm>
#include <array>
#include <cmath>
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
    merge();
    move();
    merge();
    return group_;
  }

 private:
  // Evidence that the rows of two groups are one person, or a veto far below any threshold.
  Weight evidence(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other) {
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
    if (clipped < static_cast<std::int64_t>(options_.veto) * pairs) return -1000 * weight_scale;
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

// Rows and edges by connected component.
struct Components {
  std::vector<std::vector<std::uint32_t>> rows;
  std::vector<std::vector<Link>> edges;
};

Components components_of(std::span<const Link> edges, std::size_t rows) {
  UnionFind sets(rows);
  for (const Link& edge : edges) sets.unite(edge.left, edge.right);
  std::vector<std::uint32_t> number(rows, StringPool::absent);
  std::vector<bool> linked(rows, false);
  for (const Link& edge : edges) linked[edge.left] = linked[edge.right] = true;
  Components result;
  std::vector<std::uint32_t> place(rows, 0);
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (!linked[row]) continue;
    std::uint32_t& component = number[sets.find(row)];
    if (component == StringPool::absent) {
      component = static_cast<std::uint32_t>(result.rows.size());
      result.rows.emplace_back();
    }
    place[row] = static_cast<std::uint32_t>(result.rows[component].size());
    result.rows[component].push_back(row);
  }
  result.edges.resize(result.rows.size());
  for (const Link& edge : edges) {
    Link local = edge;
    local.left = place[edge.left];
    local.right = place[edge.right];
    result.edges[number[sets.find(edge.left)]].push_back(local);
  }
  for (auto& of_component : result.edges) {
    std::sort(of_component.begin(), of_component.end(), [](const Link& a, const Link& b) {
      if (a.weight != b.weight) return a.weight > b.weight;
      return pair_key(a.left, a.right) < pair_key(b.left, b.right);
    });
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> profile_clusters(const Scorer& scorer, std::span<const Link> edges,
                                            std::size_t rows, const ClusterOptions& options) {
  const Components components = components_of(edges, rows);
  std::vector<std::uint32_t> person(rows);
  for (std::uint32_t row = 0; row < rows; ++row) person[row] = row;
  parallel_for(options.threads, components.rows.size(), [&](std::size_t at) {
    const auto& mine = components.rows[at];
    Component component(scorer, mine, components.edges[at], options);
    const std::vector<std::uint32_t>& groups = component.run();
    std::vector<std::uint32_t> smallest(mine.size(), StringPool::absent);
    for (std::size_t row = 0; row < mine.size(); ++row) {
      std::uint32_t& first = smallest[groups[row]];
      if (first == StringPool::absent) first = mine[row];  // rows are ascending
      person[mine[row]] = first;
    }
  });
  return person;
}

}  // namespace scrutineer::linkage
