#include "linkage/companions.h"

#include <algorithm>
#include <numeric>

#include "base/parallel.h"
#include "linkage/fixed_point.h"

namespace scrutineer::linkage {
namespace {

constexpr std::size_t most_companions = 7;
constexpr std::size_t pairs_per_condition = 20'000;
constexpr std::size_t fewest_pairs = 30;
constexpr std::size_t rows_looked_at = 250'000;
constexpr double too_common = 0.2;  // chance of agreement above which a field is no condition
constexpr double pseudo_pairs = 3.0;

bool is_companion(Kind kind, Role role) {
  return role == Role::family_name || kind == Kind::code || kind == Kind::text || kind == Kind::number ||
         kind == Kind::exact;
}

std::uint32_t right_code(const Comparison& comparison, std::size_t compared, std::size_t row) {
  return comparison.code(compared, row, Side::right);
}

// Chance that two rows of the right table hold the same value.
double agreement_of(const Comparison& comparison, std::size_t compared) {
  const auto& counts = comparison.values()[comparison.compared()[compared].field].counts_right();
  double same = 0;
  double present = 0;
  for (std::size_t code = 1; code < counts.size(); ++code) {
    const auto rows = static_cast<double>(counts[code]);
    same += rows * (rows - 1);
    present += rows;
  }
  return present > 1 ? same / (present * (present - 1)) : 1.0;
}

// Reference rows of the right table that agree on all of `fields`, in blocks; a hash-chosen part of the
// blocks of a large table. Rows are numbered as reference rows.
struct Blocks {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint64_t> ends;  // of each block of two rows or more, in rows
  std::vector<std::uint64_t> starts;
  std::vector<std::uint64_t> pairs_up_to;  // pairs in this block and those before
};

Blocks blocks_of(const Comparison& comparison, std::span<const std::size_t> fields, std::uint64_t seed) {
  const std::size_t rows = comparison.reference_rows(Side::right);
  const std::uint64_t limit =
      rows > rows_looked_at ? ~std::uint64_t{0} / rows * rows_looked_at : ~std::uint64_t{0};
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  for (std::uint32_t row = 0; row < rows; ++row) {
    std::uint64_t key = seed;
    bool told = true;
    for (const std::size_t field : fields) {
      const std::uint32_t code = right_code(comparison, field, comparison.reference_row(Side::right, row));
      told = told && code != TextColumn::missing;
      key = mixed(key, code);
    }
    if (told && key <= limit) keyed.emplace_back(key, row);
  }
  std::sort(keyed.begin(), keyed.end());
  Blocks blocks;
  for (const auto& [key, row] : keyed) blocks.rows.push_back(row);
  std::uint64_t pairs = 0;
  for (std::size_t from = 0; from < keyed.size();) {
    std::size_t to = from;
    while (to < keyed.size() && keyed[to].first == keyed[from].first) ++to;
    const std::uint64_t size = to - from;
    if (size > 1) {
      pairs += size * (size - 1) / 2;
      blocks.starts.push_back(from);
      blocks.ends.push_back(to);
      blocks.pairs_up_to.push_back(pairs);
    }
    from = to;
  }
  return blocks;
}

// The n-th pair of all blocks, as rows of the right table.
std::pair<std::uint32_t, std::uint32_t> pair_at(const Comparison& comparison, const Blocks& blocks,
                                                std::uint64_t index) {
  const auto found = std::upper_bound(blocks.pairs_up_to.begin(), blocks.pairs_up_to.end(), index);
  const auto block = static_cast<std::size_t>(found - blocks.pairs_up_to.begin());
  std::uint64_t within = index - (block > 0 ? blocks.pairs_up_to[block - 1] : 0);
  std::uint64_t remaining = blocks.ends[block] - blocks.starts[block] - 1;  // partners of the first row
  std::uint64_t first = 0;
  while (within >= remaining) {
    within -= remaining;
    --remaining;
    ++first;
  }
  const std::uint64_t start = blocks.starts[block];
  return {comparison.reference_row(Side::right, blocks.rows[start + first]),
          comparison.reference_row(Side::right, blocks.rows[start + first + 1 + within])};
}

// True if the two rows of the right table are plainly different people: different in every telling field.
bool plainly_different(const Comparison& comparison, std::span<const std::size_t> telling, std::uint32_t one,
                       std::uint32_t other) {
  return std::all_of(telling.begin(), telling.end(), [&](std::size_t field) {
    const std::uint8_t level = comparison.compare_rows(field, one, Side::right, other, Side::right).level;
    if (comparison.compared()[field].kind == Kind::name) {
      return level == name_level::different || level == name_level::initial_differs;
    }
    return level == date_level::different || level == date_level::year_differs ||
           level == date_level::same_year || level == date_level::within_400_days;
  });
}

// Forenames and dates that most rows of the right table have.
std::vector<std::size_t> telling_fields(const Comparison& comparison) {
  std::vector<std::size_t> telling;
  for (std::size_t field = 0; field < comparison.compared().size(); ++field) {
    const Compared& what = comparison.compared()[field];
    if (what.role != Role::given_name && what.role != Role::date) continue;
    if (2 * comparison.values()[what.field].right_present >= comparison.reference_rows(Side::right))
      telling.push_back(field);
  }
  return telling;
}

}  // namespace

Companions Companions::measure(const Comparison& comparison, unsigned threads, std::uint64_t seed) {
  Companions result;
  const std::vector<std::size_t> telling = telling_fields(comparison);
  std::vector<std::pair<double, std::size_t>> found;
  for (std::size_t field = 0; field < comparison.compared().size(); ++field) {
    const Compared& what = comparison.compared()[field];
    if (!is_companion(what.kind, what.role)) continue;
    const double agreement = agreement_of(comparison, field);
    if (agreement < too_common) found.emplace_back(agreement, field);
  }
  if (telling.empty() || found.size() < 2) return result;
  std::sort(found.begin(), found.end());
  found.resize(std::min(found.size(), most_companions));
  for (const auto& [agreement, field] : found) {
    result.order_.push_back(field);
    result.position_[field] = static_cast<std::uint8_t>(result.order_.size());
  }
  for (std::uint32_t one = 0; one + 1 < result.order_.size(); ++one) {
    result.conditions_.push_back({1U << one, {}});
    for (std::uint32_t other = one + 1; other + 1 < result.order_.size(); ++other) {
      result.conditions_.push_back({1U << one | 1U << other, {}});
    }
  }
  parallel_for(threads, result.conditions_.size(), [&](std::size_t at) {
    Condition& condition = result.conditions_[at];
    std::vector<std::size_t> fields;
    std::size_t last = 0;
    for (std::size_t position = 0; position < result.order_.size(); ++position) {
      if ((condition.fields >> position & 1U) == 0) continue;
      fields.push_back(result.order_[position]);
      last = position;
    }
    const Blocks blocks = blocks_of(comparison, fields, seed);
    const std::uint64_t all = blocks.pairs_up_to.empty() ? 0 : blocks.pairs_up_to.back();
    const std::uint64_t draws = std::min<std::uint64_t>(all, pairs_per_condition);
    std::vector<std::vector<double>> counts(result.order_.size());
    for (std::size_t later = last + 1; later < counts.size(); ++later) {
      counts[later].assign(levels_of(comparison.compared()[result.order_[later]].kind).size(), 0.0);
    }
    std::size_t different = 0;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
      const std::uint64_t index = draws == all ? draw : below(mixed(seed ^ at, draw), all);
      const auto [one, other] = pair_at(comparison, blocks, index);
      if (!plainly_different(comparison, telling, one, other)) continue;
      ++different;
      for (std::size_t later = last + 1; later < counts.size(); ++later) {
        counts[later]
              [comparison.compare_rows(result.order_[later], one, Side::right, other, Side::right).level] +=
            1.0;
      }
    }
    if (different >= fewest_pairs) condition.levels = std::move(counts);
  });
  std::erase_if(result.conditions_, [](const Condition& condition) { return condition.levels.empty(); });
  for (Condition& condition : result.conditions_) {
    for (std::size_t position = 0; position < condition.levels.size(); ++position) {
      std::vector<double>& levels = condition.levels[position];
      if (levels.empty()) continue;
      levels[level_missing] = 0;
      const double total = std::accumulate(levels.begin(), levels.end(), 0.0) + pseudo_pairs;
      for (std::size_t level = 1; level < levels.size(); ++level) {
        levels[level] = (levels[level] + pseudo_pairs / static_cast<double>(levels.size() - 1)) / total;
      }
    }
  }
  if (result.conditions_.empty()) return {};
  result.choose();
  return result;
}

double Companions::share_of_kin(const Comparison& comparison, std::span<const std::size_t> fields,
                                std::uint64_t seed) {
  const std::vector<std::size_t> telling = telling_fields(comparison);
  if (telling.size() < 2) return 0;
  const Blocks blocks = blocks_of(comparison, fields, seed);
  const std::uint64_t all = blocks.pairs_up_to.empty() ? 0 : blocks.pairs_up_to.back();
  const std::uint64_t draws = std::min<std::uint64_t>(all, pairs_per_condition);
  std::size_t different = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    const std::uint64_t index = draws == all ? draw : below(mixed(seed, draw), all);
    const auto [one, other] = pair_at(comparison, blocks, index);
    if (plainly_different(comparison, telling, one, other)) ++different;
  }
  if (different < fewest_pairs) return 0;
  const auto rows = static_cast<double>(comparison.reference_rows(Side::right));
  const double kin = static_cast<double>(all) * static_cast<double>(different) / static_cast<double>(draws);
  return kin * std::max(1.0, rows / rows_looked_at) / (rows * (rows - 1) / 2);
}

// Under each set of agreeing fields, the condition within it that makes agreement likeliest.
void Companions::choose() {
  best_.resize(order_.size());
  for (std::size_t position = 0; position < order_.size(); ++position) {
    best_[position].assign(std::size_t{1} << position, 0);
    for (std::uint32_t agreeing = 0; agreeing < best_[position].size(); ++agreeing) {
      double most = 0;
      for (std::size_t at = 0; at < conditions_.size(); ++at) {
        const Condition& condition = conditions_[at];
        if ((condition.fields & ~agreeing) != 0 || condition.levels[position].empty()) continue;
        if (condition.levels[position][level_same] <= most) continue;
        most = condition.levels[position][level_same];
        best_[position][agreeing] = static_cast<std::uint16_t>(at + 1);
      }
    }
  }
}

bool Companions::conditions(std::size_t condition, std::size_t other) const {
  return position_[condition] > 0 && position_[other] > position_[condition];
}

std::span<const double> Companions::conditional(std::size_t compared, Pattern pattern) const {
  if (position_[compared] < 2) return {};
  const std::size_t position = position_[compared] - 1U;
  std::uint32_t agreeing = 0;
  for (std::size_t earlier = 0; earlier < position; ++earlier) {
    agreeing |= static_cast<std::uint32_t>(level_in(pattern, order_[earlier]) == level_same) << earlier;
  }
  const std::uint16_t best = best_[position][agreeing];
  return best == 0 ? std::span<const double>()
                   : std::span<const double>(conditions_[best - 1U].levels[position]);
}

std::vector<std::span<const double>> Companions::conditionals(std::size_t compared) const {
  std::vector<std::span<const double>> found;
  if (position_[compared] < 2) return found;
  for (const Condition& condition : conditions_) {
    const std::vector<double>& levels = condition.levels[position_[compared] - 1U];
    if (!levels.empty()) found.emplace_back(levels);
  }
  return found;
}

}  // namespace scrutineer::linkage
