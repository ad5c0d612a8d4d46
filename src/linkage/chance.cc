#include "linkage/chance.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel.h"
#include "linkage/fixed_point.h"
#include "linkage/level_kernels.h"

namespace scrutineer::linkage {
namespace {

constexpr double shrinkage = 3.0;
constexpr std::uint64_t random_pairs = 200'000;
constexpr std::size_t lopsided = 4;
constexpr double least_count = 0.3;   // rows at a level never seen, over all values, so that no u is zero
constexpr double least_share = 0.01;  // the same for one value
constexpr unsigned row_shift = 16;    // rows are kept in 1/65536
constexpr double row_unit = 65536.0;

struct Reference {
  std::uint32_t code;
  std::uint32_t rows;  // that this value stands for
};

// The distinct values of a table with their rows, thinned to at most `most`: the frequent half whole, of the
// others every n-th in order of frequency, standing for the rows of its stretch.
struct References {
  std::vector<Reference> kept;
  std::size_t whole = 0;  // of the first so many each stands for itself alone
};

References references(std::span<const std::uint32_t> counts, std::size_t most) {
  std::vector<Reference> all;
  for (std::uint32_t code = 1; code < counts.size(); ++code) {
    if (counts[code] > 0) all.push_back({code, counts[code]});
  }
  const std::size_t distinct = all.size();
  if (distinct <= most) return {std::move(all), distinct};
  std::sort(all.begin(), all.end(), [](const Reference& a, const Reference& b) {
    return a.rows != b.rows ? a.rows > b.rows : a.code < b.code;
  });
  const std::size_t whole = most / 2;
  const std::size_t sampled = std::max<std::size_t>(most - whole, 1);
  const std::size_t rest = all.size() - whole;
  std::vector<Reference> kept(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(whole));
  for (std::size_t sample = 0; sample < sampled; ++sample) {
    const std::size_t from = whole + sample * rest / sampled;
    const std::size_t to = whole + (sample + 1) * rest / sampled;
    if (from == to) continue;
    Reference standing = all[from + (to - from) / 2];
    standing.rows = 0;
    for (std::size_t at = from; at < to; ++at) standing.rows += all[at].rows;
    kept.push_back(standing);
  }
  return {std::move(kept), whole};
}

// A cell of the table while it is counted: rows of values kept whole below, thinned values met above.
constexpr unsigned thinned_shift = 32;
std::uint64_t whole_rows(std::uint64_t cell) {
  return cell & 0xFFFFFFFFU;
}
double thinned_met(std::uint64_t cell) {
  return static_cast<double>(cell >> thinned_shift);
}

// How much of what a value met, beyond what values meet on average, is its own doing and not the luck of the
// sample: counts of a sample vary by their mean (Poisson) and by what the values differ in; the share of the
// second is the weight of the linear Bayes estimate (Buehlmann 1967, "Experience rating and credibility").
struct Credibility {
  double mean = 0;
  double weight = 0;
};

Credibility credibility(std::span<const std::uint64_t> cells, std::size_t level, std::size_t levels,
                        std::span<const std::uint32_t> wanted, std::span<const std::uint32_t> own) {
  double rows = 0;
  double sum = 0;
  for (std::size_t index = 0; index < wanted.size(); ++index) {
    rows += own[wanted[index]];
    sum += own[wanted[index]] * thinned_met(cells[index * levels + level]);
  }
  if (!(sum > 0)) return {};
  const double mean = sum / rows;
  double squares = 0;
  for (std::size_t index = 0; index < wanted.size(); ++index) {
    const double beyond = thinned_met(cells[index * levels + level]) - mean;
    squares += own[wanted[index]] * beyond * beyond;
  }
  const double variance = squares / rows;
  return {mean, variance > mean ? 1 - mean / variance : 0.0};
}

// Levels that the two values alone do not decide.
bool rests_on_rows(Kind kind, std::size_t level) {
  return (kind == Kind::name && level == name_level::elsewhere) ||
         (kind == Kind::text && level == text_level::elsewhere);
}

std::uint64_t cost_of(Kind kind) {
  if (kind == Kind::full_name) return 20;
  return kind == Kind::text || kind == Kind::email ? 4 : 1;
}

// log2 of the u of one value where the mean over values is not `before` but `after`: what is more is put down
// to something shared, whatever the value; what is less is taken off in proportion.
Weight shifted(double u, double before, double after) {
  if (before == after) return to_weight(u);
  if (after < before) return to_weight(u * after / before);
  const double shared = before < 1.0 ? (after - before) / (1.0 - before) : 0.0;
  return to_weight(std::min(1.0, shared + (1.0 - shared) * u));
}

}  // namespace

Chance::Chance(const Comparison& comparison, const ChanceOptions& options)
    : comparison_(&comparison), tables_(comparison.compared().size()) {
  const std::size_t left = comparison.reference_rows(Side::left);
  const std::size_t right = comparison.reference_rows(Side::right);
  by_left_ = left <= lopsided * right;
  by_right_ = !comparison.same_table() && right <= lopsided * left;
  measure_on_random_pairs(options);
  for (std::size_t compared = 0; compared < tables_.size(); ++compared) {
    const Kind kind = comparison.compared()[compared].kind;
    if (kind == Kind::nested || kind == Kind::other_words) continue;
    count_rows(compared, options);
    set_logs(compared, {}, {});
  }
  frequency_mean_ = mean_;
}

// Overall u by level from random pairs: for the levels that rest on more than the two values.
void Chance::measure_on_random_pairs(const ChanceOptions& options) {
  const std::size_t fields = tables_.size();
  constexpr std::size_t chunks = 64;
  std::vector<std::vector<std::uint64_t>> counts(chunks, std::vector<std::uint64_t>(fields * most_levels, 0));
  const std::uint64_t left = comparison_->reference_rows(Side::left);
  const std::uint64_t right = comparison_->reference_rows(Side::right);
  if (left > 0 && right > 0) {
    const auto drawn = [&](std::uint64_t draw) {
      const std::uint64_t row =
          comparison_->reference_row(Side::left, below(mixed(options.seed, 2 * draw), left));
      const std::uint64_t other =
          comparison_->reference_row(Side::right, below(mixed(options.seed, 2 * draw + 1), right));
      return std::pair(row, other);
    };
    parallel_for(options.threads, chunks, [&](std::size_t chunk) {
      for (std::uint64_t draw = chunk; draw < random_pairs; draw += chunks) {
        // What later pairs look at is fetched meanwhile: their rows lie anywhere.
        const auto [far, far_other] = drawn(draw + 16 * chunks);
        comparison_->prefetch_codes(far, far_other);
        const auto [near, near_other] = drawn(draw + 8 * chunks);
        comparison_->prefetch_values(near, near_other);
        const auto [row, other] = drawn(draw);
        if (comparison_->same_table() && row == other) continue;
        for (std::size_t field = 0; field < fields; ++field) {
          ++counts[chunk][field * most_levels + comparison_->compare(field, row, other).level];
        }
      }
    });
  }
  for (std::size_t field = 0; field < fields; ++field) {
    const auto levels = levels_of(comparison_->compared()[field].kind);
    std::vector<double> found(levels.size(), 0.0);
    std::vector<double> totals(2, 0.0);
    for (std::size_t level = 1; level < levels.size(); ++level) {
      found[level] = least_count;
      for (const auto& chunk : counts)
        found[level] += static_cast<double>(chunk[field * most_levels + level]);
      totals[levels[level].group] += found[level];
    }
    for (std::size_t level = 1; level < levels.size(); ++level) found[level] /= totals[levels[level].group];
    mean_.push_back(std::move(found));
  }
}

// Rows of the reference at each level to each wanted value. Of thinned values each wanted one meets few, or
// none by luck: that is not taken for a neighbourhood without anyone in it.
void Chance::count_levels(std::size_t compared, std::span<const std::uint32_t> own,
                          std::span<const std::uint32_t> reference_counts, std::size_t measured,
                          const ChanceOptions& options, Table& table) const {
  const ValueComparison& values = comparison_->by_value(compared);
  const std::vector<std::uint32_t>& wanted = table.wanted;
  const std::size_t levels = levels_of(values.kind()).size();
  const std::uint64_t affordable =
      options.comparisons / cost_of(values.kind()) / std::max<std::size_t>(measured, 1);
  const References reference = references(reference_counts, std::max<std::size_t>(affordable, 64));
  table.rows.assign(wanted.size() * levels, 0);
  const LevelKernel kernel = level_kernel(values.kind());
  const std::vector<ValueKey> keys = value_keys(*comparison_, compared);
  std::vector<ValueKey> others;
  for (const Reference& other : reference.kept) {
    if (kernel != nullptr) others.push_back(keys[other.code]);
  }
  // No words of rows: what may be found elsewhere in them is not looked at here.
  const std::vector<std::uint64_t> no_words(others.size(), 0);
  constexpr std::size_t chunk_size = 64;
  const std::size_t chunks = (wanted.size() + chunk_size - 1) / chunk_size;
  parallel_for(options.threads, chunks, [&](std::size_t chunk) {
    const std::size_t end = std::min(wanted.size(), (chunk + 1) * chunk_size);
    std::vector<std::uint8_t> told(reference.kept.size(), level_asked);
    for (std::size_t index = chunk * chunk_size; index < end; ++index) {
      std::uint64_t* const mine = &table.rows[index * levels];
      if (kernel != nullptr)
        kernel(keys[wanted[index]], 0, others.data(), no_words.data(), others.size(), told.data());
      for (std::size_t at = 0; at < reference.kept.size(); ++at) {
        const Reference& other = reference.kept[at];
        if (other.code == wanted[index]) continue;
        const std::uint8_t level =
            told[at] == level_asked ? values.level(wanted[index], other.code) : told[at];
        mine[level] += at < reference.whole ? other.rows : std::uint64_t{1} << thinned_shift;
      }
      // The value itself is counted in full, whether or not it was among those kept.
      mine[values.level(wanted[index], wanted[index])] += reference_counts[wanted[index]];
    }
  });
  double thinned = 0;
  for (std::size_t at = reference.whole; at < reference.kept.size(); ++at) thinned += reference.kept[at].rows;
  const std::size_t thinned_values = reference.kept.size() - reference.whole;
  const double each = thinned_values > 0 ? thinned / static_cast<double>(thinned_values) : 0.0;
  std::vector<Credibility> credible(levels);
  for (std::size_t level = 1; level < levels && thinned_values > 0; ++level)
    credible[level] = credibility(table.rows, level, levels, wanted, own);
  parallel_for(options.threads, chunks, [&](std::size_t chunk) {
    const std::size_t end = std::min(wanted.size(), (chunk + 1) * chunk_size) * levels;
    for (std::size_t at = chunk * chunk_size * levels; at < end; ++at) {
      const auto& [mean, weight] = credible[at % levels];
      std::uint64_t& cell = table.rows[at];
      const double met = mean + weight * (thinned_met(cell) - mean);
      cell =
          (whole_rows(cell) << row_shift) + static_cast<std::uint64_t>(std::llround(met * each * row_unit));
    }
  });
}

void Chance::count_rows(std::size_t compared, const ChanceOptions& options) {
  const FieldValues& values = comparison_->values()[comparison_->compared()[compared].field];
  const auto count = [&](std::span<const std::uint32_t> own, std::span<const std::uint32_t> reference,
                         Table& table) {
    // Values that no reference row holds are held by others; they cost no more comparisons of the rest.
    const bool all = !comparison_->all_are_reference();
    std::size_t measured = 0;
    for (std::uint32_t code = 1; code < own.size(); ++code) {
      measured += own[code] > 0 ? 1U : 0U;
      if (all || own[code] > 0) table.wanted.push_back(code);
    }
    count_levels(compared, own, reference, measured, options, table);
  };
  if (by_left_) count(values.left_counts, values.counts_right(), tables_[compared].left);
  if (by_right_) count(values.right_counts, values.left_counts, tables_[compared].right);
}

void Chance::set_logs(std::size_t compared, const Discount& left, const Discount& right) {
  const FieldValues& values = comparison_->values()[comparison_->compared()[compared].field];
  Tables& tables = tables_[compared];
  const bool itself = values.same_table && !left.empty();
  if (!tables.right.empty()) set_table(compared, values.right_counts, right, false, tables.right);
  if (!tables.left.empty()) set_table(compared, values.left_counts, left, itself, tables.left);
}

// Of one side's values, and the mean over them. `itself`: a row's agreement with itself is taken out too.
void Chance::set_table(std::size_t compared, std::span<const std::uint32_t> own, const Discount& discount,
                       bool itself, Table& table) {
  const Kind kind = comparison_->compared()[compared].kind;
  const auto levels = levels_of(kind);
  const std::size_t count = levels.size();
  // Rows of other people at each level to one value, on average over the rows that hold it.
  const auto others = [&](std::size_t index, std::array<double, most_levels>& rows,
                          std::array<double, 2>& totals) {
    const std::uint32_t code = table.wanted[index];
    totals = {};
    for (std::size_t level = 1; level < count; ++level) {
      double left = static_cast<double>(table.rows[index * count + level]) / row_unit;
      if (!discount.empty())
        left -= static_cast<double>(discount[code * count + level]) / row_unit / own[code];
      const bool agrees = level == level_same || levels[level].group == 1;
      if (itself && agrees && comparison_->by_value(compared).level(code, code) == level) left -= 1.0;
      rows[level] = std::max(left, 0.0);
      totals[levels[level].group] += rows[level];
    }
  };
  std::vector<double> sums(count, 0.0);
  std::array<double, 2> all{};
  std::array<double, most_levels> rows{};
  std::array<double, 2> totals{};
  for (std::size_t index = 0; index < table.wanted.size(); ++index) {
    others(index, rows, totals);
    for (std::size_t level = 1; level < count; ++level) sums[level] += own[table.wanted[index]] * rows[level];
  }
  for (std::size_t level = 1; level < count; ++level) all[levels[level].group] += sums[level];
  for (std::size_t level = 1; level < count; ++level) {
    const double total = all[levels[level].group];
    sums[level] = total > 0 ? std::max(sums[level], least_count) / total : mean_[compared][level];
    if (!rests_on_rows(kind, level)) mean_[compared][level] = sums[level];
  }
  table.log2_u.assign(own.size() * count, 0);
  for (std::size_t index = 0; index < table.wanted.size(); ++index) {
    others(index, rows, totals);
    for (std::size_t level = 1; level < count; ++level) {
      const double total = totals[levels[level].group] + shrinkage;
      const double u = (rows[level] + shrinkage * sums[level]) / total;
      table.log2_u[table.wanted[index] * count + level] = to_weight(std::max(u, least_share / total));
    }
  }
}

void Chance::discount_matches(std::span<const Match> matches) {
  const std::size_t fields = tables_.size();
  for (std::size_t field = 0; field < fields; ++field) {
    Tables& tables = tables_[field];
    if (tables.left.empty() && tables.right.empty()) continue;
    const FieldValues& values = comparison_->values()[comparison_->compared()[field].field];
    const std::size_t levels = mean_[field].size();
    Discount left(values.distinct() * levels, 0);
    Discount right(tables.right.empty() ? 0 : values.distinct() * levels, 0);
    for (const Match& match : matches) {
      std::uint8_t level = level_in(match.pattern, field);
      if (level == level_missing) continue;
      const std::uint32_t mine = values.left_code(left_of(match.pair));
      const std::uint32_t other = values.right_code(right_of(match.pair));
      // Found elsewhere: in the table of values it stands where the values alone would put it.
      if (rests_on_rows(comparison_->compared()[field].kind, level))
        level = comparison_->by_value(field).level(mine, other);
      const auto rows = static_cast<std::uint64_t>(match.probability * row_unit);
      left[mine * levels + level] += rows;
      if (values.same_table) left[other * levels + level] += rows;
      if (!right.empty()) right[other * levels + level] += rows;
    }
    set_logs(field, left, right);
  }
  discount_words(matches);
  frequency_mean_ = mean_;
}

// Rows of the same person that hold each word, on average over the rows that hold it; the row itself included
// where the tables are one.
void Chance::discount_words(std::span<const Match> matches) {
  const NameWords& words = comparison_->words();
  std::vector<std::uint64_t> shared(words.distinct(), 0);
  std::vector<std::uint32_t> mine;
  std::vector<std::uint32_t> others;
  std::vector<std::uint32_t> both;
  for (const Match& match : matches) {
    words.all_words(left_of(match.pair), Side::left, mine);
    words.all_words(right_of(match.pair), Side::right, others);
    both.clear();
    std::set_intersection(mine.begin(), mine.end(), others.begin(), others.end(), std::back_inserter(both));
    for (const std::uint32_t word : both)
      shared[word] += static_cast<std::uint64_t>(match.probability * row_unit);
  }
  own_rows_.assign(shared.size(), 0.0);
  const bool same = comparison_->same_table();
  const Side smaller = comparison_->right_rows() >= comparison_->left_rows() ? Side::left : Side::right;
  const double smaller_rows =
      static_cast<double>(std::min(comparison_->left_rows(), comparison_->right_rows()));
  for (std::uint32_t word = 0; word < shared.size(); ++word) {
    const double holders = words.frequency(word, smaller) * smaller_rows;
    const double matched = static_cast<double>(shared[word]) / row_unit * (same ? 2.0 : 1.0);
    own_rows_[word] = (holders > 0 ? matched / holders : 0.0) + (same ? 1.0 : 0.0);
  }
}

double Chance::word_u(std::uint32_t word) const {
  const std::size_t left = comparison_->reference_rows(Side::left);
  const std::size_t right = comparison_->reference_rows(Side::right);
  const Side larger = right >= left ? Side::right : Side::left;
  const double rows = static_cast<double>(std::max(left, right));
  const double own = own_rows_.empty() ? 0.0 : own_rows_[word];
  // A word never seen on another person still counts for part of a row.
  const double others = std::max(comparison_->words().frequency(word, larger) * rows - own, least_count);
  return std::min(2.0 * others / rows, 1.0);
}

double Chance::text_u(const Agreement& agreement) const {
  const FieldValues& values = comparison_->values()[agreement.value_field];
  const std::size_t left_rows = comparison_->reference_rows(Side::left);
  const std::size_t right_rows = comparison_->reference_rows(Side::right);
  const bool right = right_rows >= left_rows;
  const auto& counts = right ? values.counts_right() : values.left_counts;
  const auto rows = static_cast<double>(std::max(left_rows, right_rows));
  return std::clamp(2.0 * static_cast<double>(counts[agreement.value]) / rows, 1.0 / rows, 1.0);
}

// u of one value at a level after set_mean.
Weight Chance::adjusted(std::size_t compared, std::uint8_t level, double u) const {
  return shifted(u, frequency_mean_[compared][level], mean_[compared][level]);
}

Weight Chance::log2_u(std::size_t compared, const Agreement& agreement, std::size_t left_row,
                      std::size_t right_row) const {
  if (agreement.level == level_missing) return 0;
  if (agreement.word != NameWords::none) return adjusted(compared, agreement.level, word_u(agreement.word));
  const Compared& what = comparison_->compared()[compared];
  if (what.kind == Kind::text && agreement.level == text_level::elsewhere) {
    return adjusted(compared, agreement.level, text_u(agreement));
  }
  const Table& left = tables_[compared].left;
  const Table& right = tables_[compared].right;
  if (left.empty() && right.empty()) return to_weight(mean_[compared][agreement.level]);
  const std::size_t levels = mean_[compared].size();
  const std::size_t at_left = comparison_->code(compared, left_row, Side::left) * levels + agreement.level;
  const std::size_t at_right = comparison_->code(compared, right_row, Side::right) * levels + agreement.level;
  if (comparison_->same_table()) return log2_mean(left.log2_u[at_left], left.log2_u[at_right]);
  if (right.empty()) return left.log2_u[at_left];
  if (left.empty()) return right.log2_u[at_right];
  return log2_mean(left.log2_u[at_left], right.log2_u[at_right]);
}

Weight Chance::log2_u(std::size_t compared, const Agreement& agreement, std::size_t left_row,
                      std::size_t right_row, std::span<const double> conditional) const {
  const Weight alone = log2_u(compared, agreement, left_row, right_row);
  if (conditional.empty() || agreement.level == level_missing) return alone;
  return shifted(from_weight(alone), mean_[compared][agreement.level], conditional[agreement.level]);
}

Weight Chance::least_log2_u(std::size_t compared, Side side, std::uint32_t code, std::uint8_t level) const {
  const Table& left = tables_[compared].left;
  const Table& right = tables_[compared].right;
  constexpr Weight one_bit = weight_scale + 2;  // the mean of two is at least half of one; 2: of log2_mean
  constexpr Weight nothing_known = -64 * weight_scale;
  if (left.empty() && right.empty()) return to_weight(mean_[compared][level]);
  const std::size_t at = code * mean_[compared].size() + level;
  if (level == level_same) {
    if (right.empty()) return left.log2_u[at];
    if (left.empty()) return right.log2_u[at];
    return log2_mean(left.log2_u[at], right.log2_u[at]);
  }
  if (comparison_->same_table()) return left.log2_u[at] - one_bit;
  const Table& mine = side == Side::left ? left : right;
  if (mine.empty()) return nothing_known;
  const bool alone = left.empty() || right.empty();
  return mine.log2_u[at] - (alone ? 0 : one_bit);
}

void Chance::set_mean(std::size_t compared, std::span<const double> measured) {
  mean_[compared].assign(measured.begin(), measured.end());
  const std::size_t levels = measured.size();
  for (Table* side : {&tables_[compared].left, &tables_[compared].right}) {
    std::vector<Weight>* const table = &side->log2_u;
    for (std::size_t at = 0; at < table->size(); ++at) {
      const auto level = static_cast<std::uint8_t>(at % levels);
      if (level != level_missing) (*table)[at] = adjusted(compared, level, from_weight((*table)[at]));
    }
  }
}

}  // namespace scrutineer::linkage
