#include "signals/linkage_permutation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/parallel.h"
#include "signals/evidence.h"
#include "stats/permutation.h"
#include "stats/random.h"
#include "stats/special.h"

namespace scrutineer::signals {
namespace {

constexpr std::uint64_t no_key = 0xFFFFFFFFFFFFFFFFULL;
constexpr std::size_t rows_a_chunk = 64;
constexpr double weight_units = 1099511627776.0;  // 2^40 are one pair

// Numbers from 0 in the order of the keys; keys are sorted, so the result depends on no hash.
std::vector<std::uint32_t> ranked(std::span<const std::uint64_t> keys) {
  std::vector<std::uint64_t> distinct(keys.begin(), keys.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<std::uint32_t> ranks;
  ranks.reserve(keys.size());
  for (const std::uint64_t key : keys) {
    ranks.push_back(static_cast<std::uint32_t>(std::lower_bound(distinct.begin(), distinct.end(), key) -
                                               distinct.begin()));
  }
  return ranks;
}

}  // namespace

// ---------------------------------------------------------------- the graph

LinkGraph::LinkGraph(std::span<const LinkedMember> members) : order_(members.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t left, std::uint32_t right) {
    return members[left].household < members[right].household;
  });
  for (std::size_t place = 0; place < order_.size(); ++place) {
    const LinkedMember& member = members[order_[place]];
    if (place == 0 || member.household != members[order_[place - 1]].household) {
      starts_.push_back(static_cast<std::uint32_t>(place));
      stratum_.push_back(member.stratum);
    }
    household_.push_back(static_cast<std::uint32_t>(starts_.size() - 1));
  }
  starts_.push_back(static_cast<std::uint32_t>(order_.size()));

  std::vector<std::vector<Membership>> of_place(order_.size());
  std::array<std::vector<std::uint64_t>, link_type_count> single;
  for (std::size_t type = 0; type < link_type_count; ++type) {
    for (const std::uint32_t member : order_) {
      const std::uint32_t link = members[member].links[type];
      single[type].push_back(link == none ? no_key : link);
    }
    add_groups(single[type], type, of_place);
  }
  for (std::size_t left = 0; left < link_type_count; ++left) {
    for (std::size_t right = left + 1; right < link_type_count; ++right) {
      std::vector<std::uint64_t> both(order_.size(), no_key);
      for (std::size_t place = 0; place < both.size(); ++place) {
        const std::uint64_t first = single[left][place];
        const std::uint64_t second = single[right][place];
        if (first != no_key && second != no_key) both[place] = (first << 32U) | second;
      }
      add_groups(both, multi_statistic, of_place);
    }
  }
  for (const std::vector<Membership>& groups : of_place) {
    first_.push_back(static_cast<std::uint32_t>(memberships_.size()));
    memberships_.insert(memberships_.end(), groups.begin(), groups.end());
  }
  first_.push_back(static_cast<std::uint32_t>(memberships_.size()));
}

// Only groups that reach over two households are kept: no others can ever hold a pair.
void LinkGraph::add_groups(std::span<const std::uint64_t> keys, std::size_t statistic,
                           std::vector<std::vector<Membership>>& of_place) {
  std::vector<std::uint32_t> places(keys.size());
  std::iota(places.begin(), places.end(), 0U);
  std::stable_sort(places.begin(), places.end(),
                   [&](std::uint32_t left, std::uint32_t right) { return keys[left] < keys[right]; });
  for (std::size_t begin = 0; begin < places.size();) {
    std::size_t end = begin;
    while (end < places.size() && keys[places[end]] == keys[places[begin]]) ++end;
    const bool several =
        keys[places[begin]] != no_key && household_[places[begin]] != household_[places[end - 1]];
    const auto weight = static_cast<std::uint64_t>(weight_units / static_cast<double>(end - begin));
    for (std::size_t at = begin; several && at < end; ++at) {
      of_place[places[at]].push_back({groups_, static_cast<std::uint32_t>(statistic), weight});
    }
    groups_ += several;
    begin = end;
  }
}

LinkageCounts LinkGraph::count(std::span<const std::uint32_t> labelled,
                               std::span<std::uint32_t> counts) const {
  std::array<std::uint64_t, linkage_statistic_count> pairs{};
  std::array<std::uint64_t, linkage_statistic_count> weighted{};
  const auto groups_of = [this](std::uint32_t place) {
    return std::span(memberships_).subspan(first_[place], first_[place + 1] - first_[place]);
  };
  for (std::size_t begin = 0; begin < labelled.size();) {
    std::size_t end = begin;
    while (end < labelled.size() && household_[labelled[end]] == household_[labelled[begin]]) ++end;
    // A member makes pairs with those of earlier households only: none within a household.
    for (std::size_t at = begin; at < end; ++at) {
      for (const Membership& membership : groups_of(labelled[at])) {
        pairs[membership.statistic] += counts[membership.group];
        weighted[membership.statistic] += membership.weight * counts[membership.group];
      }
    }
    for (std::size_t at = begin; at < end; ++at) {
      for (const Membership& membership : groups_of(labelled[at])) ++counts[membership.group];
    }
    begin = end;
  }
  for (const std::uint32_t place : labelled) {
    for (const Membership& membership : groups_of(place)) counts[membership.group] = 0;
  }
  LinkageCounts result;
  for (std::size_t k = 0; k < linkage_statistic_count; ++k) {
    result.weighted[k] = static_cast<double>(weighted[k]) / weight_units;
    result.pairs[k] = static_cast<double>(pairs[k]);
  }
  return result;
}

LinkageCounts LinkGraph::statistics(std::span<const std::uint8_t> labels) const {
  std::vector<std::uint32_t> labelled;
  for (std::size_t place = 0; place < order_.size(); ++place) {
    if (labels[order_[place]]) labelled.push_back(static_cast<std::uint32_t>(place));
  }
  std::vector<std::uint32_t> counts(groups_, 0);
  return count(labelled, counts);
}

// ---------------------------------------------------------------- permuting

// Draws where the label vectors of a class go. Only households with a label are moved: the vectors without
// one are all alike, so where they go is all the same.
class LabelPermutation {
 public:
  LabelPermutation(const LinkGraph& graph, std::span<const std::uint8_t> labels,
                   const JointTestOptions& options)
      : graph_(graph), options_(options) {
    const std::size_t households = graph.households();
    std::vector<std::uint8_t> touched(households, 0);
    std::vector<std::uint64_t> keys;
    for (std::size_t household = 0; household < households; ++household) {
      const std::uint32_t first = graph.starts_[household];
      const std::uint32_t size = graph.starts_[household + 1] - first;
      Vector vector{static_cast<std::uint32_t>(household), {}};
      for (std::uint32_t offset = 0; offset < size; ++offset) {
        const std::uint32_t member = graph.order_[first + offset];
        if (labels[member]) vector.offsets.push_back(offset);
        if (!options.touched.empty() && options.touched[member]) touched[household] = 1;
      }
      vectors_.push_back(std::move(vector));
      keys.push_back((std::uint64_t{graph.stratum_[household]} << 32U) | size);
    }
    const std::vector<std::uint32_t> class_of = ranked(keys);
    const std::uint32_t classes =
        class_of.empty() ? 0 : *std::max_element(class_of.begin(), class_of.end()) + 1;
    classes_.resize(classes);
    for (const std::uint8_t touch : {std::uint8_t{1}, std::uint8_t{0}}) {
      for (std::uint32_t household = 0; household < households; ++household) {
        Class& present = classes_[class_of[household]];
        if (touched[household] != touch) continue;
        present.households.push_back(household);
        present.touched += touch;
      }
    }
    for (std::uint32_t household = 0; household < households; ++household) {
      if (!vectors_[household].offsets.empty()) classes_[class_of[household]].carried.push_back(household);
    }
    for (Class& present : classes_) prepare(present);
  }

  // Households of classes where a permutation can change anything.
  [[nodiscard]] std::uint64_t movable() const {
    std::uint64_t sum = 0;
    for (const Class& present : classes_) {
      if (!present.carried.empty() && present.households.size() > 1) sum += present.households.size();
    }
    return sum;
  }

  struct Scratch {
    std::vector<std::uint32_t> labelled, counts, households, carried;
  };

  // Row 0 is the data as observed.
  LinkageCounts run(std::uint64_t row, Scratch& scratch) const {
    scratch.labelled.clear();
    scratch.counts.resize(graph_.groups_, 0);
    stats::Random random(options_.seed, options_.purpose, row);
    for (const Class& present : classes_) {
      if (present.carried.empty()) continue;
      if (row == 0) {
        for (const std::uint32_t household : present.carried) place(household, household, scratch.labelled);
      } else {
        draw(present, random, scratch);
      }
    }
    return graph_.count(scratch.labelled, scratch.counts);
  }

 private:
  struct Vector {
    std::uint32_t household;
    std::vector<std::uint32_t> offsets;  // which of its members have the label
  };
  struct Class {
    std::vector<std::uint32_t> households;  // the touched first
    std::size_t touched = 0;
    std::vector<std::uint32_t> carried;  // those with a label
    std::vector<double> cumulative;      // of the number of labelled households among the touched
    std::size_t least = 0;               // the number that cumulative begins with
  };

  // Fisher's noncentral hypergeometric distribution: P(x) ~ C(touched, x) C(rest, k - x) Gamma^x.
  void prepare(Class& present) const {
    const auto log_choose = [](std::size_t n, std::size_t k) {
      return stats::log_choose(static_cast<double>(n), static_cast<double>(k));
    };
    const std::size_t labelled = present.carried.size();
    const std::size_t rest = present.households.size() - present.touched;
    present.least = labelled > rest ? labelled - rest : 0;
    const std::size_t most = std::min(labelled, present.touched);
    std::vector<double> weights;
    for (std::size_t x = present.least; x <= most; ++x) {
      weights.push_back(log_choose(present.touched, x) + log_choose(rest, labelled - x) +
                        static_cast<double>(x) * std::log(options_.gamma));
    }
    const double largest = *std::max_element(weights.begin(), weights.end());
    double sum = 0;
    for (double& weight : weights) sum += weight = std::exp(weight - largest);
    double running = 0;
    for (const double weight : weights) present.cumulative.push_back(running += weight / sum);
    present.cumulative.back() = 1;
  }

  void place(std::uint32_t vector, std::uint32_t household, std::vector<std::uint32_t>& labelled) const {
    for (const std::uint32_t offset : vectors_[vector].offsets)
      labelled.push_back(graph_.starts_[household] + offset);
  }

  void draw(const Class& present, stats::Random& random, Scratch& scratch) const {
    std::size_t among_touched = present.least;
    if (present.cumulative.size() > 1) {
      const double u = random.uniform();
      among_touched += static_cast<std::size_t>(
          std::upper_bound(present.cumulative.begin(), present.cumulative.end() - 1, u) -
          present.cumulative.begin());
    }
    scratch.households = present.households;
    scratch.carried = present.carried;
    random.shuffle(std::span(scratch.carried));
    for (std::size_t at = 0; at < scratch.carried.size(); ++at) {
      // Partial Fisher-Yates within the touched, then within the rest.
      const bool first_part = at < among_touched;
      const std::size_t begin = first_part ? at : present.touched + at - among_touched;
      const std::size_t end = first_part ? present.touched : present.households.size();
      std::swap(scratch.households[begin],
                scratch.households[begin + static_cast<std::size_t>(random.below(end - begin))]);
      place(scratch.carried[at], scratch.households[begin], scratch.labelled);
    }
  }

  const LinkGraph& graph_;
  const JointTestOptions& options_;
  std::vector<Vector> vectors_;
  std::vector<Class> classes_;
};

JointTest joint_test(const LinkGraph& graph, std::span<const std::uint8_t> labels,
                     const JointTestOptions& options) {
  const LabelPermutation permutation(graph, labels, options);
  JointTest test;
  test.members = graph.members();
  test.households = graph.households();
  test.movable = permutation.movable();
  test.labelled = static_cast<std::uint64_t>(
      std::count_if(labels.begin(), labels.end(), [](std::uint8_t y) { return y != 0; }));
  test.permutations = options.permutations;

  const std::size_t rows = std::size_t{options.permutations} + 1;
  stats::PermutationTable table{linkage_statistic_count,
                                std::vector<double>(rows * linkage_statistic_count, 0.0)};
  std::vector<LinkageStatistics> pairs(rows);
  std::vector<LabelPermutation::Scratch> scratch(thread_count(options.threads));
  parallel_for_worker(
      options.threads, (rows + rows_a_chunk - 1) / rows_a_chunk, [&](std::size_t chunk, unsigned worker) {
        const std::size_t end = std::min(rows, (chunk + 1) * rows_a_chunk);
        for (std::size_t row = chunk * rows_a_chunk; row < end; ++row) {
          const LinkageCounts counts = permutation.run(row, scratch[worker]);
          std::copy(counts.weighted.begin(), counts.weighted.end(),
                    table.values.begin() + static_cast<std::ptrdiff_t>(row * linkage_statistic_count));
          pairs[row] = counts.pairs;
        }
      });
  for (std::size_t k = 0; k < linkage_statistic_count; ++k) {
    const std::vector<double> values = table.column(k);
    const auto n = static_cast<double>(values.size());
    test.observed[k] = values[0];
    test.expected[k] = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (const double value : values) squares += (value - test.expected[k]) * (value - test.expected[k]);
    test.deviation[k] = std::sqrt(squares / n);
    test.z[k] = stats::standardised(values)[0];
    test.p[k] = stats::permutation_p(values);
    double sum = 0;
    for (const LinkageStatistics& row : pairs) sum += row[k];
    test.pairs_expected[k] = sum / n;
  }
  test.pairs = pairs[0];
  test.sums = stats::sum_of_standardised(table);
  test.sum_z = test.sums[0];
  test.js = stats::permutation_p(test.sums);
  return test;
}

}  // namespace scrutineer::signals
