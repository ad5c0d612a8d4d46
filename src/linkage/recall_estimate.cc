#include "linkage/recall_estimate.h"

#include <algorithm>
#include <optional>

#include "base/parallel.h"
#include "linkage/fixed_point.h"
#include "linkage/radix_sort.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t most_fields_used = 7;
constexpr double too_common = 0.2;  // chance of agreement above which a field is no part of a key
constexpr std::uint64_t most_pairs = 3'000'000;  // looked at of one pass; the rest by a share of its keys
constexpr std::size_t largest_block = 200;       // rows; larger blocks are left out
constexpr double fewest = 30;

struct Part {
  std::size_t field = 0;
  double chance = 0;
  bool own = false;  // a person's own, not a household's
};

// Chance that a left and a right row hold the same value.
double agreement_of(const FieldValues& values) {
  double same = 0;
  double left_rows = 0;
  double right_rows = 0;
  const auto& right = values.counts_right();
  for (std::size_t code = 1; code < values.left_counts.size(); ++code) {
    const double mine = values.left_counts[code];
    const double other = values.same_table ? mine - 1 : right[code];
    same += mine * std::max(other, 0.0);
    left_rows += mine;
    right_rows += values.same_table ? mine : right[code];
  }
  if (values.same_table) right_rows = std::max(right_rows - 1, 0.0);
  return left_rows > 0 && right_rows > 0 ? same / (left_rows * right_rows) : 1.0;
}

std::vector<Part> parts_of(const Comparison& comparison) {
  std::vector<Part> parts;
  for (const Compared& what : comparison.compared()) {
    if (what.kind == Kind::nested || what.kind == Kind::other_words) continue;
    const FieldValues& values = comparison.values()[what.field];
    const bool own = what.role == Role::given_name || what.role == Role::date || what.role == Role::email ||
                     what.role == Role::full_name;
    const Part part{what.field, agreement_of(values), own};
    if (part.chance < too_common) parts.push_back(part);
  }
  // A person's own fields first, then the rarest.
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& a, const Part& b) { return a.own != b.own ? a.own : a.chance < b.chance; });
  if (parts.size() > most_fields_used) parts.resize(most_fields_used);
  return parts;
}

std::uint64_t key_of(std::uint32_t one, std::uint32_t other) {
  if (one == TextColumn::missing || other == TextColumn::missing) return 0;
  return mixed(mixed(0xB10CU, one), other) | 1U;
}

struct KeyedRow {
  std::uint64_t key = 0;
  std::uint32_t row = 0;
  bool left = true;
};

struct Pass {
  Part one, other;
  std::vector<PairKey> pairs;
  double share = 1;  // of its keys that were looked at
};

// All pairs that agree on both fields, or those of a hash-chosen share of the keys.
Pass capture(const Comparison& comparison, const Part& one, const Part& other) {
  const FieldValues& first = comparison.values()[one.field];
  const FieldValues& second = comparison.values()[other.field];
  std::vector<KeyedRow> rows;
  for (std::uint32_t row = 0; row < comparison.left_rows(); ++row) {
    const std::uint64_t key = key_of(first.left_code(row), second.left_code(row));
    if (key != 0) rows.push_back({key, row, true});
  }
  if (!comparison.same_table()) {
    for (std::uint32_t row = 0; row < comparison.right_rows(); ++row) {
      const std::uint64_t key = key_of(first.right_code(row), second.right_code(row));
      if (key != 0) rows.push_back({key, row, false});
    }
  }
  std::sort(rows.begin(), rows.end(), [](const KeyedRow& a, const KeyedRow& b) {
    if (a.key != b.key) return a.key < b.key;
    return a.left != b.left ? a.left : a.row < b.row;
  });
  Pass pass{one, other, {}, 1};
  const auto size_of = [&](std::size_t from, std::size_t to) -> std::uint64_t {
    const std::uint64_t all = to - from;
    if (comparison.same_table()) return all * (all - 1) / 2;
    std::uint64_t left = 0;
    for (std::size_t at = from; at < to; ++at) left += rows[at].left ? 1U : 0U;
    return left * (all - left);
  };
  const auto each_block = [&](auto work) {
    for (std::size_t from = 0; from < rows.size();) {
      std::size_t to = from;
      while (to < rows.size() && rows[to].key == rows[from].key) ++to;
      if (to - from > 1 && to - from <= largest_block) work(from, to);
      from = to;
    }
  };
  std::uint64_t total = 0;
  each_block([&](std::size_t from, std::size_t to) { total += size_of(from, to); });
  if (total > most_pairs) pass.share = static_cast<double>(most_pairs) / static_cast<double>(total);
  const double limit = pass.share * 18446744073709549568.0;
  each_block([&](std::size_t from, std::size_t to) {
    if (static_cast<double>(mixed(0x5A3EU, rows[from].key)) > limit) return;
    for (std::size_t at = from; at < to; ++at) {
      if (!rows[at].left) break;
      for (std::size_t next = at + 1; next < to; ++next) {
        if (comparison.same_table() || !rows[next].left)
          pass.pairs.push_back(pair_key(rows[at].row, rows[next].row));
      }
    }
  });
  return pass;
}

bool agree_on(const Comparison& comparison, const Part& part, PairKey pair) {
  const FieldValues& values = comparison.values()[part.field];
  const std::uint32_t code = values.left_code(left_of(pair));
  return code != TextColumn::missing && code == values.right_code(right_of(pair));
}

PassRecall told_of(const Comparison& comparison, const Pass& pass, std::span<const PairKey> candidates) {
  PassRecall told;
  const auto fields = comparison.values();
  told.pass = fields[pass.one.field].name + " + " + fields[pass.other.field].name;
  std::uint64_t found = 0;
  for (const PairKey pair : pass.pairs)
    found += std::binary_search(candidates.begin(), candidates.end(), pair) ? 1U : 0U;
  const auto seen = static_cast<double>(pass.pairs.size());
  told.pairs = seen / pass.share;
  const double present = static_cast<double>(fields[pass.one.field].left_present) *
                         static_cast<double>(fields[pass.other.field].left_present) /
                         std::max(1.0, static_cast<double>(comparison.left_rows()));
  const double right_rows = static_cast<double>(comparison.right_rows());
  told.by_chance =
      present * right_rows * pass.one.chance * pass.other.chance / (comparison.same_table() ? 2 : 1);
  told.among_candidates = seen > 0 ? static_cast<double>(found) / seen : 0;
  return told;
}

}  // namespace

RecallEstimate estimate_recall(const Comparison& comparison, std::span<const PairKey> pairs,
                               unsigned threads) {
  const std::vector<Part> parts = parts_of(comparison);
  std::vector<std::pair<std::size_t, std::size_t>> which;
  for (std::size_t one = 0; one < parts.size(); ++one) {
    for (std::size_t other = one + 1; other < parts.size(); ++other) {
      if (parts[one].own || parts[other].own) which.emplace_back(one, other);
    }
  }
  std::vector<Pass> passes(which.size());
  std::vector<PassRecall> told(which.size());
  parallel_for(threads, which.size(), [&](std::size_t at) {
    passes[at] = capture(comparison, parts[which[at].first], parts[which[at].second]);
    told[at] = told_of(comparison, passes[at], pairs);
  });
  RecallEstimate estimate;
  std::vector<double> people;
  const auto beyond_chance = [&](std::size_t at) { return told[at].pairs - told[at].by_chance; };
  for (std::size_t one = 0; one < which.size(); ++one) {
    if (beyond_chance(one) < fewest) continue;
    for (std::size_t other = one + 1; other < which.size(); ++other) {
      const auto [a, b] = which[one];
      const auto [c, d] = which[other];
      if (a == c || a == d || b == c || b == d || beyond_chance(other) < fewest) continue;
      double both = 0;
      for (const PairKey pair : passes[one].pairs)
        both += agree_on(comparison, parts[c], pair) && agree_on(comparison, parts[d], pair) ? 1 : 0;
      both /= passes[one].share;
      people.push_back((beyond_chance(one) + 1) * (beyond_chance(other) + 1) / (both + 1) - 1);
    }
  }
  if (!people.empty()) {
    std::sort(people.begin(), people.end());
    estimate.people = people[people.size() / 2];
  }
  double least = 1;
  bool any = false;
  for (std::size_t at = 0; at < which.size(); ++at) {
    if (beyond_chance(at) < fewest) continue;
    if (estimate.people > 0) told[at].recall = std::min(1.0, beyond_chance(at) / estimate.people);
    // Only passes that are nearly all people say what share of the people the candidates hold.
    if (told[at].by_chance < 0.1 * told[at].pairs) {
      least = std::min(least, told[at].among_candidates);
      any = true;
    }
    estimate.passes.push_back(std::move(told[at]));
  }
  if (any) estimate.recall = least;
  return estimate;
}

}  // namespace scrutineer::linkage
